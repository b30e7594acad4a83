"""The offers that a request can be planned with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.market.offer import Offer
from altteul.planner.naming import named
from altteul.planner.opening import OpeningRules
from altteul.planner.plan import Estimates, Request

if TYPE_CHECKING:
    from altteul.market import Market


def offers_for(request: Request, market: Market, radius_m: int) -> list[Offer]:
    """Offers for all needs and their substitutes, as known on the first day, of the sorts of shop
    that the request allows.

    Of markets that are closed that day only where there are later days. Estimates (추정) as the
    request allows; a delivering seller's offers wherever it is.
    """
    items = sorted(
        {i for need in request.needs for i in (need.item, *(s.item for s in need.substitutes))}
    )
    if not items:
        return []
    later = request.latest is not None and request.latest > request.on
    place, on = request.place, request.on
    if later:
        found = market.offers(place, on, items=items, radius_m=radius_m, closed_too=True)
    else:
        found = market.offers(place, on, items=items, radius_m=radius_m)
    if request.estimates is not Estimates.NEVER:
        found = found + _estimated(request, market, items, found, radius_m)
    known = {offer.seller.id for offer in found}
    delivered = market.delivered_offers(on, items=items)
    found = found + [offer for offer in delivered if offer.seller.id not in known]
    return [o for o in found if not request.channels or o.seller.channel in request.channels]


def _estimated(
    request: Request, market: Market, items: Sequence[str], known: Sequence[Offer], radius_m: int
) -> list[Offer]:
    wanted = list(items)
    if request.estimates is Estimates.MISSING:
        surveyed = {offer.item for offer in known}
        wanted = [item for item in items if item not in surveyed]
    if not wanted:
        return []
    return market.estimated_offers(request.place, request.on, items=wanted, radius_m=radius_m)


def open_sometime(
    offers: Sequence[Offer], request: Request, rules: OpeningRules, days: Sequence[date]
) -> list[Offer]:
    """The offers of sellers that are open on some day, or deliver."""
    sellers = {offer.seller.id: offer.seller for offer in offers}
    said = {
        seller.id
        for terms in request.deliveries
        for seller in named(terms.seller, list(sellers.values()))
    }
    delivering = said | {name for name, seller in sellers.items() if seller.delivery}
    usable = {
        name
        for name, seller in sellers.items()
        if name in delivering or any(rules.is_open(seller, day) for day in days)
    }
    return [offer for offer in offers if offer.seller.id in usable]
