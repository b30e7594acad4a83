"""Weather and slow machines: temperature, rain and flow, and trends that bend."""

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
from altteul.foundation.generators.seasonality import two_seasons


def temperatures(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Seasons under persistent anomalies on two time scales (Campbell & Diebold 2005)."""
    count = first.size
    slow = _anomaly(rng, length, 1.0 - log_uniform(rng, 0.002, 0.1, count))
    quick = _anomaly(rng, length, rng.uniform(0.2, 0.9, count))
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.15, count), 0.0, log_uniform(rng, 0.2, 5.0, count)))
    weight = column(rng.uniform(0.1, 1.0, count))
    level = column(chance(rng, 0.3, count)) * np.cumsum(
        rng.standard_normal((count, length)) * column(log_uniform(rng, 0.002, 0.05, count)), axis=1
    )
    return size * season + slow + weight * quick + level


def rain_and_flow(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Wet and dry spells of gamma amounts, in half of the series as a river that drains slowly.

    (Richardson 1981 for the weather generator; a linear reservoir, Nash 1957, for the flow.)
    """
    count = first.size
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.4, count), 0.0, rng.uniform(0.1, 1.0, count)))
    state = _anomaly(rng, length, rng.uniform(0.2, 0.8, count)) + size * season
    wet = state > column(rng.uniform(-0.8, 1.2, count))
    amount = rng.gamma(column(log_uniform(rng, 0.4, 3.0, count)), 1.0, (count, length))
    rain = np.where(wet, amount * np.exp(0.3 * np.clip(size * season, -3, 3)), 0.0)
    store = autoregression(rain, 1.0 - log_uniform(rng, 0.005, 0.4, count))
    return np.where(column(chance(rng, 0.5, count)) > 0, store, rain)


def bending_trends(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Straight lines that bend at random points, a season, noise (Taylor & Letham 2018)."""
    count = first.size
    bends = rng.random((count, length)) < column(log_uniform(rng, 0.5, 12.0, count) / length)
    change = bends * rng.standard_normal((count, length))
    slope = np.cumsum(change, axis=1) + rng.standard_normal((count, 1))
    keeps = column(rng.uniform(0.0, 1.0, count))
    slope = slope * keeps + (1.0 - keeps) * column(slope.mean(axis=1))
    trend = np.cumsum(slope, axis=1)
    trend *= column(log_uniform(rng, 1.0, 60.0, count)) / np.maximum(
        np.abs(trend).max(axis=1, keepdims=True), 1e-9
    )
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.25, count), 0.0, log_uniform(rng, 0.3, 10.0, count)))
    memory = np.where(chance(rng, 0.4, count), 0.0, rng.uniform(0.0, 0.97, count))
    return trend + size * season + _anomaly(rng, length, memory)


def _anomaly(rng: Random, length: int, memory: Floats) -> Floats:
    """Unit-variance AR(1) noise."""
    shocks = rng.standard_normal((memory.size, length)) * column(np.sqrt(1.0 - memory**2))
    return autoregression(shocks, memory)
