"""Regret: what a basket planned on estimates costs more than one planned on the hidden truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.market.estimate.level import Values

MOST_STOPS = 2
FEWEST_ITEMS = 5


def regrets(goods: pl.DataFrame) -> list[float]:
    """For each district the regret of its basket, as a share of the best basket's cost.

    The column `believed` is ln price as the plan sees it: the estimate where a price is hidden. The
    basket holds a usual pack of every item that all sellers of the district have; it may be
    bought in at most two shops.
    """
    found = (_regret(*priced) for priced in _districts(goods))
    return [regret for regret in found if regret is not None]


def _districts(goods: pl.DataFrame) -> Iterator[tuple[Values, Values]]:
    """For each district (sellers, items) won of a usual pack: in truth, and as believed."""
    pack = pl.lit(2.0) ** pl.col("size").median().over("item", "tray")
    known = goods.drop_nulls("district").with_columns(pack=pack)
    for _, town in sorted(known.group_by("district"), key=lambda keyed: str(keyed[0])):
        sellers = town["seller"].n_unique()
        offered = town.group_by("item", "tray", "seller").agg(
            true=(pl.col("log_price").exp() * pl.col("pack")).min(),
            believed=(pl.col("believed").exp() * pl.col("pack")).min(),
        )
        everywhere = offered.filter(pl.len().over("item", "tray") == sellers)
        ordered = everywhere.sort("seller", "item", "tray")
        if sellers > 1 and ordered.height >= FEWEST_ITEMS * sellers:
            true, believed = (ordered[name].to_numpy() for name in ("true", "believed"))
            yield true.reshape(sellers, -1), believed.reshape(sellers, -1)


def _regret(true: Values, believed: Values) -> float | None:
    if np.isnan(believed).any():
        return None
    paid = true[_plan(believed), np.arange(true.shape[1])].sum()
    best = true[_plan(true), np.arange(true.shape[1])].sum()
    return float(paid / best - 1.0)


def _plan(won: Values) -> NDArray[np.intp]:
    """The seller of each item in the cheapest visit of at most two shops."""
    visits = [
        list(stops) for n in range(1, MOST_STOPS + 1) for stops in combinations(range(len(won)), n)
    ]
    best = min(visits, key=lambda stops: float(won[stops].min(axis=0).sum()))
    chosen: NDArray[np.intp] = np.array(best)[won[best].argmin(axis=0)]
    return chosen
