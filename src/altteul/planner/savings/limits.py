"""What a plan costs when its limit prices (limit_prices.py) are kept to, at true prices."""

from __future__ import annotations

from math import isnan

from altteul.market.offer import Basis
from altteul.planner.limit_prices import estimated_purchases
from altteul.planner.plan import ShoppingPlan, Stop
from altteul.planner.savings.price_table import PriceTable


def paid_within_limits(
    plan: ShoppingPlan, table: PriceTable, surveyed: frozenset[tuple[str, str]]
) -> float:
    """What a plan costs when estimated goods are bought only up to the limit.

    `surveyed` are the (seller.id, item) whose price was known. A round trip is walked so that the
    stop with more estimated purchases comes first, which costs the same.
    """
    saved = 0.0
    for stop, purchase, later in estimated_purchases(_order(plan.stops), surveyed):
        here = table.cost(purchase.need, stop.seller.id)
        asked = [table.cost(purchase.need, other.seller.id) for other in later]
        limit = min((won for won in asked if not isnan(won)), default=here)
        saved += max(0.0, here - limit)
    return table.paid(plan) - saved


def _order(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    return stops if not stops or _guesses(stops[0]) >= _guesses(stops[-1]) else stops[::-1]


def _guesses(stop: Stop) -> int:
    return sum(purchase.basis is Basis.ESTIMATED for purchase in stop.purchases)
