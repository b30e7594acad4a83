"""Simple forecasts of a context that the network weighs against each other.

All are linear or nearly so in the context, cheap for a whole batch, and never look past it:
seasonal naive and analogues for three periods, exponential smoothing levels, discounted local
trends (damped and not), Theta-like half slopes and a multiplicative season. In scaled units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.contexts import Contexts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

HORIZON = 64
CYCLES = 6
RECENT = 512
CYCLE_MEMORY = 0.75
PROFILE_MEMORY = 0.85
LONGEST_PROFILE = 256
LEVEL_MEMORY = (0.9, 0.7, 0.4)
TREND_MEMORY = (1.0, 0.97, 0.85, 0.6)
TREND_DAMPING = (1.0, 1.0, 0.9, 0.8)
NAMES: tuple[str, ...] = (
    "last value",
    *(f"seasonal naive {order}" for order in (1, 2, 3)),
    *(f"analogue {order} {window}" for order in (1, 2, 3) for window in ("wide", "narrow")),
    "multiplicative season",
    *(f"level {memory} + season" for memory in LEVEL_MEMORY),
    "last value + season",
    *(f"trend {memory} + season" for memory in TREND_MEMORY),
    "theta + season",
    "mean + season",
)


@dataclass(frozen=True)
class Bases:
    """`forecasts` (count, len(NAMES), HORIZON), and what the network reads beside them.

    `spread` (count, 3, HORIZON) is the deviation of past cycles around their mean, `season`
    (count, HORIZON) the seasonal part, `states` (count, n) levels and slopes, `strength` (count,)
    how surely the season is there (0 … 1).
    """

    forecasts: Floats
    spread: Floats
    season: Floats
    states: Floats
    strength: Floats


def build(contexts: Contexts, periods: Integers) -> Bases:
    """All basis forecasts of a batch; `periods` has shape (count, 3), 1 for none."""
    count, points = contexts.values.shape
    end = np.full(count, points)
    naives, analogues, spreads = [], [], []
    for order in range(3):
        period = periods[:, order]
        cycles, usable = _past_cycles(contexts, period)
        wide = periods[:, 0] if order == 1 else period
        narrow = period if order == 1 else np.maximum(period // 4, 1)
        naives.append(cycles[:, 0])
        for width in (wide, narrow):
            mean, spread = _analogue(contexts, cycles, usable, period, width)
            analogues.append(mean)
            if width is wide:
                spreads.append(spread)
        if order == 0:
            product = _multiplicative(contexts, cycles, usable, period, analogues[0])
    season, strength, adjusted, valid = _deseasonalised(contexts, periods[:, 0])
    smooth, states = _smooth_forecasts(adjusted, valid, season)
    last = np.broadcast_to(contexts.values[np.arange(count), end - 1][:, None], (count, HORIZON))
    stacked = np.stack([last, *naives, *analogues, product, *smooth], axis=1)
    return Bases(stacked, np.stack(spreads, axis=1), season, states, strength)


def _past_cycles(contexts: Contexts, period: Integers) -> tuple[Floats, Floats]:
    """Values one to CYCLES periods before each step ahead, and how far each cycle counts."""
    points = contexts.values.shape[1]
    back = np.arange(1, CYCLES + 1)[None, :] * period[:, None]
    origin = points - back
    steps = np.arange(HORIZON)[None, :] % period[:, None]
    column = origin[:, :, None] + steps[:, None, :]
    rows = np.arange(period.size)[:, None, None]
    values = contexts.values[rows, np.maximum(column, contexts.first[:, None, None])]
    usable = (origin > contexts.first[:, None]).astype(np.float64)
    usable[:, 0] = np.maximum(usable[:, 0], 1e-6)
    return values, usable * CYCLE_MEMORY ** np.arange(CYCLES)[None, :]


def _analogue(
    contexts: Contexts, cycles: Floats, usable: Floats, period: Integers, width: Integers
) -> tuple[Floats, Floats]:
    """What followed in past cycles, each taken from its own level then, put on today's level."""
    points = contexts.values.shape[1]
    origin = points - np.arange(1, CYCLES + 1)[None, :] * period[:, None]
    then = contexts.window_mean(np.maximum(origin, 0), width[:, None])
    now = contexts.window_mean(np.full((period.size, 1), points), width[:, None])
    moved = cycles - then[:, :, None] + now[:, :, None]
    weight = (usable / usable.sum(axis=1, keepdims=True))[:, :, None]
    mean = (weight * moved).sum(axis=1)
    spread = np.sqrt((weight * (moved - mean[:, None, :]) ** 2).sum(axis=1))
    return mean, spread


def _multiplicative(
    contexts: Contexts, cycles: Floats, usable: Floats, period: Integers, fallback: Floats
) -> Floats:
    """Past cycles as ratios to their level times today's level, where the level is away from 0."""
    points = contexts.values.shape[1]
    lift = (contexts.centre / contexts.unit)[:, None]
    origin = points - np.arange(1, CYCLES + 1)[None, :] * period[:, None]
    then = contexts.window_mean(np.maximum(origin, 0), period[:, None]) + lift
    now = contexts.window_mean(np.full((period.size, 1), points), period[:, None]) + lift
    safe = (np.abs(then) > 0.2 * np.abs(now)) & (then * now > 0)
    weight = usable * safe
    total = weight.sum(axis=1)
    ratio = (cycles + lift[:, :, None]) / np.where(safe, then, 1.0)[:, :, None]
    mean = (weight[:, :, None] * ratio).sum(axis=1) / np.maximum(total, 1e-12)[:, None]
    product = mean * now - lift
    bounded = np.abs(product - fallback) < 20.0 + np.abs(fallback)
    return np.where((total[:, None] > 0) & bounded, product, fallback)


