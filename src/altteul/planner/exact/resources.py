"""What needs share once the stops are chosen: the budget, room in the bag, orders, discounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.bundles import NO_MOST, Bundle
from altteul.planner.exact.model import NO_CAP, Index, Model, Won

Reals = npt.NDArray[np.float64]

NEVER_TIGHT = np.iinfo(np.int64).max // 4096
DEAREST_WEIGHT = 1e7
GROUPS = 24
"""Labels are compared with those of cheaper groups of so many."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Budget less fees, weight of each trip, won of each order (counted below 0: at most minus the
    least), won of each order that may not grow further, and discount of each capped column, in this
    order; `caps` are what may be used of each, `scale` what each is divided by, so that a
    multiplier means the same for all of them."""

    model: Model
    trips: list[tuple[int, ...]]
    bundle: Bundle
    ended: tuple[int, ...]
    capped: tuple[int, ...]
    caps: Won
    scale: Reals

    @property
    def count(self) -> int:
        """How many resources."""
        return len(self.caps)

    @property
    def hard(self) -> int:
        """How many of them are limits; above the others one only loses discount."""
        return len(self.caps) - len(self.capped)

    def uses(self, columns: list[int]) -> Won:
        """What each need uses of each, bought nowhere and in every column and option; shape
        (needs, 1 + columns x options, resources)."""
        model, options = self.model, self.model.cost.shape[1]
        uses = np.zeros((model.needs, 1 + len(columns) * options, self.count), dtype=np.int64)
        ordered = 1 + len(self.trips)
        ended, capped = ordered + len(self.bundle.orders), self.hard
        for place, column in enumerate(columns):
            own = slice(1 + place * options, 1 + (place + 1) * options)
            uses[:, own, 0] = model.paid[:, :, column]
            for number, trip in enumerate(self.trips, start=1):
                if column in trip:
                    uses[:, own, number] = model.grams[:, :, column]
            if column in self.bundle.orders:
                number = ordered + self.bundle.orders.index(column)
                uses[:, own, number] = -model.paid[:, :, column]
            if column in self.ended:
                uses[:, own, ended + self.ended.index(column)] = model.paid[:, :, column]
            if column in self.capped:
                uses[:, own, capped + self.capped.index(column)] = model.discount[:, :, column]
        return uses

    def most(self, weights: Reals) -> Reals:
        """The largest multipliers: a won of lost discount costs a won, and one of the budget."""
        most = np.full(self.count, DEAREST_WEIGHT)
        most[self.hard :] = 1.0 + weights[0]
        return most

    def excess(self, used: Won) -> Reals:
        """By how much each limit is broken, as a share of it; 0 where it is kept."""
        over: Reals = np.maximum(used - self.caps, 0) / self.scale
        over[0] = max(0, int(used[0] + self.lost(used[None, :])[0] - self.caps[0])) / self.scale[0]
        over[self.hard :] = 0.0
        over /= self.scale
        return over

    def reachable(self, used: Won, least: Won) -> npt.NDArray[np.bool_]:
        """Which labels can still keep every limit, when the rest uses at least `least`."""
        whole = used + least
        kept = whole[:, : self.hard] <= self.caps[: self.hard]
        possible: npt.NDArray[np.bool_] = np.logical_and.reduce(kept, axis=1)
        if self.capped:
            possible &= whole[:, 0] + self.lost(whole) <= self.caps[0]
        return possible

    def lost(self, used: Won) -> Won:
        """Won of discount above the caps, of each row."""
        above: Won = np.maximum(used[:, self.hard :] - self.caps[self.hard :], 0).sum(axis=1)
        return above

    def settle(self, used: Won) -> int | None:
        """Lost discount of a whole decision; None where it breaks a limit."""
        lost = int(self.lost(used[None, :])[0])
        kept = (used[: self.hard] <= self.caps[: self.hard]).all()
        return lost if kept and int(used[0]) + lost <= self.caps[0] else None

    def undominated(self, won: Won, used: Won, most: Won, rivals: int) -> Index:
        """Labels that no cheap rival matches in everything, when the rest uses at most `most`."""
        if len(won) < 2:
            return np.arange(len(won))
        reach = used.max(axis=0) + most
        # Lost discount counts for the budget too.
        reach[0] += np.maximum(reach[self.hard :] - self.caps[self.hard :], 0).sum()
        tight = np.flatnonzero(reach > self.caps)
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
        kept: Index = np.flatnonzero(~beaten)
        if len(moving) == 2 and len(kept) > rivals:
            kept = kept[_front(won[kept], used[kept])]
        return order[kept]


def _front(won: Won, used: Won) -> Index:
    """Labels by rising won of which none that costs clearly less uses no more of two resources."""
    second = np.lexsort((used[:, 1], used[:, 0]))
    group = np.arange(len(won)) * GROUPS // len(won)
    beaten = np.zeros(len(won), dtype=np.bool_)
    mine, other = group[second], used[second, 1]
    for step in range(1, GROUPS):
        # The least use of the second resource by cheaper groups, among labels with no more of the
        # first; later ones of equal first use are missed, which only keeps a label.
        least = np.minimum.accumulate(np.where(mine < step, other, NEVER_TIGHT))
        beaten |= (mine == step) & (least <= other)
    kept: Index = np.sort(second[~beaten])
    return kept


def resources_of(model: Model, trips: list[tuple[int, ...]], bundle: Bundle) -> Resources:
    """The shared resources of chosen trips and orders."""
    columns = [*(visit for trip in trips for visit in trip), *bundle.orders]
    capped = tuple(c for c in columns if model.cap[c] < NO_CAP)
    ends = [(c, won) for c, won in zip(bundle.orders, bundle.most, strict=True) if won < NO_MOST]
    caps = [
        NEVER_TIGHT if model.budget is None else model.budget - bundle.fee,
        *[NEVER_TIGHT if model.carry is None else model.carry] * len(trips),
        *(-won for won in bundle.least),
        *(won for _, won in ends),
        *(int(model.cap[c]) for c in capped),
    ]
    whole = np.array(caps, dtype=np.int64)
    scale = np.maximum(np.abs(whole), 1.0).astype(np.float64)
    return Resources(model, trips, bundle, tuple(c for c, _ in ends), capped, whole, scale)
