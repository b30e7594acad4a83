"""The words of the ten-day (순) wholesale table: periods, packs and kinds."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import polars as pl

from altteul.catalog import Catalog
from altteul.sources.kamis_words import NEW_CROP
from altteul.sources.money import won_column
from altteul.sources.observation import Measure
from altteul.sources.vocabulary import Named, named, packed
from altteul.units import Pack

TEN_DAY_SHAPE = ("period", "item", "kind", "unit", "grade", "normal_price", "price")
LAST_DAY_OF_PERIOD = {"상순": 10, "중순": 20}

# What a pack label ends with after its weight: how the goods are packed, not how much.
PACKINGS = ("상자(비닐포)", "상자", "망대", "묶음", "트럭", "단")
# Their word for a weight → ours.
WEIGHTS = {"키로": "kg", "톤": "톤"}
IMPORTED = "수입"


def last_day(period: str) -> date | None:
    """'201801상순' → 2018-01-10, the day on which the ten days were complete."""
    found = re.fullmatch(r"(\d{4})(\d{2})(상순|중순|하순)", period)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, LAST_DAY_OF_PERIOD.get(found[3], monthrange(year, month)[1]))


def ten_day_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Two rows for each: the mean of the period and its published normal price (평년)."""
    days = {period: last_day(period) for period in rows["period"].unique().drop_nulls()}
    dated = rows.with_columns(
        pl.col("period").replace_strict(days, default=None, return_dtype=pl.Date).alias("day"),
        pl.concat_str(pl.lit("순 평균 · "), pl.col("kind")).alias("note"),
    )
    return pl.concat(
        dated.with_columns(
            pl.lit(measure.value).alias("measure"),
            won_column(column).alias("won"),
        )
        for measure, column in ((Measure.MEAN, "price"), (Measure.NORMAL, "normal_price"))
    )


def ten_day_goods(
    catalog: Catalog, item: str, kind: str, unit: str
) -> tuple[str, str | None, str | None, Pack] | str:
    """Item, variety, origin and pack of a row's words, or the reason why there are none."""
    found = _item(catalog, item, kind)
    if found is None:
        return "품목표에 없는 품목"
    pack = packed(_plain_unit(unit), found.item)
    origin = IMPORTED if IMPORTED in kind else None
    return (found.item.name, found.variety, origin, pack) if pack else "단위를 읽을 수 없음"


def _item(catalog: Catalog, item: str, kind: str) -> Named | None:
    """The kind where it is an item of its own (열무 under 무), else a variety of the item.

    Kinds that the catalog has no variety for (양파(햇), 저장양파) keep their own words, so that
    they stay apart from the plain kind.
    """
    plain = re.sub(r"\(.*?\)", "", kind).replace(IMPORTED, "").strip()
    heading, own = named(catalog, item), named(catalog, plain)
    found = own if own and own.item.name in plain else heading
    if found is None:
        return None
    if own and own.variety and plain == kind and not kind.startswith(NEW_CROP):
        return own
    words = kind.removeprefix(found.item.name).strip()
    variety = None if kind.startswith(NEW_CROP) else found.item.variety(words)
    return Named(found.item, variety.name if variety else words or None)


def _plain_unit(unit: str) -> str:
    """'10키로망대' → '10kg'; a unit without packing word stays."""
    for packing in PACKINGS:
        unit = unit.removesuffix(packing)
    for theirs, ours in WEIGHTS.items():
        unit = unit.replace(theirs, ours)
    return unit
