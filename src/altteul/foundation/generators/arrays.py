"""The array types and small draws that every generator uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Random = np.random.Generator


def log_uniform(rng: Random, low: float, high: float, size: int | tuple[int, ...]) -> Floats:
    """Draws whose logarithm is uniform between `low` and `high` (both above zero)."""
    drawn: Floats = np.exp(rng.uniform(np.log(low), np.log(high), size))
    return drawn


def column(values: NDArray[np.generic]) -> Floats:
    """A vector of shape (count,) as a column (count, 1), to broadcast over time."""
    return np.asarray(values, dtype=np.float64)[:, None]


def chance(rng: Random, probability: float, count: int) -> Flags:
    """A yes with the given probability for each of `count` series."""
    return rng.random(count) < probability


def autoregression(shocks: Floats, memory: Floats) -> Floats:
    """AR(1) along the last axis: y_t = memory · y_{t-1} + shock_t; memory has shape (count,)."""
    state = np.zeros(shocks.shape[0])
    result = np.empty_like(shocks)
    for step in range(shocks.shape[1]):
        state = memory * state + shocks[:, step]
        result[:, step] = state
    return result


def standardised(values: Floats) -> Floats:
    """Each row with mean 0 and standard deviation 1 (a constant row becomes zeros)."""
    centred = values - values.mean(axis=1, keepdims=True)
    deviation = centred.std(axis=1, keepdims=True)
    standard: Floats = centred / np.where(deviation > 1e-12, deviation, 1.0)
    return standard
