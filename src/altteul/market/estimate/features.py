"""What a price may share with others: the factors of the model, each a grouping of the prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

Codes = NDArray[np.int64]
"""Shape (prices,): the group that a price is in, −1 for none."""

FACTORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "region_item": ("region", "item"),
        "channel": ("item", "tray", "channel"),
        "format": ("format",),
        "format_group": ("format", "group"),
        "format_item": ("format", "item"),
        "chain": ("chain",),
        "chain_item": ("chain", "item"),
        "district": ("district",),
        "district_group": ("district", "group"),
        "district_item": ("district", "item"),
        "district_channel": ("district", "item", "channel"),
        "seller": ("seller",),
        "seller_group": ("seller", "group"),
        "variety": ("item", "variety"),
        "grade": ("item", "grade"),
        "origin": ("item", "origin"),
        "pack": ("item", "weighed", "size"),
    }
)
"""Prices that agree in these columns share an effect; from the nation down to the seller
(item → region → channel → chain → district → seller), and what the goods themselves are."""

NEEDED = MappingProxyType(
    {"region_item": "region", "chain": "chain", "chain_item": "chain", "district": "district",
     "district_group": "district", "district_item": "district", "district_channel": "district"}
)  # fmt: skip
"""Factors that only hold where this column is known: two shops of no chain are not of one chain.
An unstated variety, grade or origin is a group of its own: it is what people call the item."""

LEVEL = ("item", "tray")


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one factor that were seen: sorted keys; a price's code is its place there."""

    columns: tuple[str, ...]
    needed: str | None
    keys: NDArray[np.uint64]

    def codes(self, goods: pl.DataFrame) -> Codes:
        """The codes of other goods; −1 where their group was never seen."""
        keys = _keys(goods, self.columns)
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = (self.keys[place] == keys) & _stated(goods, self.needed)
        return np.where(known, place, -1)


def grouped(goods: pl.DataFrame, name: str) -> Groups:
    """The groups of a factor among the goods."""
    return grouped_by(goods, FACTORS[name], NEEDED.get(name))


def grouped_by(goods: pl.DataFrame, columns: tuple[str, ...], needed: str | None = None) -> Groups:
    """The groups of goods that agree in the columns."""
    keys = _keys(goods, columns)[_stated(goods, needed)]
    return Groups(columns, needed, np.unique(keys))


def _keys(goods: pl.DataFrame, columns: tuple[str, ...]) -> NDArray[np.uint64]:
    if not goods.height:
        return np.empty(0, dtype=np.uint64)
    keys: NDArray[np.uint64] = goods.select(pl.struct(columns).hash(0)).to_series().to_numpy()
    return keys


def _stated(goods: pl.DataFrame, column: str | None) -> NDArray[np.bool_]:
    if column is None:
        return np.ones(goods.height, dtype=np.bool_)
    stated: NDArray[np.bool_] = goods[column].is_not_null().to_numpy()
    return stated
