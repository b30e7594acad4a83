"""The models behind one fit and predict: last price, same season, 평년, gradient boosting.

Each predicts logarithms of prices for rows of a FeatureMaker. `fit` may use only truths whose
target lies on or before `known_until`; `predict` only what the features allow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.features import FeatureMaker
from altteul.forecast.known import nanmean
from altteul.forecast.past import WEEK, YEAR, rolling_mean
from altteul.forecast.rows import Rows

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TRAINING_HORIZONS = (1, 3, 5, 7, 10, 14, 18, 21, 25, 28)
TRAINING_STEP = 5
"""Every fifth day is an origin of training; days between are nearly the same rows."""
TRAINING_DAYS = 3_000
MOST_ROWS = 500_000
"""More rows teach little more and take memory and time."""
NATIONAL_WEIGHT = 0.6
"""Weight of national series beside those of a city, which are what is forecast (chosen on
2023-07…2024-06)."""
NATIONAL = "전국"
NORMAL_YEARS = 5
ROUNDS = 400
LOW, HIGH = 0.1, 0.9
SETTINGS: dict[str, Any] = {
    "num_threads": 1,
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "verbosity": -1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 20,
}


class Model(Protocol):
    """What a model offers: the median, and where it has them the 0.1 and 0.9 quantiles."""

    name: str

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Learn from rows whose target column is at most `known_until`."""
        ...

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """Logarithms of the median price, one for each row."""
        ...


@dataclass
class LastPrice:
    """The last surveyed price stays."""

    name: str = "last"

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Nothing to learn."""
        del maker, known_until
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """The logarithm of the last price."""
        found: Floats = maker.past.log[rows.series, rows.origin]
        return found


@dataclass
class SameSeason:
    """The level of a year ago around the target day, moved by how the level changed since.

    log p = level(target − 364 days, 7 days centred) + mean of the last 28 days − the mean of the
    same 28 days a year before. Where a year ago is unknown it is the last price.
    """

    name: str = "season"
    smooth: int = WEEK
    level: int = 28

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Nothing to learn."""
        del maker, known_until
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """The logarithm of the seasonal price."""
        smooth = rolling_mean(maker.past.log, self.smooth)
        level = rolling_mean(maker.past.log, self.level)
        then = _at(smooth, rows, rows.target - YEAR + self.smooth // 2)
        now = _at(level, rows, rows.origin)
        before = _at(level, rows, rows.origin - YEAR)
        found = then + now - before
        return np.where(np.isnan(found), LastPrice().predict(maker, rows), found)


def levels_of_earlier_years(weekly: Floats, series: Integers, column: Integers) -> Floats:
    """Shape (NORMAL_YEARS, columns): the level around a day one, two, … years earlier.

    `weekly` are means over the last week of each day (logarithms); NaN outside of its days.
    """
    last = weekly.shape[1] - 1
    then = [column - YEAR * back + WEEK // 2 for back in range(1, NORMAL_YEARS + 1)]
    return np.stack(
        [
            np.where((c >= 0) & (c <= last), weekly[series, np.clip(c, 0, last)], np.nan)
            for c in then
        ]
    )


def trimmed_mean(years: Floats) -> Floats:
    """The mean over years (first axis) without the lowest and highest of three or more."""
    ordered = np.sort(years, axis=0)
    count = np.isfinite(years).sum(axis=0)
    place = np.arange(len(years))[:, None]
    inner = np.where((count >= 3) & ((place == 0) | (place == count - 1)), np.nan, ordered)
    return nanmean(inner)


@dataclass
class NormalYear:
    """평년: the mean level around the target day of up to five earlier years.

    With three or more the highest and the lowest are left out (the rule of the KAMIS guide);
    without any it is the last price.
    """

    name: str = "normal"

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Nothing to learn."""
        del maker, known_until
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """The logarithm of the normal price."""
        smooth = rolling_mean(maker.past.log, WEEK)
        years = np.exp(levels_of_earlier_years(smooth, rows.series, rows.target))
        found = np.log(trimmed_mean(years))
        return np.where(np.isnan(found), LastPrice().predict(maker, rows), found)


@dataclass
class Boosted:
    """One gradient-boosted model of all series (LightGBM; Ke et al. 2017): 0.1, 0.5, 0.9.

    It predicts the change of the logarithm since the last price, in typical moves of the series
    over the horizon; rows weigh as much as their typical move, so that the loss is the error in
    per cent of the price.
    """

    name: str = "boosted"
    rounds: int = ROUNDS
    spread: bool = True
    boosters: dict[float, Any] = field(default_factory=dict)

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Learn from all series up to `known_until`."""
        import lightgbm

        rows, table, target, weight = self._training(maker, known_until)
        if not len(rows):
            return self
        data = lightgbm.Dataset(table.values, target, weight=weight, free_raw_data=False)
        for level in (LOW, 0.5, HIGH) if self.spread else (0.5,):
            aim = {"objective": "quantile", "alpha": level}
            if level == 0.5:
                aim = {"objective": "l1"}
            self.boosters[level] = lightgbm.train({**SETTINGS, **aim}, data, self.rounds)
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """The logarithm of the median price."""
        return self.quantiles(maker, rows)[0.5]

    def quantiles(self, maker: FeatureMaker, rows: Rows) -> dict[float, Floats]:
        """Logarithms of the price at each level that was learned; never crossing.

        Before anything was learned they are the last price.
        """
        table = maker.table(rows)
        if not self.boosters or not len(rows):
            return dict.fromkeys((LOW, 0.5, HIGH), table.last)
        raw = {
            level: table.last + table.scale * np.asarray(booster.predict(table.values))
            for level, booster in self.boosters.items()
        }
        if self.spread:
            raw[LOW] = np.minimum(raw[LOW], raw[0.5])
            raw[HIGH] = np.maximum(raw[HIGH], raw[0.5])
        return raw

    def _training(self, maker: FeatureMaker, known_until: int) -> tuple[Rows, Any, Floats, Floats]:
        first = max(YEAR // 2, known_until - TRAINING_DAYS)
        # Counted back from the end, so that the newest rows are always among them.
        origins = range(known_until - 1, first, -TRAINING_STEP)
        rows = maker.rows(sorted(origins), TRAINING_HORIZONS)
        truth = maker.truth(rows)
        use = np.isfinite(truth) & (rows.target <= known_until)
        use &= _drawn(int(use.sum()), use)
        rows, truth = rows.chosen(use), truth[use]
        table = maker.table(rows)
        national = np.array([key.region == NATIONAL for key in maker.panel.keys], dtype=bool)
        mixed = national.any() and not national.all()
        share = np.where(national[rows.series], NATIONAL_WEIGHT, 1.0) if mixed else 1.0
        return rows, table, (truth - table.last) / table.scale, table.scale * share


def _drawn(count: int, use: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """All rows, or of too many a sample that is the same every time."""
    if count <= MOST_ROWS:
        return use
    return np.random.default_rng(SETTINGS["seed"]).random(use.size) < MOST_ROWS / count


def _at(values: Floats, rows: Rows, column: NDArray[np.int64]) -> Floats:
    """Values at columns on or before the origin; NaN before the beginning."""
    if np.any(column > rows.origin):
        raise ValueError("a baseline would look ahead of its origin")
    found = values[rows.series, np.maximum(column, 0)]
    return np.where(column >= 0, found, np.nan)
