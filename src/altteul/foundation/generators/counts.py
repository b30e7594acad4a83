"""Whole numbers: demand counts, intermittent demand, values rounded or held at a bound."""

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


def demand_counts(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Negative-binomial counts around a seasonal, drifting rate (Snyder et al. 2012)."""
    count = first.size
    rate = _rate(rng, first, second, length) * column(log_uniform(rng, 0.3, 200.0, count))
    shape = column(log_uniform(rng, 0.5, 50.0, count))
    mixed = rng.gamma(np.broadcast_to(shape, rate.shape)) / shape * rate
    return rng.poisson(np.minimum(mixed, 1e6)).astype(np.float64)


def intermittent(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Mostly zeros: demand arrives with a changing chance, in lumps (Croston 1972)."""
    count = first.size
    rate = _rate(rng, first, second, length) * column(log_uniform(rng, 0.03, 0.7, count))
    arrives = rng.random((count, length)) < np.clip(rate, 0.0, 0.95)
    size = 1.0 + rng.poisson(column(log_uniform(rng, 0.05, 8.0, count)), (count, length))
    return arrives * size


def bounded(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Shares, humidity, cloud, occupancy: a wandering value held between 0 and 1, often at 0."""
    count = first.size
    memory = rng.uniform(0.5, 0.99, count)
    shocks = rng.standard_normal((count, length)) * column(np.sqrt(1 - memory**2))
    inner = autoregression(shocks, memory) * column(log_uniform(rng, 0.2, 1.5, count))
    inner += two_seasons(rng, first, second, length) * column(rng.uniform(0, 2, count))
    inner += column(rng.uniform(-1.5, 2.0, count))
    squashed = 1.0 / (1.0 + np.exp(-2.0 * inner))
    return np.where(chance(rng, 0.5, count)[:, None], np.clip(inner, 0.0, 3.0), squashed)


def _rate(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    count = first.size
    walk = np.cumsum(rng.standard_normal((count, length)), axis=1)
    wander = walk * column(
        np.where(chance(rng, 0.5, count), 0.0, log_uniform(rng, 5e-3, 0.05, count))
    )
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.4, count), 0.0, rng.uniform(0.1, 0.9, count)))
    return np.exp(np.clip(wander + season * size, -3.0, 3.0))
