"""What the form may add to a request under "더 정하기": until when one can wait, the money there
is, how much doubt weighs, discounts one has, and whether something like it may be bought."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from altteul.planner.plan import (
    Need,
    NeedSubstitute,
    Plan,
    Programme,
    Purchase,
    Request,
    ShopperDiscount,
)
from altteul.recipes.substitutes import Substitute, Swaps
from altteul.web.asked import Asked

WORTH_SWAPPING_WON: Final = 1_000
"""Something else is bought only where that saves more; our rule, said beside the choice."""


def wished(request: Request, asked: Asked, swaps: Swaps) -> Request:
    """The request with what the form adds; what was said in a sentence stays where the form is
    empty. Raises InputError for what cannot be read."""
    changed: dict[str, object] = {}
    if days := asked.days_to_wait():
        changed["latest"] = request.on + timedelta(days=days)
    if (budget := asked.money()) is not None:
        changed["budget"] = budget
    if risk := asked.doubt():
        changed["risk"] = risk
    programmes = [one for one in Programme if getattr(asked, one.value)]
    if programmes:
        changed["discounts"] = tuple(ShopperDiscount(programme=one) for one in programmes)
    if asked.instead:
        changed["needs"] = tuple(_with_substitutes(need, swaps) for need in request.needs)
    return request.model_copy(update=changed)


def _with_substitutes(need: Need, swaps: Swaps) -> Need:
    found = tuple(
        NeedSubstitute(
            item=one.item, variety=one.variety, ratio=one.ratio, dislike_won=WORTH_SWAPPING_WON
        )
        for one in swaps.instead_of(need.item)
    )
    return need.model_copy(update={"substitutes": need.substitutes or found})


def swap_notes(plan: Plan, swaps: Swaps) -> dict[str, Substitute]:
    """For each substitute that is bought, what changes and which allergens it brings, by need."""
    if plan.best is None:
        return {}
    bought = [p for part in (*plan.best.stops, *plan.best.orders) for p in part.purchases]
    return {p.need: note for p in bought if (note := _note(p, swaps))}


def _note(purchase: Purchase, swaps: Swaps) -> Substitute | None:
    if purchase.instead_of is None:
        return None
    known: Iterable[Substitute] = swaps.instead_of(purchase.instead_of)
    return next((one for one in known if one.item == purchase.item), None)
