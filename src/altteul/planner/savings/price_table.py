"""What every need of a list truly costs at every seller in reach, and each seller's trip alone.

Made by planning for one seller after the other, so that packs, leftovers and trips are counted as
plans count them; every way of shopping is then paid from the same table.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.plan import Request, ShoppingPlan
from altteul.planner.planning import make_plan
from altteul.planner.savings.views import at_one_seller

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market

Won = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Needs that somebody in reach sells × sellers of any of them.

    goods      shape (needs, sellers): won for the need there (whole packs, what is left over
               credited as plans credit it); NaN where it is not sold
    alone      shape (sellers,): won for the trip to that seller only
    distance   shape (sellers,): metres of that trip
    uncovered  shape (needs,): won for coming home without: the dearest seller's price and the
               cheapest trip to a seller who has it
    """

    needs: tuple[str, ...]
    sellers: tuple[str, ...]
    goods: Won
    alone: Won
    distance: Won
    uncovered: Won

    def at_one(self) -> Won:
        """What the whole list costs at each seller alone, shape (sellers,), trip included; what it
        does not sell at its uncovered price."""
        bought = np.where(np.isnan(self.goods), self.uncovered[:, None], self.goods)
        total: Won = bought.sum(axis=0) + self.alone
        return total

    def shops(self) -> NDArray[np.intp]:
        """The sellers of more than half of the list, else of as much as any sells."""
        sold = (~np.isnan(self.goods)).sum(axis=0)
        return np.flatnonzero(sold >= min(int(sold.max()), len(self.needs) // 2 + 1))

    def cost(self, need: str, seller: str) -> float:
        """Won for the need at the seller; NaN where it is not sold or either is not known."""
        if need not in self.needs or seller not in self.sellers:
            return float("nan")
        return float(self.goods[self.needs.index(need), self.sellers.index(seller)])

    def paid(self, plan: ShoppingPlan | None) -> float:
        """What a plan really costs: its trip, its needs at true prices, the rest uncovered."""
        where = bought_at(plan) if plan else {}
        goods = [self.cost(need, where[need]) if need in where else np.nan for need in self.needs]
        won = np.where(np.isnan(goods), self.uncovered, goods)
        return float(won.sum()) + (plan.trip_won if plan else 0)


def bought_at(plan: ShoppingPlan) -> dict[str, str]:
    """Need → seller.id."""
    return {p.need: stop.seller.id for stop in plan.stops for p in stop.purchases}


def price_table(request: Request, market: Market, catalog: Catalog) -> PriceTable | None:
    """The table of a request; None where nobody in reach sells any of it."""
    names = [need.text for need in request.needs]
    items = sorted({need.item for need in request.needs})
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    offers = market.offers(request.place, request.on, items=items, radius_m=radius)
    alone = request.model_copy(update={"trip": request.trip.model_copy(update={"max_stops": 1})})
    plans = {}
    for seller in sorted({offer.seller.id for offer in offers}):
        plan = make_plan(alone, at_one_seller(market, seller), catalog, explained=False).best
        if plan and plan.stops:
            plans[seller] = plan
    if not plans:
        return None
    goods = np.array([_goods(plan, names) for plan in plans.values()]).T
    sold = ~np.isnan(goods).all(axis=1)
    trips = np.array([plan.trip_won for plan in plans.values()], dtype=np.float64)
    goods = goods[sold]
    separate = np.where(np.isnan(goods), np.inf, trips[None, :]).min(axis=1)
    return PriceTable(
        needs=tuple(name for name, known in zip(names, sold, strict=True) if known),
        sellers=tuple(plans),
        goods=goods,
        alone=trips,
        distance=np.array([plan.stops[0].leg.distance_m for plan in plans.values()], np.float64),
        uncovered=np.nanmax(goods, axis=1) + separate,
    )


def _goods(plan: ShoppingPlan, names: list[str]) -> list[float]:
    won: dict[str, float] = defaultdict(float)
    for stop in plan.stops:
        for purchase in stop.purchases:
            won[purchase.need] += purchase.won.mid + purchase.dislike_won - purchase.leftover_won
    return [won.get(name, float("nan")) for name in names]
