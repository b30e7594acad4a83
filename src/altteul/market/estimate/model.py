"""The model of one day: level of the good, shared effects, errors with heavy tails.

ln price = level(item) + spread(item) · Σ effects + error. Fitting is in three steps: level and
spread by medians, the factors' variances by likelihood, the effects by robust backfitting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from altteul.market.estimate.effects import Effects, Variances, fit_effects
from altteul.market.estimate.features import FACTORS, LEVEL, Groups, grouped, grouped_by
from altteul.market.estimate.level import Level, Values, fit_level
from altteul.market.estimate.variances import fit_variances, sampled


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model; estimates any goods, of sellers and items seen or not."""

    level: Level
    items: Groups
    groups: Mapping[str, Groups]
    effects: Effects
    variances: Variances

    def estimate(self, goods: pl.DataFrame) -> tuple[Values, Values]:
        """ln price and the scale of its error, each shape (goods,); NaN for an item not seen."""
        codes = {name: own.codes(goods) for name, own in self.groups.items()}
        items = self.items.codes(goods)
        times = self.variances.times(goods["channel"].to_list())
        total, variance = self.effects.total(codes, self.variances, times)
        spread = self.level.spread_at(items)
        middle = self.level.at(codes["level"]) + spread * total
        return np.where(items >= 0, middle, np.nan), spread * np.sqrt(variance)


def fit_model(
    goods: pl.DataFrame, variances: Variances | None = None, doubt: Values | None = None
) -> Model:
    """The model of priced goods; `variances` where they are known already.

    `doubt` is the variance of ln price that the age of each price adds, shape (prices,).
    """
    groups = {"level": grouped_by(goods, LEVEL)} | {name: grouped(goods, name) for name in FACTORS}
    codes = {name: own.codes(goods) for name, own in groups.items()}
    items = grouped_by(goods, ("item",))
    item_codes = items.codes(goods)
    log_price = goods["log_price"].to_numpy()
    level = fit_level(log_price, codes["level"], item_codes)
    spread = level.spread_at(item_codes)
    values = (log_price - level.at(codes["level"])) / spread
    if variances is None:
        chosen = sampled(codes["seller"])
        shops = goods.filter(chosen)["channel"].to_list()
        variances = fit_variances(values[chosen], {n: c[chosen] for n, c in codes.items()}, shops)
    noise = variances.noise * variances.times(goods["channel"].to_list())
    known = variances.noise / (noise if doubt is None else noise + doubt / spread**2)
    effects = fit_effects(values, codes, variances, known)
    return Model(level, items, groups, effects, variances)
