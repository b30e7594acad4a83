"""One bundle of orders searched: good answers first, then every set that the bound cannot exclude.

The steps stand in docs/topics/planner.md (how the optimum is proved).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb

import numpy as np

from altteul.planner.exact.answering import Answering
from altteul.planner.exact.combining import NEVER, Sets, TooManyError
from altteul.planner.exact.dual import Reals, raise_bound, worth
from altteul.planner.exact.groups import Grouping
from altteul.planner.exact.incumbent import ENDLESS, Incumbent, Limits, Near
from altteul.planner.exact.judging import judged
from altteul.planner.exact.multipliers import Multipliers
from altteul.planner.exact.question import Question
from altteul.planner.exact.starting import Pool, beam
from altteul.planner.exact.tied_sets import TiedSets

MANY = 20_000
SOON = 25_000
"""Sets at which the bound is raised first, before they are listed."""
MOST_TOGETHER = 40_000
"""Sets of different numbers of trips that are listed together; more are split by it."""
PRICED = 2
FEW = 2_000
VERY_FEW = 40
STEPS = 60
ROUNDS = 5
SHARES = (0.5, 0.2, 0.07, 0.02, 0.005)
"""Of the way from what no set is worth down to what matters: how far sets are looked for."""
TRIED = 2
FIRST_STEPS = 16
SAMPLED = 8
"""Good sets of each number of trips that get bounds of their own to begin with."""
NEARLY = 1e-6


class Proof:
    """The search of one question: `bound` is what none of its answers undercuts, as far as known;
    `near` its sets within the slack."""

    def __init__(
        self,
        question: Question,
        limits: Limits,
        known: Incumbent,
        slack: int,
        tries: Sequence[tuple[int, ...]] = (),
        enough: int = -1,
    ) -> None:
        """An answer that costs `enough` ends the search; `tries` are sets to begin with."""
        self._question = question
        self._limits = limits
        self._known = known
        self._slack = slack
        self._enough = enough
        self._tries = [one for one in tries if limits.admit(question.model, one)]
        self._answering = [Answering(step) for step in question.each_step()]
        self._grouping = Grouping(question.model, question.ways, limits.allowed)
        visits = int(limits.allowed.sum())
        self._sets = sum(comb(visits, size) for size in range(limits.stops + 1))
        self._few = self._sets <= FEW
        self.pool: Pool | None = None
        self._dual: tuple[Reals, Reals] | None = None
        self.bound = 0
        self.looked_at = 0
        self.near: Near | None = None

    def begin(self, like: Proof | None = None) -> list[Proof]:
        """Good sets and answers, the prices of the limits, and a first bound; gives the proofs that
        are to be finished: this one, or one for each step of its orders where they may pay.

        Good sets of a like proof spare the search for them where they show that these are worse.
        """
        question = self._question
        for one in self._tries:
            self._quick(one)
        enough = self._known.limit <= self._enough
        if enough or (self._few and not (question.tied and self._sets > VERY_FEW)):
            return [self]
        known = like.pool if like else None
        self.pool = self._grown() if known is None else known.ranked(question.goods(known.members))
        if question.tied and not self._price_limits(self.pool, again=known is not None):
            parts = [
                Proof(step, self._limits, self._known, self._slack) for step in question.each_step()
            ]
            return [begun for part in parts for begun in part.begin(like)]
        if not question.tied:
            self._try(self.pool)
        if not self._few:
            self._dual = self._raised(question.first_prices(self.pool.members[0]), self.pool)
        return [self]

    def _price_limits(self, pool: Pool, *, again: bool) -> bool:
        """Prices of the limits from good sets, and good sets from these prices, in turn; False
        where the steps of its orders are better searched one by one."""
        question = self._question
        for _ in range(PRICED):
            before = question.weights
            own, excluded = self._own_of(pool)
            if len(question.steps) > 1 and not excluded and not self._few:
                return False
            question.price_limits(pool, own)
            if excluded or (question.weights == before and not again):
                break
            pool, again = self._grown(), False
        self.pool = pool.charged(question.bonus)
        return True

    def finish(self, most_sets: int) -> None:
        """Find the best answer and prove it, or leave the bound that was reached."""
        if self._dual is not None and self.bound > self._known.limit + self._slack:
            return
        question, limits = self._question, self._limits
        splits = question.tied and question.model.carry is not None and not self._few
        splits = splits and limits.days > limits.fewest and limits.days > 1
        try:
            sets = self._candidates(MOST_TOGETHER if splits else most_sets)
        except TooManyError:
            if splits:
                self._split(most_sets)
            return
        self.looked_at = len(sets.value)
        if question.tied:
            left = [self._completed(answering, sets) for answering in self._answering]
            self.bound = max(self.bound, min(left))
        else:
            self.near = judged(self._answering[0], self._known, sets, self._slack)
            self.bound = ENDLESS

    def _completed(self, answering: Answering, sets: Sets) -> int:
        """Decide sets at one step of the orders; what no undecided one undercuts."""
        answering.question.weigh(self._question.weights)
        return TiedSets(answering, self._known).run(sets)

    def _quick(self, members: tuple[int, ...], own: Multipliers | None = None) -> None:
        """Keep the good answers of a set."""
        for answering in self._answering:
            self._known.offer(answering.quick(members, own))

    def _split(self, most_sets: int) -> None:
        """A proof for each number of trips, as what weight costs depends on it."""
        limits, question = self._limits, self._question
        parts = [
            Proof(
                Question(question.model, question.ways, limits.allowed, question.steps),
                replace(limits, days=days, fewest=days if days > 1 else 0),
                self._known, self._slack,
            )
            for days in range(1, min(limits.days, limits.stops) + 1)
        ]  # fmt: skip
        parts = [begun for part in parts for begun in part.begin()]
        for part in sorted(parts, key=lambda part: part.bound):
            part.finish(most_sets)
        self.bound = max(self.bound, min(part.bound for part in parts))
        self.looked_at += sum(part.looked_at for part in parts)

    def _grown(self) -> Pool:
        limits = self._limits
        return beam(self._question, limits.allowed, limits.stops, limits.days, limits.fewest)

    def _candidates(self, most: int) -> Sets:
        """Every set that can still matter."""
        question, limits, grouping = self._question, self._limits, self._grouping
        if self._few or self.pool is None or self._dual is None:
            nothing = np.zeros(question.model.visits + 1)
            return grouping.candidates(
                nothing, NEVER / 10, limits.stops, limits.days, question.bonus, most, limits.fewest
            )
        dual, pool = self._dual, self.pool
        for last in range(ROUNDS - 1, -1, -1):
            try:
                sets = self._listed(dual, self._least(dual), min(most, SOON) if last else most)
                if len(sets.value) <= MANY or not last:
                    return sets
            except TooManyError:
                if not last:
                    raise
                worst = self._worst(dual)
                if worst is None:
                    return self._listed(dual, self._least(dual), most)
                sets = worst
            order = np.argsort(-sets.value)[: len(self.pool.charges)]
            some = sets.chosen(order)
            charges = some.trip - question.bonus * some.days
            pool = pool.with_sets(some.members, charges)
            more = Pool(
                some.members, some.trip.astype(np.float64), some.days.astype(np.float64), charges
            )
            self._try(more)
            dual = self._raised(dual[0], pool)
            if self.bound > self._known.limit + self._slack:
                return sets.chosen(np.zeros(0, dtype=np.intp))
        raise AssertionError

    def _worst(self, dual: tuple[Reals, Reals]) -> Sets | None:
        """Sets that stand most in the way of a higher bound; None where they cannot be told."""
        least, most = self._least(dual), self._ceiling(dual[1])
        for share in SHARES:
            try:
                sets = self._listed(dual, most - share * (most - least), MANY)
            except TooManyError:
                continue
            return sets if len(sets.value) else None
        return None

    def _ceiling(self, rho: Reals) -> float:
        """What no set is worth more than."""
        limits = self._limits
        return self._grouping.most(rho, limits.stops, limits.days, self._question.bonus)

    def _least(self, dual: tuple[Reals, Reals]) -> float:
        """What a set must be worth to matter."""
        return float(dual[0].sum()) - self._target() - self._slack - NEARLY

    def _raised(self, u: Reals, pool: Pool) -> tuple[Reals, Reals]:
        """Better dual prices with what visits are worth by them, and the bound that they prove."""
        question, target = self._question, self._target()
        members, charges = pool.members, pool.charges
        u, _ = raise_bound(u, question.price, question.top, members, charges, target, STEPS)
        rho = worth(u, question.price)
        floor = float(u.sum()) + question.constant - self._ceiling(rho) - NEARLY
        self.bound = max(self.bound, int(np.ceil(floor)))
        return u, rho

    def _listed(self, dual: tuple[Reals, Reals], least: float, most: int) -> Sets:
        """Every set that is worth at least so much."""
        limits = self._limits
        return self._grouping.candidates(
            dual[1], least, limits.stops, limits.days, self._question.bonus, most, limits.fewest
        )

    def _target(self) -> float:
        """The bound on goods and trips that would be enough."""
        limit = self._known.limit
        if not np.isfinite(limit):
            limit = float(self._question.top.sum() + 10**9)
        return limit - self._question.constant

    def _try(self, pool: Pool) -> None:
        """Make answers of a few good sets."""
        if self._question.tied:
            self._own_of(pool)
            return
        for row in pool.members[:TRIED]:
            self._quick(tuple(row.tolist()))

    def _own_of(self, pool: Pool) -> tuple[Multipliers, bool]:
        """The multipliers of a few good sets, the lowest bound first, and whether all of them cost
        more than the best answer; answers are made of the best.

        Sets of every number of trips are sampled, as what can be carried differs.
        """
        question, known = self._question, self._known
        rows = np.concatenate(
            [np.flatnonzero(pool.days == days)[:SAMPLED] for days in np.unique(pool.days)]
        )
        members, trips = pool.members[rows], pool.trips[rows]
        start = question.own_weights(len(rows), members.shape[1])
        bounds, own = question.set_bounds.raised(members, trips, start, known.limit, FIRST_STEPS)
        order, excluded = np.argsort(bounds, kind="stable"), bool(bounds.min() > known.limit)
        # Answers are made for single steps only, where that is seen to pay.
        for row in order[: TRIED if len(question.steps) == 1 else 0]:
            if bounds[row] <= known.limit:
                of = own.chosen(np.array([row]))
                self._quick(tuple(members[row].tolist()), of)
        return own.chosen(order), excluded
