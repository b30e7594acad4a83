"""Which forecasts are meant, and values as they were known on their origins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Which forecasts are meant: parallel arrays of series row, origin column and horizon."""

    series: Integers
    origin: Integers
    horizon: Integers

    def __len__(self) -> int:
        return int(self.series.size)

    def chosen(self, which: NDArray[np.bool_] | Integers) -> Rows:
        """Only those rows."""
        return Rows(self.series[which], self.origin[which], self.horizon[which])

    @property
    def target(self) -> Integers:
        """The column of the day that is forecast."""
        return self.origin + self.horizon


@dataclass(frozen=True)
class Table:
    """Features of rows: `values` (rows, columns), `scale` turns predictions into log changes.

    `last` is the logarithm of the last price, so price = exp(last + scale · predicted).
    """

    names: tuple[str, ...]
    values: Floats
    scale: Floats
    last: Floats


def at_origin(values: Floats, rows: Rows, back: Integers | int = 0) -> Floats:
    """Values (series, days) at the origins, or so many days before; NaN before the beginning.

    Raises ValueError where it would look ahead of an origin.
    """
    column = rows.origin - back
    if np.any(column > rows.origin):
        raise ValueError("a feature would look ahead of its origin")
    found = values[rows.series, np.maximum(column, 0)]
    return np.where(column >= 0, found, np.nan)
