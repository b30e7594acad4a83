"""How much wider or narrower a series' quantiles should be, by what its context is like.

Real series that are short, or that move steadily one way, miss their interval more often than
synthetic ones do. Three coefficients, fitted on synthetic validation and training series
(training/calibration.py), make log(factor) linear in two statistics of the context alone, which
know neither its frequency nor its unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHORT = 25.0  # known points below which a context counts as short
RECENT = 256
BOUNDS = (0.7, 1.6)
NONE = (0.0, 0.0, 0.0)


def statistics(series: Sequence[Floats]) -> Floats:
    """Of each context (NaN = unknown): 1, shortness, steadiness; shape (series, 3).

    Shortness is log(SHORT / known points), at least 0. Steadiness is the way from the first to the
    last of the recent points as a share of the path walked between them (0 … 1).
    """
    rows = []
    for one in series:
        known = one[np.isfinite(one)]
        recent = known[-RECENT:]
        path = float(np.abs(np.diff(recent)).sum())
        steady = abs(float(recent[-1] - recent[0])) / path if path > 0 else 0.0
        rows.append((1.0, max(0.0, float(np.log(SHORT / known.size))), steady))
    return np.array(rows)


def factors(series: Sequence[Floats], coefficients: Sequence[float]) -> Floats:
    """What to multiply each series' distances from the median with, shape (series,)."""
    if not any(coefficients):
        return np.ones(len(series))
    logs = statistics(series) @ np.array(coefficients)
    bounded: Floats = np.exp(logs).clip(*BOUNDS)
    return bounded
