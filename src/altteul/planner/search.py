"""The exact search: which sellers, in which order, so that goods and trip cost least.

It enumerates sets of sellers, size by size, and completes every prefix with all pairs at once
(NumPy). What it leaves out is left out by a bound that no completion can beat: the goods at the
cheapest price anywhere (for prefixes and pairs) or at the set's own prices (for whole sets), plus
the shortest conceivable trip to the dearest pair of its sellers. The problem is the uncapacitated
Travelling Purchaser Problem (Ramesh 1981) with few stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np
import numpy.typing as npt

from altteul.planner.problem import Problem, Solution, Won, solution

MOST_SETS = 50_000_000
"""Sets looked at before the search gives up its proof and reports the gap."""

PAIR = 2
AT_ONCE = 4_096
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Found:
    """`by_stops[k - 1]` is the best solution with at most k stops; `lower_bound` is won that no
    solution with the most stops can beat (its cost, when `proved`)."""

    by_stops: tuple[Solution, ...]
    proved: bool
    lower_bound: int

    @property
    def gap_percent(self) -> float:
        """How far, at most, the best solution is from the optimum."""
        best = self.by_stops[-1].cost if self.by_stops else 0
        return 100.0 * (best - self.lower_bound) / best if best else 0.0


def best_by_stops(problem: Problem, max_stops: int, most_sets: int = MOST_SETS) -> Found:
    """The best solutions with at most 1, 2, … `max_stops` stops, with proof.

    Ties go to fewer stops, then less distance, then smaller indices. No sellers: nothing found.
    """
    if problem.sellers == 0 or max_stops < 1:
        return Found((), True, 0)
    search = _Search(problem, most_sets)
    best = [search.best]
    for stops in range(PAIR, min(max_stops, problem.sellers) + 1):
        search.grow(stops)
        best.append(search.best)
    best += best[-1:] * (max_stops - len(best))
    bound = search.best.cost if search.proved else search.bound
    return Found(tuple(best), search.proved, bound)


class _Search:
    """The incumbent and the tables that bounds are read from.

    `step[i, j]` is won to go from i to j and stop there; `short` is the same by the shortest way
    over any sellers, so bounds hold even where a detour is cheaper than the direct way.
    """

    def __init__(self, problem: Problem, most_sets: int) -> None:
        self._problem = problem
        self._left = most_sets
        self.proved = True
        self._goods = np.minimum(problem.price, problem.uncovered[:, None])
        self._floor = int(self._goods.min(axis=1).sum())
        self._step = problem.leg + np.concatenate([[0], problem.stop])[None, :]
        self._short = shortest(self._step)
        home = self._short[0, 1:] + self._short[1:, 0]
        self.bound = self._floor + int(home.min())
        self._trip_floor = self._pair_floor(home)
        self.best = self._best_single()

    def grow(self, stops: int) -> None:
        """Improve the incumbent by the sets of exactly so many stops."""
        sellers = np.flatnonzero(np.diag(self._trip_floor) + self._floor <= self._limit(stops))
        first, second = np.triu_indices(len(sellers), 1)
        first, second = sellers[first], sellers[second]
        near = self._trip_floor[first, second] + self._floor <= self._limit(stops)
        pairs = _Pairs(first[near], second[near], self._goods)
        if stops == PAIR:
            self._complete((), pairs, stops)
        else:
            self._descend((), sellers, pairs, stops)

    def _descend(self, prefix: tuple[int, ...], rest: Index, pairs: _Pairs, stops: int) -> None:
        """Extend the prefix by each later seller, until only a pair is missing."""
        for place, seller in enumerate(rest):
            longer = (*prefix, int(seller))
            trip = self._trip_floor[longer[-1], list(longer)].max()
            if trip + self._floor > self._limit(stops):
                continue
            if len(longer) + PAIR == stops:
                self._complete(longer, pairs.after(int(seller)), stops)
            else:
                self._descend(longer, rest[place + 1 :], pairs, stops)

    def _complete(self, prefix: tuple[int, ...], pairs: _Pairs, stops: int) -> None:
        """Look at the prefix with every pair."""
        self._left -= len(pairs.first)
        if self._left < 0:
            self.proved = False
            return
        goods = pairs.goods_with(self._goods[:, list(prefix)])
        bound = self._trip_floor[pairs.first, pairs.second]
        for seller in prefix:
            bound = np.maximum(bound, self._trip_floor[seller, pairs.first])
            bound = np.maximum(bound, self._trip_floor[seller, pairs.second])
        whole = goods + bound
        for start in range(0, len(whole), AT_ONCE):
            alive = start + np.flatnonzero(whole[start : start + AT_ONCE] <= self._limit(stops))
            if len(alive):
                self._judge(pairs.sets(prefix, alive), goods[alive])

    def _judge(self, sets: Index, goods: Won) -> None:
        """Keep the best order of the best set, if it beats the incumbent."""
        tours = sets[:, _orders(sets.shape[1])]
        cost = goods[:, None] + _along(self._step, tours)
        if cost.min() <= self.best.cost:
            found = solution(self._problem, self._first_of(tours[cost == cost.min()]))
            self.best = min(self.best, found, key=lambda one: one.rank)

    def _first_of(self, tours: Index) -> tuple[int, ...]:
        """Among tours of equal cost: the shortest, then the smallest indices."""
        metres = _along(self._problem.distance, tours)
        return min(map(tuple, tours[metres == metres.min()].tolist()))

    def _limit(self, stops: int) -> int:
        """The most that a set of so many stops may cost: with more stops it must be cheaper."""
        return self.best.cost - (stops > len(self.best.tour))

    def _best_single(self) -> Solution:
        tours = np.arange(self._problem.sellers)[:, None]
        cost = self._goods.sum(axis=0) + _along(self._step, tours)
        return solution(self._problem, self._first_of(tours[cost == cost.min()]))

    def _pair_floor(self, home: Won) -> Won:
        """The least won of a trip that stops at both sellers; the diagonal is for one."""
        out, back, between = self._short[0, 1:], self._short[1:, 0], self._short[1:, 1:]
        forward = out[:, None] + between + back[None, :]
        floor: Won = np.minimum(forward, forward.T)
        np.fill_diagonal(floor, home)
        return floor


class _Pairs:
    """Pairs of sellers, ordered by the first, with the cheaper price of the two for each need."""

    def __init__(self, first: Index, second: Index, goods: Won) -> None:
        self.first, self.second = first, second
        self._cheaper = np.minimum(goods[:, first], goods[:, second])

    def after(self, seller: int) -> _Pairs:
        """The pairs whose sellers both come later."""
        start = int(np.searchsorted(self.first, seller, side="right"))
        rest = object.__new__(_Pairs)
        rest.first, rest.second = self.first[start:], self.second[start:]
        rest._cheaper = self._cheaper[:, start:]
        return rest

    def goods_with(self, prefix: Won) -> Won:
        """Won for all needs, for each pair together with the prefix's sellers."""
        cheaper = self._cheaper
        if prefix.shape[1]:
            cheaper = np.minimum(cheaper, prefix.min(axis=1)[:, None])
        won: Won = cheaper.sum(axis=0)
        return won

    def sets(self, prefix: tuple[int, ...], chosen: Index) -> Index:
        """The chosen pairs, each with the prefix before it; shape (chosen, stops)."""
        fixed = np.full((len(chosen), len(prefix)), prefix, dtype=np.intp)
        ends = np.stack([self.first[chosen], self.second[chosen]], axis=1)
        return np.concatenate([fixed, ends], axis=1)


def _along(matrix: Won, tours: Index) -> Won:
    """The sum of a matrix along tours from home to home; the last axis is the stops."""
    points = tours + 1
    total: Won = matrix[0, points[..., 0]] + matrix[points[..., -1], 0]
    for stop in range(points.shape[-1] - 1):
        total = total + matrix[points[..., stop], points[..., stop + 1]]
    return total


@cache
def _orders(stops: int) -> Index:
    return np.array(list(permutations(range(stops))), dtype=np.intp)


def shortest(step: Won) -> Won:
    """The cheapest way between all points over any sellers (Floyd 1962); shape kept."""
    short = step.copy()
    for via in range(1, len(short)):
        np.minimum(short, short[:, via, None] + short[None, via, :], out=short)
    return short
