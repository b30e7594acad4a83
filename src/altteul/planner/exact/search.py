"""The exact search: the best set of visits and orders, with proof (docs/topics/planner.md).

1. Limits that tie needs together (budget, carrying) are priced by multipliers (question.py), so
   that goods are a sum over needs again.
2. A beam search finds good sets (starting.py).
3. Dual prices turn the goods of any set into a sum over its visits (dual.py).
4. Every set that this bound cannot exclude is listed (groups.py).
5. Those are judged exactly, in vectors; where a limit may bind, by completion.py, best bound first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.completion import TooManyLabelsError
from altteul.planner.exact.dual import Reals, raise_bound, worth
from altteul.planner.exact.groups import NEVER, Grouping, Sets, TooManyError
from altteul.planner.exact.model import Answer, Index, Model, Won
from altteul.planner.exact.question import Question, Weights
from altteul.planner.exact.starting import Pool, beam
from altteul.planner.exact.ways import Ways

MOST_SETS = 3_000_000
MOST_COMPLETIONS = 2_000
MOST_HARD = 2
"""Sets whose purchases may stay undecided before the proof is given up."""
MANY = 20_000
FEW = 2_000
STEPS = 60
ROUNDS = 3
AT_ONCE = 4_096
TIES = 24
NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question allows: so many stops and trips, some visits (a mask), some orders."""

    stops: int
    days: int
    allowed: npt.NDArray[np.bool_]
    orders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Sets whose cost is within the slack of the best: members (sets, stops), padded with the
    number of visits, their orders, and cost (sets,)."""

    members: Index
    orders: tuple[int, ...]
    cost: Won


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer (None where the limits allow none); nothing costs less than `bound`."""

    best: Answer | None
    bound: int
    looked_at: int
    near: tuple[Near, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.best is None or self.bound >= self.best.cost


def everything(model: Model) -> Limits:
    """The question as the model asks it."""
    return Limits(
        stops=max(1, min(model.max_stops, model.visits)),
        days=model.max_days,
        allowed=np.ones(model.visits, dtype=np.bool_),
        orders=tuple(range(model.visits, model.visits + len(model.orders))),
    )


def solve(
    model: Model,
    limits: Limits | None = None,
    *,
    ways: Ways | None = None,
    start: Answer | None = None,
    slack: int = 0,
    ceiling: int | None = None,
    most_sets: int = MOST_SETS,
) -> Found:
    """The best answer within the limits, going on from a known answer `start`.

    With a slack every set of stops that costs at most so much more is kept in `near` (only where
    no limit ties the needs together). Answers that cost more than a `ceiling` do not count. Ties:
    see `Answer.rank`.
    """
    limits = limits or everything(model)
    ways = ways or Ways(model)
    best, bounds, looked, near = start, [], 0, []
    weights: Weights | None = None
    for orders in _subsets(limits.orders):
        question = Question(model, ways, limits.allowed, orders, weights)
        search = _Search(question, limits, best, slack, ceiling)
        search.run(most_sets)
        weights = question.weights if question.weighted else None
        best, looked = search.best, looked + search.looked_at
        bounds.append(search.bound)
        near.append(search.near)
    least = min(bounds)
    cost = best.cost if best else 0
    return Found(best, min(cost, least), looked, tuple(n for n in near if n is not None))


def _subsets(orders: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(orders, size) for size in range(len(orders) + 1))


class _Search:
    """One question: its incumbent, and what was proved."""

    def __init__(
        self,
        question: Question,
        limits: Limits,
        best: Answer | None,
        slack: int,
        ceiling: int | None,
    ) -> None:
        self._question = question
        self._limits = limits
        self._slack = slack
        self._ceiling = ceiling
        self.best = best
        self.bound = 0
        self.looked_at = 0
        self.near: Near | None = None

    def run(self, most_sets: int) -> None:
        """Find the best answer and prove it, or state the bound that was reached."""
        question, limits = self._question, self._limits
        grouping = Grouping(question.model, question.ways, limits.allowed)
        try:
            sets = self._candidates(grouping, most_sets)
        except TooManyError:
            return
        self.looked_at = len(sets.value)
        if question.tied:
            self._complete(sets)
        else:
            self._judge(sets)

    def _candidates(self, grouping: Grouping, most: int) -> Sets:
        """Every set that can still matter."""
        question, limits = self._question, self._limits
        visits = int(limits.allowed.sum())
        if sum(comb(visits, size) for size in range(limits.stops + 1)) <= FEW:
            if question.tied and visits:
                self._try(self._price_limits().members[:3])
            nothing = np.zeros(question.model.visits + 1)
            return grouping.candidates(
                nothing, NEVER / 10, limits.stops, limits.days, question.bonus, most
            )
        pool = self._price_limits()
        self._try(pool.members[:3])
        u = question.first_prices(pool.members[0])
        for last in range(ROUNDS - 1, -1, -1):
            u, sets = self._round(grouping, u, pool.members, pool.charges, most)
            if len(sets.value) <= MANY or not last:
                return sets
            order = np.argsort(-sets.value)[: len(pool.charges)]
            self._try(sets.members[order[:3]])
            charges = sets.trip[order] - question.bonus * sets.days[order]
            pool = pool.with_sets(sets.members[order], charges)
        raise AssertionError

    def _price_limits(self) -> Pool:
        """Good sets to begin with, after the limits got their multipliers."""
        question, limits = self._question, self._limits
        pool = beam(question, limits.allowed, limits.stops, limits.days)
        question.price_limits(pool)
        if question.weighted and question.fresh:
            pool = beam(question, limits.allowed, limits.stops, limits.days)
        return pool

    def _round(
        self, grouping: Grouping, u: Reals, members: Index, charges: Reals, most: int
    ) -> tuple[Reals, Sets]:
        question, limits = self._question, self._limits
        target = self._limit() - question.constant
        u, _ = raise_bound(u, question.price, question.top, members, charges, target, STEPS)
        rho = worth(u, question.price)
        reached = float(u.sum())
        ceiling = grouping.most(rho, limits.stops, limits.days, question.bonus)
        floor = int(np.ceil(reached + question.constant - ceiling - NEARLY))
        self.bound = max(self.bound, floor)
        least = reached - target - self._slack - NEARLY
        sets = grouping.candidates(rho, least, limits.stops, limits.days, question.bonus, most)
        return u, sets

    def _limit(self) -> float:
        """What an answer may cost at most."""
        if self.best:
            return float(self.best.cost)
        if self._ceiling is not None:
            return float(self._ceiling)
        return float(self._question.top.sum() + 10**9)

    def _try(self, members: Index) -> None:
        """Make answers of a few sets."""
        for row in members:
            self._keep(self._question.answer(tuple(row.tolist()), self._limit(), quick=True))

    def _keep(self, answer: Answer | None) -> None:
        if answer is None or (self._ceiling is not None and answer.cost > self._ceiling):
            return
        if self.best is None or answer.rank < self.best.rank:
            self.best = answer

    def _judge(self, sets: Sets) -> None:
        """Sets whose goods are a sum over needs: all costs at once."""
        cost = self._question.cost(sets)
        if len(cost):
            for row in _lowest(cost, self._limit()):
                self._keep(self._question.answer(tuple(sets.members[row].tolist()), self._limit()))
        self._proved()
        if self._slack and self.best:
            close = np.flatnonzero(cost <= self.best.cost + self._slack)
            self.near = Near(
                sets.members[close], self._question.orders, np.rint(cost[close]).astype(np.int64)
            )

    def _complete(self, sets: Sets) -> None:
        """Sets whose needs are tied together: one by one, best bound first."""
        cost = self._question.cost(sets)
        cost = self._question.tighter(sets, cost, self._limit() + NEARLY)
        order = np.argsort(cost, kind="stable")
        open_bound, hard = np.iinfo(np.int64).max // 2, 0
        for done, row in enumerate(order.tolist()):
            if cost[row] > self._limit() + NEARLY:
                break
            if done >= MOST_COMPLETIONS:
                self.bound = min(open_bound, int(np.ceil(cost[row] - NEARLY)))
                return
            try:
                answer = self._question.answer(tuple(sets.members[row].tolist()), self._limit())
            except TooManyLabelsError:
                open_bound = min(open_bound, int(np.ceil(cost[row] - NEARLY)))
                hard += 1
                if hard == MOST_HARD:
                    self.bound = open_bound
                    return
                continue
            self._keep(answer)
        self._proved()
        self.bound = min(self.bound, open_bound)

    def _proved(self) -> None:
        self.bound = self.best.cost if self.best else np.iinfo(np.int64).max // 2


def _lowest(cost: Reals, limit: float) -> list[int]:
    """The rows of least cost; ties are looked at one by one."""
    least = cost.min()
    if least > limit + NEARLY:
        return []
    return [int(row) for row in np.flatnonzero(cost <= least + NEARLY)[:TIES]]
