"""Up to what price estimated goods are worth buying: what a surveyed seller asks instead.

An estimate (추정) may be wrong, but who stands before the price tag knows. The limit is the price
at a later stop of the plan that was surveyed for the item, or at any surveyed seller in reach with
a trip of its own. Keeping to it takes much of the regret of planning with estimates away
(docs/topics/estimates.md, savings.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING

from altteul.frozen import Frozen
from altteul.korean.particles import fitted
from altteul.market.offer import Basis, Offer
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.plan import Estimates, Plan, Purchase, Request, ShoppingPlan, Stop
from altteul.planner.savings.price_table import PriceTable, price_table

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market


class LimitPrice(Frozen):
    """At `seller` the need is bought for at most `limit_won` in all; above, at `instead_at`.

    `own_trip` tells that one must go there on purpose (its cost is in the limit); else it is a
    later stop of the plan.
    """

    need: str
    seller: str
    expected_won: int
    limit_won: int
    instead_at: str
    own_trip: bool

    def sentence(self) -> str:
        """What to do in the shop, in Korean."""
        way = "따로 들러" if self.own_trip else "이어서 들르는 김에"
        return fitted(
            f"{self.seller}의 {self.need}은(는) 추정 {self.expected_won:,}원입니다. "
            f"{self.limit_won:,}원이 넘으면 {self.instead_at}에 {way} 사는 편이 낫습니다."
        )


def with_limits(plan: Plan, market: Market, catalog: Catalog) -> Plan:
    """The plan with its limit prices among its notices; unchanged where nothing is estimated."""
    if plan.best is None or plan.request.estimates is Estimates.NEVER:
        return plan
    limits = limit_prices(plan.best, plan.request, market, catalog)
    said = tuple(limit.sentence() for limit in limits)
    return plan.model_copy(update={"notices": (*plan.notices, *said)})


def limit_prices(
    plan: ShoppingPlan, request: Request, market: Market, catalog: Catalog
) -> tuple[LimitPrice, ...]:
    """The limits of a plan's estimated purchases, in the order of its stops.

    None for a purchase of which no other seller in reach was surveyed.
    """
    guessed = {p.need for s in plan.stops for p in s.purchases if p.basis is Basis.ESTIMATED}
    needs = tuple(need for need in request.needs if need.text in guessed)
    surveyed = request.model_copy(update={"needs": needs, "estimates": Estimates.NEVER})
    table = price_table(surveyed, market, catalog) if needs else None
    if table is None:
        return ()
    names = {offer.seller.id: offer.seller.name for offer in _offers(surveyed, market)}
    found = []
    for stop, purchase, later in estimated_purchases(plan.stops):
        asked = {name: table.cost(purchase.need, name) for name in table.sellers}
        if best := cheapest_instead(asked, table, stop, later):
            seller, won = best
            found.append(
                LimitPrice(
                    need=purchase.need,
                    seller=stop.seller.name,
                    expected_won=purchase.won.mid,
                    limit_won=round(won) + purchase.leftover_won,
                    instead_at=names[seller],
                    own_trip=seller not in later,
                )
            )
    return tuple(found)


def estimated_purchases(stops: Sequence[Stop]) -> Iterator[tuple[Stop, Purchase, frozenset[str]]]:
    """Every estimated purchase with its stop and the ids of the sellers visited after it."""
    for number, stop in enumerate(stops):
        later = frozenset(other.seller.id for other in stops[number + 1 :])
        for purchase in stop.purchases:
            if purchase.basis is Basis.ESTIMATED:
                yield stop, purchase, later


def cheapest_instead(
    asked: Mapping[str, float], table: PriceTable, stop: Stop, later: Collection[str]
) -> tuple[str, float] | None:
    """The seller where the need costs least instead, and won for it there with the way.

    `asked` is seller.id → won for the need where its price is known (NaN: not sold). A stop that is
    made later anyway costs no way; any other seller its trip alone.
    """
    trips = dict(zip(table.sellers, table.alone.tolist(), strict=True))
    known = (
        (won + (0.0 if name in later else trips[name]), name)
        for name, won in asked.items()
        if name != stop.seller.id and not isnan(won)
    )
    won, name = min(known, default=(0.0, None))
    return None if name is None else (name, won)


def _offers(request: Request, market: Market) -> list[Offer]:
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    items = sorted({need.item for need in request.needs})
    return market.offers(request.place, request.on, items=items, radius_m=radius)
