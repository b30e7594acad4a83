"""The estimator: what goods cost at sellers where they were not surveyed, with honest intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from altteul.market.estimate.conformal import NORMAL_80, Calibration, Depth, Scores, scored
from altteul.market.estimate.cross_fitting import hidden_estimates
from altteul.market.estimate.effects import Variances
from altteul.market.estimate.hiding import Hidden
from altteul.market.estimate.level import Values
from altteul.market.estimate.model import Model, fit_model
from altteul.market.estimate.variances import sampled

FEWEST_PRICES = 60
FEWEST_SELLERS = 6
FEWEST_SCORES = 30
MOST_TO_CALIBRATE = 6_000

DEPTHS: Mapping[Depth, Hidden] = {
    Depth.SELLER: Hidden.SINGLE,
    Depth.DISTRICT: Hidden.SELLER,
    Depth.REGION: Hidden.DISTRICT,
}
"""A seller that was surveyed for other items is like a hidden single price, and so on."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """ln won per base unit and the half widths of an interval, each shape (goods,).

    NaN where nothing can be said: an item never seen, or a depth without calibration.
    """

    middle: Values
    scale: Values
    depth: tuple[Depth, ...]
    groups: tuple[str, ...]
    calibration: Calibration

    def half_width(self, share: float) -> Values:
        """Half the width in ln price of the interval that holds that share of prices."""
        keys = sorted(set(zip(self.depth, self.groups, strict=True)))
        widths = {key: _width(self.calibration.get(key[0]), share, key[1]) for key in keys}
        each = [widths[key] for key in zip(self.depth, self.groups, strict=True)]
        return np.array(each, dtype=np.float64) * self.scale

    def deviation(self) -> Values:
        """The standard deviation of ln price that the 80 % interval amounts to."""
        return self.half_width(0.8) / NORMAL_80


@dataclass(frozen=True, slots=True)
class Estimator:
    """A model of the surveyed prices with its calibration."""

    model: Model
    calibration: Calibration

    def estimate(self, goods: pl.DataFrame) -> Estimates:
        """Estimates of goods (GOODS_SCHEMA without `log_price` being read)."""
        middle, scale = self.model.estimate(goods)
        depth = _depths(self.model, goods)
        return Estimates(middle, scale, depth, tuple(goods["group"].to_list()), self.calibration)


def fit_estimator(goods: pl.DataFrame, doubt: Values | None = None) -> Estimator | None:
    """The estimator of priced goods; None where too few were surveyed to be honest.

    `doubt` is the variance of ln price that the age of each price adds, shape (prices,). The goods
    must be free of faults (market/faults.py).
    """
    if goods.height < FEWEST_PRICES or goods["seller"].n_unique() < FEWEST_SELLERS:
        return None
    model = fit_model(goods, doubt=doubt)
    chosen = sampled(model.groups["seller"].codes(goods), MOST_TO_CALIBRATE)
    known = None if doubt is None else doubt[chosen]
    return Estimator(model, calibrate(goods.filter(chosen), model.variances, known))


def calibrate(
    goods: pl.DataFrame, variances: Variances, doubt: Values | None = None
) -> Calibration:
    """How wrong estimates are at each depth, by hiding prices of the goods themselves."""
    found = {depth: _scores(goods, hidden, variances, doubt) for depth, hidden in DEPTHS.items()}
    return {depth: scores for depth, scores in found.items() if scores is not None}


def _scores(
    goods: pl.DataFrame, hidden: Hidden, variances: Variances, doubt: Values | None
) -> Scores | None:
    middle, scale = hidden_estimates(goods, hidden, variances, doubt)
    error = goods["log_price"].to_numpy() - middle
    known = ~np.isnan(error)
    if known.sum() < FEWEST_SCORES:
        return None
    return scored(error[known], scale[known], goods["group"].to_numpy()[known])


def _depths(model: Model, goods: pl.DataFrame) -> tuple[Depth, ...]:
    seller = model.groups["seller"].codes(goods) >= 0
    district = model.groups["district"].codes(goods) >= 0
    words = np.where(seller, Depth.SELLER, np.where(district, Depth.DISTRICT, Depth.REGION))
    return tuple(Depth(word) for word in words)


def _width(scores: Scores | None, share: float, group: str) -> float:
    return float("nan") if scores is None else scores.width(share, group)
