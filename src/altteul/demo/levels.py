"""How the price level of every good moves in every city: trend, season, shocks, feasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from altteul.demo.goods import Good
from altteul.demo.survey_days import feast_nearness

YEARLY_TREND = 0.02
"""Prices rise by about two percent a year."""

BASE_YEAR = 2025
SHOCK_DAYS = 15.0
"""Survey days in which a shock fades to 1/e."""

SHOCK_GAIN = 1.3
"""Shops follow a shock late, so it must be larger than what their mean shall show."""

CITY_SHARE = 0.35
"""Standard deviation of what one city has for itself, relative to the common shock."""

SURVEY_DAYS_A_WEEK = 5


def price_levels(
    goods: Sequence[Good], days: Sequence[date], cities: int, seed: int
) -> NDArray[np.float64]:
    """Log won of each good's pack, shape (days, cities, goods).

    The value of a day depends on the seed and on earlier days only, so a later last day leaves
    it as it is.
    """
    won = np.log([good.won for good in goods])
    trend = YEARLY_TREND * (_years(days) - BASE_YEAR)
    feast = feast_nearness(days)[:, None] * np.log1p([good.feast for good in goods])
    common = won + trend[:, None] + _season(goods, days) + feast
    sd = SHOCK_GAIN * _shock_sd(goods)
    shared = _shocks(len(days), sd[None, :], seed, 2)
    own = _shocks(len(days), np.repeat(CITY_SHARE * sd[None, :], cities, axis=0), seed, 3)
    return common[:, None, :] + shared + own


def _years(days: Sequence[date]) -> NDArray[np.float64]:
    return np.array([day.year + (day.timetuple().tm_yday - 1) / 365.25 for day in days])


def _season(goods: Sequence[Good], days: Sequence[date]) -> NDArray[np.float64]:
    """Log of a yearly wave with mean 1 and the amplitude of the good, shape (days, goods).

    exp(k·cos x) / I0(k) has mean 1 and (max − min) / mean = 2·sinh(k) / I0(k).
    """
    kappa = _concentration(np.array([good.season for good in goods]))
    peaks = (np.array([good.peak for good in goods]) - 0.5) / 12
    angle = 2 * np.pi * (_years(days)[:, None] - peaks)
    wave: NDArray[np.float64] = kappa * np.cos(angle) - np.log(np.i0(kappa))
    return wave


def _concentration(amplitude: NDArray[np.float64]) -> NDArray[np.float64]:
    kappa = np.linspace(0, 3, 3001)
    return np.interp(amplitude, 2 * np.sinh(kappa) / np.i0(kappa), kappa)


def _shock_sd(goods: Sequence[Good]) -> NDArray[np.float64]:
    """Standard deviation of an AR(1) whose weekly change has that of the good."""
    weekly = np.array([good.weekly for good in goods])
    kept = np.exp(-SURVEY_DAYS_A_WEEK / SHOCK_DAYS)
    spread: NDArray[np.float64] = weekly / np.sqrt(2 * (1 - kept))
    return spread


def _shocks(days: int, sd: NDArray[np.float64], seed: int, stream: int) -> NDArray[np.float64]:
    """Stationary AR(1) paths, shape (days, *sd.shape)."""
    kept = np.exp(-1 / SHOCK_DAYS)
    path = np.random.default_rng([seed, stream]).standard_normal((days, *sd.shape)) * sd
    for day in range(1, days):
        path[day] = kept * path[day - 1] + np.sqrt(1 - kept**2) * path[day]
    return path
