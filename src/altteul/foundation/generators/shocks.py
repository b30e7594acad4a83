"""Series that break: prices with jumps, mean reversion with regimes, steps, spikes, ARMA."""

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


def log_prices(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """exp of a random walk with stochastic volatility, and jumps that decay back.

    (Taylor 1986 for the volatility; Merton 1976 for jumps, here with mean-reverting ones as in
    produce and power prices.)
    """
    count = first.size
    calm = column(log_uniform(rng, 0.002, 0.06, count))
    persistence = rng.uniform(0.9, 0.995, count)
    nervous = column(np.where(chance(rng, 0.4, count), 0.0, rng.uniform(0.05, 0.3, count)))
    volatility = np.exp(autoregression(rng.standard_normal((count, length)) * nervous, persistence))
    returns = rng.standard_normal((count, length)) * calm * np.clip(volatility, 0.1, 8.0)
    pull = np.where(chance(rng, 0.4, count), 1.0, 1.0 - log_uniform(rng, 0.002, 0.1, count))
    walk = autoregression(returns, pull)
    jumps = _rare(rng, count, length) * calm * 8.0 * rng.standard_normal((count, length))
    walk += autoregression(jumps, rng.uniform(0.6, 0.98, count))
    drift = column(rng.standard_normal(count) * chance(rng, 0.4, count)) * calm * 0.2
    seasonal_size = column(np.where(chance(rng, 0.5, count), 0.0, rng.uniform(0.02, 0.4, count)))
    season = two_seasons(rng, first, second, length) * seasonal_size
    return np.exp(np.clip(walk + drift * np.arange(length)[None, :] + season, -12, 12))


def regimes(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Ornstein-Uhlenbeck noise around a level that switches between a few regimes.

    (Hamilton 1989 for Markov switching; Uhlenbeck & Ornstein 1930.)
    """
    count = first.size
    levels = rng.standard_normal((count, 4)) * column(log_uniform(rng, 0.5, 6.0, count))
    stay = log_uniform(rng, 0.0005, 0.03, count)
    switches = np.cumsum(rng.random((count, length)) < column(stay), axis=1)
    state = (switches * 7 + rng.integers(0, 4, count)[:, None]) % 4
    level = np.take_along_axis(levels, state, axis=1)
    memory = rng.uniform(0.3, 0.98, count)
    noise = autoregression(
        rng.standard_normal((count, length)) * column(np.sqrt(1 - memory**2)), memory
    )
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.4, count), 0.0, log_uniform(rng, 0.2, 4.0, count)))
    return level + noise + season * size


def spikes_and_steps(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """A calm seasonal series with outliers, decaying spikes and permanent steps."""
    count = first.size
    noise = rng.standard_normal((count, length)) * column(log_uniform(rng, 0.05, 1.0, count))
    base = noise + two_seasons(rng, first, second, length) * column(rng.uniform(0, 3, count))
    spikes = _rare(rng, count, length) * np.abs(rng.standard_t(3, (count, length))) * 4.0
    sign = np.where(chance(rng, 0.7, count), 1.0, -1.0)
    decay = np.where(chance(rng, 0.5, count), 0.0, rng.uniform(0.3, 0.95, count))
    steps = np.cumsum(_rare(rng, count, length) * rng.standard_normal((count, length)), axis=1)
    moved = column(chance(rng, 0.4, count)) * steps * 2.0
    return base + column(sign) * autoregression(spikes, decay) + moved


def autoregressive_moving(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """ARIMA(2, d, 1) with a seasonal root in some series (Box & Jenkins 1970)."""
    count = first.size
    noise = rng.standard_normal((count, length))
    noise[:, 1:] += column(rng.uniform(-0.8, 0.8, count)) * noise[:, :-1]
    slow = rng.uniform(-0.5, 0.98, count)
    fast = np.where(chance(rng, 0.5, count), 0.0, rng.uniform(-0.7, 0.7, count))
    values = autoregression(autoregression(noise, slow), fast)
    integrated = np.cumsum(values + column(0.2 * rng.standard_normal(count)), axis=1)
    values = np.where(chance(rng, 0.5, count)[:, None], integrated, values)
    spread = values.std(axis=1, keepdims=True)
    size = column(np.where(chance(rng, 0.5, count), 0.0, rng.uniform(0.2, 2.0, count)))
    made: Floats = values + two_seasons(rng, first, second, length) * size * spread
    return made


def _rare(rng: Random, count: int, length: int) -> Floats:
    rate = column(log_uniform(rng, 0.0005, 0.03, count))
    return (rng.random((count, length)) < rate).astype(np.float64)
