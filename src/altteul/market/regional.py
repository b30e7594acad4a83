"""What surveys publish for a whole region: mean prices and normal prices, not one seller's.

They are no offers. They tell what an item costs in a region, by channel where the source does,
and they are the series that the normal price is computed from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from altteul.catalog.grades import DEFAULT_GRADE, grade_name
from altteul.frozen import Frozen
from altteul.market.normal import Days, Won
from altteul.market.offer import Pack, UnitPrice
from altteul.market.packs import pack_of, unit_price
from altteul.market.quotes import PackReader
from altteul.sources.observation import Channel, Measure

SERIES = (
    "region", "channel", "variety", "grade", "mass_g", "volume_ml", "count", "count_unit", "source",
    "surveyed_unit",
)  # fmt: skip
"""What prices must share to be one series: nothing is spliced across packs (계란 10구 and 30구),
varieties, grades, channels or sources."""

# Prices that a source had converted to 1 kg still name the unit that was surveyed; 포도 per 2 kg
# (샤인머스켓) and per 1 kg (캠벨) are different goods though both are given per kg.
SURVEYED_UNIT = pl.col("note").str.extract(r"표시 단위 (.+)$").alias("surveyed_unit")

CURRENT_DAYS = 14
"""A regional mean older than this says nothing about today (추석 leaves a gap of a week)."""


class RegionValue(Frozen):
    """The newest published mean of a region (and channel): the price of the pack, and per unit."""

    region: str
    channel: Channel | None
    variety: str | None
    grade: str | None
    pack: Pack
    price: int
    unit_price: UnitPrice
    observed_on: date
    age_days: int
    source: str
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One pack of an item in one region, by survey day (rising); `won` is for the whole pack."""

    region: str
    channel: Channel | None
    variety: str | None
    grade: str | None
    pack: Pack
    source: str
    days: Days
    won: Won
    simulated: bool = False

    def until(self, on: date) -> Series | None:
        """The series as it was known on that day; None where it had not begun."""
        end = int(np.searchsorted(self.days, np.datetime64(on), side="right"))
        if not end:
            return None
        return replace(self, days=self.days[:end], won=self.won[:end])

    @property
    def newest(self) -> date:
        """The last survey day."""
        day: date = self.days[-1].item()
        return day

    def value(self, on: date) -> RegionValue:
        """The newest value as shown to a person."""
        price = round(float(self.won[-1]))
        return RegionValue(
            region=self.region,
            channel=self.channel,
            variety=self.variety,
            grade=self.grade,
            pack=self.pack,
            price=price,
            unit_price=unit_price(price, self.pack),
            observed_on=self.newest,
            age_days=(on - self.newest).days,
            source=self.source,
            simulated=self.simulated,
        )


def series_of(rows: pl.DataFrame, measure: Measure, in_base: PackReader) -> list[Series]:
    """The series of one item's regional values of a measure (columns of OBSERVATION_SCHEMA)."""
    chosen = rows.filter((pl.col("measure") == measure.value) & pl.col("seller").is_null())
    chosen = chosen.with_columns(SURVEYED_UNIT)
    groups = chosen.sort("date", "price").partition_by(*SERIES, maintain_order=True)
    return [
        _series(group.unique("date", keep="first", maintain_order=True), in_base)
        for group in groups
    ]


def known_on(every: Sequence[Series], on: date, newest_within: int) -> list[Series]:
    """The series as known on a day that have a value at most so many days old, best first.

    First come all channels together, then 상품 (KAMIS's own default) or no grade, then no variety,
    then the longest.
    """
    since = on - timedelta(days=newest_within)
    cut = (series.until(on) for series in every)
    return sorted((s for s in cut if s is not None and s.newest >= since), key=_preference)


def in_regions(every: Sequence[Series], regions: Sequence[str]) -> Iterator[Series]:
    """The series of the first region, then of the next."""
    for region in regions:
        yield from (series for series in every if series.region == region)


def of_variety(every: Sequence[Series], variety: str | None) -> list[Series]:
    """The series of a variety, else those that name none; None stands for every variety."""
    if variety is None:
        return list(every)
    named = [series for series in every if series.variety == variety]
    return named or [series for series in every if series.variety is None]


def _preference(series: Series) -> tuple[bool, bool, bool, int, str, str]:
    usual_grade = series.grade in (None, grade_name(DEFAULT_GRADE))
    names = f"{series.region} {series.variety} {series.grade} {series.pack.label}"
    return (
        series.channel is not None,
        not usual_grade,
        series.variety is not None,
        -len(series.days),
        series.source,
        names,
    )


def _series(group: pl.DataFrame, in_base: PackReader) -> Series:
    first = group.row(0, named=True)
    return Series(
        region=first["region"],
        channel=Channel(first["channel"]) if first["channel"] else None,
        variety=first["variety"],
        grade=first["grade"],
        pack=in_base(first["item"], first["variety"], pack_of(first)),
        source=first["source"],
        days=group["date"].to_numpy().astype("datetime64[D]"),
        won=group["price"].to_numpy().astype(np.float64),
        simulated=bool(group["simulated"].any()),
    )


def current_values(
    means: Sequence[Series], on: date, regions: Collection[str]
) -> tuple[RegionValue, ...]:
    """The current means of the first region that has any."""
    current = known_on(means, on, CURRENT_DAYS)
    for region in regions:
        if values := tuple(series.value(on) for series in in_regions(current, [region])):
            return values
    return ()