def _deseasonalised(contexts: Contexts, period: Integers) -> tuple[Floats, Floats, Floats, Floats]:
    """Season ahead, its strength, the recent values without it, and which of them exist.

    The classical decomposition with recent cycles weighing more; the profile is shrunk by how much
    of it the noise alone would give (James-Stein).
    """
    count, points = contexts.values.shape
    recent = min(RECENT, points)
    column = np.arange(points - recent, points)[None, :]
    values = contexts.values[:, -recent:]
    valid = (column >= contexts.first[:, None]).astype(np.float64)
    length = points - contexts.first
    seasonal = (period > 1) & (period <= LONGEST_PROFILE) & (2 * period <= length)
    used = np.where(seasonal, period, 1)
    residual = values - _moving_mean(contexts, used, column)
    phase = (column - points) % used[:, None]
    age = (points - 1 - column) // used[:, None]
    weight = PROFILE_MEMORY**age * valid * seasonal[:, None]
    profile, strength = _profile(residual, weight, phase, used)
    rows = np.arange(count)[:, None]
    ahead = profile[rows, np.arange(HORIZON)[None, :] % used[:, None]]
    return ahead, strength, values - profile[rows, phase], valid


def _moving_mean(contexts: Contexts, period: Integers, column: Integers) -> Floats:
    """Mean over one period around each column, moved along the slope at the edges."""
    points = contexts.values.shape[1]
    length = points - contexts.first
    cycles = np.clip(length // period - 1, 0, 3)
    now = contexts.window_mean(np.full(period.size, points), period)
    then = contexts.window_mean(points - cycles * period, period)
    slope = np.where(cycles > 0, (now - then) / np.maximum(cycles * period, 1), 0.0)
    low, high = contexts.first[:, None], points - period[:, None]
    start = np.clip(column - period[:, None] // 2, low, np.maximum(high, low))
    mean = contexts.window_mean(start + period[:, None], period[:, None])
    moved: Floats = mean + slope[:, None] * (column - start - (period[:, None] - 1) / 2.0)
    return moved


def _profile(
    residual: Floats, weight: Floats, phase: Integers, period: Integers
) -> tuple[Floats, Floats]:
    count, longest = period.size, int(period.max())
    cell = (np.arange(count)[:, None] * longest + phase).ravel()
    size = count * longest
    total = np.bincount(cell, weight.ravel(), size).reshape(count, longest)
    summed = np.bincount(cell, (weight * residual).ravel(), size).reshape(count, longest)
    profile = summed / np.maximum(total, 1e-9)
    inside = np.arange(longest)[None, :] < period[:, None]
    mean = np.where(inside, profile, 0.0).sum(axis=1) / period
    profile = np.where(inside & (total > 0), profile - mean[:, None], 0.0)
    fitted = profile[np.arange(count)[:, None], phase]
    noise = (weight * (residual - fitted) ** 2).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    power = (profile**2).sum(axis=1) / period
    cycles = total.sum(axis=1) / period
    doubt = noise / np.maximum(cycles - 1.0, 0.5)
    strength = np.clip(1.0 - doubt / np.maximum(power, 1e-12), 0.0, 1.0)
    strength = np.where(power > 1e-12, strength, 0.0)
    return profile * strength[:, None], strength


def _smooth_forecasts(
    adjusted: Floats, valid: Floats, season: Floats
) -> tuple[list[Floats], Floats]:
    age = np.arange(adjusted.shape[1] - 1, -1, -1, dtype=np.float64)
    observed = adjusted * valid
    ahead = np.arange(1, HORIZON + 1, dtype=np.float64)[None, :]
    levels = [_level(observed, valid, age, memory) for memory in LEVEL_MEMORY]
    trends = [_local_trend(observed, valid, age, memory) for memory in TREND_MEMORY]
    mean = _level(observed, valid, age, 1.0)
    forecasts = [level[:, None] + season for level in (*levels, adjusted[:, -1])]
    for (level, slope), damping in zip(trends, TREND_DAMPING, strict=True):
        reach = ahead if damping == 1.0 else damping * (1 - damping**ahead) / (1 - damping)
        forecasts.append(level[:, None] + slope[:, None] * reach + season)
    half = 0.5 * trends[0][1]
    forecasts.append(levels[1][:, None] + half[:, None] * ahead + season)
    forecasts.append(mean[:, None] + season)
    states = [*levels, adjusted[:, -1], mean, *(part for trend in trends for part in trend)]
    return forecasts, np.stack(states, axis=1)


def _level(observed: Floats, valid: Floats, age: Floats, memory: float) -> Floats:
    weight = memory**age
    return (observed @ weight) / np.maximum(valid @ weight, 1e-12)


def _local_trend(
    observed: Floats, valid: Floats, age: Floats, memory: float
) -> tuple[Floats, Floats]:
    """Discounted least squares (Brown 1963): level today and slope, shrunk for few points."""
    weight = memory**age
    total = np.maximum(valid @ weight, 1e-12)
    first = valid @ (weight * -age)
    square = valid @ (weight * age**2) - first**2 / total
    mean = (observed @ weight) / total
    product = observed @ (weight * -age) - first * mean
    slope = product / (square + 1.0)
    return mean - slope * first / total, slope
