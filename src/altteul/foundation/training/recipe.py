"""Training windows: which frequencies, lengths and horizons, from which series, how augmented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from altteul.foundation import views
from altteul.foundation.bases import HORIZON
from altteul.foundation.generators import TRAINING, draw
from altteul.foundation.generators.arrays import (
    Floats,
    Integers,
    Random,
    chance,
    log_uniform,
    standardised,
)

TARGET_BOUND = 100.0
UNTOLD_PERIODS = 0.12  # share of windows whose periods the model is not told
MIXED = 0.15
WITH_GAPS = 0.08
FIELDS = ("features", "bases", "points", "target", "reach")


@dataclass(frozen=True)
class Group:
    """Series of one length class: their true periods with weights, context lengths, horizons."""

    name: str
    share: float
    points: int
    shortest: int
    longest: int
    periods: tuple[tuple[int, int, float], ...]
    horizons: tuple[int, ...]
    windows: int  # taken from each drawn series


# Period (0, 0) stands for a random one. The points hold the longest context and the horizon.
# The locked validation set is drawn from these, which later changes of GROUPS must not touch.
LOCKED_GROUPS: tuple[Group, ...] = (
    Group(
        "tiny", 0.42, 224, 6, 160,
        ((1, 1, 0.35), (4, 1, 0.3), (12, 1, 0.25), (0, 0, 0.1)),
        (6, 8, 8, 12, 18, 24, 48, 64),
        2,
    ),
    Group(
        "medium", 0.30, 640, 30, 576,
        ((12, 1, 0.3), (52, 1, 0.12), (7, 365, 0.22), (5, 260, 0.06), (1, 1, 0.1),
         (24, 168, 0.12), (0, 0, 0.08)),
        (8, 13, 18, 24, 30, 48, 64),
        2,
    ),
    Group(
        "long", 0.28, 4160, 200, 4096,
        ((24, 168, 0.45), (48, 336, 0.12), (96, 672, 0.1), (144, 1008, 0.06), (7, 365, 0.14),
         (60, 1440, 0.03), (0, 0, 0.1)),
        (24, 24, 30, 48, 64, 64),
        4,
    ),
)  # fmt: skip


# What is trained on: more daily, weekly and quarter-hourly series than the locked set has.
GROUPS: tuple[Group, ...] = (
    replace(LOCKED_GROUPS[0], share=0.36),
    replace(
        LOCKED_GROUPS[1],
        share=0.34,
        periods=((12, 1, 0.22), (52, 1, 0.17), (7, 365, 0.29), (5, 260, 0.08), (1, 1, 0.06),
                 (24, 168, 0.1), (0, 0, 0.08)),
        horizons=(8, 13, 14, 18, 24, 28, 30, 48, 56, 64),
    ),
    replace(
        LOCKED_GROUPS[2],
        share=0.30,
        periods=((24, 168, 0.36), (48, 336, 0.1), (96, 672, 0.14), (144, 1008, 0.05),
                 (7, 365, 0.18), (52, 1, 0.04), (5, 260, 0.04), (60, 1440, 0.02), (0, 0, 0.07)),
        horizons=(14, 24, 24, 30, 48, 56, 64, 64),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Windows:
    """Right-aligned contexts, what followed (count, HORIZON), told periods, horizon that counts."""

    contexts: Floats
    future: Floats
    periods: Integers
    reach: Integers


@dataclass(frozen=True)
class Samples:
    """What the network learns from, in its own units; all first axes are the same."""

    features: views.Halves
    bases: views.Halves
    points: views.Halves
    target: views.Halves
    reach: Integers


def synthetic_windows(
    rng: Random,
    group: Group,
    count: int,
    shares: tuple[float, ...] = TRAINING,
    mixed: float = MIXED,
) -> Windows:
    """Windows of freshly drawn synthetic series, a share of them `mixed` (TSMixup)."""
    series = -(-count // group.windows)
    periods = _drawn_periods(rng, group, series)
    values, _ = draw(rng, periods[:, 0], periods[:, 1], group.points, shares)
    values = _mixed(rng, values, mixed)
    again = np.repeat(np.arange(series), group.windows)[:count]
    return cut(rng, group, values[again], periods[again])


def cut(rng: Random, group: Group, values: Floats, periods: Integers) -> Windows:
    """A context of random length and the HORIZON after it from each series (count, points)."""
    count = values.shape[0]
    most = group.points - HORIZON
    lengths = log_uniform(rng, group.shortest, group.longest, count).astype(np.int64)
    lengths = np.maximum(lengths, np.minimum(2 * periods[:, 0] + 1, most))
    lengths = np.where(chance(rng, 0.1, count), np.maximum(lengths // 3, 4), lengths)
    lengths = np.minimum(lengths, most)
    origin = lengths + (rng.random(count) * (most - lengths + 1)).astype(np.int64)
    columns = np.arange(-most, HORIZON)[None, :] + origin[:, None]
    taken = np.take_along_axis(values, np.maximum(columns, 0), axis=1)
    inside = np.arange(-most, 0)[None, :] >= -lengths[:, None]
    contexts = np.where(inside, taken[:, :most], np.nan)
    contexts = _with_gaps(rng, contexts)
    told = np.where(chance(rng, UNTOLD_PERIODS, count)[:, None], 1, periods)
    reach = rng.choice(np.array(group.horizons), count)
    return Windows(contexts, taken[:, most:], told, reach)


def to_samples(windows: Windows, with_points: bool = False, chunk: int = 512) -> Samples:
    """Views and scaled targets of windows; targets beyond ±TARGET_BOUND units are held there."""
    parts = []
    for start in range(0, len(windows.reach), chunk):
        rows = slice(start, start + chunk)
        view = views.build(windows.contexts[rows], windows.periods[rows], with_points)
        unit = np.where(view.scale > 0, view.scale, 1.0)[:, None]
        target = (windows.future[rows] - view.centre[:, None]) / unit
        bounded = np.clip(target, -TARGET_BOUND, TARGET_BOUND).astype(np.float32)
        keep = (view.scale > 0) & np.isfinite(windows.future[rows]).all(axis=1)
        reach = windows.reach[rows]
        made = Samples(view.features, view.bases, view.points, bounded, reach)
        parts.append(chosen(made, np.flatnonzero(keep)))
    return joined(parts)


def chosen(samples: Samples, rows: Integers) -> Samples:
    """Some rows of samples, in the order asked for."""
    return Samples(*(getattr(samples, field)[rows] for field in FIELDS))


def joined(parts: Sequence[Samples]) -> Samples:
    """Samples of several parts as one, in their order."""
    return Samples(*(np.concatenate([getattr(part, field) for part in parts]) for field in FIELDS))


def _drawn_periods(rng: Random, group: Group, count: int) -> Integers:
    table = np.array([(first, second) for first, second, _ in group.periods], dtype=np.int64)
    weights = np.array([weight for _, _, weight in group.periods])
    drawn = table[rng.choice(len(table), count, p=weights / weights.sum())]
    longest = min(group.longest / 4, 200)
    any_first = log_uniform(rng, 2, longest, count).astype(np.int64)
    multiple = np.where(chance(rng, 0.5, count), 1, any_first * rng.integers(2, 9, count))
    free = drawn[:, 0] == 0
    return np.where(free[:, None], np.stack([any_first, multiple], axis=1), drawn)


def _mixed(rng: Random, values: Floats, part: float) -> Floats:
    """A part of the series replaced by mixtures of two (TSMixup, Ansari et al. 2024)."""
    count = values.shape[0]
    rows = np.flatnonzero(chance(rng, part, count))
    if rows.size == 0:
        return values
    partner = rng.integers(0, count, rows.size)
    share = rng.beta(1.5, 1.5, rows.size)[:, None]
    mixed = share * standardised(values[rows]) + (1 - share) * standardised(values[partner])
    result = values.copy()
    result[rows] = mixed + rng.choice([0.0, 4.0], rows.size)[:, None]
    return result


def _with_gaps(rng: Random, contexts: Floats) -> Floats:
    """Make single values and stretches unknown in part of the contexts, never all of one."""
    count, points = int(contexts.shape[0]), int(contexts.shape[1])
    gappy = chance(rng, WITH_GAPS, count)
    rate = log_uniform(rng, 0.005, 0.3, count)[:, None]
    single = rng.random((count, points)) < rate
    start = rng.integers(0, points, count)[:, None]
    width = (log_uniform(rng, 1, points / 8, count)).astype(np.int64)[:, None]
    columns = np.arange(points)[None, :]
    stretch = (columns >= start) & (columns < start + width)
    gap = np.where(chance(rng, 0.5, count)[:, None], single, stretch) & gappy[:, None]
    gap[:, -1] = False
    return np.where(gap, np.nan, contexts)
