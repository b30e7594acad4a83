"""`altteul import` and `altteul fetch`: prices and sellers into the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from altteul.cli.opening import open_history
from altteul.cli.output import read_day, say, warn, watched
from altteul.errors import AltteulError

if TYPE_CHECKING:
    from altteul.history import ImportOutcome


def import_files(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="파일", help="가격표나 판매처 (CSV, gz, JSON)")
    ],
) -> None:
    """파일의 가격과 판매처를 자료 폴더에 넣습니다. 두 번 넣어도 한 번 넣은 것과 같습니다."""
    from altteul.catalog import load_catalog
    from altteul.sources.files import read_file

    _, history = open_history(context)
    failed: AltteulError | None = None
    for file in files:
        try:
            with watched(file.name) as progress:
                harvest = read_file(file, load_catalog())
                outcome = history.record(harvest, origin=file.name, progress=progress)
        except AltteulError as error:
            warn(f"{error}")
            failed = error
            continue
        _show_outcome(file.name, outcome)
    if failed:
        raise typer.Exit(failed.exit_code)


def _show_outcome(name: str, outcome: ImportOutcome) -> None:
    span = f" · {outcome.first_day} ~ {outcome.last_day}" if outcome.first_day else ""
    say(
        f"{name}: 새 가격 {outcome.new:,} · 고친 가격 {outcome.corrected:,} · "
        f"그대로 {outcome.unchanged:,} · 판매처 {outcome.sellers:,}{span}"
    )
    for reason, rows in outcome.dropped_by_reason.items():
        say(f"  뺀 줄 {rows:,}: {reason}")


def fetch_prices(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Option(help="받을 곳 (여러 번 가능, 기본: 열쇠 없이 되는 곳)")
    ] = None,
    since: Annotated[str | None, typer.Option(help="언제부터 (YYYY-MM-DD)")] = None,
    until: Annotated[str | None, typer.Option(help="언제까지 (YYYY-MM-DD, 기본 오늘)")] = None,
) -> None:
    """공개된 가격 조사를 받아 옵니다. 끊기면 멈춘 데서 이어 받습니다."""
    from altteul.catalog import load_catalog
    from altteul.sources.fetching import fetch

    settings, history = open_history(context)
    last = read_day(until)
    first = read_day(since) if since else None
    with watched("받는 중") as progress:
        outcomes = fetch(
            settings=settings,
            catalog=load_catalog(),
            record=history.record,
            sources=source,
            since=first,
            until=last,
            progress=progress,
        )
    for name, outcome in outcomes:
        _show_outcome(name, outcome)
