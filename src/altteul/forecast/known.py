"""Means, spreads and medians over the first axis that leave out what is unknown (NaN)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def nanmean(stack: Floats) -> Floats:
    """Mean over the first axis without the unknown; NaN where all are."""
    known = np.isfinite(stack)
    count = known.sum(axis=0)
    total = np.where(known, stack, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def nanspread(stack: Floats) -> Floats:
    """Root mean square around the mean over the first axis; NaN where fewer than two are known."""
    known = np.isfinite(stack)
    count = known.sum(axis=0)
    error = np.where(known, stack - nanmean(stack)[None], 0.0)
    found = np.sqrt((error**2).sum(axis=0) / np.maximum(count - 1, 1))
    return np.where(count > 1, found, np.nan)


def nanmedian(values: Floats) -> Floats:
    """Median over the first axis without the unknown; NaN where all are."""
    ordered = np.sort(values, axis=0)
    count = np.isfinite(values).sum(axis=0)
    columns = np.arange(values.shape[1])
    low = ordered[np.maximum((count - 1) // 2, 0), columns]
    high = ordered[np.minimum(count // 2, values.shape[0] - 1), columns]
    return np.where(count > 0, (low + high) / 2, np.nan)
