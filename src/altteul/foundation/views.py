"""What the network reads of a context: several views of it, side by side, in a flat vector.

The last 512 points, means of 4 over the last 1,024, means of 16 over the last 4,096, the last 64 in
units of the scale, coarse masks of what is known, the basis forecasts and a few states. Large
values are compressed by asinh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.foundation import bases as basis_forecasts
from altteul.foundation.bases import HORIZON, LEVEL_MEMORY, TREND_MEMORY
from altteul.foundation.contexts import Contexts, scaled
from altteul.foundation.seasons import third_period

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Halves = NDArray[np.float32]

VIEWS: tuple[tuple[int, int], ...] = ((1, 512), (4, 256), (16, 256))  # (decimation, points)
MASK_BLOCK = 8
NEAR = 64
POINTS = 2048  # read by model M, in patches
LARGEST = 300.0  # scaled units that a basis forecast may be away from the recent level
READ_BASES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
STATES = len(LEVEL_MEMORY) + 2 + 2 * len(TREND_MEMORY)


@dataclass(frozen=True)
class Views:
    """Input of the network for a batch: `features` (count, n), `bases` (count, k, 64).

    `points` (count, POINTS), only where asked for, are the last points compressed, NaN where
    unknown. A forecast y in the network's units is y * scale + centre in the series' own.
    """

    features: Halves
    bases: Halves
    points: Halves
    centre: Floats
    scale: Floats


def build(stacked: Floats, periods: Integers, with_points: bool = False) -> Views:
    """Views of right-aligned contexts (count, points; NaN = unknown) with two known periods each.

    `periods` has shape (count, 2); the third is found in the context itself. `with_points` adds
    what model M reads.
    """
    contexts = scaled(stacked, periods[:, 0])
    third = third_period(contexts.values, contexts.first, periods)
    three = np.concatenate([periods, third[:, None]], axis=1)
    made = basis_forecasts.build(contexts, three)
    read = made.forecasts[:, READ_BASES, :].reshape(len(stacked), -1)
    parts = [
        *_decimated(contexts),
        _compressed(contexts.values[:, -NEAR:]),
        _compressed(read),
        _compressed(made.season),
        _compressed(made.spread.reshape(len(stacked), -1)),
        _compressed(made.states),
        _descriptors(contexts, three, made.strength),
    ]
    features = np.concatenate(parts, axis=1).clip(-10.0, 10.0).astype(np.float32)
    forecasts = made.forecasts.clip(-LARGEST, LARGEST).astype(np.float32)
    points = _points(contexts) if with_points else np.zeros((len(stacked), 0), np.float32)
    return Views(features, forecasts, points, contexts.centre, contexts.scale)


def _points(contexts: Contexts) -> Halves:
    """The last POINTS points, compressed; NaN before the start and in gaps."""
    recent = slice(-POINTS, None)
    count, length = contexts.values.shape
    known = (np.arange(length)[None, :] >= contexts.first[:, None]) & ~contexts.missing
    values = np.where(known, _compressed(contexts.values), np.nan)[:, recent].astype(np.float32)
    lacking = POINTS - values.shape[1]
    return np.pad(values, ((0, 0), (max(lacking, 0), 0)), constant_values=np.nan)


def flipped(features: Halves) -> Halves:
    """The features of the same contexts with their sign turned, without reading them again."""
    turned: Halves = features * SIGNS
    turned[:, [HIGHEST, LOWEST]] = turned[:, [LOWEST, HIGHEST]]
    return turned


def _signs() -> Halves:
    """+1 for features that keep their value when the series turns its sign, else -1."""
    points = sum(wanted for _, wanted in VIEWS)
    masks = sum(wanted // MASK_BLOCK for _, wanted in VIEWS)
    read = len(READ_BASES) * HORIZON
    turning = [-1.0] * points + [1.0] * masks + [-1.0] * (NEAR + read + HORIZON)
    turning += [1.0] * (3 * HORIZON) + [-1.0] * STATES
    turning += [1.0, 1.0, -1.0, -1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0] + [1.0] * 12
    return np.array(turning, dtype=np.float32)


def _compressed(values: Floats) -> Floats:
    return np.arcsinh(values) * 0.5


def _decimated(contexts: Contexts) -> list[Floats]:
    """Standardised means at each decimation, and the share of known points per mask block."""
    count, points = contexts.values.shape
    known = (np.arange(points)[None, :] >= contexts.first[:, None]) & ~contexts.missing
    length = known.sum(axis=1, keepdims=True).clip(1)
    mean = np.where(known, contexts.values, 0.0).sum(axis=1, keepdims=True) / length
    centred = np.where(known, contexts.values - mean, 0.0)
    deviation = np.sqrt((centred**2).sum(axis=1, keepdims=True) / length)
    standard = np.clip(centred / np.where(deviation > 1e-9, deviation, 1.0), -6.0, 6.0)
    views, masks = [], []
    for decimation, wanted in VIEWS:
        blocks = min(wanted, points // decimation)
        tail = slice(points - blocks * decimation, None)
        shape = (count, blocks, decimation)
        share = known[:, tail].reshape(shape).mean(axis=2)
        total = standard[:, tail].reshape(shape).mean(axis=2)
        view = _padded(total / np.where(share > 0, share, 1.0), wanted)
        views.append(view)
        coarse = _padded(share, wanted).reshape(count, wanted // MASK_BLOCK, MASK_BLOCK)
        masks.append(coarse.mean(axis=2))
    return [*views, *masks]


def _padded(values: Floats, width: int) -> Floats:
    lacking = width - values.shape[1]
    return np.pad(values, ((0, 0), (lacking, 0))) if lacking > 0 else values


def _descriptors(contexts: Contexts, periods: Integers, strength: Floats) -> Floats:
    points = contexts.values.shape[1]
    length = (points - contexts.first).astype(np.float64)
    lift = contexts.centre / contexts.unit
    recent = contexts.values[:, -512:]
    valid = np.arange(points)[None, -512:] >= contexts.first[:, None]
    total = valid.sum(axis=1)
    deviation = np.sqrt((recent**2 * valid).sum(axis=1) / total)
    zero = np.abs(recent + lift[:, None]) < 1e-6 * (np.abs(lift)[:, None] + 1.0)
    same = (np.abs(np.diff(recent, axis=1)) < 1e-9) & valid[:, 1:]
    columns = [
        np.log(length) / 4.0 - 1.0,
        np.log1p(deviation),
        _compressed(lift),
        np.clip(lift / np.maximum(deviation, 1e-9), -10.0, 10.0) * 0.2,
        (zero & valid).sum(axis=1) / total,
        same.sum(axis=1) / total,
        contexts.missing.sum(axis=1) / length,
        strength,
        _compressed(recent.max(axis=1, where=valid, initial=-1e5)),
        _compressed(recent.min(axis=1, where=valid, initial=1e5)),
    ]
    for order in range(3):
        period = periods[:, order].astype(np.float64)
        columns += [np.log(period) / 4.0, (period == 1.0).astype(float)]
        columns.append(np.log(length / period).clip(-3.0, 5.0) / 4.0)
        columns.append((period == np.round(period / 12.0) * 12.0).astype(float))
    return np.stack(columns, axis=1)


SIGNS = _signs()
FEATURES = len(SIGNS)
HIGHEST, LOWEST = FEATURES - 14, FEATURES - 13
