"""The days of a price survey: Monday to Friday without holidays, and how near the feasts are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import holidays
import numpy as np
from numpy.typing import NDArray

FEASTS = ("설날", "추석")
RISE_DAYS = 14
"""Prices of feast goods rise during about two weeks before the feast."""


def survey_days(first: date, last: date) -> list[date]:
    """The weekdays from first to last (both included) that are no public holiday in Korea.

    KAMIS surveys on these days (조사지침, aT).
    """
    closed = holidays.country_holidays("KR", years=range(first.year, last.year + 1))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in closed]


def feast_days(first: date, last: date) -> list[date]:
    """설 and 추석 of the years from first to the year after last."""
    years = range(first.year, last.year + 2)
    named = holidays.country_holidays("KR", years=years, language="ko")
    return sorted(day for day, name in named.items() if set(name.split("; ")) & set(FEASTS))


def feast_nearness(days: Sequence[date]) -> NDArray[np.float64]:
    """For each day 0…1: 1 on the eve of a feast, 0 two weeks before it and after it."""
    feasts = np.array([day.toordinal() for day in feast_days(days[0], days[-1])])
    ordinals = np.array([day.toordinal() for day in days])
    next_feast = feasts[np.searchsorted(feasts, ordinals)]
    nearness: NDArray[np.float64] = 1 - (next_feast - ordinals - 1) / RISE_DAYS
    return nearness.clip(0, 1)
