"""From a request to the outing that is searched: who offers what, the ways, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.demand import Demand, read_demand
from altteul.planner.discounts import rides_free
from altteul.planner.later import PriceOutlook
from altteul.planner.offered import offers_for, open_sometime
from altteul.planner.opening import OpeningRules
from altteul.planner.outing import Outing, outing_for, window
from altteul.planner.plan import Estimates, Request, Unread
from altteul.planner.risking import independent
from altteul.planner.shelf_prices import belief_of
from altteul.planner.trip import StraightLineTraveller, TravelCosts, Traveller
from altteul.planner.verdict import no_measure, no_price, nobody_open

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be planned (None: nobody in reach offers any of it), and the needs that cannot."""

    outing: Outing | None
    missing: tuple[Unread, ...]


def prepare(
    request: Request,
    market: Market,
    catalog: Catalog,
    *,
    costs: TravelCosts | None = None,
    traveller: Traveller | None = None,
    outlook: PriceOutlook | None = None,
    opening: OpeningRules | None = None,
) -> Prepared:
    """Read the offers in reach of a request; the arguments are those of `make_plan`."""
    rules, radius = opening or OpeningRules(), radius_of(request)
    offers = offers_for(request, market, radius)
    usable = open_sometime(offers, request, rules, window(request))
    demand = read_demand(request.needs, usable, catalog)
    missing = _missing(demand, {offer.item for offer in offers}, radius)
    if not demand.needs:
        return Prepared(None, missing)
    fares = _fares(request, costs or TravelCosts())
    way = traveller or StraightLineTraveller(fares)
    outing = outing_for(request, demand, way, fares, rules, outlook)
    if request.estimates is not Estimates.NEVER:
        outing = independent(outing)
        outing = replace(outing, belief=belief_of(outing))
    return Prepared(outing, missing)


def radius_of(request: Request) -> int:
    """How far sellers may be, in metres (straight line)."""
    return request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]


def _fares(request: Request, costs: TravelCosts) -> TravelCosts:
    """Travel costs with the fares that this shopper pays."""
    if not rides_free(request.discounts):
        return costs
    return costs.model_copy(update={"bus": costs.bus.model_copy(update={"fare": 0})})


def _missing(demand: Demand, offered: set[str], radius_m: int) -> tuple[Unread, ...]:
    nobody = (
        Unread(text=n.text, reason=nobody_open() if n.item in offered else no_price(radius_m))
        for n in demand.without_offer
    )
    unlike = (Unread(text=n.text, reason=no_measure(n.unit)) for n in demand.without_measure)
    return (*nobody, *unlike)
