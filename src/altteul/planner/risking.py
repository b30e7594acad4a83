"""What the doubt of estimates weighs together: their errors are nearly independent, so they do not
add up as if all prices were too low at once.

The doubts d of a plan's estimated purchases together are √(Σ d²), which λ weighs. The search needs
a sum over purchases, and takes the tangent at the plan found before: √(Σ d²) ≤ R/2 + Σ d²/(2R)
with R that plan's √(Σ d²) (minorise–maximise; Hunter & Lange 2004). Each round is proved for its
tangent, and the true sum can only fall from round to round.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from altteul.planner.cells import RISK_WEIGHT, Cells
from altteul.planner.exact.model import Answer, Won
from altteul.planner.exact.search import solve
from altteul.planner.exact.ways import Ways
from altteul.planner.going_without import alone_of, uncovered_won
from altteul.planner.outing import Outing

Reals = NDArray[np.float64]

ROUNDS = 3


def independent(outing: Outing) -> Outing:
    """The outing in which estimates' doubts weigh as independent errors; the same one where
    nothing is estimated or doubt weighs nothing."""
    guessed = estimated(outing)
    weight = RISK_WEIGHT[outing.request.risk]
    if not weight or not guessed.any():
        return outing
    squared = np.where(guessed[:, None], outing.cells.doubt.astype(np.float64) ** 2, 0.0)
    none = np.where(guessed[:, None], 0, outing.cells.risk)
    # From the better of two ends: doubt weighing nothing, and all of it adding up.
    ways = Ways(outing.model)
    both = _weighed(outing, none), outing
    starts = [(start, solve(start.model, ways=ways).best) for start in both]
    known = [_Judged(outing, answer, squared, weight) for _, answer in starts if answer]
    found, best = outing, min(known, key=lambda one: one.cost, default=None)
    for _ in range(ROUNDS if best else 0):
        assert best is not None
        # One purchase more never adds more than its own doubt.
        slope = np.minimum(squared / max(2.0 * best.together, 1.0), squared**0.5)
        found = _weighed(outing, none + np.rint(weight * slope).astype(np.int64))
        answer = solve(found.model, ways=ways).best
        if answer is None or answer.bought == best.answer.bought:
            break
        best = _Judged(outing, answer, squared, weight)
    return found


class _Judged:
    """An answer with the doubt of its estimated purchases together, and its true cost; in won."""

    def __init__(self, outing: Outing, answer: Answer, squared: Reals, weight: float) -> None:
        cells = [outing.cell(need, *at) for need, at in enumerate(answer.bought) if at]
        own = sum(int(outing.cells.risk[cell]) for cell in cells if not squared[cell])
        goods = sum(int(outing.cells.expected[cell]) for cell in cells)
        self.answer = answer
        self.together = math.sqrt(sum(float(squared[cell]) for cell in cells))
        way = answer.trip + answer.fees + answer.lost_discount + answer.uncovered
        self.cost = goods + own + way + weight * self.together


def estimated(outing: Outing) -> NDArray[np.bool_]:
    """Which options of the cells rest on estimates, shape (options,)."""
    options = outing.demand.options
    return np.array([not options[key].surveyed for key in outing.cells.keys], dtype=np.bool_)


def _weighed(outing: Outing, risk: Won) -> Outing:
    """The outing with other weights of doubt."""
    cells: Cells = replace(outing.cells, risk=risk)
    columns = [(seller, day) for day, seller in outing.visits]
    columns += [(order.seller, 0) for order in outing.orders]
    cost = cells.tables(outing.model.needs, columns).cost
    uncovered = uncovered_won(cost, alone_of(outing.model))
    return replace(outing, cells=cells, model=replace(outing.model, cost=cost, uncovered=uncovered))
