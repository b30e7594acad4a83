"""Experts weighed by how each would have done in the context's own recent past.

The last few stretches of the context are forecast from before them (never from after the forecast
origin), each expert is weighed by exp(−sharpness · relative pinball loss), starting from fixed
weights, and the spread of the mixture is fitted to the same stretches. A context too short for this
keeps the fixed weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.foundation import widening
from altteul.foundation.experts import EXPERTS, forecast_by, usable
from altteul.foundation.runtime import Network
from altteul.foundation.shape import HORIZON, LEVELS, MEDIAN

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

WIDTHS = np.exp(np.linspace(np.log(0.6), np.log(1.8), 13))
FEWEST = 8
KEPT_SHARE = 0.4  # a backtest leaves at least this share of the context
LEVEL_ROW = np.array(LEVELS)


@dataclass(frozen=True)
class Switches:
    """How much work goes into a forecast. Values: synthetic validation and the training series.

    `priors` are the weights of EXPERTS before any backtest, `origins` the number of backtests (0:
    none), `steadiness` how many backtest points the width 1 counts for, `name` the key of the
    model's widening by context.
    """

    priors: tuple[float, ...] = (0.5, 0.5, 0.0, 0.0, 0.0)
    origins: int = 0
    sharpness: float = 6.0
    steadiness: float = 100.0
    name: str = "fast"


FAST = Switches()
THOROUGH = Switches(priors=(0.35, 0.35, 0.1, 0.1, 0.1), origins=3, name="thorough")


def forecast_quantiles(
    network: Network,
    series: Sequence[Floats],
    periods: Integers,
    horizon: int,
    switches: Switches = FAST,
) -> Floats:
    """Quantiles at LEVELS for `horizon` steps, shape (series, horizon, levels), never crossing.

    `series` are contexts (NaN = unknown, at least one value known), `periods` (series, 2).
    """
    weights = _priors(series, periods, switches)
    width = np.ones(len(series))
    if switches.origins:
        weights, width = _backtested(network, series, periods, horizon, weights, switches)
    mixed = _mixture(network, series, periods, horizon, weights)
    width = width * widening.factors(series, network.context_widening[switches.name])
    factor = np.array(network.widening)[None, None, :] * width[:, None, None]
    median = mixed[:, :, MEDIAN : MEDIAN + 1]
    widened: Floats = np.sort(median + factor * (mixed - median), axis=2)
    return widened


def _priors(series: Sequence[Floats], periods: Integers, switches: Switches) -> Floats:
    """Fixed weights (series, experts); what an unusable expert would get goes to `plain`."""
    weights = np.tile(np.array(switches.priors), (len(series), 1))
    for column, name in enumerate(EXPERTS):
        if column and switches.priors[column]:
            idle = ~usable(name, series, periods)
            weights[idle, 0] += weights[idle, column]
            weights[idle, column] = 0.0
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _mixture(
    network: Network,
    series: Sequence[Floats],
    periods: Integers,
    horizon: int,
    weights: Floats,
) -> Floats:
    """Quantiles averaged level by level with the weights of each series."""
    made = _all_experts(network, series, periods, horizon, weights > 1e-3)
    kept = np.where(weights > 1e-3, weights, 0.0)
    kept /= kept.sum(axis=1, keepdims=True)
    mixed: Floats = (made * kept[:, :, None, None]).sum(axis=1)
    return mixed


def _all_experts(
    network: Network, series: Sequence[Floats], periods: Integers, horizon: int, wanted: Flags
) -> Floats:
    made = np.zeros((len(series), len(EXPERTS), horizon, len(LEVELS)))
    for column, name in enumerate(EXPERTS):
        rows = np.flatnonzero(wanted[:, column])
        if rows.size:
            chosen = [series[int(row)] for row in rows]
            made[rows, column] = forecast_by(name, network, chosen, periods[rows], horizon)
    return made


def _backtested(
    network: Network,
    series: Sequence[Floats],
    periods: Integers,
    horizon: int,
    priors: Floats,
    switches: Switches,
) -> tuple[Floats, Floats]:
    steps = min(horizon, HORIZON)
    losses, made, truths, tests = [], [], [], []
    for back in range(1, switches.origins + 1):
        rows = _testable(series, periods, back * steps)
        quantiles = np.zeros((len(series), len(EXPERTS), steps, len(LEVELS)))
        truth = np.full((len(series), steps), np.nan)
        if rows.size:
            cut = [series[row][: -back * steps] for row in rows]
            wanted = priors[rows] > 0
            quantiles[rows] = _all_experts(network, cut, periods[rows], steps, wanted)
            ends = [(series[row].size - back * steps) for row in rows]
            truth[rows] = [
                series[row][end : end + steps] for row, end in zip(rows, ends, strict=True)
            ]
        losses.append(_loss(quantiles, truth))
        made.append(quantiles)
        truths.append(truth)
        tests.append(np.isfinite(truth).any(axis=1))
    weights = _weights(np.stack(losses, 1), np.stack(tests, 1), priors, switches.sharpness)
    past = np.concatenate([(one * weights[:, :, None, None]).sum(axis=1) for one in made], axis=1)
    return weights, _best_width(past, np.concatenate(truths, axis=1), switches.steadiness)


def _testable(series: Sequence[Floats], periods: Integers, removed: int) -> Integers:
    """Rows whose context stays long enough, and known at its end, without its last points."""
    rows = []
    for row, one in enumerate(series):
        left = one.size - removed
        least = max(FEWEST, 2 * int(periods[row, 0]) + 1, int(KEPT_SHARE * one.size))
        if left >= least and np.isfinite(one[left - 1]) and np.isfinite(one[:left]).sum() > 5:
            rows.append(row)
    return np.array(rows, dtype=np.int64)


def _loss(quantiles: Floats, truth: Floats) -> Floats:
    """Mean pinball loss of each expert, shape (series, experts); 0 where nothing was tested."""
    error = truth[:, None, :, None] - quantiles
    loss = np.maximum(LEVEL_ROW * error, (LEVEL_ROW - 1.0) * error).mean(axis=3)
    known = np.isfinite(truth)[:, None, :]
    total: Floats = np.where(known, loss, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    return total


def _weights(losses: Floats, tests: Flags, priors: Floats, sharpness: float) -> Floats:
    total = (losses * tests[:, :, None]).sum(axis=1)
    count = tests.sum(axis=1, keepdims=True)
    expected = (total * priors).sum(axis=1, keepdims=True)
    relative = np.where((count > 0) & (expected > 0), total / np.maximum(expected, 1e-300) - 1, 0)
    score = np.log(np.maximum(priors, 1e-300)) - sharpness * relative * np.sqrt(count)
    score = np.where(priors > 0, score, -np.inf)
    weights = np.exp(score - score.max(axis=1, keepdims=True))
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _best_width(past: Floats, truth: Floats, steadiness: float) -> Floats:
    """The factor on the spread that would have lost least, drawn towards 1 for few points."""
    known = np.isfinite(truth)
    count = known.sum(axis=1)
    median = past[:, :, MEDIAN : MEDIAN + 1]
    losses = []
    for width in WIDTHS:
        error = truth[:, :, None] - median - width * (past - median)
        loss = np.maximum(LEVEL_ROW * error, (LEVEL_ROW - 1.0) * error).mean(axis=2)
        losses.append(np.where(known, loss, 0.0).sum(axis=1))
    best = WIDTHS[np.stack(losses, axis=1).argmin(axis=1)]
    share = count / (count + steadiness)
    return np.where(count > 0, np.exp(share * np.log(best)), 1.0)
