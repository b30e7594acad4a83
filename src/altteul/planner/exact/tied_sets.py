"""Sets of visits whose needs are tied together by limits, decided one after the other."""

from __future__ import annotations

import numpy as np

from altteul.planner.exact.answering import Answering
from altteul.planner.exact.combining import Sets
from altteul.planner.exact.completion import TooManyLabelsError
from altteul.planner.exact.incumbent import ENDLESS, Incumbent
from altteul.planner.exact.multipliers import Multipliers

MOST_COMPLETIONS = 2_000
MOST_HARD = 8
"""Sets whose purchases may stay undecided before the proof is given up."""
STEPS = 24
BATCH = 32
"""Sets that get bounds of their own at once: few at first, as the answers and multipliers of the
best ones exclude many of the others."""
MOST_AT_ONCE = 256
NEARLY = 1e-6


class TiedSets:
    """The sets of one question, and what was left undecided of them."""

    def __init__(self, answering: Answering, known: Incumbent) -> None:
        self._question, self._answering, self._known = answering.question, answering, known
        self._open, self._hard, self._done = ENDLESS, 0, 0

    def run(self, sets: Sets) -> int:
        """Decide sets, and tell what none of the undecided ones undercuts.

        They get bounds of their own batch by batch, the best bound first, then purchases one by
        one. The multipliers of a batch exclude other sets too.
        """
        question, known = self._question, self._known
        cost = question.cost(sets)
        size = BATCH
        while True:
            alive = np.flatnonzero(cost <= known.limit + NEARLY)
            alive = alive[np.argsort(cost[alive], kind="stable")]
            if not len(alive):
                break
            now, later = sets.chosen(alive[:size]), alive[size:]
            own = self._settled(now)
            if own is None:
                self._open = min(self._open, int(np.ceil(cost[alive[0]] - NEARLY)))
                break
            sets, cost, size = sets.chosen(later), cost[later], min(size * 2, MOST_AT_ONCE)
            for some in _spread(own):
                if len(cost):
                    cost = np.maximum(cost, question.excluded(sets, some))
        return self._open

    def _settled(self, sets: Sets) -> Multipliers | None:
        """Complete a batch, and give its multipliers; None where the proof is given up."""
        question, known = self._question, self._known
        start = question.own_weights(len(sets.value), sets.members.shape[1])
        bounds, own = question.set_bounds.raised(sets.members, sets.trip, start, known.limit, STEPS)
        for row in np.argsort(bounds, kind="stable").tolist():
            if bounds[row] > known.limit + NEARLY:
                break
            if self._done >= MOST_COMPLETIONS or self._hard >= MOST_HARD:
                self._open = min(self._open, int(np.ceil(bounds[row] - NEARLY)))
                return None
            self._done += 1
            of = own.chosen(np.array([row]))
            try:
                members = tuple(sets.members[row].tolist())
                known.offer(self._answering.answer(members, known.limit, own=of))
            except TooManyLabelsError:
                self._open = min(self._open, int(np.ceil(bounds[row] - NEARLY)))
                self._hard += 1
        return own


def _spread(own: Multipliers) -> list[Multipliers]:
    """Those of the first and of the last set of a batch, and their mean."""
    every = np.arange(len(own.budget))
    return [own.chosen(every[:1]), own.chosen(every[-1:]), own]
