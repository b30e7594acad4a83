"""The table that the gradient-boosted model reads, without units and without the future.

One row is one series on one origin day for one horizon. Everything is scaled by the series' own
typical weekly move, so that eggs and lettuce can share one model. Seasonal columns look only at
earlier years, holidays at the calendar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.forecast import calendar_days
from altteul.forecast.panel import Panel
from altteul.forecast.past import WEEK, YEAR, Past, past_of, rolling_mean, shifted

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LAGS = (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91)
YEARS_BACK = 4
SMOOTHING = (7, 15, 29)
"""Days around the same day of an earlier year that its level is averaged over (centred)."""
STEADY = 15
AFTERWARDS = 21
MATES = 8
BEFORE = 28
FRESH_DAYS = 7
"""An origin is forecast from only where the last price is at most so old."""


@dataclass(frozen=True)
class Rows:
    """Which forecasts are meant: parallel arrays of series row, origin column and horizon."""

    series: Integers
    origin: Integers
    horizon: Integers

    def __len__(self) -> int:
        return int(self.series.size)

    def chosen(self, which: NDArray[np.bool_] | Integers) -> Rows:
        """Only those rows."""
        return Rows(self.series[which], self.origin[which], self.horizon[which])

    @property
    def target(self) -> Integers:
        """The column of the day that is forecast."""
        return self.origin + self.horizon


@dataclass(frozen=True)
class Table:
    """Features of rows: `values` (rows, columns), `scale` turns predictions into log changes.

    `last` is the logarithm of the last price, so price = exp(last + scale · predicted).
    """

    names: tuple[str, ...]
    values: Floats
    scale: Floats
    last: Floats


class FeatureMaker:
    """Makes feature rows of one panel; the panel is read once."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.past: Past = past_of(panel)
        self._mates = _same_item(panel)
        self._smooth = {window: rolling_mean(self.past.log, window) for window in SMOOTHING}
        self._common = {days: self._market_move(days) for days in (7, 28)}

    def rows(self, origins: Sequence[int], horizons: Sequence[int]) -> Rows:
        """Every series with a fresh price on each origin column, for each horizon."""
        columns = np.asarray(origins, dtype=np.int64)
        fresh = self.past.age[:, columns] <= FRESH_DAYS
        series, which = np.nonzero(fresh)
        count = len(horizons)
        return Rows(
            np.repeat(series, count),
            np.repeat(columns[which], count),
            np.tile(np.asarray(horizons, dtype=np.int64), len(series)),
        )

    def truth(self, rows: Rows) -> Floats:
        """The logarithm of the price surveyed on the target day; NaN where none was."""
        inside = rows.target < self.panel.days
        found = self.past.surveyed[rows.series, np.minimum(rows.target, self.panel.days - 1)]
        return np.where(inside, found, np.nan)

    def table(self, rows: Rows) -> Table:
        """The features of the rows."""
        move = self.past.move[rows.series, rows.origin]
        columns = {
            **self._levels(rows, move),
            **self._seasons(rows, move),
            **self._calendar(rows),
        }
        scale = move * np.sqrt(rows.horizon / WEEK)
        values = np.stack(list(columns.values()), axis=1)
        return Table(tuple(columns), values, scale, self._at(self.past.log, rows))

    def _at(self, values: Floats, rows: Rows, back: Integers | int = 0) -> Floats:
        """Values at the origins, or so many days before them; NaN before the beginning."""
        column = rows.origin - back
        if np.any(column > rows.origin):
            raise ValueError("a feature would look ahead of its origin")
        found = values[rows.series, np.maximum(column, 0)]
        return np.where(column >= 0, found, np.nan)

    def _levels(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        past, now = self.past, self._at(self.past.log, rows)
        low, high = self._at(past.low, rows), self._at(past.high, rows)
        found = {f"change_{lag}": (now - self._at(past.log, rows, lag)) / move for lag in LAGS}
        for window, means in past.means.items():
            found[f"above_{window}"] = (now - self._at(means, rows)) / move
        for days, common in self._common.items():
            found[f"market_{days}"] = common[rows.origin]
        found["place_in_year"] = (now - low) / np.maximum(high - low, 1e-6)
        found["span_of_year"] = (high - low) / move
        found["move"] = np.log(move)
        found["livelier"] = np.log(self._at(past.recent_move, rows) / move)
        found["unchanged"] = self._at(past.unchanged, rows)
        found["age"] = self._at(past.age, rows)
        return found

    def _seasons(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """How the price changed over the same days of earlier years, and the gap to them."""
        found = {"season_item": self._changes_of_same_item(rows) / move}
        for window in SMOOTHING:
            own = self._changes(rows, window, rows.horizon)
            found[f"season_mean_{window}"] = nanmean(own) / move
            found[f"season_last_{window}"] = own[0] / move
            found[f"season_spread_{window}"] = nanspread(own) / move
        after = self._changes(rows, STEADY, rows.horizon + AFTERWARDS)
        found["season_after"] = nanmean(after) / move - found[f"season_mean_{STEADY}"]
        found["season_before"] = nanmean(-self._changes(rows, STEADY, -BEFORE)) / move
        found["season_years"] = np.isfinite(after).sum(axis=0).astype(np.float64)
        return {**found, **self._gaps(rows, move)}

    def _changes(self, rows: Rows, window: int, ahead: Integers | int) -> Floats:
        """Shape (YEARS_BACK, rows): the log change over the next `ahead` days of earlier years.

        Both ends are centred means over `window` days; all of it lies before the origin, as
        ahead + window is far below a year.
        """
        smooth = self._smooth[window]
        starts = [YEAR * back - window // 2 for back in range(1, YEARS_BACK + 1)]
        changes = [
            self._at(smooth, rows, start - ahead) - self._at(smooth, rows, start)
            for start in starts
        ]
        return np.stack(changes)

    def _gaps(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """How far the price is from where the season would have it, now and on the target day.

        Levels of earlier years are held against the mean of the year centred on them.
        """
        smooth, yearly = self._smooth[STEADY], self.past.means[YEAR]
        now, level = self._at(self.past.log, rows), self._at(yearly, rows)
        gaps, then, norms = [], [], []
        for back in range(1, YEARS_BACK + 1):
            start = YEAR * back
            centre = self._at(yearly, rows, start - YEAR // 2)
            before = self._at(smooth, rows, start - STEADY // 2)
            norms.append(before - centre)
            then.append(self._at(smooth, rows, start - STEADY // 2 - rows.horizon) - centre)
            gaps.append(now - before)
        target = nanmean(np.stack(then))
        return {
            "above_last_year": gaps[0] / move,
            "above_years": nanmean(np.stack(gaps)) / move,
            "to_season": (target - (now - level)) / move,
            "above_season": (now - level - nanmean(np.stack(norms))) / move,
            "season_level": target / move,
        }

    def _changes_of_same_item(self, rows: Rows) -> Floats:
        """The mean seasonal change over the other series of the same item; NaN without any."""
        found = np.full(len(rows), np.nan)
        for one, mates in self._mates.items():
            which = np.flatnonzero(rows.series == one)
            parts = [self._changes_of(mate, rows, which) for mate in mates]
            found[which] = nanmean(np.stack(parts))
        return found

    def _changes_of(self, series: int, rows: Rows, which: Integers) -> Floats:
        there = np.full(which.size, series, dtype=np.int64)
        horizon = rows.horizon[which]
        return nanmean(self._changes(Rows(there, rows.origin[which], horizon), STEADY, horizon))

    def _calendar(self, rows: Rows) -> dict[str, Floats]:
        first, target = self.panel.first, rows.target
        angle = calendar_days.year_angle(first, target)
        return {
            "horizon": rows.horizon.astype(np.float64),
            "year_sin": np.sin(angle),
            "year_cos": np.cos(angle),
            "weekday": (rows.origin + first.weekday()) % 7 + 0.0,
            "target_weekday": (target + first.weekday()) % 7 + 0.0,
            "to_new_year": calendar_days.days_to_feast(first, target, 0),
            "to_harvest": calendar_days.days_to_feast(first, target, 1),
            "origin_to_new_year": calendar_days.days_to_feast(first, rows.origin, 0),
            "origin_to_harvest": calendar_days.days_to_feast(first, rows.origin, 1),
            "kimjang": calendar_days.in_kimjang(first, target),
        }

    def _market_move(self, days: int) -> Floats:
        """The median move of all series over so many days, in typical moves, on each day."""
        past = self.past
        moves = (past.log - shifted(past.log, days)) / past.move
        return nanmedian(moves)


def _same_item(panel: Panel) -> dict[int, list[int]]:
    """For each series that has them: the other series of its item, at most MATES."""
    groups: dict[str, list[int]] = {}
    for row, key in enumerate(panel.keys):
        groups.setdefault(key.item, []).append(row)
    return {
        row: [mate for mate in members if mate != row][:MATES]
        for members in groups.values()
        for row in members
        if len(members) > 1
    }


def nanmean(stack: Floats) -> Floats:
    """Mean over the first axis without the unknown; NaN where all are."""
    known = np.isfinite(stack)
    count = known.sum(axis=0)
    total = np.where(known, stack, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def nanspread(stack: Floats) -> Floats:
    """Root mean square around the mean over the first axis; NaN where fewer than two are known."""
    known = np.isfinite(stack)
    count = known.sum(axis=0)
    error = np.where(known, stack - nanmean(stack)[None], 0.0)
    found = np.sqrt((error**2).sum(axis=0) / np.maximum(count - 1, 1))
    return np.where(count > 1, found, np.nan)


def nanmedian(values: Floats) -> Floats:
    """Median over the first axis without the unknown; NaN where all are."""
    ordered = np.sort(values, axis=0)
    count = np.isfinite(values).sum(axis=0)
    columns = np.arange(values.shape[1])
    low = ordered[np.maximum((count - 1) // 2, 0), columns]
    high = ordered[np.minimum(count // 2, values.shape[0] - 1), columns]
    return np.where(count > 0, (low + high) / 2, np.nan)
