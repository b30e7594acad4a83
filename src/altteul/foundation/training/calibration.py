"""Quantiles made to hold what they say, on synthetic validation and the series trained on.

First one factor a level on synthetic series. Then, since real series are less regular, a factor
that depends on what a context is like (altteul.foundation.widening): its slopes come from stretches
of all lengths by a quantile regression (Koenker & Bassett 1978) of how far the truth lies, as a
share of the way to the edge of the 80 % interval; its constant makes that interval right on the
last windows of the series trained on. No evaluation series is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from altteul.foundation.contexts import REACH
from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.evaluation.windows import rolling
from altteul.foundation.inference import FAST, THOROUGH, Switches, forecast_quantiles
from altteul.foundation.runtime import Network, load_network
from altteul.foundation.seasons import periods_of
from altteul.foundation.shape import HORIZON, LEVELS, MEDIAN
from altteul.foundation.training.real import RealSeries, aggregated
from altteul.foundation.training.recipe import GROUPS, Windows, synthetic_windows
from altteul.foundation.training.validation import LOCKED_SEED
from altteul.foundation.widening import statistics

SYNTHETIC_SERIES = 600
STRETCHES = 240  # from each set of real series
HORIZONS = (6, 8, 12, 18, 24, 48)
SHORTEST = 8
SYNTHETIC_SHARE = 3.0  # counts as much as three sets of real series
GRID = np.linspace(0.8, 1.4, 61)
LAST_SERIES, LAST_WINDOWS = 60, 8
COVERAGE = 0.8
SHIFTS = np.linspace(-0.4, 0.4, 161)
SMOOTHING = 0.02
RIDGE = 1e-3
MODES: dict[str, Switches] = {"fast": FAST, "thorough": THOROUGH}


@dataclass(frozen=True)
class Cases:
    """Contexts, their periods (count, 2), what followed (count, HORIZON; NaN = not asked)."""

    contexts: list[np.ndarray]
    periods: np.ndarray
    future: np.ndarray


@dataclass(frozen=True)
class Misses:
    """For every true point: the statistics of its context, how far it lies from the median (log of
    the share of the way to the interval's edge), and a weight that gives every case 1 in all.
    """

    statistics: np.ndarray
    logs: np.ndarray
    weights: np.ndarray


def fit_widening(path: Path) -> list[float]:
    """One factor a level that makes its share of outcomes right on synthetic validation series.

    Both sides of the median share a factor, so that a mirrored series keeps its mirrored forecast;
    neighbouring factors are averaged; the median's is 1.
    """
    network = load_network(path)
    cases = synthetic_cases(SYNTHETIC_SERIES)
    made = forecast_quantiles(network, cases.contexts, cases.periods, HORIZON, FAST)
    spread = made - made[:, :, MEDIAN : MEDIAN + 1]
    distance = (cases.future - made[:, :, MEDIAN])[:, :, None]
    ratios = distance / np.where(np.abs(spread) > 1e-12, spread, np.inf)
    known = ratios[np.isfinite(cases.future)]
    upper = [_level_factor(known, column) for column in range(MEDIAN + 1, len(LEVELS))]
    smooth = np.convolve(np.pad(upper, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    above = [round(float(factor), 4) for factor in smooth]
    return [*reversed(above), 1.0, *above]


def fit_context_widening(path: Path, groups: Sequence[SeriesSet]) -> dict[str, list[float]]:
    """Coefficients of the widening by context, for the fast and the thorough inference.

    Both take the larger of their two constants: the network has been trained on these series, so
    its own spread looks better here than it is elsewhere.
    """
    network = load_network(path)
    stretches = [real_cases(group, STRETCHES, seed) for seed, group in enumerate(groups)]
    last = [last_cases(group) for group in groups] or [synthetic_cases(SYNTHETIC_SERIES)]
    shares = [1.0] * len(stretches) + [SYNTHETIC_SHARE]
    stretches.append(synthetic_cases(SYNTHETIC_SERIES))
    made = {
        mode: _coefficients(
            [_misses(network, cases, switches) for cases in stretches],
            shares,
            [_misses(network, cases, switches) for cases in last],
        )
        for mode, switches in MODES.items()
    }
    constant = max(fitted[0] for fitted in made.values())
    return {mode: [constant, *fitted[1:]] for mode, fitted in made.items()}


def synthetic_cases(series: int) -> Cases:
    """Windows of each group of the recipe, from a seed that training never uses."""
    made = [cases_of(synthetic_windows(_rng(100 + index), group, series))
            for index, group in enumerate(GROUPS)]  # fmt: skip
    contexts = [one for cases in made for one in cases.contexts]
    periods = np.concatenate([cases.periods for cases in made])
    return Cases(contexts, periods, np.concatenate([cases.future for cases in made]))


def cases_of(windows: Windows) -> Cases:
    """Training windows as contexts without what stands before their start."""
    contexts = [row[np.argmax(np.isfinite(row)) :] for row in windows.contexts]
    counted = np.arange(HORIZON)[None, :] < windows.reach[:, None]
    return Cases(contexts, windows.periods, np.where(counted, windows.future, np.nan))


def _rng(number: int) -> np.random.Generator:
    return np.random.default_rng((LOCKED_SEED, number))


def real_cases(group: SeriesSet, count: int, seed: int) -> Cases:
    """Stretches of a set's series, half of them aggregated, with contexts of all lengths."""
    rng = np.random.default_rng((LOCKED_SEED, 200, seed))
    known = periods_of(group.freq, group.mase_season)
    contexts: list[np.ndarray] = []
    periods, future = [], []
    for _ in range(4 * count):
        if len(contexts) == count:
            break
        one = RealSeries(group.series[rng.integers(len(group.series))], known, 1.0)
        values, seasons = aggregated(rng, one) if rng.random() < 0.5 else (one.values, known)
        longest = min(values.size - HORIZONS[0], REACH)
        if longest < SHORTEST:
            continue
        length = int(np.exp(rng.uniform(np.log(SHORTEST), np.log(longest + 1))))
        most = min(values.size - length, max(HORIZONS[0], length // 2))
        horizon = int(rng.choice([one for one in HORIZONS if one <= most]))
        end = int(rng.integers(length, values.size - horizon + 1))
        context = values[end - length : end]
        if np.isfinite(context).sum() < SHORTEST - 2 or np.nanstd(context) == 0:
            continue
        after = np.full(HORIZON, np.nan)
        after[:horizon] = values[end : end + horizon]
        contexts.append(context)
        periods.append(seasons)
        future.append(after)
    return Cases(contexts, np.array(periods), np.array(future))


def last_cases(group: SeriesSet) -> Cases:
    """The last LAST_WINDOWS windows of up to LAST_SERIES series of a set, at its own horizon."""
    fewer = replace(group, series=group.series[:LAST_SERIES])
    contexts, truth = rolling(fewer, group.horizon, LAST_WINDOWS)
    recent = [one[-REACH:] for one in contexts]
    usable = [row for row, one in enumerate(recent) if np.isfinite(one).any()]
    future = np.full((len(usable), HORIZON), np.nan)
    future[:, : group.horizon] = truth[usable][:, :HORIZON]
    periods = np.tile(periods_of(group.freq, group.mase_season), (len(usable), 1))
    return Cases([recent[row] for row in usable], periods, future)


def _misses(network: Network, cases: Cases, switches: Switches) -> Misses:
    made = forecast(network, cases, switches)
    median = made[:, :, MEDIAN]
    distance = cases.future - median
    low, high = made[:, :, LEVELS.index(0.1)], made[:, :, LEVELS.index(0.9)]
    half = np.where(distance < 0, median - low, high - median)
    ratio = np.abs(distance) / np.maximum(half, 1e-12)
    rows, steps = np.nonzero(np.isfinite(ratio))
    weight = 1.0 / np.bincount(rows, minlength=len(ratio))[rows]
    logs = np.log(np.maximum(ratio[rows, steps], 1e-4))
    return Misses(statistics(cases.contexts)[rows], logs, weight)


def forecast(network: Network, cases: Cases, switches: Switches) -> np.ndarray:
    """Each case over the steps it asks for alone, as its backtests depend on them; NaN beyond."""
    made = np.full((len(cases.contexts), HORIZON, len(LEVELS)), np.nan)
    asked = np.isfinite(cases.future) @ np.ones(HORIZON)
    for steps in np.unique(asked[asked > 0]).astype(int):
        rows = np.flatnonzero(asked == steps)
        chosen = [cases.contexts[row] for row in rows]
        quantiles = forecast_quantiles(network, chosen, cases.periods[rows], steps, switches)
        made[rows, :steps] = quantiles
    return made


def _coefficients(stretches: list[Misses], shares: list[float], last: list[Misses]) -> list[float]:
    """Slopes from the stretches, weighted by their shares; the constant from the last windows."""
    weights = [
        one.weights / one.weights.sum() * share
        for one, share in zip(stretches, shares, strict=True)
    ]
    fitted = quantile_regression(
        np.concatenate([one.statistics for one in stretches]),
        np.concatenate([one.logs for one in stretches]),
        np.concatenate(weights),
        COVERAGE,
    )
    left = [one.logs - one.statistics[:, 1:] @ fitted[1:] for one in last]
    within = np.array([np.mean([(one <= shift).mean() for one in left]) for shift in SHIFTS])
    constant = SHIFTS[int(np.abs(within - COVERAGE).argmin())]
    return [round(float(one), 4) for one in (constant, *fitted[1:])]


def quantile_regression(
    inputs: np.ndarray, outputs: np.ndarray, weights: np.ndarray, level: float
) -> np.ndarray:
    """Coefficients (features,) with `level` of the weighted outputs below inputs @ coefficients.

    The kink of the pinball loss is smoothed over SMOOTHING; all but the first are drawn a little
    to 0.
    """
    from scipy.optimize import minimize

    weights = weights / weights.sum()
    ridge = RIDGE * np.append(0.0, np.ones(inputs.shape[1] - 1))

    def loss(chosen: np.ndarray) -> tuple[float, np.ndarray]:
        error = (outputs - inputs @ chosen) / SMOOTHING
        smooth = SMOOTHING * (level * error + np.logaddexp(0.0, -error))
        below = 0.5 - 0.5 * np.tanh(0.5 * error)
        slope = -(inputs * (weights * (level - below))[:, None]).sum(axis=0)
        return float(weights @ smooth + ridge @ chosen**2), slope + 2.0 * ridge * chosen

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="BFGS")
    return np.asarray(found.x)


def _level_factor(ratios: np.ndarray, column: int) -> float:
    """The factor at which the share of outcomes beyond a level and its mirror is right."""
    mirror = len(LEVELS) - 1 - column
    wanted = 2.0 * (1.0 - LEVELS[column])
    beyond = [
        (ratios[:, column] > factor).mean() + (ratios[:, mirror] > factor).mean() for factor in GRID
    ]
    return float(GRID[int(np.abs(np.array(beyond) - wanted).argmin())])
