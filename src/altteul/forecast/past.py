"""What is known of every series on every day: levels, changes, and how far prices usually move.

All arrays have the shape (series, days) of the panel, and column c uses columns up to c only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STALE_DAYS = 14
"""A price older than this is no last price (추석 leaves a gap of a week or two)."""
YEAR = 364
"""Fifty-two weeks: the same weekday a year earlier."""
WEEK = 7
WINDOWS = (7, 14, 28, 91, 182, 364)
TYPICAL_MOVE = 0.05
"""The weekly move assumed before a series has shown its own; the Seoul series' median is near."""
LEAST_MOVE = 0.01
PRIOR_WEEKS = 60.0
"""How many days of own history the typical move weighs as much as."""


@dataclass(frozen=True)
class Past:
    """Logarithms of prices as known on each day, and their summaries.

    `log` is the last surveyed price (NaN when older than STALE_DAYS), `age` its days, `means` the
    mean over each of WINDOWS, `move` the typical absolute weekly change of the past year.
    """

    log: Floats
    surveyed: Floats
    age: Floats
    means: dict[int, Floats]
    move: Floats
    recent_move: Floats
    low: Floats
    high: Floats
    unchanged: Floats


def past_of(won: Floats) -> Past:
    """Summaries of the past of prices (a panel's `won`) on each day."""
    surveyed = np.log(won)
    log, age = carried(surveyed)
    weekly = weekly_changes(log)
    means = {window: rolling_mean(log, window) for window in WINDOWS}
    low, high = _range(log)
    still = np.where(np.isnan(shifted(log, 1)) | np.isnan(log), np.nan, log == shifted(log, 1))
    return Past(
        log=log,
        surveyed=surveyed,
        age=age,
        means=means,
        move=_typical_move(weekly, YEAR),
        recent_move=_typical_move(weekly, 56),
        low=low,
        high=high,
        unchanged=rolling_mean(still, 91),
    )


def levels_and_moves(won: Floats) -> tuple[Floats, Floats]:
    """The last known level of each day and the typical move, as in a Past, and nothing else."""
    log, _ = carried(np.log(won))
    return log, _typical_move(weekly_changes(log), YEAR)


def weekly_changes(log: Floats) -> Floats:
    """The absolute change over a week on each day."""
    return np.abs(log - shifted(log, WEEK))


def carried(values: Floats) -> tuple[Floats, Floats]:
    """The last known value of each day and its age in days; NaN when none is fresh enough."""
    days = np.arange(values.shape[1])
    last = np.maximum.accumulate(np.where(np.isnan(values), -1, days), axis=1)
    age = np.where(last >= 0, days - last, np.inf)
    kept = np.take_along_axis(values, np.maximum(last, 0), axis=1)
    fresh = (last >= 0) & (age <= STALE_DAYS)
    return np.where(fresh, kept, np.nan), np.where(fresh, age, np.nan)


def shifted(values: Floats, days: int) -> Floats:
    """The value so many days earlier; NaN before the beginning. Negative `days` look ahead."""
    moved = np.full_like(values, np.nan)
    if abs(days) < values.shape[1]:
        if days > 0:
            moved[:, days:] = values[:, :-days]
        elif days < 0:
            moved[:, :days] = values[:, -days:]
        else:
            moved[:] = values
    return moved


def rolling_mean(values: Floats, window: int) -> Floats:
    """The mean of the known values among the last `window` days, NaN where there are none."""
    known = np.isfinite(values)
    total = _rolling_sum(np.where(known, values, 0.0), window)
    count = _rolling_sum(known.astype(np.float64), window)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)


def _rolling_sum(values: Floats, window: int) -> Floats:
    total = np.cumsum(values, axis=1)
    total[:, window:] -= total[:, :-window].copy()
    return total


def _typical_move(weekly: Floats, window: int) -> Floats:
    """Mean absolute weekly log change, drawn towards a typical one while little is known."""
    known = np.isfinite(weekly)
    total = _rolling_sum(np.where(known, weekly, 0.0), window)
    count = _rolling_sum(known.astype(np.float64), window)
    prior = PRIOR_WEEKS * TYPICAL_MOVE
    return np.maximum((total + prior) / (count + PRIOR_WEEKS), LEAST_MOVE)


def _range(log: Floats) -> tuple[Floats, Floats]:
    """The lowest and highest level of the past year, by weeks (fast, and exact to six days)."""
    low, high = np.full_like(log, np.nan), np.full_like(log, np.nan)
    for back in range(0, YEAR, WEEK):
        earlier = shifted(log, back)
        low, high = np.fmin(low, earlier), np.fmax(high, earlier)
    return low, high
