"""Tables and progress bars of the foundation commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Cells = list[list[Any]]


def table(title: str, heads: list[str], rows: Cells) -> None:
    """Print a table; numbers with four digits that count, to the right."""
    from rich.console import Console
    from rich.table import Table

    made = Table(title=title)
    for place, head in enumerate(heads):
        made.add_column(head, justify="left" if place == 0 else "right", overflow="fold")
    for row in rows:
        made.add_row(*(_shown(cell) for cell in row))
    Console().print(made)


def _shown(cell: Any) -> str:
    if cell is None:
        return "–"
    return f"{cell:,.4g}" if isinstance(cell, float) else str(cell)


@contextmanager
def steps(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar over `total` named steps on standard error; call what is given once a step."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


@contextmanager
def share(title: str) -> Iterator[Callable[[float, str], None]]:
    """A bar over a share from 0 to 1 on standard error; each call also prints its sentence."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)

        def report(done: float, sentence: str) -> None:
            bar.update(task, completed=done)
            bar.console.print(sentence)

        yield report
