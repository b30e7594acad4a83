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
PATIENCE = (60, 1.5)
"""Rounds without a new record before the walk begins elsewhere: so many, more with each stop."""
MOST_ELITE = 8
ROUND_EFFORT = 1_400.0
STEP_EFFORT = 0.035
IN_NUMPY = 6.0
"""What a round of the walk takes, in the unit of the relaxation's effort: each, for each look at
an offer or a pair of stops, and how much more where the steps are not compiled."""


class Restarts:
    """The walk; `best` only ever falls."""

    def __init__(self, search: LocalSearch, seed: int) -> None:
        self.search = search
        self.random = np.random.default_rng(seed)
        self.best = self._first()
        self._here = self.best.copy()
        self._record = self.best.copy()
        self._elite: list[Round] = []
        self._idle = 0
        self.stopped = False

    def _first(self) -> Round:
        """From home alone, always the seller that helps most; and from all sellers down."""
        rounds = [self._grown()]
        everybody = self.search.sells.copy()
        everybody[0] = True
        rounds.append(self.search.quick_optimum(self.search.through(everybody)))
        best = min(filter(self.search.allowed, rounds), key=lambda one: one.cost)
        return self.search.nearest_optimum(best)

    def _grown(self) -> Round:
        """Feasible first, whatever the time: the search proper asks the clock."""
        one = self.search.at(np.zeros(1, dtype=np.intp))
        while (one.missing[-1] > 0).any() and len(one.order) <= self.search.instance.room:
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

    def walk_for(self, effort: float) -> None:
        """Rounds until so much effort is spent, the same on every machine."""
        while effort > 0 and not (self.stopped or self.search.out_of_time()):
            self._step()
            effort -= self._effort()

    def _effort(self) -> float:
        """About what a round from here takes."""
        stops, search = len(self._here.order), self.search
        looks = stops * (10 * stops + len(search.sells)) + len(search.levels.offers.need)
        return (ROUND_EFFORT + STEP_EFFORT * looks) * (1.0 if search.compiled else IN_NUMPY)

    def offer(self, one: Round) -> bool:
        """Takes a round found elsewhere; says whether it is the best so far."""
        if one.cost >= self.best.cost or not self.search.allowed(one):
            return False
        self.best = one.copy()
        self._begin(one)
        return True

    def _begin(self, one: Round) -> None:
        """Walks on from another round, whose record is its own."""
        self._here, self._record, self._idle = one.copy(), one.copy(), 0

    def _step(self) -> None:
        changed = self._shaken(self._here.copy())
        changed = self.search.nearest_optimum(changed)
        if changed.cost < self._record.cost:
            self._record, self._idle = changed.copy(), 0
        else:
            self._idle += 1
        if not self.offer(changed) and changed.cost <= self._record.cost * (1 + TOLERATED):
            self._here = changed
        if self._idle >= PATIENCE[0] + PATIENCE[1] * len(changed.order):
            self._keep(self._record)
            self._begin(self._elsewhere())

    def _keep(self, one: Round) -> None:
        """The best rounds at which walks have ended, each set of sellers once."""
        if any((other.inside == one.inside).all() for other in self._elite):
            return
        self._elite = sorted([*self._elite, one], key=lambda other: other.cost)[:MOST_ELITE]

    def _elsewhere(self) -> Round:
        """Where the next walk begins."""
        kind = self.random.random()
        if kind < 0.1:
            return self._anew()
        return self._crossed() if len(self._elite) > 1 and kind < 0.8 else self._torn()

    def _anew(self) -> Round:
        """Far from all that is known: from a random part of the sellers down."""
        inside = self.search.sells & (self.random.random(len(self.search.sells)) < 0.3)
        return self.search.nearest_optimum(self.search.through(inside))

    def _crossed(self) -> Round:
        """Between two good rounds: what both visit, and chance about the rest."""
        first, second = self.random.choice(len(self._elite), 2, replace=False)
        one, other = self._elite[first], self._elite[second]
        inside = np.where(self.random.random(len(one.inside)) < 0.5, one.inside, other.inside)
        differ = (one.inside != other.inside).sum()
        if differ < 4:
            return self._torn()
        return self.search.nearest_optimum(self.search.through(inside))

    def _torn(self) -> Round:
        """The best round without a good part of its stops."""
        one = self.best.copy()
        stops = self.random.permutation(one.order[1:])
        self._take_out(one, stops[: int(len(stops) * self.random.uniform(0.2, 0.6))])
        self.search.shorten(one)
        return self.search.nearest_optimum(one)

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
