"""What a plan costs when its limit prices (limit_prices.py) are kept to, at true prices."""

from __future__ import annotations

from altteul.market.offer import Basis
from altteul.planner.limit_prices import cheapest_instead, estimated_purchases
from altteul.planner.plan import ShoppingPlan, Stop
from altteul.planner.savings.price_table import PriceTable


def paid_within_limits(
    plan: ShoppingPlan, table: PriceTable, surveyed: frozenset[tuple[str, str]]
) -> float:
    """What a plan costs when estimated goods are bought only up to the limit.

    `surveyed` are the (seller.id, item) whose price was known. Every item above its limit pays the
    whole way of its own, also where two are then bought at one seller. A round trip is walked so
    that the stop with more estimated purchases comes first, which costs the same.
    """
    saved = 0.0
    for stop, purchase, later in estimated_purchases(_order(plan.stops)):
        asked = {
            name: table.cost(purchase.need, name)
            for name in table.sellers
            if (name, purchase.item) in surveyed
        }
        if best := cheapest_instead(asked, table, stop, later):
            saved += max(0.0, table.cost(purchase.need, stop.seller.id) - best[1])
    return table.paid(plan) - saved


def _order(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    return stops if not stops or _guesses(stops[0]) >= _guesses(stops[-1]) else stops[::-1]


def _guesses(stop: Stop) -> int:
    return sum(purchase.basis is Basis.ESTIMATED for purchase in stop.purchases)
