"""Past values as the model takes them: right-aligned, completed, scaled by their own changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

REACH = 4096  # steps of the past that the model can see
BLOCK = 512
SCALE_POINTS = 1024


@dataclass(frozen=True)
class Contexts:
    """A batch of contexts in scaled units, right-aligned in arrays of shape (count, points).

    `values` is complete (gaps carry the last value), valid from column `first` on; `missing` marks
    the gaps. value = values * unit + centre, where `unit` is `scale`, or 1 where scale is 0 (a
    series that never changes).
    """

    values: Floats
    first: Integers
    missing: Flags
    centre: Floats
    scale: Floats
    unit: Floats
    sums: Floats

    def window_mean(self, end: Integers, width: Integers) -> Floats:
        """Mean of the `width` values before column `end`; both have shape (count, …)."""
        first = self.first.reshape((-1,) + (1,) * (end.ndim - 1))
        stop = np.maximum(end, first + 1)
        start = np.maximum(stop - width, first)
        rows = np.arange(self.sums.shape[0]).reshape((-1,) + (1,) * (end.ndim - 1))
        mean: Floats = (self.sums[rows, stop] - self.sums[rows, start]) / (stop - start)
        return mean


def aligned(series: Sequence[Floats]) -> Floats:
    """Stack contexts of any lengths to the right, NaN before their start; at most REACH points."""
    longest = max((min(len(one), REACH) for one in series), default=1)
    points = -(-max(longest, 1) // BLOCK) * BLOCK
    stacked = np.full((len(series), points), np.nan)
    for row, one in enumerate(series):
        recent = one[-points:]
        if len(recent):
            stacked[row, -len(recent) :] = recent
    return stacked


def scaled(stacked: Floats, period: Integers) -> Contexts:
    """Complete and scale right-aligned contexts with NaN for what is not known.

    The unit is the mean absolute change over one `period` within the last SCALE_POINTS points (the
    denominator of MASE), bounded below by a tenth of the mean step and 2 % of the deviation.
    """
    known = ~np.isnan(stacked)
    count, points = stacked.shape
    some = known.any(axis=1)
    first = np.where(some, known.argmax(axis=1), points - 1)
    inside = np.arange(points)[None, :] >= first[:, None]
    missing = inside & ~known
    values = _carried(stacked, known, first)
    centre = _recent_mean(values, first, np.maximum(period, 4))
    scale = _scale(values, inside & known, period)
    unit = np.where(scale > 0, scale, 1.0)
    relative = (values - centre[:, None]) / unit[:, None]
    relative = np.where(inside, np.clip(relative, -1e5, 1e5), 0.0)
    sums = np.zeros((count, points + 1))
    np.cumsum(relative, axis=1, out=sums[:, 1:])
    return Contexts(relative, first, missing, centre, scale, unit, sums)


def _carried(stacked: Floats, known: Flags, first: Integers) -> Floats:
    if known.all():
        return stacked
    columns = np.arange(stacked.shape[1])[None, :]
    last = np.maximum.accumulate(np.where(known, columns, 0), axis=1)
    last = np.maximum(last, first[:, None])
    filled = np.take_along_axis(stacked, last, axis=1)
    return np.nan_to_num(filled, nan=0.0)


def _recent_mean(values: Floats, first: Integers, width: Integers) -> Floats:
    points = values.shape[1]
    start = np.maximum(points - width, first)
    recent = np.arange(points)[None, :] >= start[:, None]
    mean: Floats = np.where(recent, values, 0.0).sum(axis=1) / (points - start)
    return mean


def _scale(values: Floats, usable: Flags, period: Integers) -> Floats:
    window = slice(-SCALE_POINTS, None)
    recent, flags = values[:, window], usable[:, window]
    step = _mean_change(recent, flags, np.ones_like(period))
    over_period = _mean_change(recent, flags, period)
    total = np.maximum(flags.sum(axis=1), 1)
    mean = np.where(flags, recent, 0.0).sum(axis=1) / total
    square = np.where(flags, (recent - mean[:, None]) ** 2, 0.0).sum(axis=1) / total
    deviation = np.sqrt(square)
    scale = np.where(np.isnan(over_period), step, over_period)
    scale = np.nan_to_num(scale, nan=0.0)
    scale = np.maximum(scale, np.maximum(0.1 * np.nan_to_num(step, nan=0.0), 0.02 * deviation))
    size = np.abs(mean) + deviation
    floored: Floats = np.where(scale > 1e-9 * size, scale, 0.0)
    return floored


def _mean_change(values: Floats, usable: Flags, period: Integers) -> Floats:
    """Mean absolute change over `period` steps per row; NaN where no pair of values is known."""
    points = values.shape[1]
    columns = np.arange(points)[None, :] - period[:, None]
    before = np.maximum(columns, 0)
    pair = usable & np.take_along_axis(usable, before, axis=1) & (columns >= 0)
    change = np.abs(values - np.take_along_axis(values, before, axis=1))
    total = pair.sum(axis=1)
    summed = np.where(pair, change, 0.0).sum(axis=1)
    return np.where(total > 0, summed / np.maximum(total, 1), np.nan)
