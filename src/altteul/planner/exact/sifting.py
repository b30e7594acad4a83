"""Which sets of visits a question leaves open: all that a sum over visits cannot exclude.

Dual prices (dual.py) are raised on good sets, then on the sets that stand most in the way, until
few enough are left to be listed (groups.py).
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

import numpy as np

from altteul.planner.exact.combining import NEVER, Sets, TooManyError
from altteul.planner.exact.dual import Reals, raise_bound, worth
from altteul.planner.exact.groups import Grouping
from altteul.planner.exact.incumbent import Incumbent, Limits
from altteul.planner.exact.question import Question
from altteul.planner.exact.starting import Pool

MANY = 20_000
SOON = 25_000
"""Sets at which the bound is raised first, before they are listed."""
FEW = 2_000
STEPS = 60
ROUNDS = 5
SHARES = (0.5, 0.2, 0.07, 0.02, 0.005)
"""Of the way from what no set is worth down to what matters: how far sets are looked for."""
NEARLY = 1e-6


class Sifting:
    """The sets of a question; `bound` is what none of its answers undercuts, as far as known.

    `few` tells that all of them can be listed without a bound, `count` how many there are.
    """

    def __init__(self, question: Question, limits: Limits, known: Incumbent) -> None:
        self._question, self._limits, self._known = question, limits, known
        self._grouping = Grouping(question.model, question.ways, limits.allowed)
        visits = int(limits.allowed.sum())
        self.count = sum(comb(visits, size) for size in range(limits.stops + 1))
        self.few = self.count <= FEW
        self.bound = 0
        self._pool: Pool | None = None
        self._dual: tuple[Reals, Reals] | None = None

    @property
    def hopeless(self) -> bool:
        """Whether no set can matter."""
        return self._dual is not None and self.bound > self._known.within

    def begin(self, pool: Pool) -> None:
        """Raise a first bound on good sets."""
        self._pool = pool
        self._dual = self._raised(self._question.first_prices(pool.members[0]), pool)

    def sets(self, most: int, met: Callable[[Pool], None]) -> Sets:
        """Every set that can still matter; good ones that are met on the way are told.
        TooManyError beyond `most`."""
        dual, pool = self._dual, self._pool
        if self.few or pool is None or dual is None:
            return self._listed(np.zeros(self._question.model.visits + 1), NEVER / 10, most)
        for last in range(ROUNDS - 1, -1, -1):
            try:
                sets = self._listed(dual[1], self._least(dual), min(most, SOON) if last else most)
                if len(sets.value) <= MANY or not last:
                    return sets
            except TooManyError:
                if not last:
                    raise
                worst = self._worst(dual)
                if worst is None:
                    return self._listed(dual[1], self._least(dual), most)
                sets = worst
            some = sets.chosen(np.argsort(-sets.value)[: len(pool.days)])
            charges = some.trip - self._question.bonus * some.days
            pool = pool.with_sets(some.members, charges)
            trips, days = some.trip.astype(np.float64), some.days.astype(np.float64)
            met(Pool(some.members, trips, days, charges))
            dual = self._raised(dual[0], pool)
            if self.bound > self._known.within:
                return sets.chosen(np.zeros(0, dtype=np.intp))
        raise AssertionError

    def _worst(self, dual: tuple[Reals, Reals]) -> Sets | None:
        """Sets that stand most in the way of a higher bound; None where they cannot be told."""
        least, most = self._least(dual), self._ceiling(dual[1])
        for share in SHARES:
            try:
                sets = self._listed(dual[1], most - share * (most - least), MANY)
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
        return float(dual[0].sum()) - self._target() - self._known.slack - NEARLY

    def _raised(self, u: Reals, pool: Pool) -> tuple[Reals, Reals]:
        """Better dual prices with what visits are worth by them, and the bound that they prove."""
        question, target = self._question, self._target()
        members, charges = pool.members, pool.charges
        u, _ = raise_bound(u, question.price, question.top, members, charges, target, STEPS)
        rho = worth(u, question.price)
        floor = float(u.sum()) + question.constant - self._ceiling(rho) - NEARLY
        self.bound = max(self.bound, int(np.ceil(floor)))
        return u, rho

    def _listed(self, rho: Reals, least: float, most: int) -> Sets:
        """Every set that is worth at least so much."""
        limits = self._limits
        return self._grouping.candidates(
            rho, least, limits.stops, limits.days, self._question.bonus, most, limits.fewest
        )

    def _target(self) -> float:
        """The bound on goods and trips that would be enough."""
        limit = self._known.limit
        if not np.isfinite(limit):
            limit = float(self._question.top.sum() + 10**9)
        return limit - self._question.constant
