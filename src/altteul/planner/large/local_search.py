"""Better sets of sellers step by step: one out, one in, one for another, the trip shortened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from altteul.planner.large.instance import LargeInstance, Truth, Whole
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.touring import Index, detours, improved, insertion, length

NEVER = np.int64(2**60)


@dataclass
class Round:
    """A trip (`order`, home first), its set of sellers, what is missing at it, and its cost."""

    order: Index
    inside: Truth
    missing: Whole
    cost: int

    def copy(self) -> Round:
        return Round(self.order.copy(), self.inside.copy(), self.missing.copy(), self.cost)


class LocalSearch:
    """Steepest steps over sets of sellers; `out_of_time` is asked between steps."""

    def __init__(
        self, instance: LargeInstance, levels: PriceLevels, out_of_time: Callable[[], bool]
    ) -> None:
        self.instance = instance
        self.levels = levels
        self.out_of_time = out_of_time
        self.distance = instance.distance.astype(np.int64)
        self.stop = instance.stop_cost
        self.must = instance.uncovered is None
        offers = levels.offers
        self.sells = offers.begins[1:] > offers.begins[:-1]
        self.sells[0] = False

    def at(self, order: Index) -> Round:
        """The round through `order`, with its trip shortened."""
        inside = np.zeros(self.instance.sellers, dtype=bool)
        inside[order] = True
        found = Round(improved(order, self.distance), inside, self.levels.missing(inside), 0)
        return self._priced(found)

    def _priced(self, one: Round) -> Round:
        way = length(one.order, self.distance) + int(self.stop[one.inside].sum())
        one.cost = way + self.levels.cost(one.missing)
        return one

    def through(self, inside: Truth) -> Round:
        """The round through a set of sellers, built by cheapest insertion."""
        order = np.zeros(1, dtype=np.intp)
        left = inside.copy()
        left[0] = False
        while left.any():
            extra, place = insertion(order, self.distance)
            seller = int(np.where(left, extra, NEVER).argmin())
            order = np.insert(order, place[seller] + 1, seller)
            left[seller] = False
        return self.at(order)

    def nearest_optimum(self, one: Round) -> Round:
        """Steps down from `one` until no single change helps."""
        while not self.out_of_time():
            if not (self._add_or_drop(one) or self._swap(one)):
                return one
        return one

    def quick_optimum(self, one: Round) -> Round:
        """The same with sellers added and dropped only."""
        while not self.out_of_time() and self._add_or_drop(one):
            pass
        return one

    def _add_or_drop(self, one: Round) -> bool:
        extra, place = insertion(one.order, self.distance)
        add = extra + self.stop - self.levels.savings(one.missing)
        add[one.inside | ~self.sells] = NEVER
        drop = self._drop_changes(one)
        joining, leaving = int(add.argmin()), int(drop.argmin())
        if min(add[joining], drop[leaving]) >= 0:
            return False
        if add[joining] <= drop[leaving]:
            self.insert(one, joining, int(place[joining]))
        else:
            self.remove(one, leaving)
        self.shorten(one)
        return True

    def _drop_changes(self, one: Round) -> Whole:
        """(places of the order) won by leaving each stop out."""
        losses = self.levels.losses(one.missing)[one.order]
        change = losses - detours(one.order, self.distance) - self.stop[one.order]
        change[0] = NEVER
        return change

    def insert(self, one: Round, seller: int, place: int) -> None:
        """Adds a seller behind a place of the order, without repricing."""
        one.order = np.insert(one.order, place + 1, seller)
        one.inside[seller] = True
        one.missing = one.missing - self.levels.supply(seller)

    def remove(self, one: Round, place: int) -> None:
        """Leaves out the seller at a place of the order, without repricing."""
        seller = int(one.order[place])
        one.order = np.delete(one.order, place)
        one.inside[seller] = False
        one.missing = one.missing + self.levels.supply(seller)

    def shorten(self, one: Round) -> None:
        """Shortens the trip and prices the round anew."""
        one.order = improved(one.order, self.distance)
        self._priced(one)

    def _swap(self, one: Round) -> bool:
        """The first stop, cheapest to lose first, that another seller replaces at a gain."""
        drop = self._drop_changes(one)
        for place in np.argsort(drop)[:-1]:
            if self.out_of_time():
                return False
            if self._replace(one, int(place), int(drop[place])):
                return True
        return False

    def _replace(self, one: Round, place: int, lost: int) -> bool:
        seller = int(one.order[place])
        missing = one.missing + self.levels.supply(seller)
        order = np.delete(one.order, place)
        extra, places = insertion(order, self.distance)
        change = lost + extra + self.stop - self.levels.savings(missing)
        change[one.inside | ~self.sells] = NEVER
        joining = int(change.argmin())
        if change[joining] >= 0:
            return False
        self.remove(one, place)
        self.insert(one, joining, int(places[joining]))
        self.shorten(one)
        return True
