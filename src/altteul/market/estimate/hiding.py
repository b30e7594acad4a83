"""Which prices are hidden together: single prices, whole sellers, whole districts."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.market.estimate.features import Codes, grouped_by

Chosen = NDArray[np.bool_]


class Hidden(StrEnum):
    """What is hidden at a time; `mixed` is half of the sellers of every district."""

    SINGLE = "single"
    SELLER = "seller"
    DISTRICT = "district"
    MIXED = "mixed"


COLUMNS = MappingProxyType(
    {
        Hidden.SINGLE: ("seller", "item"),
        Hidden.SELLER: ("seller",),
        Hidden.DISTRICT: ("district",),
        Hidden.MIXED: ("seller",),
    }
)
"""Prices that agree in these are hidden together: all packs of an item at a seller are one."""


def parts(goods: pl.DataFrame, hidden: Hidden, seed: int, most: int) -> Iterator[Chosen]:
    """The prices to hide, part by part, every price once; at most `most` parts, by chance."""
    codes: Codes = grouped_by(goods, COLUMNS[hidden]).codes(goods)
    units = int(codes.max(initial=-1)) + 1
    if units < 2:
        return
    order = np.random.default_rng(seed).permutation(units)
    if hidden is Hidden.MIXED:
        order = order[np.argsort(_districts(goods, codes)[order], kind="stable")]
    part_of = np.empty(units, dtype=np.int64)
    part_of[order] = np.arange(units) % min(most, units)
    for part in range(min(most, units)):
        yield part_of[codes] == part


def _districts(goods: pl.DataFrame, sellers: Codes) -> Codes:
    """The district of each seller as a number, −1 for none: dealt out one after the other, the
    sellers of a district fall into the parts evenly."""
    district = np.full(int(sellers.max()) + 1, -1, dtype=np.int64)
    district[sellers] = grouped_by(goods, ("district",), "district").codes(goods)
    return district
