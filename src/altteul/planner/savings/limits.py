"""Buying at an unsurveyed shop only up to what the next stop asks.

An estimate may be wrong; a person who stands before the price tag knows. Where a later stop of the
same plan was surveyed for the item, its price is the limit: above it the item is bought there.
"""

from __future__ import annotations

from altteul.market.offer import Basis
from altteul.planner.plan import ShoppingPlan, Stop
from altteul.planner.savings.price_table import PriceTable


def paid_within_limits(
    plan: ShoppingPlan, table: PriceTable, surveyed: frozenset[tuple[str, str]]
) -> float:
    """What a plan costs when estimated goods are bought only up to the limit.

    `surveyed` are the (seller.id, item) whose price was known. A round trip is walked so that the
    stop with more estimated purchases comes first, which costs the same.
    """
    stops = _order(plan.stops)
    saved = 0.0
    for number, stop in enumerate(stops):
        for purchase in stop.purchases:
            if purchase.basis is not Basis.ESTIMATED:
                continue
            here = table.cost(purchase.need, stop.seller.id)
            later = [
                table.cost(purchase.need, other.seller.id)
                for other in stops[number + 1 :]
                if (other.seller.id, purchase.item) in surveyed
            ]
            limit = min((won for won in later if won == won), default=here)
            saved += max(0.0, here - limit)
    return table.paid(plan) - saved


def _order(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    return stops if not stops or _guesses(stops[0]) >= _guesses(stops[-1]) else stops[::-1]


def _guesses(stop: Stop) -> int:
    return sum(purchase.basis is Basis.ESTIMATED for purchase in stop.purchases)
