"""The simple answers that an estimate must beat: the city's means by item, and by channel."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
import polars as pl

from altteul.market.estimate.level import Values

BASELINES = MappingProxyType(
    {
        "item_mean": ("region", "item", "tray"),
        "item_channel_mean": ("region", "item", "tray", "channel"),
    }
)
"""계란 by the tray and by the ten are kept apart here too, or the baselines were easy to beat."""


def mean_prices(seen: pl.DataFrame, hidden: pl.DataFrame, columns: Sequence[str]) -> Values:
    """ln of the mean price per unit of the seen goods that agree in the columns.

    Shape (hidden,). Where none agrees the mean of the item stands in; NaN for an unseen item.
    """
    found = np.full(hidden.height, np.nan)
    for tried in (columns, BASELINES["item_mean"], ("item", "tray"), ("item",)):
        means = seen.group_by(tried).agg(mean=pl.col("log_price").exp().mean().log())
        joined = hidden.join(means, on=tried, how="left", nulls_equal=True, maintain_order="left")
        values = joined["mean"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        found = np.where(np.isnan(found), values, found)
    return found
