"""Wholesale means of ten-day periods (순) by item, kind, unit and grade, copied into CSV files.

A mean of ten days is another figure than a day's mean, so it is a source of its own: neither
corrects the other. 0 means that nothing was traded (41 % of the rows of 2018–2021).
"""

from __future__ import annotations

from altteul.catalog import Catalog
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.goods_rows import harvest_of, with_goods
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Stage
from altteul.sources.tables import Table
from altteul.sources.wholesale_words import TEN_DAY_SHAPE, ten_day_goods, ten_day_rows

SOURCE = SourceDescription(
    key="kamis_ten_day",
    title="KAMIS 도매 순별 평균가격을 옮겨 담은 CSV 파일",
    what="KAMIS 도매 순(열흘) 평균가격과 평년 (전국)",
    publisher="한국농수산식품유통공사(aT) KAMIS",
    licence="파일마다 다름, KAMIS 이용약관 (참고용, 출처표시)",
    attribution="한국농수산식품유통공사 KAMIS (www.kamis.or.kr), 참고용",
    link="https://www.kamis.or.kr",
    stages=(Stage.WHOLESALE,),
    keyless=True,
    reads_files=True,
    grade=Grade.SILVER,
    survives=(Survives.CHANGED_SHAPE, Survives.BAD_ROW),
)


def recognises(table: Table) -> bool:
    """Whether the table has the columns of the ten-day table."""
    return table.has(*TEN_DAY_SHAPE)


def read(table: Table, catalog: Catalog) -> Harvest:
    """The mean of each period and its published normal price; rows that do not fit are counted."""
    rows = ten_day_rows(table.rows.fill_null("").with_row_index("line"))
    words = rows.select("item", "kind", "unit").unique().rows()
    known = {key: ten_day_goods(catalog, *key) for key in words}
    told = with_goods(rows, known, ("item", "kind", "unit"))
    return harvest_of(SOURCE.key, table, told, Stage.WHOLESALE, "전국")
