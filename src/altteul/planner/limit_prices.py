"""Up to what price estimated goods are worth buying: what a later, surveyed stop of the plan asks.

An estimate (추정) may be wrong, but who stands before the price tag knows. Buying only up to the
limit takes most of the regret of planning with estimates away (docs/topics/estimates.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from altteul.frozen import Frozen
from altteul.market.offer import Basis
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.plan import Estimates, Purchase, Request, ShoppingPlan, Stop
from altteul.planner.planning import make_plan
from altteul.planner.savings.views import at_one_seller

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market


class LimitPrice(Frozen):
    """At `seller` the need is bought for at most `limit_won` in all; above, at `instead_at`."""

    need: str
    seller: str
    expected_won: int
    limit_won: int
    instead_at: str

    def sentence(self) -> str:
        """What to do in the shop, in Korean."""
        return (
            f"{self.seller}의 {self.need}은(는) 추정 {self.expected_won:,}원입니다. "
            f"{self.limit_won:,}원이 넘으면 {self.instead_at}에서 사세요."
        )


def limit_prices(
    plan: ShoppingPlan, request: Request, market: Market, catalog: Catalog
) -> tuple[LimitPrice, ...]:
    """The limits of a plan's estimated purchases, in the order of its stops.

    Only where a later stop was surveyed for the item: its price, for the whole need, is the limit.
    """
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    items = sorted({need.item for need in request.needs})
    offers = market.offers(request.place, request.on, items=items, radius_m=radius)
    surveyed = {(offer.seller.id, offer.item) for offer in offers if offer.basis is Basis.OBSERVED}
    found = []
    for stop, purchase, later in estimated_purchases(plan.stops, surveyed):
        asked = [(_asks(other, purchase, request, market, catalog), other) for other in later]
        known = [(won, other) for won, other in asked if won is not None]
        if known:
            won, other = min(known, key=lambda one: one[0])
            found.append(
                LimitPrice(
                    need=purchase.need,
                    seller=stop.seller.name,
                    expected_won=purchase.won.mid,
                    limit_won=won,
                    instead_at=other.seller.name,
                )
            )
    return tuple(found)


def estimated_purchases(
    stops: Sequence[Stop], surveyed: Collection[tuple[str, str]]
) -> Iterator[tuple[Stop, Purchase, list[Stop]]]:
    """Every estimated purchase with its stop and the later stops surveyed for it.

    `surveyed` are (seller.id, item).
    """
    for number, stop in enumerate(stops):
        for purchase in stop.purchases:
            if purchase.basis is Basis.ESTIMATED:
                later = [s for s in stops[number + 1 :] if (s.seller.id, purchase.item) in surveyed]
                yield stop, purchase, later


def _asks(
    stop: Stop, purchase: Purchase, request: Request, market: Market, catalog: Catalog
) -> int | None:
    """Won for the whole need of a purchase at another stop, leftovers credited alike."""
    needs = tuple(need for need in request.needs if need.text == purchase.need)
    alone = request.model_copy(
        update={
            "needs": needs,
            "unread": (),
            "estimates": Estimates.NEVER,
            "trip": request.trip.model_copy(update={"max_stops": 1}),
        }
    )
    plan = make_plan(alone, at_one_seller(market, stop.seller.id), catalog).best
    return plan.goods.mid - plan.leftover_won + purchase.leftover_won if plan else None
