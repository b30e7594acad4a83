"""From one local optimum to the next: part of the round is taken out and rebuilt, again and again.

Iterated local search with a record that may rise a little (record-to-record travel, Dueck 1993).
Everything random comes from one generator, so equal seeds walk equal ways.
"""

from __future__ import annotations

import numpy as np

from altteul.planner.large.local_search import LocalSearch, Round
from altteul.planner.large.touring import Index, insertion, kicked

TOLERATED = 0.01
"""A round may cost this share more than the best one and still be walked on from."""
PATIENCE = 60
"""Rounds without a new best before the walk returns to the best."""


class Restarts:
    """The walk; `best` only ever falls."""

    def __init__(self, search: LocalSearch, seed: int) -> None:
        self.search = search
        self.random = np.random.default_rng(seed)
        self.best = self._first()
        self._here = self.best.copy()
        self._idle = 0

    def _first(self) -> Round:
        """From home alone, always the seller that helps most; and from all sellers down."""
        rounds = [self._grown()]
        everybody = self.search.sells.copy()
        everybody[0] = True
        rounds.append(self.search.quick_optimum(self.search.through(everybody)))
        best = min(rounds, key=lambda one: one.cost)
        return self.search.nearest_optimum(best)

    def _grown(self) -> Round:
        """Feasible first, whatever the time: the search proper asks the clock."""
        one = self.search.at(np.zeros(1, dtype=np.intp))
        while (one.missing[-1] > 0).any():
            extra, place = insertion(one.order, self.search.distance)
            net = extra + self.search.stop - self.search.levels.savings(one.missing)
            net[one.inside | ~self.search.sells] = np.iinfo(np.int64).max
            seller = int(net.argmin())
            if net[seller] >= 0:
                break
            self.search.insert(one, seller, int(place[seller]))
        self.search.shorten(one)
        return self.search.quick_optimum(one)

    def walk(self, rounds: int) -> bool:
        """So many rounds; says whether the best one became cheaper."""
        before = self.best.cost
        for _ in range(rounds):
            if self.search.out_of_time():
                break
            self._step()
        return self.best.cost < before

    def offer(self, one: Round) -> bool:
        """Takes a round found elsewhere; says whether it is the best so far."""
        if one.cost >= self.best.cost:
            return False
        self.best, self._here, self._idle = one.copy(), one.copy(), 0
        return True

    def _step(self) -> None:
        changed = self._shaken(self._here.copy())
        changed = self.search.nearest_optimum(changed)
        if not self.offer(changed):
            self._idle += 1
            if changed.cost <= self.best.cost * (1 + TOLERATED):
                self._here = changed
        if self._idle >= PATIENCE:
            self._here, self._idle = self.best.copy(), 0

    def _shaken(self, one: Round) -> Round:
        kind = self.random.random()
        if kind < 0.45:
            self._take_out(one, self._neighbours(one))
        elif kind < 0.7:
            self._take_out(one, self._scattered(one))
        elif kind < 0.9:
            self._bring_in(one)
        else:
            one.order = kicked(one.order, self.random)
        self.search.shorten(one)
        return one

    def _size(self, one: Round) -> int:
        most = max(2, min(12, len(one.order) // 4))
        return int(self.random.integers(1, most + 1))

    def _neighbours(self, one: Round) -> Index:
        """Stops around a random one."""
        stops = one.order[1:]
        if not len(stops):
            return stops
        middle = int(self.random.choice(stops))
        nearest = np.argsort(self.search.distance[middle, stops], kind="stable")
        return stops[nearest[: self._size(one)]]

    def _scattered(self, one: Round) -> Index:
        stops = one.order[1:]
        return self.random.permutation(stops)[: self._size(one)]

    def _take_out(self, one: Round, sellers: Index) -> None:
        for seller in sellers:
            self.search.remove(one, int(np.flatnonzero(one.order == seller)[0]))

    def _bring_in(self, one: Round) -> None:
        """Sellers around a random place join; the search drops those that do not help."""
        outside = np.flatnonzero(self.search.sells & ~one.inside)
        if not len(outside):
            return
        middle = int(self.random.choice(outside))
        nearest = np.argsort(self.search.distance[middle, outside], kind="stable")
        for seller in outside[nearest[: min(5, self._size(one))]]:
            _, place = insertion(one.order, self.search.distance)
            self.search.insert(one, int(seller), int(place[seller]))
