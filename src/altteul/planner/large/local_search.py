"""Better sets of sellers step by step: one out, one in, one for another, the trip shortened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from altteul.planner.large.compiled_steps import CompiledSteps
from altteul.planner.large.instance import LargeInstance, Truth, Whole
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.touring import (
    Index,
    detours,
    improved,
    insertion,
    insertions,
    length,
)

NEVER = np.int64(2**60)
NEAREST = 3
"""Insertion places kept for each seller: leaving out a stop closes two of them."""
STEPS_AT_ONCE = 20
"""Compiled steps between two looks at the clock."""


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
        self.sells = levels.sells
        self.compiled = CompiledSteps.of(instance, levels)

    def at(self, order: Index) -> Round:
        """The round through `order`, with its trip shortened."""
        inside = np.zeros(self.instance.sellers, dtype=bool)
        inside[order] = True
        found = Round(self._improved(order), inside, self.levels.missing(inside), 0)
        return self._priced(found)

    def _improved(self, order: Index) -> Index:
        return self.compiled.improved(order) if self.compiled else improved(order, self.distance)

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
        if self.compiled:
            return self._descended(one, self.compiled, swaps=True)
        while not self.out_of_time():
            if not (self._add_or_drop(one) or self._swap(one)):
                return one
        return one

    def quick_optimum(self, one: Round) -> Round:
        """The same with sellers added and dropped only."""
        if self.compiled:
            return self._descended(one, self.compiled, swaps=False)
        while not self.out_of_time() and self._add_or_drop(one):
            pass
        return one

    def _descended(self, one: Round, steps: CompiledSteps, *, swaps: bool) -> Round:
        """The same steps, compiled."""
        finished = False
        while not finished and not self.out_of_time():
            one.order, finished = steps.descended(
                one.order, one.inside, one.missing, swaps=swaps, steps=STEPS_AT_ONCE
            )
        return self._priced(one)

    def allowed(self, one: Round) -> bool:
        """Whether a round keeps to the most stops, and buys what must be bought."""
        missing = self.must and bool((one.missing[-1] > 0).any())
        return not missing and len(one.order) - 1 <= self.instance.room

    def _add_or_drop(self, one: Round) -> bool:
        """The best single change; a round with too many stops loses one in any case."""
        extra, place = insertion(one.order, self.distance)
        add = extra + self.stop - self.levels.savings(one.missing)
        add[one.inside | ~self.sells] = NEVER
        drop = self._drop_changes(one)
        spare = self.instance.room - (len(one.order) - 1)
        if spare <= 0:
            add[:] = NEVER
        joining, leaving = int(add.argmin()), int(drop.argmin())
        if spare >= 0 and min(add[joining], drop[leaving]) >= 0:
            return False
        if add[joining] <= drop[leaving] and spare > 0:
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
        one.missing = self._shifted(one.missing, seller, joins=True)

    def remove(self, one: Round, place: int) -> None:
        """Leaves out the seller at a place of the order, without repricing."""
        seller = int(one.order[place])
        one.order = np.delete(one.order, place)
        one.inside[seller] = False
        one.missing = self._shifted(one.missing, seller, joins=False)

    def _shifted(self, missing: Whole, seller: int, *, joins: bool) -> Whole:
        if self.compiled:
            return self.compiled.shifted(missing, seller, joins=joins)
        supply = self.levels.supply(seller)
        return missing - supply if joins else missing + supply

    def shorten(self, one: Round) -> None:
        """Shortens the trip and prices the round anew."""
        one.order = self._improved(one.order)
        self._priced(one)

    def _swap(self, one: Round) -> bool:
        """The first stop, cheapest to lose first, that another seller replaces at a gain."""
        drop = self._drop_changes(one)
        spared = detours(one.order, self.distance) + self.stop[one.order]
        ways = Detours(one.order, self.distance)
        alone = self.stop - self.levels.savings(one.missing)
        alone[one.inside | ~self.sells] = NEVER
        for place in np.argsort(drop, kind="stable")[:-1].tolist():
            if self.out_of_time():
                return False
            adding = alone + ways.without(place)
            # The goods cannot gain more by joining than they lose by leaving, only the way can.
            hopeful = np.flatnonzero(adding < spared[place])
            if not len(hopeful):
                continue
            more = self.levels.savings_changes(one.missing, int(one.order[place]), hopeful)
            change = int(drop[place]) + adding[hopeful] - more
            best = int(change.argmin())
            if change[best] < 0:
                self._replace(one, place, int(hopeful[best]))
                return True
        return False

    def _replace(self, one: Round, place: int, joining: int) -> None:
        self.remove(one, place)
        _, places = insertion(one.order, self.distance)
        self.insert(one, joining, int(places[joining]))
        self.shorten(one)


class Detours:
    """What going to each seller adds to a round that one stop has left."""

    def __init__(self, order: Index, distance: Whole) -> None:
        self._order, self._distance = order, distance
        extra = insertions(order, distance)
        kept = min(NEAREST, len(order))
        self._places = np.argpartition(extra, kept - 1, axis=0)[:kept]
        self._extra = np.take_along_axis(extra, self._places, axis=0)

    def without(self, place: int) -> Whole:
        """(V,) won; the two legs at the stop are gone, and one that joins its neighbours is new."""
        order, distance = self._order, self._distance
        before, after = order[place - 1], order[(place + 1) % len(order)]
        new: Whole = distance[before] + distance[after] - distance[before, after]
        gone = (self._places == place) | (self._places == (place - 1) % len(order))
        least: Whole = np.minimum(new, np.where(gone, NEVER, self._extra).min(axis=0))
        return least
