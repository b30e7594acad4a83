"""The dynamic optimised Theta model, written for whole batches of series.

Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, "Models for optimising the theta method
and their relationship to state space models", equations of DOTM; seasons by classical
multiplicative decomposition where the autocorrelation at the period is significant at 90 %, as
Assimakopoulos & Nikolopoulos 2000 have it. Smoothing and theta come from a grid, by squared error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SMOOTHING = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
THETAS = (1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
SIGNIFICANT = NormalDist().inv_cdf(0.95)
MOST_POINTS = 512


@dataclass(frozen=True)
class ThetaForecast:
    """Point forecasts and their standard deviations, both of shape (series, horizon)."""

    mean: Floats
    deviation: Floats

    def quantiles(self, levels: Sequence[float]) -> Floats:
        """Normal quantiles, shape (series, horizon, levels)."""
        scores = np.array([NormalDist().inv_cdf(level) for level in levels])
        made: Floats = self.mean[:, :, None] + self.deviation[:, :, None] * scores
        return made


def forecast(series: Sequence[Floats], horizon: int, periods: Integers) -> ThetaForecast:
    """Forecast `horizon` steps of every series (complete, at least one value; last 512 used)."""
    recent = [np.asarray(one[-MOST_POINTS:], dtype=np.float64) for one in series]
    adjusted, seasons = [], np.ones((len(recent), horizon))
    for row, (one, period) in enumerate(zip(recent, periods, strict=True)):
        index = _seasonal_index(one, int(period))
        if index is None:
            adjusted.append(one)
            continue
        phase = np.arange(one.size + horizon) % index.size
        adjusted.append(one / index[phase[: one.size]])
        seasons[row] = index[phase[one.size :]]
    mean, deviation = _best_of_grid(adjusted, horizon)
    return ThetaForecast(mean * seasons, deviation * np.abs(seasons))


def _seasonal_index(values: Floats, period: int) -> Floats | None:
    """Multiplicative indices by phase from the start, or None where no season is significant."""
    if period < 2 or values.size < 3 * period or values.min() <= 0:
        return None
    centred = values - values.mean()
    power = float((centred**2).sum())
    if power <= 0:
        return None
    lags = [float((centred[lag:] * centred[:-lag]).sum()) / power for lag in range(1, period + 1)]
    limit = SIGNIFICANT * np.sqrt((1 + 2 * np.sum(np.square(lags[:-1]))) / values.size)
    if abs(lags[-1]) <= limit:
        return None
    weights = np.full(period, 1.0 / period)
    if period % 2 == 0:
        weights = np.concatenate([[0.5], np.ones(period - 1), [0.5]]) / period
    trend = np.convolve(values, weights, mode="valid")
    start = weights.size // 2
    ratio = values[start : start + trend.size] / trend
    phase = (np.arange(trend.size) + start) % period
    index = np.bincount(phase, ratio, period) / np.maximum(np.bincount(phase, minlength=period), 1)
    index = index / index.mean()
    return index if index.min() > 0.01 else None


def _best_of_grid(series: list[Floats], horizon: int) -> tuple[Floats, Floats]:
    grid = np.array(list(product(SMOOTHING, THETAS)))
    lengths = np.array([one.size for one in series])
    padded = np.zeros((len(series), int(lengths.max())))
    for row, one in enumerate(series):
        padded[row, : one.size] = one
    state = _State(padded[:, 0], grid)
    errors = np.zeros((len(series), len(grid)))
    for step in range(1, padded.shape[1]):
        alive = (step < lengths)[:, None]
        errors += np.where(
            alive & (step >= 2), (padded[:, step : step + 1] - state.ahead()) ** 2, 0
        )
        state.update(padded[:, step : step + 1], alive)
    counted = np.maximum(lengths - 2, 1)
    best = errors.argmin(axis=1)
    mean = state.chosen(best).path(horizon)
    sigma = np.sqrt(errors[np.arange(best.size), best] / counted)
    steps = np.arange(horizon)[None, :]
    growth = np.sqrt(1.0 + steps * grid[best, 0][:, None] ** 2)
    return mean, sigma[:, None] * growth


class _State:
    """Level, running mean and running line of every series under every pair of the grid."""

    def __init__(self, first: Floats, grid: Floats) -> None:
        shape = (first.size, len(grid))
        self.alpha = np.broadcast_to(grid[None, :, 0], shape)
        self.theta = np.broadcast_to(grid[None, :, 1], shape)
        self.level = np.broadcast_to(first[:, None], shape).copy()
        self.mean = self.level.copy()
        self.slope = np.zeros(shape)
        self.time = np.ones(shape)

    def ahead(self) -> Floats:
        """One-step forecast: level plus the part of the line that theta adds."""
        kept = 1.0 - self.alpha
        intercept = self.mean - self.slope * (self.time + 1.0) / 2.0
        line = kept**self.time * intercept
        line += (1.0 - kept ** (self.time + 1.0)) / self.alpha * self.slope
        made: Floats = self.level + (1.0 - 1.0 / self.theta) * line
        return made

    def update(self, value: Floats, alive: NDArray[np.bool_]) -> None:
        """Take in one value where the series still runs."""
        time = self.time
        slope = ((time - 1.0) * self.slope + 6.0 / (time + 1.0) * (value - self.mean)) / (
            time + 2.0
        )
        mean = (time * self.mean + value) / (time + 1.0)
        level = self.alpha * value + (1.0 - self.alpha) * self.level
        self.slope = np.where(alive, slope, self.slope)
        self.mean = np.where(alive, mean, self.mean)
        self.level = np.where(alive, level, self.level)
        self.time = np.where(alive, time + 1.0, time)

    def chosen(self, best: Integers) -> _State:
        """The state of each series under its best pair alone."""
        rows = np.arange(best.size)
        picked = object.__new__(_State)
        for name in ("alpha", "theta", "level", "mean", "slope", "time"):
            setattr(picked, name, getattr(self, name)[rows, best][:, None].copy())
        return picked

    def path(self, horizon: int) -> Floats:
        """Forecasts of several steps: each is taken in as if it had been seen."""
        steps = np.empty((self.level.shape[0], horizon))
        everywhere = np.ones((self.level.shape[0], 1), dtype=bool)
        for step in range(horizon):
            value = self.ahead()
            steps[:, step] = value[:, 0]
            self.update(value, everywhere)
        return steps
