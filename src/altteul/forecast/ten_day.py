"""Wholesale means of ten-day periods (순): a model made for that frequency, and its baselines.

A year has 36 periods. Series are item × variety × grade × pack; a period without trade is unknown.
Few years are known, so the model leans on the last price: its forecast is drawn towards it by a
share that was learned on the periods just before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.forecast.known import nanmean, nanmedian
from altteul.forecast.panel import TEN_DAY_MEAN
from altteul.forecast.past import shifted
from altteul.sources.observation import Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PERIODS_A_YEAR = 36
LAGS = (1, 2, 3, 6, 9, 18, 36)
WINDOWS = (3, 6, 18, 36)
YEARS_BACK = 3
TYPICAL_MOVE = 0.1
PRIOR_PERIODS = 12
LEAST_MOVE = 0.02
FEWEST_ROWS = 200
SHARES = tuple(np.round(np.arange(0.0, 1.01, 0.1), 1))
ROUNDS = 200
SETTINGS = {
    "objective": "l1", "num_threads": 1, "learning_rate": 0.03, "num_leaves": 8,
    "min_data_in_leaf": 100, "feature_fraction": 0.4, "bagging_fraction": 0.5, "bagging_freq": 1,
    "lambda_l2": 10.0, "verbosity": -1, "deterministic": True, "force_row_wise": True, "seed": 20,
}  # fmt: skip


@dataclass(frozen=True)
class TenDayPanel:
    """Logarithms of prices, shape (series, periods); `first` is the period number of column 0.

    A period's number is 36 · year + 3 · (month − 1) + 0, 1 or 2.
    """

    names: tuple[tuple[str, ...], ...]
    items: tuple[str, ...]
    first: int
    log: Floats

    def until(self, period: int) -> TenDayPanel:
        """As known at the end of a period."""
        kept = self.log[:, : period - self.first + 1].copy()
        return TenDayPanel(self.names, self.items, self.first, kept)


def period_of(year: int, month: int, day: int) -> int:
    """The number of the period of a day."""
    return PERIODS_A_YEAR * year + 3 * (month - 1) + min((day - 1) // 10, 2)


def ten_day_panel(observations: pl.DataFrame) -> TenDayPanel:
    """The ten-day means among observations (OBSERVATION_SCHEMA)."""
    rows = observations.filter(
        (pl.col("measure") == Measure.MEAN.value)
        & pl.col("note").fill_null("").str.starts_with(TEN_DAY_MEAN)
    )
    period = [period_of(day.year, day.month, day.day) for day in rows["date"]]
    rows = rows.with_columns(pl.Series("period", period, pl.Int64)).sort("period", "price")
    one = ("item", "variety", "grade", "note", "mass_g", "count", "count_unit")
    groups = rows.partition_by(one, maintain_order=True, as_dict=True)
    found = sorted(groups.items(), key=lambda pair: tuple(str(word) for word in pair[0]))
    if not found:
        return TenDayPanel((), (), 0, np.full((0, 1), np.nan))
    first, last = int(rows["period"][0]), int(rows["period"][-1])
    log = np.full((len(found), last - first + 1), np.nan)
    for row, (_, group) in enumerate(found):
        log[row, group["period"].to_numpy() - first] = np.log(group["price"].to_numpy())
    names = tuple(tuple(str(word or "") for word in key) for key, _ in found)
    return TenDayPanel(names, tuple(name[0] for name in names), first, log)


class TenDayModel:
    """Gradient boosting on changes of ten-day means, drawn towards the last price."""

    def __init__(self, horizons: Sequence[int] = (1, 2, 3)) -> None:
        self.horizons = tuple(horizons)
        self._booster: Any = None
        self._share = 0.0

    def fit(self, panel: TenDayPanel) -> Self:
        """Learn from all periods of the panel; the share from its last year by a fit before it."""
        last = panel.first + panel.log.shape[1] - 1
        before = panel.until(last - PERIODS_A_YEAR)
        self._share = 0.0
        if self._learned(before):
            self._share = self._best_share(panel, last - PERIODS_A_YEAR)
        if not self._learned(panel):
            self._share = 0.0
        return self

    def predict(self, panel: TenDayPanel, origin: int, horizon: int) -> Floats:
        """Logarithms for every series so many periods after an origin; NaN without a price then.

        `origin` is a period number; of the panel only the periods up to it are read.
        """
        column = np.array([origin - panel.first])
        change = self._change(panel, column, horizon)
        found: Floats = (panel.log[:, column] + self._share * change)[:, 0]
        return found

    def _change(self, panel: TenDayPanel, columns: Integers, horizon: int) -> Floats:
        """The predicted changes from the origin columns, shape (series, columns)."""
        values, scale, series, place = _table(panel, columns, horizon)
        found = np.zeros((len(panel.items), columns.size))
        if self._booster is not None and series.size:
            found[series, place] = scale * np.asarray(self._booster.predict(values))
        return found

    def _learned(self, panel: TenDayPanel) -> bool:
        import lightgbm

        parts = [_training(panel, horizon) for horizon in self.horizons]
        values, target, weight = (np.concatenate(one) for one in zip(*parts, strict=True))
        if len(target) < FEWEST_ROWS:
            return False
        data = lightgbm.Dataset(values, target, weight=weight)
        self._booster = lightgbm.train(SETTINGS, data, ROUNDS)
        return True

    def _best_share(self, panel: TenDayPanel, known: int) -> float:
        """The share of the predicted change with the least error on the periods after `known`."""
        losses = np.zeros(len(SHARES))
        for horizon in self.horizons:
            columns = np.arange(known - panel.first, panel.log.shape[1] - horizon)
            truth = panel.log[:, columns + horizon] - panel.log[:, columns]
            change = self._change(panel, columns, horizon)
            gaps = [np.nanmean(np.abs(truth - share * change)) for share in SHARES]
            losses += np.array(gaps)
        return float(SHARES[int(np.argmin(losses))])


def _training(panel: TenDayPanel, horizon: int) -> tuple[Floats, Floats, Floats]:
    columns = np.arange(PERIODS_A_YEAR // 2, panel.log.shape[1] - horizon)
    values, scale, series, place = _table(panel, columns, horizon)
    column = columns[place]
    change = panel.log[series, column + horizon] - panel.log[series, column]
    use = np.isfinite(change)
    return values[use], (change / scale)[use], scale[use]


def _table(
    panel: TenDayPanel, columns: Integers, horizon: int
) -> tuple[Floats, Floats, Integers, Integers]:
    """Features of every series with a price at the origin columns, and their scale."""
    log = panel.log
    series, place = np.nonzero(np.isfinite(log[:, columns]))
    column = columns[place]
    move = _typical_move(log)
    scale = move[series, column]

    def at(table: Floats, back: int = 0) -> Floats:
        there = column - back
        if np.any(there > column):
            raise ValueError("a feature would look ahead of its origin")
        return np.where(there >= 0, table[series, np.maximum(there, 0)], np.nan)

    now = at(log)
    mates = _mean_of_item(panel)
    market = {lag: nanmedian((log - shifted(log, lag)) / move) for lag in (1, 3)}
    found = [(now - at(log, lag)) / scale for lag in LAGS]
    found += [(now - at(_mean(log, window))) / scale for window in WINDOWS]
    found += [(at(mates) - at(mates, lag)) / scale for lag in (1, 3)]
    found += [moved[column] for moved in market.values()]
    for table in (log, _mean(log, 3), mates):
        years = [
            at(table, PERIODS_A_YEAR * back - horizon) - at(table, PERIODS_A_YEAR * back)
            for back in range(1, YEARS_BACK + 1)
        ]
        found += [nanmean(np.stack(years)) / scale, years[0] / scale]
    gaps = [now - at(log, PERIODS_A_YEAR * back) for back in range(1, YEARS_BACK + 1)]
    found.append(nanmean(np.stack(gaps)) / scale)
    angle = 2 * np.pi * ((panel.first + column + horizon) % PERIODS_A_YEAR) / PERIODS_A_YEAR
    found += [np.sin(angle), np.cos(angle), np.log(scale), np.full(len(now), float(horizon))]
    return np.stack(found, axis=1), scale * np.sqrt(horizon), series, place


def _mean(log: Floats, window: int) -> Floats:
    return nanmean(np.stack([shifted(log, back) for back in range(window)]))


def _typical_move(log: Floats) -> Floats:
    """The mean absolute change from period to period so far, drawn towards TYPICAL_MOVE."""
    steps = np.abs(log - shifted(log, 1))
    known = np.isfinite(steps)
    total = np.cumsum(np.where(known, steps, 0.0), axis=1) + PRIOR_PERIODS * TYPICAL_MOVE
    found: Floats = total / (np.cumsum(known, axis=1) + PRIOR_PERIODS)
    return np.maximum(found, LEAST_MOVE)


def _mean_of_item(panel: TenDayPanel) -> Floats:
    """Each series' item: the summed mean changes of all its series, as a level."""
    steps = panel.log - shifted(panel.log, 1)
    names, place = np.unique(np.array(panel.items, dtype=str), return_inverse=True)
    means = np.stack([nanmean(steps[place == one]) for one in range(names.size)])
    level: Floats = np.cumsum(np.nan_to_num(means), axis=1)
    return level[place]
