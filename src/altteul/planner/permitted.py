"""Substitutes that may be bought instead, taken from the book of substitutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from altteul.planner.plan import Need, NeedSubstitute

if TYPE_CHECKING:
    from altteul.recipes.substitutes import Swaps

WORTH_SWAPPING_WON = 1_000
"""Something else is bought only where that saves more than so much (our rule)."""


def with_substitutes(need: Need, swaps: Swaps, dislike_won: int = WORTH_SWAPPING_WON) -> Need:
    """The need with what the book knows to stand in for it; its own substitutes go before."""
    found = tuple(
        NeedSubstitute(item=one.item, variety=one.variety, ratio=one.ratio, dislike_won=dislike_won)
        for one in swaps.instead_of(need.item)
    )
    return need.model_copy(update={"substitutes": need.substitutes or found})
