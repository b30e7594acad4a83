"""Many price series on one calendar: what every model reads.

One series is one item × variety × grade × pack × region × channel × stage of one source. Nothing
is spliced across packs (계란 10구 and 30구), and what was not surveyed is NaN, never filled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.forecast.drivers import Driver
from altteul.history import History
from altteul.sources.observation import Measure, Stage

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

ONE_SERIES = (
    "item", "variety", "grade", "stage", "region", "channel", "source",
    "mass_g", "volume_ml", "count", "count_unit", "surveyed_unit",
)  # fmt: skip
"""What prices must share to be one series."""

# Prices that a source had converted to 1 kg still name the unit that was surveyed.
SURVEYED_UNIT = pl.col("note").str.extract(r"표시 단위 (.+)$").alias("surveyed_unit")
# A mean over ten days is not a day's price.
TEN_DAY_MEAN = "순 평균"
ORIGIN_OF_DAYS = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What a series is of; `unit` is the pack it is priced in ("1000g", "10개")."""

    item: str
    variety: str
    grade: str
    stage: str
    region: str
    channel: str
    source: str
    unit: str

    @property
    def text(self) -> str:
        """A stable name of the series, for records and files."""
        words = (
            self.item, self.variety, self.grade, self.stage,
            self.region, self.channel, self.source, self.unit,
        )  # fmt: skip
        return "|".join(words)

    @classmethod
    def of(cls, text: str) -> SeriesKey:
        """The key that such a name stands for."""
        return cls(*text.split("|"))


Preference = tuple[bool, date, bool, int]


def preference(key: SeriesKey, region: str | None, observed_on: date, surveys: int) -> Preference:
    """Of several series of an item the greatest stands for it.

    First the region asked for, then the freshest price, then one without a variety, the longest.
    """
    return key.region == region, observed_on, not key.variety, surveys


@dataclass(frozen=True)
class Panel:
    """Series by day: `won` has shape (series, days), NaN where nothing was surveyed.

    Column c is the day `first + c` (calendar days in Asia/Seoul). `simulated` tells 연습용(가상)
    series, `drivers` what else was read of those days.
    """

    keys: tuple[SeriesKey, ...]
    first: date
    won: Floats
    simulated: Flags
    drivers: tuple[Driver, ...] = ()

    @property
    def days(self) -> int:
        """How many calendar days the panel spans."""
        return int(self.won.shape[1])

    @property
    def last(self) -> date:
        """The last day of the panel."""
        return self.day(self.days - 1)

    def column(self, day: date) -> int:
        """The column of a day; may lie outside the panel."""
        return (day - self.first).days

    def day(self, column: int) -> date:
        """The day of a column."""
        return date.fromordinal(self.first.toordinal() + column)

    def until(self, day: date) -> Panel:
        """The panel as it was known on that day: later columns are gone."""
        kept = max(1, min(self.days, self.column(day) + 1))
        drivers = tuple(one.until(day) for one in self.drivers)
        return replace(self, won=self.won[:, :kept].copy(), drivers=drivers)

    def chosen(self, rows: Sequence[int] | Integers | Flags) -> Panel:
        """Only those series."""
        index = np.arange(len(self.keys))[np.asarray(rows)]
        return Panel(
            tuple(self.keys[int(row)] for row in index),
            self.first,
            self.won[index],
            self.simulated[index],
            self.drivers,
        )

    def digest(self) -> str:
        """A hash of everything in the panel."""
        seen = hashlib.sha256(f"{self.first}".encode())
        seen.update("\n".join(key.text for key in self.keys).encode())
        seen.update(np.ascontiguousarray(self.won).tobytes())
        for one in self.drivers:
            seen.update(f"{one.name} {one.item} {one.first} {one.known_ahead}".encode())
            seen.update(np.ascontiguousarray(one.values).tobytes())
        return seen.hexdigest()[:20]

    def rows_of(self, *, item: str | None = None, region: str | None = None) -> list[int]:
        """The rows of an item, of a region, or of both."""
        return [
            row
            for row, key in enumerate(self.keys)
            if item in (None, key.item) and region in (None, key.region)
        ]


def read_panel(
    history: History,
    *,
    items: Collection[str] | None = None,
    regions: Collection[str] | None = None,
    stages: Collection[str] = (Stage.RETAIL.value,),
    until: date | None = None,
) -> Panel:
    """The daily regional means of a history as a panel; empty of series where there are none."""
    rows = history.observations(
        items=items, regions=regions, stages=stages, until=until, measures=(Measure.MEAN.value,)
    )
    return panel_of(rows)


def panel_of(observations: pl.DataFrame) -> Panel:
    """The panel of regional daily means among the observations (OBSERVATION_SCHEMA)."""
    rows = observations.filter(
        pl.col("seller").is_null()
        & (pl.col("measure") == Measure.MEAN.value)
        & ~pl.col("note").fill_null("").str.starts_with(TEN_DAY_MEAN)
    ).with_columns(SURVEYED_UNIT)
    if rows.is_empty():
        return Panel((), date(1970, 1, 1), np.full((0, 1), np.nan), np.zeros(0, dtype=bool))
    groups = rows.sort("date", "price").group_by(*ONE_SERIES, maintain_order=True)
    found = sorted(
        ((_key(dict(zip(ONE_SERIES, words, strict=True))), group) for words, group in groups),
        key=lambda pair: pair[0],
    )
    return _on_calendar(found)


def _on_calendar(found: Sequence[tuple[SeriesKey, pl.DataFrame]]) -> Panel:
    first = min(group["date"][0] for _, group in found)
    last = max(group["date"][-1] for _, group in found)
    won = np.full((len(found), (last - first).days + 1), np.nan)
    simulated = np.zeros(len(found), dtype=bool)
    start = np.datetime64(first, "D")
    for row, (_, group) in enumerate(found):
        one = group.unique("date", keep="first", maintain_order=True)
        columns = (one["date"].to_numpy().astype("datetime64[D]") - start).astype(np.int64)
        won[row, columns] = one["price"].to_numpy()
        simulated[row] = bool(one["simulated"].any())
    return Panel(tuple(key for key, _ in found), first, won, simulated)


def _key(words: dict[str, object]) -> SeriesKey:
    def text(name: str) -> str:
        value = words[name]
        return "" if value is None else str(value)

    return SeriesKey(
        item=text("item"),
        variety=text("variety"),
        grade=text("grade"),
        stage=text("stage"),
        region=text("region"),
        channel=text("channel"),
        source=text("source"),
        unit=_unit(words),
    )


def _unit(words: dict[str, object]) -> str:
    measures = [
        f"{float(str(words[name])):g}{mark}"
        for name, mark in (("mass_g", "g"), ("volume_ml", "ml"))
        if words[name] is not None
    ]
    if words["count"] is not None:
        measures.append(f"{float(str(words['count'])):g}{words['count_unit']}")
    surveyed = f" (표시 단위 {words['surveyed_unit']})" if words["surveyed_unit"] else ""
    return " ".join(measures) + surveyed
