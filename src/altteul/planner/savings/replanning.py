"""What a shopping truly costs that starts as planned and is planned anew at every shelf."""

from __future__ import annotations

import numpy as np

from altteul.planner.exact.model import tour_won
from altteul.planner.going_on import go_on
from altteul.planner.limit_prices import Guide
from altteul.planner.plan import ShoppingPlan
from altteul.planner.savings.limits import elsewhere
from altteul.planner.savings.price_table import PriceTable


def paid_replanning(plan: ShoppingPlan, table: PriceTable, guide: Guide | None) -> float:
    """What it costs to go to the plan's first stop and from there as `going_on` says, stop by stop.

    All prices of a stop are seen there. What no stop had within its limit is bought as
    `paid_within_limits` does: at the surveyed seller who is cheapest then, with a trip to each.
    Without a guide nothing can be planned anew.
    """
    if guide is None:
        return table.paid(plan)
    outing = guide.outing
    names = [need.text for need in outing.demand.needs]
    wanted = np.ones(len(names), dtype=np.bool_)
    been, goods = [int(guide.tour[0])], 0.0
    while True:
        here = _seen(table, names, outing.seller_of(been[-1]).id)
        step = go_on(guide.belief, outing.model, been, wanted, here)
        goods += float(here[step.buys].sum())
        wanted &= ~step.buys
        if not step.tour or not wanted.any():
            break
        been.append(step.tour[0])
    missing = [n for n, own in zip(table.needs, table.uncovered, strict=True) if n not in names]
    left = [name for name, open_ in zip(names, wanted, strict=True) if open_]
    return goods + tour_won(outing.model, tuple(been)) + _rest(guide, table, names, left, missing)


def _seen(table: PriceTable, names: list[str], seller: str) -> np.ndarray:
    """What each need truly costs at a seller, shape (needs,); inf where it is not sold."""
    known = [table.cost(name, seller) if name in table.needs else np.nan for name in names]
    return np.where(np.isnan(known), np.inf, known)


def _rest(
    guide: Guide, table: PriceTable, names: list[str], left: list[str], missing: list[str]
) -> float:
    """What is open after the last stop, bought elsewhere with the trips; else gone without."""
    uncovered = dict(zip(table.needs, table.uncovered.tolist(), strict=True))
    won, extra = float(sum(uncovered[name] for name in missing)), set()
    for name in left:
        seller = elsewhere(guide, names.index(name))
        won += table.cost(name, seller) if seller else uncovered[name]
        extra |= {seller} if seller else set()
    return won + sum(float(table.alone[table.sellers.index(seller)]) for seller in extra)
