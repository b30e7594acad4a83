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
    """What is hidden at a time."""

    SINGLE = "single"
    SELLER = "seller"
    DISTRICT = "district"


COLUMNS = MappingProxyType(
    {
        Hidden.SINGLE: ("seller", "item"),
        Hidden.SELLER: ("seller",),
        Hidden.DISTRICT: ("district",),
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
    part_of = np.empty(units, dtype=np.int64)
    part_of[order] = np.arange(units) % min(most, units)
    for part in range(min(most, units)):
        yield part_of[codes] == part
