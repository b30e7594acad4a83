"""One basket at one place on one day: what every way of shopping truly costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from altteul.market import Market
from altteul.market.offer import Basis
from altteul.planner.limit_prices import guide_of
from altteul.planner.outing import Outing
from altteul.planner.plan import Estimates, Plan, Request, ShoppingPlan
from altteul.planner.planning import make_plan
from altteul.planner.preparing import prepare
from altteul.planner.savings.limits import paid_within_limits
from altteul.planner.savings.price_table import PriceTable, table_of
from altteul.planner.savings.replanning import paid_replanning
from altteul.planner.savings.results import Trial
from altteul.planner.savings.views import estimated_where_sold

if TYPE_CHECKING:
    from altteul.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Truth:
    """What does not depend on the draw of hidden prices: a request with the needs that are
    measured, what they truly cost, and the plans that know every price."""

    request: Request
    table: PriceTable
    unlike: tuple[str, ...]
    oracle: float
    knowing_all: float


def truth_of(request: Request, market: Market, catalog: Catalog) -> Truth | None:
    """The truth of a request; None where nobody in reach sells any of it.

    A need is left out for all ways alike where all that was surveyed for it in reach is another
    good: nobody knows then what the good that is planned truly costs there.
    """
    outing = prepare(request, market, catalog).outing
    unlike = _unlike(outing, catalog) if outing else ()
    request = _only(request, {n.text for n in request.needs} - set(unlike))
    outing = prepare(request, market, catalog).outing if unlike else outing
    table = table_of(outing) if outing else None
    if table is None:
        return None
    request = _only(request, set(table.needs))
    answer = make_plan(request, market, catalog, explained=False)
    oracle = min(*(table.paid(plan) for plan in _plans(answer)), float(table.at_one().min()))
    return Truth(request, table, unlike, oracle, table.paid(answer.best))


def trial(truth: Truth, known: Market, catalog: Catalog, seed: int) -> Trial:
    """Every way of shopping when only the prices of the market `known` are known."""
    request, table = truth.request, truth.table
    believed = estimated_where_sold(known, _sold(table, request))
    guessing = request.model_copy(update={"estimates": Estimates.ALWAYS})
    plan = make_plan(guessing, believed, catalog, explained=False).best
    outing = prepare(guessing, believed, catalog).outing
    guide = guide_of(plan, outing) if plan and outing else None
    sure = make_plan(request, known, catalog, explained=False).best
    alone, shops = table.at_one(), table.shops()
    return Trial(
        place=request.place.name,
        on=request.on,
        seed=seed,
        needs=len(table.needs),
        sellers=len(table.sellers),
        shops=len(shops),
        oracle=round(truth.oracle),
        knowing_all=round(truth.knowing_all),
        plan=round(table.paid(plan)),
        plan_with_limits=round(
            paid_within_limits(plan, table, guide) if plan else table.paid(plan)
        ),
        plan_replanned=round(paid_replanning(plan, table, guide) if plan else table.paid(plan)),
        known_only=round(table.paid(sure)),
        random=round(float(alone[shops].mean())),
        nearest=round(float(alone[_nearest(table)])),
        cheapest=round(float(alone[shops].min())),
        one_shop_is_best=float(alone.min()) <= truth.oracle,
        estimated_share=_estimated(plan),
        unlike=truth.unlike,
    )


def _only(request: Request, needs: set[str]) -> Request:
    kept = tuple(need for need in request.needs if need.text in needs)
    return request.model_copy(update={"needs": kept})


def _unlike(outing: Outing, catalog: Catalog) -> tuple[str, ...]:
    """The needs, asked for without a variety, of which nobody in reach has but varieties that the
    catalog sets apart."""
    found = []
    for number, need in enumerate(outing.demand.needs):
        apart = catalog.item(need.item).apart
        own = (one for (row, _, _), one in outing.demand.options.items() if row == number)
        varieties = {line.offer.variety for option in own for line in option.lines}
        if need.variety is None and varieties <= set(apart):
            found.append(need.text)
    return tuple(found)


def _sold(table: PriceTable, request: Request) -> set[tuple[str, str]]:
    """(seller.id, item) that can truly be bought; a price that is a fault does not count."""
    return {
        (seller, need.item)
        for need in request.needs
        for seller in table.sellers
        if not np.isnan(table.cost(need.text, seller))
    }


def _plans(answer: Plan) -> Iterator[ShoppingPlan | None]:
    yield from (saving.plan for saving in answer.by_stops)
    yield answer.best


def _nearest(table: PriceTable) -> int:
    shops: list[int] = table.shops().tolist()
    return min(shops, key=lambda seller: (table.distance[seller], seller))


def _estimated(plan: ShoppingPlan | None) -> float:
    """The part of the bought needs whose price was estimated."""
    bases = [p.basis for stop in plan.stops for p in stop.purchases] if plan else []
    return round(sum(b is Basis.ESTIMATED for b in bases) / len(bases), 3) if bases else 0.0
