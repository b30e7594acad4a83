"""A kitchen's list in a file → needs: a table (품목, 수량, 단위; CSV, TSV) or lines of text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from altteul.assistant.lists.shopping_list import ListLimits, read_list
from altteul.catalog import Catalog
from altteul.errors import FileError
from altteul.planner.plan import Need, Unread
from altteul.sources.tables import read_text

KITCHEN = ListLimits(letters=40_000, needs=300, of_one_thing=10_000_000)
"""Ten tonnes of one thing in grams."""

NAMES = ("품목", "품명", "식재료", "식재료명", "살것", "이름", "item", "name")
AMOUNTS = ("수량", "양", "필요량", "발주량", "소요량", "amount", "quantity")
UNITS = ("단위", "unit")


def read_list_file(path: Path, catalog: Catalog) -> tuple[tuple[Need, ...], tuple[Unread, ...]]:
    """Read a list file (UTF-8 or CP949); what cannot be read comes back as Unread.

    A table with a heading for names needs one for amounts; without headings the cells of a line
    are read together, like lines of text ("배추 30포기"). Raises FileError where there is no list.
    """
    text = read_text(path)
    if len(text) > KITCHEN.letters:
        raise FileError(f"'{path.name}' 목록이 너무 깁니다. 나누어 넣어 주세요.")
    separator = {".csv": ",", ".tsv": "\t"}.get(path.suffix.lower())
    if separator is not None:
        text = "\n".join(_lines(list(csv.reader(text.splitlines(), delimiter=separator)), path))
    needs, unread = read_list(text, catalog, KITCHEN)
    if not needs and not unread:
        raise FileError(
            f"'{path.name}'에 살 것이 없습니다. 한 줄에 하나씩 '배추 30포기'처럼 적어 주세요."
        )
    return needs, unread


def _lines(rows: Sequence[Sequence[str]], path: Path) -> Iterator[str]:
    """Each row as a line of a list."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    headings = [cell.replace(" ", "").lower() for cell in filled[0]] if filled else []
    name = _column(headings, NAMES)
    if name is None:
        yield from (" ".join(filter(None, row)) for row in filled)
        return
    amount, unit = _column(headings, AMOUNTS), _column(headings, UNITS)
    if amount is None:
        raise FileError(
            f"'{path.name}'에 양을 적은 칸이 없습니다. 첫 줄에 '수량'이라는 제목을 넣어 주세요."
        )
    for row in filled[1:]:
        many = _cell(row, amount) + (_cell(row, unit) if unit is not None else "")
        yield f"{_cell(row, name)} {many}".strip()


def _column(headings: Sequence[str], words: Sequence[str]) -> int | None:
    return next((at for at, heading in enumerate(headings) if heading in words), None)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
