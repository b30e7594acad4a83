"""Which swaps make a whole basket cheaper, trip and whole packs included: exact re-solves.

A swap counts only if the plan with it buys as much of the list as before and costs less. Bound:
a plan with a substitute costs at least the best plan without that need plus the substitute's
cheapest packs, so most swaps are ruled out without solving them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from altteul.frozen import Frozen
from altteul.market.offer import HowUnusual
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.demand import read_demand
from altteul.planner.plan import Need, Plan, Request
from altteul.planner.planning import make_plan
from altteul.planner.substitution import DEAR
from altteul.planner.variants import instead_of

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.recipes.substitutes import Substitute, Swaps


class PayingSwap(Frozen):
    """A need, what replaces it, and what the whole trip then costs less (won, net).

    `unusual` is how the substitute stands to its normal price: never dear. `recommended` is false
    where that is 모름, which must then be said. `new_allergens` must be said whenever it is shown.
    """

    need: Need
    by: Need
    ratio: float
    uses: tuple[str, ...]
    taste: str
    new_allergens: tuple[str, ...]
    unusual: HowUnusual
    recommended: bool
    saves_won: int
    plan: Plan


def swaps_that_pay(
    request: Request,
    market: Market,
    catalog: Catalog,
    swaps: Swaps,
    *,
    uses: Mapping[str, Sequence[str]] | None = None,
    plan: Plan | None = None,
) -> tuple[PayingSwap, ...]:
    """Single swaps that make the basket cheaper, the largest saving first.

    `uses`: item → what it is for (a substitute must do for all of them); an item that is not in
    it may be used for anything. `plan`: the plan of `request`, if it is known already. What is on
    the list already replaces nothing (비빔밥 with two kinds of 나물 less is another dish).
    """
    before = plan or make_plan(request, market, catalog)
    if before.best is None:
        return ()
    missing = {*before.best.not_bought, *(piece.text for piece in before.not_priced)}
    found = [
        paying
        for index, need in enumerate(request.needs)
        if need.text not in missing
        for paying in _of_need(index, before, market, catalog, swaps, (uses or {}).get(need.item))
    ]
    return tuple(sorted(found, key=lambda swap: -swap.saves_won))


def _of_need(
    index: int,
    before: Plan,
    market: Market,
    catalog: Catalog,
    swaps: Swaps,
    uses: Sequence[str] | None,
) -> Iterator[PayingSwap]:
    request, need = before.request, before.request.needs[index]
    listed = {other.item for other in request.needs}
    wanted = [s for s in _for_all(swaps, need, uses) if s.item not in listed]
    fitting = [(s, by) for s in wanted if (by := instead_of(need, s, catalog))]
    most = _at_most(index, before, market, catalog) if fitting else 0
    for substitute, by in fitting:
        least = _cheapest_packs(by, request, market, catalog)
        if least is None or least >= most:
            continue
        unusual = _unusual(by, request, market)
        paying = None if unusual in DEAR else _solved(index, by, before, market, catalog)
        if paying:
            saves, after = paying
            yield PayingSwap(
                need=need, by=by, ratio=substitute.ratio, uses=substitute.uses,
                taste=substitute.taste, new_allergens=substitute.allergens,
                unusual=unusual, recommended=unusual is not HowUnusual.UNKNOWN,
                saves_won=saves, plan=after,
            )  # fmt: skip


def _for_all(swaps: Swaps, need: Need, uses: Sequence[str] | None) -> list[Substitute]:
    """Substitutes that do for every use; without a use, for any."""
    if not uses:
        return list(swaps.instead_of(need.item))
    first, *others = (swaps.instead_of(need.item, use) for use in uses)
    return [s for s in first if all(s.item in {o.item for o in other} for other in others)]


def _at_most(index: int, before: Plan, market: Market, catalog: Catalog) -> int:
    """What a substitute's goods may cost at most for the basket to become cheaper."""
    assert before.best is not None
    rest = tuple(n for place, n in enumerate(before.request.needs) if place != index)
    if not rest:
        return before.best.cost
    asking = before.request.model_copy(update={"needs": rest})
    without = make_plan(asking, market, catalog, explained=False)
    # The plan that is recommended may leave up to 500 won a stop unused; bound by the cheapest.
    least = min((s.plan.cost for s in without.by_stops), default=0)
    return before.best.cost - least


def _cheapest_packs(by: Need, request: Request, market: Market, catalog: Catalog) -> int | None:
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    offers = market.offers(request.place, request.on, items=[by.item], radius_m=radius)
    options = read_demand([by], offers, catalog).options.values()
    return min((option.won for option in options), default=None)


def _unusual(by: Need, request: Request, market: Market) -> HowUnusual:
    radius = request.trip.radius_m or DEFAULT_RADIUS_M[request.trip.mode]
    name = " ".join(filter(None, (by.item, by.variety)))
    return market.price_report(name, request.place, request.on, radius).unusual


def _solved(
    index: int, by: Need, before: Plan, market: Market, catalog: Catalog
) -> tuple[int, Plan] | None:
    """The saving and the plan with the swap; None unless it is cheaper and buys as much."""
    assert before.best is not None
    needs = (*before.request.needs[:index], by, *before.request.needs[index + 1 :])
    asking = before.request.model_copy(update={"needs": needs})
    after = make_plan(asking, market, catalog, explained=False)
    if after.best is None or by.text in after.best.not_bought:
        return None
    same = set(after.best.not_bought) == set(before.best.not_bought)
    saves = before.best.cost - after.best.cost
    return (saves, after) if same and saves > 0 else None
