"""What a plan costs when its limit prices (limit_prices.py) are kept to, at true prices."""

from __future__ import annotations

from math import isnan

from altteul.planner.limit_prices import Guide
from altteul.planner.plan import ShoppingPlan
from altteul.planner.savings.price_table import PriceTable


def paid_within_limits(plan: ShoppingPlan, table: PriceTable, guide: Guide | None) -> float:
    """What a plan costs when goods are bought only up to the limits of its guide.

    A surveyed purchase is made where it is planned. For what no stop sells within its limit one
    goes to the surveyed seller who is cheapest then, once to each. Without a guide there are no
    limits to go by.
    """
    if guide is None:
        return table.paid(plan)
    number = {need.text: index for index, need in enumerate(guide.outing.demand.needs)}
    goods, extra = 0.0, set()
    for name, uncovered in zip(table.needs, table.uncovered.tolist(), strict=True):
        need = number.get(name)
        at = None if need is None else _on_the_way(guide, need, name, table)
        if at is None and need is not None and (at := elsewhere(guide, need)):
            extra.add(at)
        goods += table.cost(name, at) if at else uncovered
    trips = sum(float(table.alone[table.sellers.index(seller)]) for seller in extra)
    return plan.trip_won + goods + trips


def _on_the_way(guide: Guide, need: int, name: str, table: PriceTable) -> str | None:
    """The stop (seller.id) at which the need is bought; None: at none."""
    for stop, visit in enumerate(guide.tour.tolist()):
        seller = guide.outing.seller_of(visit).id
        won = table.cost(name, seller)
        if isnan(won):
            continue
        sure = guide.planned[stop, need] and not guide.unsure(stop, need)
        if sure or won <= guide.limits[stop, need]:
            return seller
    return None


def elsewhere(guide: Guide, need: int) -> str | None:
    """To whom (seller.id, surveyed) one goes for a need that no stop had; None: to nobody."""
    visit = int(guide.belief.instead[need])
    return guide.outing.seller_of(visit).id if visit >= 0 else None
