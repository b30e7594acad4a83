"""Up to what price estimated goods are worth buying at each stop, told and measured alike.

An estimate (추정) may be wrong, but who stands before the price tag knows. The limit is what going
on is expected to cost: at a later stop, or at a surveyed seller with a trip of its own
(shelf_prices.py). It also holds where the plan means to buy at a later stop and an earlier one,
never surveyed, may turn out cheaper. Keeping to it takes much of the regret of planning with
estimates away (docs/topics/estimates.md, savings.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from altteul.planner.exact.model import Index
from altteul.planner.outing import Outing
from altteul.planner.plan import Estimates, Plan, Request, ShoppingPlan
from altteul.planner.preparing import prepare
from altteul.planner.shelf_prices import Belief, Reals, follow, likely_below

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market

WORTH_A_LOOK = 0.05
"""A price that is below its limit with less probability is not looked at."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What to do at each stop of a plan, in the order of visiting.

    tour       (stops,): the visits
    limits     (stops, needs): the most a need may weigh to be bought there; −inf: not looked at
    planned    (stops, needs): whether the plan means to buy it there
    """

    outing: Outing
    belief: Belief
    tour: Index
    limits: Reals
    planned: np.ndarray

    def unsure(self, stop: int, need: int) -> bool:
        """Whether the price shows only at the shelf."""
        return bool(self.belief.deviation[need, self.tour[stop]] > 0)

    def going_on(self, stop: int, need: int) -> int:
        """The visit where the need is expected to cost least after a stop; −1: nowhere."""
        later = self.tour[stop + 1 :]
        won = self.belief.expected[need, later]
        if len(later) and won.min() <= self.belief.elsewhere[need]:
            return int(later[won.argmin()])
        return int(self.belief.instead[need])


@dataclass(frozen=True, slots=True)
class LimitPrice:
    """At `seller` the need is bought for at most `limit_won` in all; above, at `instead_at`.

    `planned` tells that the plan means to buy it there, `own_trip` that one must go to
    `instead_at` on purpose (its cost is in the limit); else it is a later stop of the plan.
    """

    need: str
    seller: str
    expected_won: int
    limit_won: int
    instead_at: str
    own_trip: bool
    planned: bool

    def sentence(self) -> str:
        """What to do in the shop, in Korean, for a purchase that is planned there."""
        told = (
            f"{self.seller}의 {self.need}은(는) 추정 {self.expected_won:,}원입니다. "
            f"{self.limit_won:,}원이 넘으면 "
        )
        way = "따로 들러" if self.own_trip else "이어서 들르는 김에"
        return f"{told}{self.instead_at}에 {way} 사는 편이 낫습니다."


def with_limits(plan: Plan, market: Market, catalog: Catalog) -> Plan:
    """The plan with its limit prices among its notices; unchanged where nothing is estimated."""
    if plan.best is None or plan.request.estimates is Estimates.NEVER:
        return plan
    limits = limit_prices(plan.best, plan.request, market, catalog)
    return plan.model_copy(update={"notices": (*plan.notices, *sentences(limits))})


def sentences(limits: tuple[LimitPrice, ...]) -> Iterator[str]:
    """What is said of the limits: one sentence a planned purchase, then one a stop."""
    yield from (limit.sentence() for limit in limits if limit.planned)
    others = [limit for limit in limits if not limit.planned]
    for seller in dict.fromkeys(limit.seller for limit in others):
        own = [limit for limit in others if limit.seller == seller]
        goods = ", ".join(f"{limit.need} {limit.limit_won:,}원" for limit in own)
        yield f"{seller}에서 값을 보고 이보다 싸면 거기서 사는 편이 낫습니다: {goods}."


def limit_prices(
    plan: ShoppingPlan, request: Request, market: Market, catalog: Catalog
) -> tuple[LimitPrice, ...]:
    """The limits of a plan's stops, in order; none where a budget, a weight or a delivery ties the
    purchases together."""
    outing = prepare(request, market, catalog).outing
    guide = guide_of(plan, outing) if outing else None
    return tuple(_told(guide)) if guide else ()


def guide_of(plan: ShoppingPlan, outing: Outing) -> Guide | None:
    """How to follow a plan of an outing; None where limits do not help or it has no stops."""
    belief = outing.belief
    stops = [_visit(outing, stop.seller.id, stop.day) for stop in plan.stops]
    tour = np.array([visit for visit in stops if visit is not None], dtype=np.intp)
    if belief is None or not len(tour) or len(tour) < len(stops):
        return None
    limits = follow(belief, tour[None, :]).limits[0]
    named = [need.text for need in outing.demand.needs]
    planned = np.array(
        [[any(p.need == name for p in stop.purchases) for name in named] for stop in plan.stops]
    )
    likely = likely_below(belief.expected[:, tour].T, belief.deviation[:, tour].T, limits)
    looked = planned | (likely >= WORTH_A_LOOK)
    return Guide(outing, belief, tour, np.where(looked, limits, -np.inf), planned)


def _visit(outing: Outing, seller: str, day: object) -> int | None:
    for number, (when, who) in enumerate(outing.visits):
        if outing.demand.sellers[who].id == seller and outing.days[when] == day:
            return number
    return None


def _told(guide: Guide) -> Iterator[LimitPrice]:
    outing, belief = guide.outing, guide.belief
    for stop, need in np.argwhere(np.isfinite(guide.limits)).tolist():
        visit, instead = int(guide.tour[stop]), guide.going_on(stop, need)
        if not guide.unsure(stop, need) or instead < 0:
            continue
        option = int(outing.model.cost[need, :, visit].argmin())
        number, day = outing.cell(need, visit, option)
        shelf = int(outing.cells.won[number, day])
        yield LimitPrice(
            need=outing.demand.needs[need].text,
            seller=outing.seller_of(visit).name,
            expected_won=shelf,
            limit_won=round(guide.limits[stop, need] * shelf / belief.expected[need, visit]),
            instead_at=outing.seller_of(instead).name,
            own_trip=instead not in guide.tour[stop + 1 :],
            planned=bool(guide.planned[stop, need]),
        )
