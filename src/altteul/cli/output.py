"""How answers are printed: tables and sentences for people, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from altteul.calendar_date import today
from altteul.errors import InputError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import JustifyMethod


Progress = Callable[[str, float], None]
"""Called with what is being done and the part that is done (0 to 1)."""


def read_day(text: str | None) -> date:
    """The day that was asked for (YYYY-MM-DD), or today; InputError names what is wrong."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"날짜 '{text}'을(를) 읽을 수 없습니다. 2021-05-31처럼 적어 주세요."
        ) from None


def say(sentence: str) -> None:
    """One line for a person."""
    sys.stdout.write(sentence + "\n")


def warn(sentence: str) -> None:
    """One line beside the answer, on the error stream."""
    sys.stderr.write(sentence + "\n")


def say_json(document: BaseModel) -> None:
    """A document as indented JSON in UTF-8."""
    say(document.model_dump_json(indent=2))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; columns whose name begins with '>' are set flush right."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=SIMPLE, show_edge=False)
    for name in columns:
        right = name.startswith(">")
        side: JustifyMethod = "right" if right else "left"
        # Rich measures Korean words too wide now and then: fold them, cut nothing off.
        shown.add_column(name.removeprefix(">"), justify=side, overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    console = Console()
    if not console.is_terminal:
        console.width = 160
    # As a title of the table it would be wrapped to the width of its columns.
    console.print(escape(title), style="italic", highlight=False, soft_wrap=True)
    console.print(shown)


@contextmanager
def watched(label: str) -> Iterator[Progress]:
    """A progress bar on the error stream (only on a terminal) while the block runs."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=1.0)
        yield lambda what, done: bar.update(task, description=f"{label} · {what}", completed=done)
