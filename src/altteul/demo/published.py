"""What the survey publishes from the stalls' prices: regional means and the normal price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from altteul.demo.asked_prices import Asked
from altteul.demo.stalls import LOWER_GRADE, Stall

NORMAL_YEARS = 5
AVERAGED_DAYS = 5


def regional_means(
    asked: Asked, stalls: Sequence[Stall], goods: int, city: int | None
) -> NDArray[np.float64]:
    """Mean won for each good's own pack, shape (days, goods); NaN where nothing was seen.

    `city` None takes the whole country, online malls included. Lower grades are left out.
    """
    means = np.full((len(asked.won), goods), np.nan)
    for good in range(goods):
        chosen = [
            number
            for number, stall in enumerate(stalls)
            if stall.good == good and stall.grade != LOWER_GRADE and city in (None, stall.city)
        ]
        sizes = np.array([stalls[number].size for number in chosen])
        seen = asked.seen[:, chosen]
        total = (asked.won[:, chosen] / sizes * seen).sum(axis=1)
        counts = seen.sum(axis=1)
        means[:, good] = np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
    return means


def normal_prices(
    means: NDArray[np.float64], days: Sequence[date], since: date
) -> NDArray[np.float64]:
    """The normal price (평년) of the days from `since`, shape (those days, goods).

    KAMIS's rule: of the five years before the current one (each a 5-day moving average at the
    same date) the highest and the lowest are dropped and the other three averaged. NaN where not
    all five years are known.
    """
    smooth = _moving_average(means)
    ordinals = np.array([day.toordinal() for day in days])
    wanted = [day for day in days if day >= since]
    normal = np.full((len(wanted), means.shape[1]), np.nan)
    for row, day in enumerate(wanted):
        then = [_same_day(day, day.year - back) for back in range(1, NORMAL_YEARS + 1)]
        rows = np.searchsorted(ordinals, [d.toordinal() for d in then], side="right") - 1
        if rows.min() >= 0:
            normal[row] = np.sort(smooth[rows], axis=0)[1:-1].mean(axis=0)
            normal[row, np.isnan(smooth[rows]).any(axis=0)] = np.nan
    return normal


def _same_day(day: date, year: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(year, 2, 28)
    return day.replace(year=year)


def _moving_average(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of a day and the four survey days before it, as far as they are known."""
    known = ~np.isnan(means)
    totals = np.cumsum(np.where(known, means, 0), axis=0)
    counts = np.cumsum(known, axis=0)
    totals[AVERAGED_DAYS:] -= totals[:-AVERAGED_DAYS].copy()
    counts[AVERAGED_DAYS:] -= counts[:-AVERAGED_DAYS].copy()
    return np.where(counts > 0, totals / np.maximum(counts, 1), np.nan)
