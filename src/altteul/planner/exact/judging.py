"""Sets of visits whose goods are a sum over needs: all costs at once."""

from __future__ import annotations

import numpy as np

from altteul.planner.exact.answering import Answering
from altteul.planner.exact.combining import Sets
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.incumbent import Incumbent, Near

TIES = 24
NEARLY = 1e-6


def judged(answering: Answering, known: Incumbent, sets: Sets) -> Near | None:
    """Offer the best answers of the sets; with a slack, the sets that cost at most so much more
    than the best answer."""
    question = answering.question
    cost = question.cost(sets)
    if len(cost):
        for row in _lowest(cost, known.limit):
            known.offer(answering.answer(tuple(sets.members[row].tolist()), known.limit))
    if not known.slack or known.best is None:
        return None
    close = np.flatnonzero(cost <= known.best.cost + known.slack)
    won = np.rint(cost[close]).astype(np.int64)
    return Near(sets.members[close], question.bundle.orders, won)


def _lowest(cost: Reals, limit: float) -> list[int]:
    """The rows of least cost; ties are looked at one by one."""
    least = cost.min()
    if least > limit + NEARLY:
        return []
    return [int(row) for row in np.flatnonzero(cost <= least + NEARLY)[:TIES]]
