"""One bundle of orders searched: good answers first, then every set that the bound cannot exclude.

The steps stand in docs/topics/planner.md (how the optimum is proved).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from altteul.planner.exact.answering import Answering
from altteul.planner.exact.combining import Sets, TooManyError
from altteul.planner.exact.incumbent import ENDLESS, HeadStart, Incumbent, Limits, Near
from altteul.planner.exact.judging import judged
from altteul.planner.exact.multipliers import Multipliers
from altteul.planner.exact.question import Question
from altteul.planner.exact.sifting import Sifting
from altteul.planner.exact.starting import Pool, beam
from altteul.planner.exact.tied_sets import TiedSets

MOST_TOGETHER = 40_000
"""Sets of different numbers of trips that are listed together; more are split by it."""
PRICED = 2
VERY_FEW = 40
TRIED = 2
FIRST_STEPS = 16
WORTH_TRYING = 0.98
"""Good sets are answered while they may be better by a hundredth: less does not help to sift."""
SAMPLED = 8
"""Good sets of each number of trips that get bounds of their own to begin with."""


class Proof:
    """The search of one question: `bound` is what none of its answers undercuts, as far as known;
    `near` its sets within the slack."""

    def __init__(
        self,
        question: Question,
        limits: Limits,
        known: Incumbent,
        head: HeadStart | None = None,
    ) -> None:
        head = head or HeadStart()
        self._question = question
        self._limits = limits
        self._known = known
        self._enough = head.floor if head.any_best and not known.slack else -1
        self._tries = [one for one in head.tries if limits.admit(question.model, one)]
        self._answering = [Answering(step) for step in question.each_step()]
        self._sifting = Sifting(question, limits, known)
        self.pool: Pool | None = None
        self.looked_at = 0
        self.near: Near | None = None
        self.bound = 0

    @property
    def finished(self) -> bool:
        """Whether an answer was met that is known to be the best."""
        return self._known.limit <= self._enough

    def begin(self, like: Proof | None = None) -> list[Proof]:
        """Good sets and answers, the prices of the limits, and a first bound; gives the proofs that
        are to be finished: this one, or one for each step of its orders where they may pay.

        Good sets of a like proof spare the search for them where they show that these are worse.
        """
        question = self._question
        for one in self._tries:
            self._quick(one)
        few = self._sifting.few
        if self.finished or (few and not (question.tied and self._sifting.count > VERY_FEW)):
            return [self]
        known = like.pool if like else None
        self.pool = self._grown() if known is None else known.ranked(question.goods(known.members))
        if question.tied and not self._price_limits(self.pool, again=known is not None):
            parts = [Proof(step, self._limits, self._known) for step in question.each_step()]
            return [begun for part in parts for begun in part.begin(like)]
        if not question.tied:
            self._try(self.pool)
        if not few:
            self._sifting.begin(self.pool)
            self.bound = self._sifting.bound
        return [self]

    def _price_limits(self, pool: Pool, *, again: bool) -> bool:
        """Prices of the limits from good sets, and good sets from these prices, in turn; False
        where the steps of its orders are better searched one by one."""
        question = self._question
        for _ in range(PRICED):
            before = question.weights
            own, excluded = self._own_of(pool)
            if len(question.steps) > 1 and not excluded and not self._sifting.few:
                return False
            question.price_limits(pool, own)
            if excluded or (question.weights == before and not again):
                break
            pool, again = self._grown(), False
        self.pool = pool.charged(question.bonus)
        return True

    def finish(self, most_sets: int) -> None:
        """Find the best answer and prove it, or leave the bound that was reached."""
        if self._sifting.hopeless:
            return
        try:
            sets = self._sifted(most_sets)
        except TooManyError:
            if self._splits:
                self._split(most_sets)
            return
        self.looked_at = len(sets.value)
        if self._question.tied:
            left = [self._completed(answering, sets) for answering in self._answering]
            self.bound = max(self.bound, min(left))
        else:
            self.near = judged(self._answering[0], self._known, sets)
            self.bound = ENDLESS

    def listed(self, most_sets: int) -> list[tuple[Question, Sets]]:
        """Every set that can still matter, with the question whose prices bound it; TooManyError
        beyond so many."""
        if self._sifting.hopeless:
            return []
        try:
            return [(self._question, self._sifted(most_sets))]
        except TooManyError:
            if not self._splits:
                raise
            return [some for part in self._parts() for some in part.listed(most_sets)]

    @property
    def _splits(self) -> bool:
        """Whether sets of one trip, two trips, … may be searched apart."""
        question, limits = self._question, self._limits
        tied = question.tied and question.model.carry is not None and not self._sifting.few
        return tied and limits.days > limits.fewest and limits.days > 1

    def _sifted(self, most_sets: int) -> Sets:
        most = min(most_sets, MOST_TOGETHER) if self._splits else most_sets
        try:
            return self._sifting.sets(most, self._try)
        finally:
            self.bound = max(self.bound, self._sifting.bound)

    def _completed(self, answering: Answering, sets: Sets) -> int:
        """Decide sets at one step of the orders; what no undecided one undercuts."""
        answering.question.weigh(self._question.weights)
        return TiedSets(answering, self._known).run(sets)

    def _quick(self, members: tuple[int, ...], own: Multipliers | None = None) -> None:
        """Keep the good answers of a set."""
        for answering in self._answering:
            self._known.offer(answering.quick(members, own))

    def _split(self, most_sets: int) -> None:
        """A proof for each number of trips."""
        parts = self._parts()
        for part in parts:
            part.finish(most_sets)
        self.bound = max(self.bound, min(part.bound for part in parts))
        self.looked_at += sum(part.looked_at for part in parts)

    def _parts(self) -> list[Proof]:
        """Proofs begun for each number of trips, as what weight costs depends on it."""
        limits, question = self._limits, self._question
        parts = [
            Proof(
                Question(question.model, question.ways, limits.allowed, question.steps),
                replace(limits, days=days, fewest=days if days > 1 else 0),
                self._known,
            )
            for days in range(1, min(limits.days, limits.stops) + 1)
        ]
        begun = [one for part in parts for one in part.begin()]
        return sorted(begun, key=lambda part: part.bound)

    def _grown(self) -> Pool:
        limits = self._limits
        return beam(self._question, limits.allowed, limits.stops, limits.days, limits.fewest)

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
        bounds, own = question.set_bounds.raised(members, trips, start, known.within, FIRST_STEPS)
        order, excluded = np.argsort(bounds, kind="stable"), bool(bounds.min() > known.within)
        # Answers are made for single steps only, where that is seen to pay.
        for row in order[: TRIED if len(question.steps) == 1 else 0]:
            if bounds[row] <= known.limit * WORTH_TRYING:
                of = own.chosen(np.array([row]))
                self._quick(tuple(members[row].tolist()), of)
        return own.chosen(order), excluded
