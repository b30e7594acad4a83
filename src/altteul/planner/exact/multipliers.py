"""Prices of limits for many sets of visits at once, and the sets side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.model import Index

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Won for a won of the budget (sets,), a gram of the trip of each visit and a won of lost
    discount in each column (sets, columns), and a won of each order (sets, orders)."""

    budget: Reals
    gram: Reals
    order: Reals
    lost: Reals

    def chosen(self, rows: Index) -> Multipliers:
        """Those of some sets."""
        return Multipliers(self.budget[rows], self.gram[rows], self.order[rows], self.lost[rows])

    def put(self, rows: Index, other: Multipliers, of: Index) -> None:
        """Write those of other sets into some rows."""
        self.budget[rows] = other.budget[of]
        self.gram[rows], self.order[rows] = other.gram[of], other.order[of]
        self.lost[rows] = other.lost[of]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sets side by side. Tables (needs, sets, columns x options); `slot` (sets, columns) is the
    first column of the same trip, `caps` (sets, columns) and `carries` (sets, columns) what may be
    used where, 0 where nothing is limited."""

    cost: Reals
    paid: Reals
    grams: Reals
    discount: Reals
    slot: Index
    caps: Reals
    carries: Reals
    trips: Reals

    def chosen(self, rows: Index) -> Batch:
        """Some of the sets."""
        return Batch(
            self.cost[:, rows], self.paid[:, rows], self.grams[:, rows], self.discount[:, rows],
            self.slot[rows], self.caps[rows], self.carries[rows], self.trips[rows],
        )  # fmt: skip
