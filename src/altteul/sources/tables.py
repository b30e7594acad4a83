"""Text tables as they come: gzip or not, UTF-8 or CP949, every value kept as written."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from altteul.errors import FileError, reason_of

GZIP_MAGIC = b"\x1f\x8b"
ENCODINGS = ("utf-8-sig", "cp949")


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows, all text; `first_row` is the line of the first row in the file."""

    name: str
    rows: pl.DataFrame
    first_row: int = 2

    def has(self, *columns: str) -> bool:
        """Whether every one of the columns is there."""
        return set(columns) <= set(self.rows.columns)

    def where(self, index: int) -> str:
        """How a person finds the row again: file name and line."""
        return f"{self.name} {index + self.first_row}번째 줄"


def read_bytes(path: Path) -> bytes:
    """The file's contents, unpacked if it is gzip. Raises FileError."""
    try:
        raw = path.read_bytes()
        data = gzip.decompress(raw) if raw.startswith(GZIP_MAGIC) else raw
    except FileNotFoundError:
        raise FileError(f"'{path}' 파일이 없습니다. 이름과 있는 곳을 다시 확인해 주세요.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileError(
            f"'{path.name}' 압축이 깨져 있습니다. 파일을 다시 받아 넣어 주세요."
        ) from None
    except OSError as error:
        raise FileError(
            f"'{path}' 파일을 열 수 없습니다({reason_of(error)}). "
            "폴더가 아닌지, 읽을 권한이 있는지 확인해 주세요."
        ) from None
    if not data.strip():
        raise FileError(f"'{path.name}' 파일이 비어 있습니다. 내용이 있는 파일을 넣어 주세요.")
    return data


def decode(data: bytes, name: str) -> str:
    """The text of a file that may be UTF-8 (with or without mark) or CP949. Raises FileError."""
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(
        f"'{name}' 파일의 글자를 읽을 수 없습니다. UTF-8이나 CP949로 저장한 CSV를 넣어 주세요."
    )


def read_text(path: Path) -> str:
    """The text of a file, unpacked and decoded. Raises FileError."""
    text = decode(read_bytes(path), path.name)
    if "\x00" in text:
        raise FileError(f"'{path.name}'은(는) 글자로 된 표가 아닙니다. CSV 파일을 넣어 주세요.")
    return text


def parse_table(text: str, name: str) -> Table:
    """Read CSV or TSV as text columns. Raises FileError with what is wrong."""
    header = text.split("\n", 1)[0]
    separator = "\t" if header.count("\t") > header.count(",") else ","
    try:
        rows = pl.read_csv(
            io.BytesIO(text.encode()), separator=separator, infer_schema=False, quote_char='"'
        )
    except pl.exceptions.PolarsError as error:
        raise FileError(
            f"'{name}' 표가 깨져 있습니다({_damage(str(error))}). 줄마다 칸 수가 같은지, "
            "따옴표가 짝이 맞는지 확인해 주세요."
        ) from None
    return Table(name, rows.rename({column: column.strip() for column in rows.columns}))


def _damage(told: str) -> str:
    """What Polars says of a broken table, in Korean."""
    if "more fields" in told:
        return "제목 줄보다 칸이 많은 줄이 있음"
    return "짝이 없는 따옴표가 있음" if "could not parse" in told else "읽을 수 없는 줄이 있음"


def blank_to_none(value: str | None) -> str | None:
    """The text without surrounding blanks; None for nothing."""
    return (value or "").strip() or None
