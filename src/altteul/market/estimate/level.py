"""The level of each good and how far its prices usually spread, both robust."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.market.estimate.features import Codes

Values = NDArray[np.float64]

NORMAL_MAD, NORMAL_MEAN = 1.4826, 1.2533
"""Median and mean absolute deviation → standard deviation of a normal distribution."""
SHRINKING = 10.0
"""The spread of an item counts as much as that of all items together at this many prices."""
LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class Level:
    """Median ln price per good, shape (goods,); spread per item beside the usual, (items,)."""

    median: Values
    spread: Values
    overall: float

    def at(self, goods: Codes) -> Values:
        """The level of each price's good; the middle of all for a good never seen."""
        return np.where(goods >= 0, self.median[goods], self.overall)

    def spread_at(self, items: Codes) -> Values:
        """How much wider an item's prices spread than usual (1: as usual)."""
        return np.where(items >= 0, self.spread[items], 1.0)


def fit_level(log_price: Values, goods: Codes, items: Codes) -> Level:
    """The level per good and the spread per item of prices in logarithms, shape (prices,)."""
    median = grouped_median(log_price, goods)
    away = np.abs(log_price - median[goods])
    usual = max(NORMAL_MAD * float(np.median(away)), LEAST_SPREAD)
    count = np.bincount(items)
    mean = np.bincount(items, away) / np.maximum(count, 1)
    own = (NORMAL_MAD * grouped_median(away, items) + NORMAL_MEAN * mean) / 2
    shrunk = count * np.log(np.maximum(own, LEAST_SPREAD) / usual) / (count + SHRINKING)
    return Level(median, np.exp(shrunk), float(np.median(log_price)))


def grouped_median(values: Values, codes: Codes) -> Values:
    """The median of each group, shape (groups,); every group has a value."""
    order = np.lexsort((values, codes))
    ordered, groups = values[order], codes[order]
    first = np.searchsorted(groups, np.arange(int(codes.max()) + 1))
    count = np.diff(np.append(first, len(groups)))
    middle: Values = (ordered[first + (count - 1) // 2] + ordered[first + count // 2]) / 2
    return middle
