"""Every price estimated by a model that did not see it."""

from __future__ import annotations

import numpy as np
import polars as pl

from altteul.market.estimate.effects import Variances
from altteul.market.estimate.hiding import Hidden, parts
from altteul.market.estimate.level import Values
from altteul.market.estimate.model import fit_model

PARTS = 8
SEED = 20_210_531


def hidden_estimates(
    goods: pl.DataFrame, hidden: Hidden, variances: Variances, doubt: Values | None = None
) -> tuple[Values, Values]:
    """ln price and scale of every price, each by a model that did not see it, shape (prices,)."""
    middle, scale = np.full(goods.height, np.nan), np.full(goods.height, np.nan)
    for part in parts(goods, hidden, SEED, PARTS):
        known = None if doubt is None else doubt[~part]
        model = fit_model(goods.filter(~part), variances, known)
        middle[part], scale[part] = model.estimate(goods.filter(part))
    return middle, scale
