"""Seasonal patterns that look like real ones: smooth, jagged, peaked, dark at night, evolving."""

from __future__ import annotations

import numpy as np

from altteul.foundation.generators.arrays import (
    Flags,
    Floats,
    Integers,
    Random,
    chance,
    column,
    log_uniform,
)

MOST_HARMONICS = 8


def profiles(rng: Random, periods: Integers) -> Floats:
    """One period of a standardised pattern for each series, shape (count, longest period).

    Row i is meaningful up to column periods[i]. Kinds: Fourier sums with decaying harmonics (De
    Livera et al. 2011, TBATS), independent values for each phase (a month's own character), bumps
    (rush hours), and a half-day of exact zeros (sunlight).
    """
    count, longest = periods.size, int(max(periods.max(), 1))
    phase = np.arange(longest)[None, :] / column(periods)
    kind = rng.choice(4, size=count, p=[0.4, 0.3, 0.2, 0.1])
    short = periods <= 13
    kind = np.where(short & (rng.random(count) < 0.6), 1, kind)
    result = _fourier(rng, phase)
    jagged = rng.standard_normal((count, longest))
    result = np.where(column(kind == 1) > 0, jagged, result)
    result = np.where(column(kind == 2) > 0, _bumps(rng, phase), result)
    result = np.where(column(kind == 3) > 0, np.maximum(_fourier(rng, phase, 1), 0.0), result)
    inside = np.arange(longest)[None, :] < periods[:, None]
    return _standardised_inside(result, inside)


def seasonal(rng: Random, periods: Integers, length: int) -> Floats:
    """A unit-variance seasonal component of shape (count, length), slowly changing in some series.

    Two patterns are turned into each other along a slow random walk of the angle; period 1 gives
    zeros.
    """
    count = periods.size
    steps = np.arange(length)[None, :] + rng.integers(0, 10_000, count)[:, None]
    index = steps % periods[:, None]
    rows = np.arange(count)[:, None]
    first = profiles(rng, periods)[rows, index]
    speed = np.where(chance(rng, 0.5, count), 0.0, log_uniform(rng, 0.002, 0.08, count))
    cycles = column(speed / np.sqrt(np.maximum(periods, 1)))
    if not speed.any():
        return np.where(periods[:, None] > 1, first, 0.0)
    angle = np.cumsum(rng.standard_normal((count, length)) * cycles, axis=1)
    second = profiles(rng, periods)[rows, index]
    growth = np.exp(0.5 * np.cumsum(rng.standard_normal((count, length)) * cycles, axis=1))
    mixed = (np.cos(angle) * first + np.sin(angle) * second) * np.clip(growth, 0.2, 5.0)
    return np.where(periods[:, None] > 1, mixed, 0.0)


def two_seasons(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """A short and a long season together: added, or the long one scaling the short one.

    Some series have days off (Sundays …) of the long season on which the short pattern shrinks.
    """
    count = first.size
    short = seasonal(rng, first, length)
    long = seasonal(rng, second, length)
    share = column(np.where(chance(rng, 0.35, count), 0.0, rng.uniform(0.1, 1.0, count)))
    scaling = column(chance(rng, 0.5, count))
    factor = 1.0 + scaling * np.clip(0.4 * share * long, -0.9, 2.0)
    combined = short * factor * _days_off(rng, first, second, length)
    return combined + share * long * (1.0 - 0.5 * scaling)


def yearly_events(rng: Random, year: Integers, length: int) -> Floats:
    """Calendar effects: a few fixed days of a year with a lift or a dip, shape (count, length)."""
    count = year.size
    steps = np.arange(length)[None, :] + rng.integers(0, 10_000, count)[:, None]
    position = steps % np.maximum(year, 2)[:, None]
    effect = np.zeros((count, length))
    for _ in range(4):
        day = rng.integers(0, np.maximum(year, 2))[:, None]
        width = rng.integers(1, 4, count)[:, None]
        near = np.abs(position - day) < width
        effect += near * column(rng.standard_normal(count) * chance(rng, 0.5, count))
    return np.where(year[:, None] > 50, effect, 0.0)


def _fourier(rng: Random, phase: Floats, harmonics: int = MOST_HARMONICS) -> Floats:
    count: int = phase.shape[0]
    decay = column(rng.uniform(0.5, 2.0, count))
    used = rng.integers(1, harmonics + 1, count)
    total = np.zeros_like(phase)
    for order in range(1, harmonics + 1):
        size = column(rng.standard_normal(count)) / order**decay * column(order <= used)
        turn = column(rng.uniform(0, 2 * np.pi, count))
        total += size * np.cos(2 * np.pi * order * phase + turn)
    return total


def _bumps(rng: Random, phase: Floats) -> Floats:
    count: int = phase.shape[0]
    total = np.zeros_like(phase)
    for _ in range(3):
        centre = column(rng.random(count))
        width = column(log_uniform(rng, 0.02, 0.2, count))
        distance = np.abs((phase - centre + 0.5) % 1.0 - 0.5)
        total += column(rng.standard_normal(count)) * np.exp(-0.5 * (distance / width) ** 2)
    return total


def _days_off(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    count = first.size
    days = np.maximum(second // np.maximum(first, 1), 1)
    day = (
        np.arange(length)[None, :] // first[:, None] + rng.integers(0, 7, count)[:, None]
    ) % days[:, None]
    off = day >= (days - rng.integers(0, 3, count))[:, None]
    depth = column(rng.uniform(0.2, 1.0, count) * chance(rng, 0.5, count))
    return np.where(off & (days[:, None] > 1), 1.0 - depth, 1.0)


def _standardised_inside(values: Floats, inside: Flags) -> Floats:
    masked = np.where(inside, values, np.nan)
    mean = np.nanmean(masked, axis=1, keepdims=True)
    deviation = np.nanstd(masked, axis=1, keepdims=True)
    usable = np.where(deviation > 1e-12, deviation, 1.0)
    return np.where(inside, (values - mean) / usable, 0.0)
