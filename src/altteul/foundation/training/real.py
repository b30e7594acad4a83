"""Windows from the real series that may be trained on, varied by aggregation and mixing.

Only folders below the given one are read; the manifest records the hash of every series used.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from altteul.foundation.evaluation.datasets import load_folder
from altteul.foundation.generators.arrays import Floats, Integers, Random, chance, standardised
from altteul.foundation.seasons import periods_of
from altteul.foundation.training.recipe import Group, Windows, cut

AGGREGATIONS = (1, 1, 1, 1, 2, 3, 4, 6, 12, 24, 168)
FEWEST_POINTS = 24
MIXED_REAL = 0.3
HELD_OUT_BELOW = 64  # of 256: the first byte of a name's hash


@dataclass(frozen=True)
class RealSeries:
    """One real series with its two periods and its weight in the draw."""

    values: Floats
    periods: tuple[int, int]
    weight: float


def load(folder: Path) -> dict[str, RealSeries]:
    """All series below `folder` by `set/id`; a set counts by the square root of its points."""
    loaded = {}
    for group in load_folder(folder):
        periods = periods_of(group.freq, group.mase_season)
        points = sum(values.size for values in group.series)
        for name, values in zip(group.ids, group.series, strict=True):
            weight = np.sqrt(points) * values.size / points
            loaded[f"{group.name}/{name}"] = RealSeries(values, periods, float(weight))
    return loaded


def split(series: dict[str, RealSeries]) -> tuple[list[RealSeries], list[RealSeries]]:
    """Series to train on, and those held out: about a quarter, chosen by the hash of their name."""
    out = {name: hashlib.sha256(name.encode()).digest()[0] < HELD_OUT_BELOW for name in series}
    kept = [one for name, one in series.items() if not out[name]]
    return kept, [one for name, one in series.items() if out[name]]


def real_windows(
    rng: Random, series: list[RealSeries], group: Group, count: int, mixed: float = MIXED_REAL
) -> Windows:
    """Random stretches of `series` fitted to a group's length, a share `mixed` with another one."""
    weights = np.array([one.weight for one in series])
    weights /= weights.sum()
    rows: list[Floats] = []
    periods: list[tuple[int, int]] = []
    while len(rows) < count:
        one = series[int(rng.choice(len(series), p=weights))]
        values, seasons = aggregated(rng, one)
        if values.size < FEWEST_POINTS:
            continue
        rows.append(_stretch(rng, values, group.points))
        periods.append(seasons)
    stacked = np.stack(rows)
    blended = chance(rng, mixed, count)
    partner = stacked[rng.integers(0, count, count)]
    share = rng.beta(1.5, 1.5, count)[:, None]
    blended &= ~np.isnan(stacked).any(axis=1) & ~np.isnan(partner).any(axis=1)
    both = share * standardised(stacked) + (1 - share) * standardised(partner)
    stacked = np.where(blended[:, None], both, stacked)
    return _cut_short(rng, group, stacked, np.array(periods, dtype=np.int64))


def aggregated(rng: Random, one: RealSeries) -> tuple[Floats, tuple[int, int]]:
    """Means over blocks of k steps, with the periods that remain whole."""
    blocks = int(rng.choice(AGGREGATIONS))
    usable = one.values.size // blocks
    if usable < FEWEST_POINTS:
        blocks, usable = 1, one.values.size
    values = one.values[one.values.size - usable * blocks :].reshape(usable, blocks).mean(axis=1)
    left = [p // blocks for p in one.periods if p % blocks == 0 and p // blocks > 1]
    first = left[0] if left else 1
    return values, (first, left[1] if len(left) > 1 else 1)


def _stretch(rng: Random, values: Floats, points: int) -> Floats:
    """`points` consecutive values; a shorter series stands at the right, NaN before it."""
    if values.size <= points:
        return np.concatenate([np.full(points - values.size, np.nan), values])
    start = int(rng.integers(0, values.size - points + 1))
    return values[start : start + points]


def _cut_short(rng: Random, group: Group, stacked: Floats, periods: Integers) -> Windows:
    windows = cut(rng, group, stacked, periods)
    known = (~np.isnan(windows.contexts)).sum(axis=1) >= 4
    return Windows(
        windows.contexts[known],
        windows.future[known],
        windows.periods[known],
        windows.reach[known],
    )
