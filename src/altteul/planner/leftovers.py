"""What is left over of a pack is worth something if it keeps; what is bought early may spoil.

Both are stated rules of ours, by the days that the catalog says an item keeps at home (room or
fridge): a household uses up a bag of rice, but not the rest of a bunch of spinach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from altteul.catalog import Item

WORTH_BY_DAYS = ((90, 0.9), (30, 0.6), (14, 0.3))
"""Keeps at least so many days -> this share of what was paid for the leftover counts."""

LOSS_AT_THE_END = 0.1
"""Share of a good that is lost when it is kept as long as it keeps; in between in proportion."""


def keeps_days(item: Item) -> int | None:
    """Days an item keeps at home; None where the catalog does not know."""
    return item.keeps.longest if item.keeps else None


def leftover_share(item: Item) -> float:
    """The share of its price that a leftover of the item is worth."""
    days = keeps_days(item) or 0
    return next((share for least, share in WORTH_BY_DAYS if days >= least), 0.0)


def spoils(keeps: int | None, days_ahead: int) -> float | None:
    """The share lost when bought so many days before it is needed; None: it does not keep."""
    if days_ahead <= 0 or keeps is None:
        return 0.0
    if days_ahead > keeps:
        return None
    return LOSS_AT_THE_END * days_ahead / keeps
