"""KAMIS prices that people copied into CSV files: Seoul retail, national retail, wholesale.

Three shapes, told apart by their headers. Each has a trap that is met here: prices per kg beside
another unit's label, holidays filled with the day before, 0 and '-' for no trade.
"""

from __future__ import annotations

from collections.abc import Callable

import holidays
import polars as pl

from altteul.catalog import Catalog
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.goods_rows import Goods, harvest_of, prepared, with_goods
from altteul.sources.harvest import Harvest
from altteul.sources.kamis_words import read_kind
from altteul.sources.observation import Stage
from altteul.sources.tables import Table
from altteul.sources.vocabulary import coded, named, packed
from altteul.units import Pack

SOURCE = SourceDescription(
    key="kamis_files",
    title="KAMIS 가격을 옮겨 담은 CSV 파일",
    what="KAMIS 소매·도매 평균가격 (서울, 전국)",
    publisher="한국농수산식품유통공사(aT) KAMIS",
    licence="파일마다 다름, KAMIS 이용약관 (참고용, 출처표시)",
    attribution="한국농수산식품유통공사 KAMIS (www.kamis.or.kr), 참고용",
    link="https://www.kamis.or.kr",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    keyless=True,
    reads_files=True,
    grade=Grade.SILVER,
    survives=(Survives.CHANGED_UNIT, Survives.CHANGED_SHAPE, Survives.BAD_ROW),
)

SEOUL_SHAPE = ("date", "item_code", "item", "unit", "price", "price_is_per_kg")
WHOLESALE_SHAPE = ("item_code", "kind_code", "rank", "unit", "date", "price")
NATIONAL_SHAPE = ("date", "item", "price", "garak_intake_t")
NATIONAL_HEADER = (*NATIONAL_SHAPE, "diesel", "usdkrw")

# The national file has no unit column: these are the retail survey units of its 13 items.
NATIONAL_UNITS = {
    "감자": "100g", "건고추": "600g", "고구마": "1kg", "깐마늘": "1kg", "당근": "1kg",
    "대파": "1kg", "배추": "1포기", "시금치": "100g", "쌀": "20kg", "애호박": "1개",
    "양배추": "1포기", "양파": "1kg", "오이": "10개",
}  # fmt: skip


def recognises(table: Table) -> bool:
    """Whether the table has one of the three shapes."""
    return _reader(table) is not None


def read(table: Table, catalog: Catalog) -> Harvest:
    """The observations of the file; rows that do not fit are dropped and counted."""
    reader = _reader(table)
    if reader is None:
        raise ValueError(f"{table.name} is no file of KAMIS prices")
    return reader(table, catalog)


def _reader(table: Table) -> Callable[[Table, Catalog], Harvest] | None:
    if table.has(*SEOUL_SHAPE):
        return _read_seoul
    if table.has(*WHOLESALE_SHAPE):
        return _read_wholesale
    return _read_national if table.has(*NATIONAL_SHAPE) else None


def _read_seoul(table: Table, catalog: Catalog) -> Harvest:
    """Seoul retail means. Where `price_is_per_kg`, the label names another pack than the price."""
    per_kg = pl.col("price_is_per_kg").str.to_lowercase() == "true"
    rows = prepared(table).with_columns(per_kg.alias("per_kg"))
    words = rows.select("item_code", "unit", "per_kg").unique().rows()
    known = {key: _seoul_goods(catalog, *key) for key in words}
    return harvest_of(
        SOURCE.key,
        table,
        with_goods(rows, known, ("item_code", "unit", "per_kg")).with_columns(
            pl.when("per_kg")
            .then(pl.format("1kg(1L)당 환산가격, 표시 단위 {}", "unit"))
            .alias("note")
        ),
        stage=Stage.RETAIL,
        region="서울",
    )


def _seoul_goods(catalog: Catalog, code: str, unit: str, per_kg: bool) -> Goods | str:
    found = coded(catalog, code or "")
    if found is None:
        return "품목표에 없는 품목"
    pack = packed(unit or "", found.item)
    if per_kg:
        by_volume = pack is not None and pack.volume_ml is not None
        pack = Pack(volume_ml=1000.0) if by_volume else Pack(mass_g=1000.0)
    return (found.item.name, found.variety, None, pack) if pack else "단위를 읽을 수 없음"


def _read_wholesale(table: Table, catalog: Catalog) -> Harvest:
    """Wholesale means by kind and grade; '-' is a day without trade."""
    named_rows = table.rows.rename({"item_name": "item"}, strict=False)
    rows = prepared(Table(table.name, named_rows)).with_columns(pl.col("rank").alias("grade"))
    columns = ("item_code", "kind_code", "kind_name", "unit")
    words = rows.select(columns).unique().rows()
    known = {key: _wholesale_goods(catalog, *key) for key in words}
    return harvest_of(SOURCE.key, table, with_goods(rows, known, columns), Stage.WHOLESALE, "전국")


def _wholesale_goods(
    catalog: Catalog, code: str, kind: str, kind_name: str, unit: str
) -> Goods | str:
    found = read_kind(catalog, code, kind, kind_name)
    if found is None:
        return "품목표에 없는 품목"
    pack = packed(unit, found.item)
    if pack is None:
        return "단위를 읽을 수 없음"
    return found.item.name, found.variety, found.origin, pack


def _read_national(table: Table, catalog: Catalog) -> Harvest:
    """National retail means; holidays were filled with the day before and are not surveys."""
    rows = prepared(table)
    known: dict[tuple[str, ...], Goods | str] = {
        (item,): _national_goods(catalog, item) for item in rows["item"].unique()
    }
    years = rows["day"].drop_nulls().dt.year().unique().to_list()
    closed = list(holidays.country_holidays("KR", years=years))
    filled = rows.with_columns(
        pl.when(pl.col("day").is_in(closed) | (pl.col("day").dt.weekday() > 5))
        .then(pl.lit("조사가 없는 휴일을 앞 값으로 메운 줄"))
        .alias("early_reason")
    )
    return harvest_of(SOURCE.key, table, with_goods(filled, known, ("item",)), Stage.RETAIL, "전국")


def _national_goods(catalog: Catalog, item: str) -> Goods | str:
    found = named(catalog, item)
    if found is None or item not in NATIONAL_UNITS:
        return "품목표에 없는 품목"
    pack = packed(NATIONAL_UNITS[item], found.item)
    return (found.item.name, found.variety, None, pack) if pack else "단위를 읽을 수 없음"
