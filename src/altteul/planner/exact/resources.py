"""What needs share once the stops are chosen: the budget, room in the bag, orders, discounts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.model import NO_CAP, Index, Model, OrderTerms, Won

Reals = npt.NDArray[np.float64]

NEVER_TIGHT = np.iinfo(np.int64).max // 4096
DEAREST_WEIGHT = 1e7


@dataclass(frozen=True, slots=True)
class Resources:
    """Budget, weight of each trip, won of each order (counted below 0: at most minus the minimum),
    and discount of each capped column, in this order; `caps` are what may be used of each, `scale`
    what each is divided by, so that a multiplier means the same for all of them."""

    model: Model
    trips: list[tuple[int, ...]]
    orders: tuple[int, ...]
    capped: tuple[int, ...]
    caps: Won
    scale: Reals

    @property
    def count(self) -> int:
        """How many resources."""
        return len(self.caps)

    @property
    def least_fees(self) -> int:
        """Fees that the orders cost at least."""
        return sum(self._terms(column).least_fee for column in self.orders)

    def uses(self, columns: list[int]) -> Won:
        """What each need uses of each, bought nowhere and in every column and option; shape
        (needs, 1 + columns x options, resources)."""
        model, options = self.model, self.model.cost.shape[1]
        uses = np.zeros((model.needs, 1 + len(columns) * options, self.count), dtype=np.int64)
        ordered, capped = 1 + len(self.trips), 1 + len(self.trips) + len(self.orders)
        for place, column in enumerate(columns):
            own = slice(1 + place * options, 1 + (place + 1) * options)
            uses[:, own, 0] = model.paid[:, :, column]
            for number, trip in enumerate(self.trips, start=1):
                if column in trip:
                    uses[:, own, number] = model.grams[:, :, column]
            if column in self.orders:
                number = ordered + self.orders.index(column)
                uses[:, own, number] = -model.paid[:, :, column]
            if column in self.capped:
                number = capped + self.capped.index(column)
                uses[:, own, number] = model.discount[:, :, column]
        return uses

    def scaled(self, uses: Won) -> tuple[Reals, Reals, Reals]:
        """Uses and caps divided by `scale`, and the largest multiplier of each: a won of lost
        discount costs no more than a won."""
        scale = self.scale
        most = np.full(self.count, DEAREST_WEIGHT) * 1.0
        first = self.count - len(self.capped)
        most[first:] = scale[first:]
        return uses / scale, self.caps / scale, most

    def excess(self, used: Won) -> Reals:
        """By how much each hard limit is broken, as a share of it; 0 where it is kept."""
        over: Reals = np.maximum(used - self.caps, 0) / self.scale
        over[self.count - len(self.capped) :] = 0.0
        over /= self.scale
        return over

    def reachable(self, used: Won, least: Won) -> npt.NDArray[np.bool_]:
        """Which labels can still keep every hard limit, when the rest uses at least `least`."""
        hard = self.count - len(self.capped)
        kept = (used + least)[:, :hard] <= self.caps[:hard]
        possible: npt.NDArray[np.bool_] = np.logical_and.reduce(kept, axis=1)
        return possible

    def settle(self, used: Won) -> int | None:
        """Fees and lost discount of a whole decision; None where it breaks a limit."""
        hard = self.count - len(self.capped)
        if (used[:hard] > self.caps[:hard]).any():
            return None
        first = 1 + len(self.trips)
        ordered = [-int(won) for won in used[first : first + len(self.orders)]]
        fees = sum(
            self._terms(column).fee(won) for column, won in zip(self.orders, ordered, strict=True)
        )
        lost = sum(
            max(0, int(used[hard + place]) - int(self.caps[hard + place]))
            for place in range(len(self.capped))
        )
        if self.model.budget is not None and int(used[0]) + lost + fees > self.model.budget:
            return None
        return fees + lost

    def undominated(self, won: Won, used: Won, most: Won, rivals: int) -> Index:
        """Labels that no cheap rival matches in everything, when the rest uses at most `most`; all
        of them where a larger order costs a larger fee."""
        if len(won) < 2 or not all(_falling(self._terms(c).fees) for c in self.orders):
            return np.arange(len(won))
        first = 1 + len(self.trips)
        always = {*range(first, first + len(self.orders))}
        # Fees and lost discount count for the budget too.
        always |= {0} if self.orders or self.capped else set()
        tight = [
            r
            for r in range(self.count)
            if r in always or int(used[:, r].max()) + int(most[r]) > self.caps[r]
        ]
        used = used[:, tight]
        order = np.lexsort((*used.T[::-1], won))
        won, used = won[order], used[order]
        moving = np.flatnonzero((used != used[0]).any(axis=0))
        if len(moving) == 0:
            return order[:1]
        if len(moving) == 1:
            least = np.minimum.accumulate(used[:, moving[0]])
            front: Index = order[np.concatenate([[True], used[1:, moving[0]] < least[:-1]])]
            return front
        used = used[:, moving]
        beaten = np.zeros(len(won), dtype=np.bool_)
        for rival in range(min(rivals, len(won) - 1)):
            if not beaten[rival]:
                beaten[rival + 1 :] |= (used[rival + 1 :] >= used[rival]).all(axis=1)
        kept: Index = order[~beaten]
        return kept

    def _terms(self, column: int) -> OrderTerms:
        return self.model.orders[column - self.model.visits]


def _falling(fees: tuple[tuple[int, int], ...]) -> bool:
    """Whether more goods never cost a larger fee."""
    return all(a[1] >= b[1] for a, b in pairwise(fees))


def resources_of(model: Model, trips: list[tuple[int, ...]], orders: tuple[int, ...]) -> Resources:
    """The shared resources of chosen trips and orders."""
    columns = [*(visit for trip in trips for visit in trip), *orders]
    capped = tuple(c for c in columns if model.cap[c] < NO_CAP)
    terms = [model.orders[column - model.visits] for column in orders]
    caps = [
        NEVER_TIGHT if model.budget is None else model.budget,
        *[NEVER_TIGHT if model.carry is None else model.carry] * len(trips),
        *(-max(1, one.minimum) for one in terms),
        *(int(model.cap[c]) for c in capped),
    ]
    whole = np.array(caps, dtype=np.int64)
    scale = np.maximum(np.abs(whole), 1.0).astype(np.float64)
    return Resources(model, trips, orders, capped, whole, scale)
