"""From a request to its plan: candidates, the exact search, the choice, the comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from altteul.errors import InputError
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.choosing import comparisons, recommended, stop_savings
from altteul.planner.demand import Demand, read_demand
from altteul.planner.outing import Outing, outing_for
from altteul.planner.plan import (
    Plan,
    Request,
    ShoppingPlan,
    Status,
    Unread,
    UsedSource,
)
from altteul.planner.search import best_by_stops
from altteul.planner.trip import StraightLineTraveller, TravelCosts, Traveller
from altteul.planner.verdict import no_measure, no_price, nothing_to_plan, notices, verdict

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market

MOST_STOPS = 5
"""More stops than this are refused: the proof would take too long."""


def make_plan(
    request: Request,
    market: Market,
    catalog: Catalog,
    *,
    costs: TravelCosts | None = None,
    traveller: Traveller | None = None,
) -> Plan:
    """The best way to do the shopping, proved, with what each further stop saves.

    Raises InputError for a number of stops below 1 or above 5. Needs without a price in reach are
    in `not_priced` and take no part in the sums.
    """
    if not 1 <= request.trip.max_stops <= MOST_STOPS:
        raise InputError(
            f"들를 곳을 {request.trip.max_stops}곳으로 정할 수 없습니다. "
            f"1곳에서 {MOST_STOPS}곳 사이로 정해 주세요."
        )
    costs = costs or TravelCosts()
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    items = sorted({need.item for need in request.needs})
    offers = market.offers(request.place, request.on, items=items, radius_m=radius) if items else []
    demand = read_demand(request.needs, offers, catalog)
    missing = _missing(demand, radius)
    if not demand.needs:
        return _nothing(request, missing, nothing_to_plan(request, missing, radius))
    outing = outing_for(request, demand, traveller or StraightLineTraveller(costs), costs)
    return _answer(request, outing, missing)


def _missing(demand: Demand, radius_m: int) -> tuple[Unread, ...]:
    nobody = (Unread(text=n.text, reason=no_price(radius_m)) for n in demand.without_offer)
    unlike = (Unread(text=n.text, reason=no_measure(n.unit)) for n in demand.without_measure)
    return (*nobody, *unlike)


def _answer(request: Request, outing: Outing, missing: tuple[Unread, ...]) -> Plan:
    found = best_by_stops(outing.problem, request.trip.max_stops)
    by_stops = stop_savings(outing, found)
    best = recommended(by_stops)
    others = tuple(comparisons(outing, best))
    shown = [best, *(s.plan for s in by_stops), *(c.plan for c in others)]
    simulated = _simulated(outing, shown)
    return Plan(
        request=request,
        best=best,
        by_stops=by_stops,
        comparisons=others,
        one_shop_is_enough=len(best.stops) == 1 and not best.not_bought,
        verdict=verdict(best, by_stops, missing, proved=found.proved),
        not_priced=missing,
        status=Status.PROVED if found.proved else Status.GAP,
        gap_percent=round(found.gap_percent, 2),
        candidates=outing.problem.sellers,
        sources=_sources(shown),
        simulated=simulated,
        notices=notices(request.place, shown, simulated=simulated),
    )


def _nothing(request: Request, missing: tuple[Unread, ...], said: str) -> Plan:
    return Plan(
        request=request,
        best=None,
        by_stops=(),
        comparisons=(),
        one_shop_is_enough=False,
        verdict=said,
        not_priced=missing,
        status=Status.PROVED,
        gap_percent=0.0,
        candidates=0,
        sources=(),
        simulated=False,
        notices=(),
    )


def _simulated(outing: Outing, shown: Sequence[ShoppingPlan]) -> bool:
    """Whether any price or seller that is shown is simulated (연습용)."""
    at = {stop.seller.id for plan in shown for stop in plan.stops}
    offers = (offer for option in outing.demand.options.values() for offer, _ in option.sort)
    return any((o.simulated or o.seller.simulated) and o.seller.id in at for o in offers)


def _sources(shown: Sequence[ShoppingPlan]) -> tuple[UsedSource, ...]:
    from altteul.sources.adapters import all_sources

    known = all_sources()
    purchases = [p for plan in shown for stop in plan.stops for p in stop.purchases]
    keys = sorted({p.source for p in purchases})
    return tuple(
        UsedSource(
            key=key,
            title=known[key].title if key in known else key,
            oldest=min(p.observed_on for p in purchases if p.source == key),
            newest=max(p.observed_on for p in purchases if p.source == key),
        )
        for key in keys
    )
