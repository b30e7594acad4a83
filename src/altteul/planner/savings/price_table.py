"""What every need of a list truly costs at every seller in reach, and each seller's trip alone.

Packs, leftovers and trips are counted as plans count them; every way of shopping is then paid from
the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from altteul.planner.exact.model import tour_won
from altteul.planner.outing import Outing
from altteul.planner.plan import Request, ShoppingPlan
from altteul.planner.preparing import prepare

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
    outing = prepare(request, market, catalog).outing
    return table_of(outing) if outing else None


def table_of(outing: Outing) -> PriceTable | None:
    """The table of an outing on the first day of each visit; None where nobody can be visited."""
    model, cells = outing.model, outing.cells
    sellers = sorted({seller for _, seller in outing.visits})
    if not sellers:
        return None
    first = [min(day for day, seller in outing.visits if seller == own) for own in sellers]
    goods = np.full((model.needs, len(sellers)), np.inf)
    for number, (need, _, seller) in enumerate(cells.keys):
        if seller in sellers:
            column = sellers.index(seller)
            cheapest = min(goods[need, column], float(cells.expected[number, first[column]]))
            goods[need, column] = cheapest
    sold = np.isfinite(goods).any(axis=1)
    visits = [outing.visits.index((day, own)) for day, own in zip(first, sellers, strict=True)]
    alone = np.array([tour_won(model, (visit,)) for visit in visits], dtype=np.float64)
    goods = goods[sold]
    separate = np.where(np.isfinite(goods), alone[None, :], np.inf).min(axis=1)
    goods = np.where(np.isfinite(goods), goods, np.nan)
    return PriceTable(
        needs=tuple(n.text for n, known in zip(outing.demand.needs, sold, strict=True) if known),
        sellers=tuple(outing.demand.sellers[seller].id for seller in sellers),
        goods=goods,
        alone=alone,
        distance=model.metres[0, 1:][sellers].astype(np.float64),
        uncovered=np.nanmax(goods, axis=1) + separate,
    )
