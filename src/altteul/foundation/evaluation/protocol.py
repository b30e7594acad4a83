"""The measures of the Chronos zero-shot benchmark.

Last `horizon` points are the truth. MASE of a series is the mean absolute error of the median
divided by the mean absolute seasonal difference inside the context; the data set's MASE is the
mean over series. WQL is twice the pinball loss summed over everything, divided by the summed
absolute truth, averaged over the quantiles 0.1 … 0.9. (Ansari et al. 2024, "Chronos: Learning the
Language of Time Series", section 5.3; definitions of GluonTS.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WQL_LEVELS: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Scores:
    """What one forecast of one data set is worth.

    `coverage` is the share of true points between the 0.1 and 0.9 quantiles (0 … 1); `mase` and
    `wql` have no unit, less is better.
    """

    mase: float
    wql: float
    coverage: float
    series: int


def seasonal_naive(context: Floats, horizon: int, season: int) -> Floats:
    """Repeat the last season of `context` (shape (n,)) over `horizon` steps.

    A context shorter than a season repeats its last value; missing values are carried forward.
    """
    filled = carried_forward(context)
    period = season if filled.size >= season else 1
    steps = np.arange(horizon)
    return filled[filled.size - period + steps % period]


def seasonal_error(context: Floats, season: int) -> float:
    """Mean absolute seasonal difference inside the context; a short context uses lag 1.

    NaN where no two known values lie a season apart.
    """
    lag = season if season < context.size else 1
    steps = np.abs(context[lag:] - context[:-lag])
    known = steps[~np.isnan(steps)]
    return float(known.mean()) if known.size else math.nan


def pinball(truth: Floats, forecast: Floats, level: float) -> Floats:
    """Pinball loss per point, without the factor two; shapes of `truth` and `forecast` agree."""
    error = truth - forecast
    return np.maximum(level * error, (level - 1.0) * error)


def score_forecast(
    contexts: list[Floats], truths: Floats, quantiles: Floats, season: int
) -> Scores:
    """Score quantile forecasts of a data set.

    `truths` has shape (series, horizon), `quantiles` (series, horizon, 9) at WQL_LEVELS. Missing
    truth is left out. A series whose context never changes has no seasonal error and is left out
    of MASE, as GluonTS masks it. A measure is NaN where nothing is left to take it of: MASE without
    such a series, WQL where all truth is 0 or missing, coverage where all is missing.
    """
    median = quantiles[:, :, WQL_LEVELS.index(0.5)]
    present = ~np.isnan(truths)
    counts = present.sum(axis=1)
    absolute = np.nansum(np.abs(truths - median), axis=1) / np.maximum(counts, 1)
    scales = np.array([seasonal_error(context, season) for context in contexts])
    usable = (scales > 0) & (counts > 0)
    total = float(np.nansum(np.abs(truths)))
    losses = [
        2.0 * float(np.nansum(pinball(truths, quantiles[:, :, position], level)))
        for position, level in enumerate(WQL_LEVELS)
    ]
    inside = (truths >= quantiles[:, :, 0]) & (truths <= quantiles[:, :, -1])
    return Scores(
        mase=float(np.mean(absolute[usable] / scales[usable])) if usable.any() else math.nan,
        wql=float(np.mean(losses)) / total if total > 0 else math.nan,
        coverage=float(inside[present].mean()) if present.any() else math.nan,
        series=len(contexts),
    )


def geometric_mean_ratio(values: list[float], baselines: list[float]) -> float:
    """Geometric mean of value / baseline over data sets: the benchmark's aggregate.

    Sets for which the ratio is not defined are left out; NaN where none is left.
    """
    ratios = np.array([ratio(*pair) for pair in zip(values, baselines, strict=True)])
    defined = ratios[~np.isnan(ratios)]
    if not defined.size:
        return math.nan
    with np.errstate(divide="ignore"):  # a set forecast without any error makes it 0
        return float(np.exp(np.log(defined).mean()))


def ratio(value: float, baseline: float) -> float:
    """value / baseline, NaN where one of them is not known or the baseline is 0."""
    return value / baseline if baseline > 0 else math.nan


def carried_forward(values: Floats) -> Floats:
    """The values with what is missing filled by the last known one (at first by the first known).

    Zeros where nothing is known.
    """
    known = ~np.isnan(values)
    if known.all():
        return values
    if not known.any():
        return np.zeros_like(values)
    positions = np.where(known, np.arange(values.size), -1)
    last = np.maximum.accumulate(positions)
    first: int = int(np.argmax(known))
    return values[np.where(last < 0, first, last)]
