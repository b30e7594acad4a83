"""The days that move prices: 설, 추석, 김장철 and the holidays without a survey.

Dates come from the library `holidays` (lunar days and substitute holidays included). 김장철 is
10 November to 15 December, roughly the weeks in which households salt their cabbage.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

FARTHEST = 60
KIMJANG = ((11, 10), (12, 15))
NEW_YEAR, HARVEST = "설날", "추석"


@cache
def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year in Korea, with substitute days."""
    import holidays

    found: dict[date, str] = dict(holidays.country_holidays("KR", years=year, language="ko"))
    return found


@cache
def feast_days(year: int) -> tuple[date, date]:
    """설날 and 추석 of a year (the days themselves)."""
    days = public_holidays(year)
    return tuple(  # type: ignore[return-value]
        next(day for day, name in sorted(days.items()) if name == wanted)
        for wanted in (NEW_YEAR, HARVEST)
    )


def is_survey_day(day: date) -> bool:
    """Whether KAMIS surveys on that day: Monday to Friday except holidays."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


@cache
def survey_days_between(first: date, days: int) -> int:
    """How many survey days lie in the `days` after a day."""
    later = (date.fromordinal(first.toordinal() + ahead) for ahead in range(1, days + 1))
    return sum(is_survey_day(day) for day in later)


@cache
def _feasts(first: date, days: int) -> tuple[Integers, Integers]:
    years = range(first.year - 1, date.fromordinal(first.toordinal() + days).year + 2)
    both = [feast_days(year) for year in years]
    new_year = np.array([pair[0].toordinal() for pair in both], dtype=np.int64)
    harvest = np.array([pair[1].toordinal() for pair in both], dtype=np.int64)
    return new_year, harvest


def days_to_feast(first: date, columns: Integers, which: int) -> Floats:
    """Signed days from each column's day to the nearest 설 (0) or 추석 (1), cut at ±60.

    Positive: the feast is still to come.
    """
    feasts = _feasts(first, int(columns.max(initial=0)) + 1)[which]
    ordinals = first.toordinal() + columns
    right = np.clip(np.searchsorted(feasts, ordinals), 1, len(feasts) - 1)
    after, before = feasts[right] - ordinals, feasts[right - 1] - ordinals
    nearest: Integers = np.where(np.abs(after) <= np.abs(before), after, before)
    cut: Floats = np.clip(nearest, -FARTHEST, FARTHEST).astype(np.float64)
    return cut


def in_kimjang(first: date, columns: Integers) -> Floats:
    """1 on days of 김장철, else 0."""
    days = np.datetime64(first, "D") + columns
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    of_month = (days - months).astype(np.int64) + 1
    (from_month, from_day), (to_month, to_day) = KIMJANG
    after = (month > from_month) | ((month == from_month) & (of_month >= from_day))
    before = (month < to_month) | ((month == to_month) & (of_month <= to_day))
    inside: Floats = (after & before).astype(np.float64)
    return inside


def year_angle(first: date, columns: Integers) -> Floats:
    """The place of each day in the year, in radians (0 on 1 January)."""
    days = np.datetime64(first, "D") + columns
    of_year = (days - days.astype("datetime64[Y]")).astype(np.int64)
    angle: Floats = 2.0 * np.pi * of_year / 365.25
    return angle
