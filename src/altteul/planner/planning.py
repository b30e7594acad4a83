"""From a request to its plan: candidates, the exact search, the choice, the explanations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.errors import InputError
from altteul.market.estimate.offers import SOURCE as ESTIMATED
from altteul.planner.asking import Asked
from altteul.planner.choosing import Choice, choose, comparisons, day_savings, stop_savings
from altteul.planner.explaining import alternatives, decomposition, near_sets
from altteul.planner.later import PriceOutlook
from altteul.planner.looking import look_ahead
from altteul.planner.noticing import notices
from altteul.planner.opening import OpeningRules
from altteul.planner.outing import Outing, window
from altteul.planner.plan import (
    Plan,
    Request,
    ShoppingPlan,
    Status,
    Unread,
    UsedSource,
)
from altteul.planner.preparing import prepare, radius_of
from altteul.planner.trip import TravelCosts, Traveller
from altteul.planner.verdict import (
    nothing_to_buy,
    nothing_to_plan,
    verdict,
)
from altteul.planner.writing import shopping_plan
from altteul.planner.wrong_prices import Told, sensitivity

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.planner.many_stops import ManyStops

EXACT_STOPS = 5
"""Plans with more stops are searched as large baskets: the list of all sets would take too long."""
MOST_STOPS = 40
MOST_DAYS = 7


TITLES = {ESTIMATED: "알뜰이 셈한 추정"}
"""What stands behind a price that no feed stated."""


def make_plan(
    request: Request,
    market: Market,
    catalog: Catalog,
    *,
    costs: TravelCosts | None = None,
    traveller: Traveller | None = None,
    outlook: PriceOutlook | None = None,
    opening: OpeningRules | None = None,
    explained: bool = True,
) -> Plan:
    """The best way to do the shopping, proved, with what each further stop and day saves.

    `outlook` knows how prices will change (None: nobody does), `opening` when sellers are open.
    What comes close and what would change the plan are searched for where `explained` (about as
    much work again). With more than EXACT_STOPS stops allowed it is searched as a large basket for
    up to 20 s and told beside the best plans of up to three stops, without further explanations.
    Raises InputError for a number of stops below 1 or above 40, for more than 7 days, for sellers
    that have to be visited and are not in reach, and for what a large basket cannot keep.
    Needs without a price in reach are in `not_priced` and take no part in the sums.
    """
    _check(request)
    prepared = prepare(
        request, market, catalog, costs=costs, traveller=traveller, outlook=outlook, opening=opening
    )
    outing, missing = prepared.outing, prepared.missing
    if outing is None:
        return _nothing(request, missing, nothing_to_plan(request, missing, radius_of(request)))
    asked, choice, many = _sought(request, outing)
    if choice is None or not (choice.answer.trips or choice.answer.orders):
        return _nothing(request, missing, nothing_to_buy(request, outing))
    choice = choice if many else look_ahead(asked, choice)
    answer = _answer(request, asked, choice, missing, many, explained=explained)
    # A source whose shown prices are new cannot stand still; only else is the ledger looked into.
    still = market.standing_still(request.on, _old(answer.sources, request.on))
    return answer.model_copy(update={"notices": (*answer.notices, *still)})


def _sought(request: Request, outing: Outing) -> tuple[Asked, Choice | None, ManyStops | None]:
    """The recommended answer; with many stops allowed, how it was found as a large basket."""
    if request.trip.max_stops <= EXACT_STOPS:
        asked = Asked(outing)
        return asked, choose(asked), None
    # Loaded only when needed: the solver of linear programs takes its time to load.
    from altteul.planner.many_stops import few_stops, many_stops, without_orders

    outing = without_orders(outing)
    asked = few_stops(outing)
    fewer = choose(asked)
    many = many_stops(outing.model, fewer.answer if fewer else None)
    return asked, many.choice if many else None, many


def _check(request: Request) -> None:
    if not 1 <= request.trip.max_stops <= MOST_STOPS:
        raise InputError(
            f"들를 곳을 {request.trip.max_stops}곳으로 정할 수 없습니다. "
            f"1곳에서 {MOST_STOPS}곳 사이로 정해 주세요."
        )
    if request.trip.max_stops > EXACT_STOPS:
        from altteul.planner.many_stops import refuse_many_stops

        refuse_many_stops(request, EXACT_STOPS)
    if not 1 <= len(window(request)) <= MOST_DAYS:
        raise InputError(
            f"{request.on}부터 {request.latest}까지는 계획할 수 없습니다. "
            f"늦어도 되는 날은 첫날부터 {MOST_DAYS - 1}일 뒤까지로 적어 주세요."
        )


def _answer(
    request: Request,
    asked: Asked,
    choice: Choice,
    missing: tuple[Unread, ...],
    many: ManyStops | None,
    *,
    explained: bool,
) -> Plan:
    outing, explained = asked.outing, explained and many is None
    best = shopping_plan(outing, choice.answer)
    by_stops = stop_savings(asked, choice, best)
    if many:
        by_stops = (*by_stops, many.saving(request.trip.max_stops, best, by_stops))
    by_days = day_savings(asked, choice, best)
    others = tuple(comparisons(asked, best))
    sets = near_sets(asked, choice, best)
    near = alternatives(asked, sets, best) if explained else ()
    shown = [best, *(s.plan for s in by_stops), *(d.plan for d in by_days)]
    shown += [*(c.plan for c in others), *(a.plan for a in near)]
    simulated = any(_simulated(plan) for plan in shown)
    gap = max(_gap(asked), many.gap_percent if many else 0.0)
    proved = gap == 0 and all(found.proved for found in asked.founds)
    turning = sensitivity(asked, choice, sets) if explained else Told()
    said = notices(outing, shown, simulated=simulated)
    further = [many.notice(outing)] if many else []
    further += [turning.notice] if turning.notice else []
    return Plan(
        request=request,
        best=best,
        by_stops=by_stops,
        comparisons=others,
        one_shop_is_enough=len(best.stops) == 1 and not best.not_bought and not best.orders,
        verdict=verdict(best, by_stops, by_days, missing, outing, proved=proved),
        not_priced=missing,
        status=Status.PROVED if proved else Status.GAP,
        gap_percent=gap,
        candidates=len({seller for _, seller in outing.visits}),
        sources=_sources(shown),
        simulated=simulated,
        notices=(*said, *further),
        by_days=by_days,
        decomposition=() if many else decomposition(asked, choice, best),
        alternatives=near,
        sensitivity=turning.prices,
        left_out=_left_out(outing, best),
        not_today=best.stops[0].day != request.on if best.stops else False,
    )


def _gap(asked: Asked) -> float:
    """How far the answers can be from the optimum, at most."""
    gaps = [
        100.0 * (found.best.cost - found.bound) / found.best.cost
        for found in asked.founds
        if found.best and found.best.cost and not found.proved
    ]
    return round(max(gaps, default=0.0), 2)


def _left_out(outing: Outing, best: ShoppingPlan) -> tuple[str, ...]:
    """What a limit leaves out; what no allowed stop sells is `not_bought` alone."""
    model = outing.model
    limited = model.budget is not None or model.carry is not None
    return best.not_bought if limited else ()


def _nothing(request: Request, missing: tuple[Unread, ...], said: str) -> Plan:
    return Plan(
        request=request,
        best=None,
        by_stops=(),
        comparisons=(),
        one_shop_is_enough=False,
        verdict=said,
        not_priced=missing,
        status=Status.PROVED,
        gap_percent=0.0,
        candidates=0,
        sources=(),
        simulated=False,
        notices=(),
    )


def _old(sources: Sequence[UsedSource], on: date) -> list[str]:
    """The sources whose newest shown price is older than the source's own interval allows."""
    from altteul.sources.adapters import descriptions

    known = descriptions(used.key for used in sources)
    return [
        used.key
        for used in sources
        if used.key in known and (on - used.newest).days > known[used.key].look_back_days
    ]


def _simulated(plan: ShoppingPlan) -> bool:
    """Whether any price or seller of a plan is simulated (연습용)."""
    return any(
        one.seller.simulated or any(p.simulated for p in one.purchases)
        for one in (*plan.stops, *plan.orders)
    )


def _sources(shown: Sequence[ShoppingPlan]) -> tuple[UsedSource, ...]:
    from altteul.sources.adapters import descriptions

    purchases = [p for plan in shown for one in (*plan.stops, *plan.orders) for p in one.purchases]
    keys = sorted({p.source for p in purchases})
    known = descriptions(keys)
    return tuple(
        UsedSource(
            key=key,
            title=known[key].title if key in known else TITLES.get(key, key),
            oldest=min(p.observed_on for p in purchases if p.source == key),
            newest=max(p.observed_on for p in purchases if p.source == key),
        )
        for key in keys
    )
