"""Structural series: level, damped local trend, seasons, autocorrelated noise."""

from __future__ import annotations

import numpy as np

from altteul.foundation.generators.arrays import (
    Floats,
    Integers,
    Random,
    autoregression,
    chance,
    column,
    log_uniform,
)
from altteul.foundation.generators.seasonality import two_seasons, yearly_events


def damped_trend(rng: Random, count: int, length: int) -> Floats:
    """The damped local trend model, in units of its noise (Gardner & McKenzie 1985; Hyndman 2008).

    slope_t = φ·slope_{t-1} + ν_t, level_t = level_{t-1} + slope_t + η_t.
    """
    damping = np.where(chance(rng, 0.3, count), 1.0, rng.uniform(0.6, 0.995, count))
    slope_noise = np.where(chance(rng, 0.5, count), 0.0, log_uniform(rng, 1e-3, 0.4, count))
    level_noise = np.where(chance(rng, 0.25, count), 0.0, log_uniform(rng, 0.02, 3.0, count))
    start = rng.standard_normal(count) * log_uniform(rng, 0.01, 1.0, count)
    drift = np.where(chance(rng, 0.5, count), 0.0, start * rng.uniform(0.0, 1.0, count))
    shocks = rng.standard_normal((count, length)) * column(slope_noise * np.sqrt(1 - damping**2))
    shocks[:, 0] += start
    shocks = np.where(column(damping == 1.0) > 0, shocks * 0.0, shocks)
    walk = rng.standard_normal((count, length)) * column(level_noise)
    return np.cumsum(autoregression(shocks, damping) + column(drift) + walk, axis=1)


def coloured_noise(rng: Random, count: int, length: int) -> Floats:
    """Unit-variance AR(1) noise with heavy tails and changing spread in part of the series."""
    heavy = column(chance(rng, 0.25, count))
    shocks = rng.standard_normal((count, length))
    shocks = np.where(heavy > 0, rng.standard_t(4, (count, length)) / np.sqrt(2.0), shocks)
    memory = np.where(chance(rng, 0.5, count), 0.0, rng.uniform(-0.3, 0.95, count))
    return autoregression(shocks * column(np.sqrt(1 - memory**2)), memory)


def additive(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Trend + seasons + noise: the basic structural model (Harvey 1989)."""
    count = first.size
    season_size = np.where(chance(rng, 0.15, count), 0.0, log_uniform(rng, 0.3, 15.0, count))
    noise_size = np.where(chance(rng, 0.1, count), 0.02, log_uniform(rng, 0.1, 3.0, count))
    total = damped_trend(rng, count, length) * column(log_uniform(rng, 0.05, 2.0, count))
    total += two_seasons(rng, first, second, length) * column(season_size)
    total += yearly_events(rng, second, length) * column(season_size)
    return total + coloured_noise(rng, count, length) * column(noise_size)


def multiplicative(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """exp(trend) × (1 + season) × (1 + noise): ETS(M, Ad, M), and ForecastPFN's recipe.

    (Hyndman et al. 2008, "Forecasting with Exponential Smoothing"; Dooley et al. 2023.)
    """
    count = first.size
    trend = damped_trend(rng, count, length)
    spread = np.abs(trend - trend[:, :1]).max(axis=1, keepdims=True)
    reach = column(log_uniform(rng, 0.05, 5.0, count))
    trend = trend / np.maximum(spread, 1e-9) * reach
    season_size = np.where(chance(rng, 0.15, count), 0.0, log_uniform(rng, 0.02, 0.5, count))
    noise_size = log_uniform(rng, 0.003, 0.25, count)
    season = two_seasons(rng, first, second, length) * column(season_size)
    noise = coloured_noise(rng, count, length) * column(noise_size)
    season += 0.5 * yearly_events(rng, second, length) * column(season_size)
    logarithmic = chance(rng, 0.5, count)[:, None]
    seasonal_factor = np.where(logarithmic, np.exp(season), np.maximum(1.0 + season, 0.02))
    made: Floats = np.exp(trend) * seasonal_factor * np.exp(np.clip(noise, -3.0, 3.0))
    return made


def growth_curves(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Logistic, Gompertz and power growth with noise on the increments (adoption, epidemics)."""
    count = first.size
    middle = column(rng.uniform(-0.2, 1.2, count))
    pace = column(log_uniform(rng, 2.0, 40.0, count))
    position = (np.arange(length)[None, :] / length - middle) * pace
    logistic = 1.0 / (1.0 + np.exp(-np.clip(position, -40, 40)))
    gompertz = np.exp(-np.exp(-np.clip(position, -6, 40)))
    power = (np.arange(1, length + 1)[None, :] / length) ** column(rng.uniform(0.3, 3.0, count))
    kind = rng.integers(0, 3, count)[:, None]
    curve = np.select([kind == 0, kind == 1], [logistic, gompertz], power)
    steps = np.diff(curve, axis=1, prepend=curve[:, :1])
    rough = column(log_uniform(rng, 0.02, 1.0, count))
    season = 1.0 + 0.3 * two_seasons(rng, first, second, length) * column(chance(rng, 0.3, count))
    noisy = steps * np.maximum(season, 0.0)
    noisy = noisy * np.exp(rough * coloured_noise(rng, count, length) - rough**2 / 2)
    return np.where(chance(rng, 0.6, count)[:, None], np.cumsum(noisy, axis=1), noisy)
