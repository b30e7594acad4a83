"""From raw forecasts to calibrated ones, by what past folds got wrong.

Members are mixed with weights learned on past rows. The error of each past row is divided by its
own predicted half-width (upwards or downwards): the score. The quantiles of past scores, by horizon
and volatility group, give the quantiles of a new forecast (split conformal prediction, Vovk et al.
2005, with scaled signed scores as in conformalized quantile regression, Romano et al. 2019).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
FINE = tuple(np.round(np.linspace(0.01, 0.99, 99), 2))
MEMBERS = ("boosted", "now", "season")
GRID = 0.1
SEASON_AT_28 = 0.1
MUST_EARN = 0.01
"""Both chosen on 2023-07…2024-06, each quarter forecast with what the other three had taught."""
VOLATILITY_GROUPS = 3
LEAST_WIDTH = 0.1
"""Of the typical move over the horizon: no half-width is thinner."""
FEWEST_SCORES = 200
HALF_LIFE = 90
"""Days after which a past error weighs half as much (chosen on 2023-07…2024-06), as markets turn
livelier and calmer (weighted conformal prediction, Barber et al. 2023)."""
LOSS_SHARE = 0.1
"""A loss worth a warning: the price rises by more than a tenth."""

# Half-widths of a standard normal between its 0.1 and 0.5 quantiles, for a start without a past.
NORMAL_SCORES = {0.025: -1.53, 0.1: -1.0, 0.25: -0.53, 0.5: 0.0, 0.75: 0.53, 0.9: 1.0, 0.975: 1.53}


@dataclass(frozen=True)
class Calibration:
    """What past folds taught: member weights by horizon, scores by horizon and group.

    `scores` holds the values at FINE levels; group −1 stands for all groups together.
    """

    weights: Mapping[int, tuple[float, ...]]
    edges: tuple[float, ...]
    scores: Mapping[tuple[int, int], Floats]

    def apply(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Adds `median`, `q…` (logarithms), `p_cheaper`, `p_loss`, `expected` (won)."""
        median, down, up = self._centre(raw)
        scores = self._scores_of(raw)
        values = median[:, None] + np.where(scores < 0, down[:, None], up[:, None]) * scores
        values = np.sort(values, axis=1)
        now = raw["now"].to_numpy()
        at = np.asarray(FINE)
        columns = {"median": median}
        for level in LEVELS:
            columns[f"q{level:g}"] = median if level == 0.5 else _row_quantile(values, at, level)
        columns["p_cheaper"] = (values < now[:, None] - 1e-9).mean(axis=1)
        columns["p_loss"] = (values > now[:, None] + np.log1p(LOSS_SHARE)).mean(axis=1)
        columns["expected"] = np.exp(values).mean(axis=1)
        frame = raw.with_columns(pl.Series(name, column) for name, column in columns.items())
        return frame.with_columns(
            pl.min_horizontal(f"q{level:g}", "median").alias(f"q{level:g}")
            if level < 0.5
            else pl.max_horizontal(f"q{level:g}", "median").alias(f"q{level:g}")
            for level in LEVELS
        )

    def _centre(self, raw: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
        horizon = raw["horizon"].to_numpy()
        weights = np.array([self.weights[self._nearest(int(h))] for h in horizon])
        weights = weights.reshape(-1, len(MEMBERS))
        members = raw.select(MEMBERS).to_numpy()
        median = (members * weights).sum(axis=1)
        down, up = half_widths(raw)
        return median, down, up

    def _nearest(self, horizon: int) -> int:
        return min(self.weights, key=lambda known: abs(known - horizon))

    def _scores_of(self, raw: pl.DataFrame) -> Floats:
        groups = np.searchsorted(np.asarray(self.edges), raw["move"].to_numpy())
        horizon = raw["horizon"].to_numpy()
        found = np.empty((raw.height, len(FINE)))
        for one in np.unique(horizon):
            nearest = self._nearest(int(one))
            for group in range(VOLATILITY_GROUPS):
                which = (horizon == one) & (groups == group)
                own = self.scores.get((nearest, group))
                found[which] = self.scores[nearest, -1] if own is None else own
        return found


def learn(past: pl.DataFrame, on: date | None = None) -> Calibration:
    """Learn from raw forecasts whose truth is known, as of a day (None: the newest truth's).

    Rows whose target lies on that day or later are left out.
    """
    known = past.drop_nulls("truth")
    if on is not None:
        known = known.filter(pl.col("target") < on)
    if known.is_empty():
        return UNLEARNED
    edges = np.quantile(known["move"].to_numpy(), np.arange(1, VOLATILITY_GROUPS) / 3)
    weights: dict[int, tuple[float, ...]] = {}
    scores: dict[tuple[int, int], Floats] = {}
    for horizon, rows in known.partition_by("horizon", as_dict=True).items():
        one = int(horizon[0])
        weights[one] = best_weights(rows, one)
        of_rows = row_scores(rows, weights[one])
        groups = np.searchsorted(edges, rows["move"].to_numpy())
        trust = _trust(rows)
        scores[one, -1] = weighted_quantiles(of_rows, trust)
        for group in range(VOLATILITY_GROUPS):
            mine = groups == group
            if mine.sum() >= FEWEST_SCORES:
                scores[one, group] = weighted_quantiles(of_rows[mine], trust[mine])
    return Calibration(weights, tuple(float(edge) for edge in edges), scores)


def best_weights(rows: pl.DataFrame, horizon: int) -> tuple[float, ...]:
    """Convex weights of MEMBERS with the least mean absolute log error on past rows.

    A few past folds cannot tell weights apart that are nearly as good, so others than the usual
    ones are taken only where their error is at least MUST_EARN less.
    """
    members = rows.select(MEMBERS).to_numpy()
    truth = rows["truth"].to_numpy()
    steps = np.round(np.arange(0.0, 1.0 + GRID / 2, GRID), 6)
    choices = [
        (float(1.0 - last - season), float(last), float(season))
        for last, season in product(steps, steps)
        if last + season <= 1.0 + 1e-9
    ]
    usual = usual_weights(horizon)
    losses = [float(np.abs(members @ np.array(one) - truth).mean()) for one in (usual, *choices)]
    best = int(np.argmin(losses[1:]))
    return choices[best] if losses[best + 1] < (1 - MUST_EARN) * losses[0] else usual


def usual_weights(horizon: int) -> tuple[float, ...]:
    """The boosted model with a little of the same season, the more the farther ahead."""
    season = SEASON_AT_28 * horizon / 28
    return 1.0 - season, 0.0, season


def weighted_quantiles(values: Floats, weights: Floats) -> Floats:
    """The quantiles at FINE of weighted values."""
    order = np.argsort(values)
    heaped = np.cumsum(weights[order])
    found: Floats = np.interp(FINE, (heaped - weights[order] / 2) / heaped[-1], values[order])
    return found


def _trust(rows: pl.DataFrame) -> Floats:
    """The weight of each row by the age of its truth."""
    day = rows["target"].to_numpy().astype("datetime64[D]").astype(np.float64)
    found: Floats = 0.5 ** ((day.max() - day) / HALF_LIFE)
    return found


def half_widths(raw: pl.DataFrame) -> tuple[Floats, Floats]:
    """The predicted half-widths downwards and upwards, both above zero."""
    move = raw["move"].to_numpy() * np.sqrt(raw["horizon"].to_numpy() / 7)
    centre = raw["boosted"].to_numpy()
    least = LEAST_WIDTH * move
    down = np.maximum(centre - raw["low"].to_numpy(), least)
    up = np.maximum(raw["high"].to_numpy() - centre, least)
    return down, up


def row_scores(rows: pl.DataFrame, weights: tuple[float, ...]) -> Floats:
    """The signed errors in half-widths."""
    error = rows["truth"].to_numpy() - rows.select(MEMBERS).to_numpy() @ np.array(weights)
    down, up = half_widths(rows)
    found: Floats = np.where(error < 0, error / down, error / up)
    return found


def _row_quantile(values: Floats, at: Floats, level: float) -> Floats:
    right = int(np.clip(np.searchsorted(at, level), 1, at.size - 1))
    share = np.clip((level - at[right - 1]) / (at[right] - at[right - 1]), 0.0, 1.0)
    found: Floats = (1 - share) * values[:, right - 1] + share * values[:, right]
    return found


UNLEARNED = Calibration(
    weights={28: (1.0, 0.0, 0.0)},
    edges=(),
    scores={(28, -1): np.interp(FINE, list(NORMAL_SCORES), list(NORMAL_SCORES.values()))},
)
"""What holds before any fold: the boosted model alone, with the scores of a normal distribution."""
