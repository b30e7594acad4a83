"""Sets of stops that cost little more than the best plan, found once for all that is told."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from altteul.planner.asking import Asked, visits_of
from altteul.planner.exact.incumbent import HeadStart
from altteul.planner.exact.model import NOT_SOLD, Answer, Index, Model
from altteul.planner.exact.search import Found, solve
from altteul.planner.exact.variations import Variations

FIRM = 100_000_000
"""Won above all costs: for needs that must not be left out."""

EXPLAINED_SETS = 600_000
"""Sets of stops to which the search for an explanation is bounded; what it cannot prove within
them is not told."""


class NearSets:
    """The sets of stops for the purchases of an answer that cost at most a ceiling.

    One does not do without what the answer buys: the price of going without rests on the prices
    themselves and would else stand in the way of comparing.
    """

    def __init__(self, asked: Asked, answer: Answer, stops: int, until: int, ceiling: int) -> None:
        self._asked, self._answer, self._until, self.ceiling = asked, answer, until, ceiling
        self._limits = asked.limits(max(1, stops), until)
        bought = np.array([at is not None for at in answer.bought], dtype=np.bool_)
        self.model = replace(asked.model, uncovered=asked.model.uncovered + FIRM * bought)

    @cached_property
    def found(self) -> Found:
        """Every such set, in `near`, where no limit ties the needs together."""
        start = self._answer
        # What is preferred can cost more than the best as it is written.
        slack = self.ceiling - min(start.cost, self._asked.least_won(self._until))
        return solve(
            self.model, self._limits, ways=self._asked.ways, head=HeadStart(start), slack=slack
        )

    def without(self, seller: int, ceiling: int) -> Found:
        """The best answer without visiting a seller that costs at most a lower ceiling."""
        allowed = self._limits.allowed & (self.model.place != seller)
        if not self._asked.tied and self.found.near:
            allowed &= self._used_by_the_best(seller)
        tries = (tuple(v for v in visits_of(self._answer) if self.model.place[v] != seller),)
        return self._nearly(self.model, allowed, tries, ceiling)

    def cheapest_without(self, need: int, ceiling: int) -> Found:
        """The best answer that buys one need not at the seller and as the variant that the answer
        takes, and costs at most a lower ceiling."""
        at = self._answer.bought[need]
        assert at is not None
        cost = self.model.cost.copy()
        cost[need, at[1], self.same_seller(at[0])] = NOT_SOLD
        model, tries = replace(self.model, cost=cost), (visits_of(self._answer),)
        return self._nearly(model, self._limits.allowed, tries, ceiling)

    def same_seller(self, column: int) -> Index:
        """The columns of a column's seller: its visits of all days, or the order itself."""
        model = self.model
        if column >= model.visits:
            return np.array([column], dtype=np.intp)
        return np.flatnonzero(model.place == model.place[column])

    def _used_by_the_best(self, seller: int) -> npt.NDArray[np.bool_]:
        """The visits of the sets without a seller that cost least: the best set is among them."""
        used = np.zeros(self.model.visits + 1, dtype=np.bool_)
        place = np.append(self.model.place, -1)
        parts = [
            (near.members[free], near.cost[free])
            for near in self.found.near
            for free in [(place[near.members] != seller).all(axis=1)]
        ]
        least = min((int(cost.min()) for _, cost in parts if len(cost)), default=0)
        for members, cost in parts:
            used[members[cost == least]] = True
        return used[:-1]

    def _nearly(
        self,
        model: Model,
        allowed: npt.NDArray[np.bool_],
        tries: tuple[tuple[int, ...], ...],
        ceiling: int,
    ) -> Found:
        """The best answer of at most a ceiling, as far as a bounded search can prove it."""
        if self._asked.tied and self._variations.whole:
            return self._variations.best(model, allowed, tries, ceiling)
        return solve(
            model, replace(self._limits, allowed=allowed), ways=self._asked.ways,
            head=HeadStart(tries=tries), ceiling=ceiling, most_sets=EXPLAINED_SETS,
        )  # fmt: skip

    @cached_property
    def _variations(self) -> Variations:
        return Variations(
            self.model, self._limits, self._answer, self.ceiling, ways=self._asked.ways,
            most_sets=EXPLAINED_SETS,
        )  # fmt: skip
