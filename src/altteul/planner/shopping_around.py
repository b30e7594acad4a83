"""How much looking around is worth for a list: what a shop taken at random costs, and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from altteul.frozen import Frozen
from altteul.market.offer import WonRange
from altteul.planner.plan import Request
from altteul.planner.planning import make_plan
from altteul.planner.savings.price_table import price_table
from altteul.planner.savings.views import without_delivery

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market


class ShoppingAround(Frozen):
    """Won for the whole list with the trip, at each of the shops alone and by the best plan.

    The shops are those in reach that sell more than half of the list; what one of them does not
    sell counts as the dearest price in reach and a separate trip. `low` and `high` hold the middle
    80 % of the shops; `mean` is what a shop taken at random costs, `worth_won` how much the plan
    saves against it, `beats_percent` how many of the shops the plan undercuts. `not_priced` are
    needs that nobody in reach sells: they count nowhere.
    """

    shops: int
    won: WonRange
    cheapest: int
    dearest: int
    mean: int
    plan: int
    worth_won: int
    beats_percent: int
    not_priced: tuple[str, ...]

    def sentence(self) -> str:
        """What it comes to, in Korean."""
        if self.worth_won <= 0:
            return (
                f"둘러볼 만하지 않습니다: 가까운 {self.shops}곳 가운데 어디서 사도 평균 "
                f"{self.mean:,}원이고 계획도 {self.plan:,}원입니다."
            )
        return (
            f"아무 데서나 한 번에 사면 다니는 값까지 {self.won.low:,}~{self.won.high:,}원"
            f"(평균 {self.mean:,}원, {self.shops}곳), 계획대로면 {self.plan:,}원: "
            f"평균 {self.worth_won:,}원을 아낍니다."
        )


def shopping_around(request: Request, market: Market, catalog: Catalog) -> ShoppingAround | None:
    """What looking around is worth for a request; None where nobody in reach sells any of it.

    Costs as many plans as there are sellers in reach; surveyed prices only, without deliveries.
    """
    market = without_delivery(market)
    table = price_table(request, market, catalog)
    if table is None:
        return None
    priced = tuple(need for need in request.needs if need.text in table.needs)
    asked = request.model_copy(update={"needs": priced})
    plan = make_plan(asked, market, catalog, explained=False).best
    at_one = table.at_one()[table.shops()]
    low, middle, high = (round(float(won)) for won in np.quantile(at_one, (0.1, 0.5, 0.9)))
    paid, mean = round(table.paid(plan)), round(float(at_one.mean()))
    return ShoppingAround(
        shops=len(at_one),
        won=WonRange(low=low, mid=middle, high=high),
        cheapest=round(float(at_one.min())),
        dearest=round(float(at_one.max())),
        mean=mean,
        plan=paid,
        worth_won=mean - paid,
        beats_percent=round(100 * float(np.mean(at_one > paid))),
        not_priced=tuple(need.text for need in request.needs if need.text not in table.needs),
    )
