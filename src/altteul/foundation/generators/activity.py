"""What people do day by day: shop sales, visits and withdrawals, running totals of cases."""

from __future__ import annotations

import numpy as np

from altteul.foundation.generators.arrays import (
    Flags,
    Floats,
    Integers,
    Random,
    autoregression,
    chance,
    column,
    log_uniform,
)
from altteul.foundation.generators.seasonality import two_seasons, yearly_events


def retail_demand(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Counts sold of one product: season, promotions that fade, an item that starts or runs out.

    (Negative-binomial sales as in Snyder et al. 2012; promotions, late launches and stock-outs as
    described for the M5 data by Makridakis et al. 2022.)
    """
    count = first.size
    rate = column(log_uniform(rng, 0.1, 60.0, count)) * _demand(rng, first, second, length)
    promoted = _stretches(rng, count, length, 0.3, 0.002, 0.03, 3, 21)
    lift = column(np.where(chance(rng, 0.5, count), log_uniform(rng, 0.2, 2.0, count), 0.0))
    rate = rate * (1.0 + lift * promoted)
    shape = column(log_uniform(rng, 0.5, 60.0, count))
    sold = rng.poisson(
        np.minimum(rng.gamma(np.broadcast_to(shape, rate.shape)) / shape * rate, 1e6)
    )
    empty = _stretches(rng, count, length, 0.25, 0.001, 0.01, 3, 60)
    launch = np.where(chance(rng, 0.2, count), rng.random(count) * 0.6 * length, 0.0)
    unborn = np.arange(length)[None, :] < column(launch)
    return np.where(empty | unborn, 0.0, sold).astype(np.float64)


def human_activity(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Visits, traffic, withdrawals: a level times a sharp season, holidays and closed days at zero.

    Noise grows with the level and differs by phase (Taylor 2003 for calls and load; the NN5 cash
    machines of Andrawis et al. 2011 for holidays and closures).
    """
    count = first.size
    season = _demand(rng, first, second, length)
    phase = np.arange(length)[None, :] % first[:, None]
    roughness = 1.0 + 0.8 * np.sin(
        2 * np.pi * phase / column(first) + column(rng.uniform(0, 6, count))
    )
    noise = rng.standard_normal((count, length)) * column(log_uniform(rng, 0.02, 0.4, count))
    values = season * np.exp(
        np.clip(noise * np.where(column(first) > 1, roughness, 1.0), -2.0, 2.0)
    )
    holidays = np.clip(1.0 + 0.5 * yearly_events(rng, second, length), 0.0, 3.0)
    closed = _stretches(rng, count, length, 0.25, 0.001, 0.02, 1, 4)
    return np.where(closed, 0.0, values * holidays)


def running_totals(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Cases so far: waves of growth and decay added up, reported with a season, flat in between.

    (Renewal growth with a changing reproduction rate, Cori et al. 2013.)
    """
    count = first.size
    pace = rng.standard_normal((count, length)) * column(log_uniform(rng, 0.003, 0.03, count))
    growth = autoregression(pace, rng.uniform(0.95, 0.998, count))
    wave = np.clip(np.cumsum(growth, axis=1), -12.0, 8.0)
    daily = np.exp(wave) * _demand(rng, first, second, length)
    size = column(log_uniform(rng, 0.05, 100.0, count))
    cases = rng.poisson(np.minimum(daily * size, 1e7)).astype(np.float64)
    return np.where(column(chance(rng, 0.7, count)) > 0, np.cumsum(cases, axis=1), cases)


def _demand(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """A positive rate around 1: season in logarithms, and a wandering level in most series."""
    count = first.size
    season = two_seasons(rng, first, second, length)
    size = column(np.where(chance(rng, 0.15, count), 0.0, log_uniform(rng, 0.05, 0.8, count)))
    shocks = rng.standard_normal((count, length)) * column(log_uniform(rng, 0.002, 0.08, count))
    level = autoregression(shocks, np.where(chance(rng, 0.5, count), 1.0, 0.98))
    wander = np.where(column(chance(rng, 0.75, count)) > 0, level, 0.0)
    return np.exp(np.clip(season * size + wander, -4.0, 4.0))


def _stretches(
    rng: Random,
    count: int,
    length: int,
    share: float,
    rarest: float,
    commonest: float,
    shortest: int,
    longest: int,
) -> Flags:
    """Random stretches in a `share` of the series: starts at a rate, one length for each series."""
    rate = np.where(chance(rng, share, count), log_uniform(rng, rarest, commonest, count), 0.0)
    starts = rng.random((count, length)) < column(rate)
    width = rng.integers(shortest, longest + 1, count)
    begun = np.cumsum(starts, axis=1)
    before = np.maximum(np.arange(length)[None, :] - width[:, None], -1)
    earlier = np.take_along_axis(begun, np.maximum(before, 0), axis=1)
    running: Flags = np.greater(begun, np.where(before >= 0, earlier, 0))
    return running
