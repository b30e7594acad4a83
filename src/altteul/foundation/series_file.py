"""One series from a text file: a number a line, or a column of a CSV."""

from __future__ import annotations

import sys
from pathlib import Path

from altteul.errors import FileError, reason_of

UNKNOWN = ("", "-")


def read_values(file: Path, column: str | None = None) -> list[float]:
    """Numbers of a file, oldest first: one a line, or a CSV column (the last one by default).

    Path "-" is the standard input. Empty cells and "-" are unknown (NaN); FileError names the line
    that holds no number.
    """
    rows = [line.split(",") for line in _text(file).splitlines() if line.strip()]
    if not rows:
        raise FileError(f"{file}이(가) 비어 있습니다. 오래된 값부터 한 줄에 하나씩 적어 주세요.")
    place, start = _column(file, rows[0], column)
    values = []
    for line, row in enumerate(rows[start:], start + 1):
        cell = row[place].strip() if -len(row) <= place < len(row) else ""
        if not _is_number(cell):
            raise FileError(f"{file} {line}번째 줄의 '{cell}'은(는) 수가 아닙니다. 고쳐 주세요.")
        values.append(float("nan") if cell in UNKNOWN else float(cell))
    return values


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{file}의 글자를 읽을 수 없습니다. UTF-8로 저장해 주세요.") from error
    except OSError as error:
        raise FileError(
            f"{file}을(를) 읽을 수 없습니다({reason_of(error)}). 경로가 맞는지 확인해 주세요."
        ) from error


def _column(file: Path, header: list[str], column: str | None) -> tuple[int, int]:
    """Position of the wanted column, and the first row that holds values."""
    names = [cell.strip() for cell in header]
    if column is None:
        return -1, 0 if _is_number(names[-1]) else 1
    if column not in names:
        raise FileError(f"{file}에 '{column}' 열이 없습니다. 있는 열: {', '.join(names)}.")
    return names.index(column), 1


def _is_number(cell: str) -> bool:
    if cell in UNKNOWN:
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return True
