"""Drivers: what may move prices besides prices — arrivals at a market, weather, diesel. Optional.

They are CSV files in `drivers/` of the data folder with the columns date, name, value, and where
they belong to one item, item. A day's value counts as known from the next day on; with a column
known_ahead of true it is known in advance (a plan, a calendar), up to the day that is forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.errors import InputError
from altteul.forecast.known import nanmean
from altteul.forecast.past import YEAR, rolling_mean, shifted
from altteul.forecast.rows import Rows

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FOLDER = "drivers"
FARTHEST = 28
PUBLISHED_AFTER = 1
RECENT, USUAL = 7, 28
YEARS_BACK = 5
NEEDED = ("date", "name", "value")


@dataclass(frozen=True)
class Driver:
    """One driver by day from `first` on (NaN: unknown); `item` None: it concerns every series."""

    name: str
    item: str | None
    first: date
    values: Floats
    known_ahead: bool = False

    def until(self, day: date) -> Driver:
        """As known on that day: later values are gone, FARTHEST days later those known ahead."""
        last = day + timedelta(days=FARTHEST) if self.known_ahead else day
        return replace(self, values=self.values[: max(0, (last - self.first).days + 1)].copy())

    def on_calendar(self, first: date, days: int) -> Floats:
        """The values of so many days from `first` on."""
        found = np.full(days, np.nan)
        start = (self.first - first).days
        begin, end = max(start, 0), min(start + self.values.size, days)
        if begin < end:
            found[begin:end] = self.values[begin - start : end - start]
        return found


def read_drivers(home: Path) -> tuple[Driver, ...]:
    """The drivers of a data folder; none where it has no such files.

    Raises InputError naming the file where a column is missing or a value cannot be read.
    """
    found: list[Driver] = []
    for path in sorted((home / FOLDER).glob("*.csv")):
        found += _read(path)
    return tuple(sorted(found, key=lambda one: (one.name, one.item or "")))


def _read(path: Path) -> list[Driver]:
    try:
        rows = pl.read_csv(path, infer_schema=False)
    except pl.exceptions.PolarsError:
        raise InputError(f"{path.name}: CSV 파일로 읽을 수 없습니다.") from None
    missing = [name for name in NEEDED if name not in rows.columns]
    if missing:
        raise InputError(
            f"{path.name}: {', '.join(missing)} 열이 없습니다. "
            "첫 줄에 date,name,value를 적어 주세요."
        )
    extra = [
        pl.lit(None, pl.String).alias(name)
        for name in ("item", "known_ahead")
        if name not in rows.columns
    ]
    rows = rows.with_columns(
        *extra,
        pl.col("date").str.to_date(strict=False).alias("day"),
        pl.col("value").cast(pl.Float64, strict=False).alias("number"),
    ).filter(pl.col("value").is_not_null())
    bad = rows.filter(pl.col("day").is_null() | pl.col("number").is_null()).head(1)
    for one in bad.iter_rows(named=True):
        raise InputError(
            f"{path.name}: '{one['date']}', '{one['value']}'을(를) 날짜와 수로 읽을 수 없습니다. "
            "2024-06-30, 123.4처럼 적어 주세요."
        )
    groups = rows.sort("day").partition_by("name", "item", "known_ahead", maintain_order=True)
    return [_driver(group) for group in groups]


def _driver(group: pl.DataFrame) -> Driver:
    one = group.unique("day", keep="last", maintain_order=True)
    days = one["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    values = np.full(int(days[-1] - days[0]) + 1, np.nan)
    values[days - days[0]] = one["number"].to_numpy()
    head = one.row(0, named=True)
    return Driver(
        name=str(head["name"]),
        item=head["item"] or None,
        first=head["day"],
        values=values,
        known_ahead=str(head["known_ahead"]).lower() in ("true", "1"),
    )


class DriverColumns:
    """Columns of each driver: the last week beside the last four, and those beside earlier years.

    Drivers whose values are all above zero are compared by logarithms. Of a driver that is known
    in advance there is also the mean until the target day beside the last four weeks.
    """

    def __init__(
        self, drivers: Sequence[Driver], items: Sequence[str], first: date, days: int
    ) -> None:
        self._by_name: dict[str, list[Driver]] = {}
        for one in drivers:
            self._by_name.setdefault(one.name, []).append(one)
        self._items, self._first, self._days = items, first, days

    def columns(self, rows: Rows) -> dict[str, Floats]:
        """The columns of all drivers; NaN for series that a driver does not concern."""
        found: dict[str, Floats] = {}
        for name, group in self._by_name.items():
            values = np.stack(
                [one.on_calendar(self._first, self._days + FARTHEST) for one in group]
            )
            found |= self._of(name, _levelled(values), self._place(group)[rows.series], group, rows)
        return found

    def _place(self, group: Sequence[Driver]) -> Integers:
        """Each series' row of a driver's values; −1: it has none."""
        place_of = {one.item: place for place, one in enumerate(group)}
        return np.array(
            [place_of.get(item, place_of.get(None, -1)) for item in self._items], dtype=np.int64
        )

    def _of(
        self, name: str, values: Floats, place: Integers, group: Sequence[Driver], rows: Rows
    ) -> dict[str, Floats]:
        recent, usual = rolling_mean(values, RECENT), rolling_mean(values, USUAL)
        earlier = nanmean(np.stack([shifted(usual, YEAR * k) for k in range(1, YEARS_BACK + 1)]))
        published = np.maximum(rows.origin - PUBLISHED_AFTER, 0)
        concerned = (place >= 0) & (rows.origin >= PUBLISHED_AFTER)

        def at(table: Floats, column: Integers) -> Floats:
            return np.where(concerned, table[np.maximum(place, 0), column], np.nan)

        now = at(usual, published)
        found = {
            f"{name}_week": at(recent, published) - now,
            f"{name}_season": now - at(earlier, published),
        }
        if any(one.known_ahead for one in group):
            total = np.cumsum(np.nan_to_num(values), axis=1)
            count = np.maximum(rows.horizon, 1)
            found[f"{name}_ahead"] = (at(total, rows.target) - at(total, rows.origin)) / count - now
        return found


def _levelled(values: Floats) -> Floats:
    """Logarithms where every known value is above zero."""
    if np.nanmin(values, initial=np.inf) > 0:
        return np.log(values)
    return values
