"""The normal price (평년) of a series of daily prices, by KAMIS's stated rule.

The rule (KAMIS guide): of the five years before the current one, the value around the same
calendar day as a moving average over five survey days; the highest and the lowest year are left
out and the other three are averaged. Whether KAMIS really trims could not be settled from its
published values, so the rule can be set. Nothing after the day that is asked about is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

YEARS_BACK = 5
SURVEY_DAYS = 5
FEWEST_SURVEY_DAYS = 3
FURTHEST_DAYS = 10
"""A survey day further from the calendar day than this says nothing about it (설 and 추석 leave
gaps of up to a week)."""
FEWEST_YEARS_TO_TRIM = 3

Days = NDArray[np.datetime64]
Won = NDArray[np.float64]


class NormalRule(StrEnum):
    """How the earlier years become one value."""

    TRIMMED = "trimmed"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ComputedNormal:
    """A normal price in the unit of its series, and the years that it rests on."""

    won: float
    years: tuple[int, ...]


def normal_on(
    days: Days, won: Won, on: date, rule: NormalRule = NormalRule.TRIMMED
) -> ComputedNormal | None:
    """The normal price on the day `on`; None where no earlier year was surveyed around it.

    `days` (datetime64[D], rising, no day twice) and `won` are one series in one unit. With fewer
    than three years there is nothing to trim and the years are averaged; `years` tells which.
    """
    yearly = levels_of_earlier_years(days, won, np.array([on], dtype="datetime64[D]"))[:, 0]
    years = tuple(
        on.year - back for back in range(YEARS_BACK, 0, -1) if not np.isnan(yearly[back - 1])
    )
    if not years:
        return None
    return ComputedNormal(float(averaged(yearly[:, None], rule)[0]), years)


def normals(days: Days, won: Won, targets: Days, rule: NormalRule = NormalRule.TRIMMED) -> Won:
    """The normal price on each target day, by what was known then; NaN where there is none."""
    return averaged(levels_of_earlier_years(days, won, targets), rule)


def levels_of_earlier_years(days: Days, won: Won, targets: Days) -> Won:
    """Shape (5, targets): the level around the same calendar day 1, 2, … 5 years earlier."""
    return np.stack(
        [
            level_around(days, won, _years_earlier(targets, back))
            for back in range(1, YEARS_BACK + 1)
        ]
    )


def level_around(days: Days, won: Won, targets: Days) -> Won:
    """The mean of the five survey days nearest to each target, at most ten days away.

    NaN where fewer than three of them are that near, and before the first survey day and after
    the last. Of two equally near days the earlier counts.
    """
    if len(days) < SURVEY_DAYS:
        return np.full(len(targets), np.nan)
    position = days.astype(np.int64)
    goal = targets.astype(np.int64)
    first = np.searchsorted(position, goal) - SURVEY_DAYS
    last_first = len(days) - SURVEY_DAYS
    start = np.clip(first, 0, last_first)
    for _ in range(SURVEY_DAYS):
        following = np.clip(start + SURVEY_DAYS, 0, len(days) - 1)
        nearer = position[following] - goal < goal - position[start]
        start = np.where(nearer & (start < last_first), start + 1, start)
    window = start[:, None] + np.arange(SURVEY_DAYS)
    near = np.abs(position[window] - goal[:, None]) <= FURTHEST_DAYS
    count = near.sum(axis=1)
    total = np.where(near, won[window], 0.0).sum(axis=1)
    level = total / np.maximum(count, 1)
    surveyed = (goal >= position[0]) & (goal <= position[-1])
    return np.where(surveyed & (count >= FEWEST_SURVEY_DAYS), level, np.nan)


def averaged(yearly: Won, rule: NormalRule) -> Won:
    """Shape (years, days) with NaN for a missing year → the normal value of each day."""
    known = ~np.isnan(yearly)
    count = known.sum(axis=0)
    total = np.where(known, yearly, 0.0).sum(axis=0)
    plain = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    if rule is NormalRule.PLAIN:
        return plain
    enough = count >= FEWEST_YEARS_TO_TRIM
    highest = np.where(enough, np.where(known, yearly, -np.inf).max(axis=0), 0.0)
    lowest = np.where(enough, np.where(known, yearly, np.inf).min(axis=0), 0.0)
    return np.where(enough, (total - highest - lowest) / np.maximum(count - 2, 1), plain)


def _years_earlier(days: Days, back: int) -> Days:
    """The same calendar day `back` years earlier; 29 February becomes the 28th."""
    months = days.astype("datetime64[M]")
    day_of_month = (days - months).astype(np.int64)
    earlier = months - np.timedelta64(12 * back, "M")
    length = ((earlier + 1).astype("datetime64[D]") - earlier.astype("datetime64[D]")).astype(int)
    first = earlier.astype("datetime64[D]")
    moved: Days = first + np.minimum(day_of_month, length - 1)
    return moved
