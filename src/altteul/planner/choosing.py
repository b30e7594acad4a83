"""Which plan is recommended, what each further stop saves, and what people would do otherwise."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from altteul.planner.outing import Outing
from altteul.planner.plan import Comparison, ShoppingPlan, StopSaving
from altteul.planner.problem import NOT_SOLD, solution
from altteul.planner.search import Found
from altteul.planner.writing import shopping_plan

WORTH_A_STOP = 500
"""Won that each further stop must save beyond its trip before it is recommended (our rule)."""

NEAREST = "가까운 한 곳"
CHEAPEST = "물건값이 가장 싼 한 곳"


def stop_savings(outing: Outing, found: Found) -> tuple[StopSaving, ...]:
    """The best plan for at most 1, 2, … stops; a further stop is worth it if the plan with it
    stays ahead of all with fewer after each stop was charged WORTH_A_STOP more."""
    savings: list[StopSaving] = []
    ahead: int | None = None
    for stops, one in enumerate(found.by_stops, start=1):
        charged = one.cost + WORTH_A_STOP * (len(one.tour) - 1)
        worth_it = len(one.tour) == stops and (ahead is None or charged < ahead)
        ahead = charged if worth_it or ahead is None else ahead
        before = savings[-1].plan if savings else None
        again = before is not None and one.tour == found.by_stops[stops - 2].tour
        plan = before if again and before else shopping_plan(outing, one)
        savings.append(
            StopSaving(
                max_stops=stops,
                plan=plan,
                saves_won=before.cost - plan.cost if before else 0,
                worth_it=worth_it,
            )
        )
    return tuple(savings)


def recommended(savings: tuple[StopSaving, ...]) -> ShoppingPlan:
    """The plan of the last stop that is worth it; a first stop always is."""
    return next(saving.plan for saving in reversed(savings) if saving.worth_it)


def comparisons(outing: Outing, best: ShoppingPlan) -> Iterable[Comparison]:
    """The nearest shop that sells most of the list, and the shop with the cheapest goods."""
    for name, seller in ((NEAREST, nearest_shop(outing)), (CHEAPEST, cheapest_shop(outing))):
        plan = shopping_plan(outing, solution(outing.problem, (seller,)))
        yield Comparison(name=name, plan=plan, best_saves_won=plan.cost - best.cost)


def nearest_shop(outing: Outing) -> int:
    """The nearest seller of more than half of the needs, else of as many as any sells."""
    problem = outing.problem
    sold = (problem.price < NOT_SOLD).sum(axis=0)
    enough = min(int(sold.max()), problem.needs // 2 + 1)
    metres = problem.distance[0, 1:]
    return min(np.flatnonzero(sold >= enough).tolist(), key=lambda i: (metres[i], i))


def cheapest_shop(outing: Outing) -> int:
    """The seller whose goods cost least, what it does not sell at its uncovered price."""
    problem = outing.problem
    goods = np.minimum(problem.price, problem.uncovered[:, None]).sum(axis=0)
    metres = problem.distance[0, 1:]
    return min(range(problem.sellers), key=lambda i: (goods[i], metres[i], i))
