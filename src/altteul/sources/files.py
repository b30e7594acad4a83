"""A file of prices or sellers → a harvest; the source is recognised by the header."""

from __future__ import annotations

from pathlib import Path

from altteul.catalog import Catalog
from altteul.errors import FileError
from altteul.sources.adapters import source_modules
from altteul.sources.frames import settled
from altteul.sources.harvest import Harvest
from altteul.sources.tables import Table, parse_table, read_text

LAST_RESORT = "tidy_csv"
"""Its header words are general, so it is asked after all others."""


def read_file(path: Path, catalog: Catalog) -> Harvest:
    """Read a CSV or TSV file (gzip or not, UTF-8 or CP949) or a saved reply of a known shape.

    Raises FileError: missing, empty, broken or of no known shape.
    """
    text = read_text(Path(path))
    if text.lstrip().startswith("{"):
        return _read_reply(text, Path(path).name, catalog)
    table = parse_table(text, Path(path).name)
    if table.rows.is_empty():
        raise FileError(f"'{table.name}'에 제목 줄만 있고 내용이 없습니다. 다시 받아 넣어 주세요.")
    modules = source_modules()
    order = [key for key in modules if key != LAST_RESORT] + [LAST_RESORT]
    for key in order:
        module = modules[key]
        if module.SOURCE.reads_files and module.recognises(table):
            return settled(module.read(table, catalog))
    raise FileError(_unknown(table))


def _read_reply(text: str, name: str, catalog: Catalog) -> Harvest:
    """A saved reply of a feed whose module reads its own replies."""
    for module in source_modules().values():
        if module.SOURCE.reads_replies:
            harvest: Harvest | None = module.read_saved(text, catalog)
            if harvest is not None:
                return settled(harvest)
    raise FileError(f"'{name}'은(는) 아는 출처의 응답이 아닙니다. 가격표 CSV를 넣어 주세요.")


def _unknown(table: Table) -> str:
    shown = ", ".join(table.rows.columns[:6])
    return (
        f"'{table.name}'의 제목 줄({shown})이 아는 모양이 아닙니다. "
        "날짜, 품목, 단위, 가격, 판매처 칸이 있는 CSV로 바꾸어 주세요."
    )
