"""A plain guard against faults in survey data: a zero too many, a bag read as a piece.

A unit price more than five times the item's median, or less than a fifth of it, is kept out of the
offers and counted. It is not mended. Real shops differ by a factor of 2 to 4 (SOURCES B1.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from altteul.market.quotes import Quote

FACTOR = 5.0
FEWEST_TO_JUDGE = 4


def doubtful(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes of one item, those beyond a factor 5 of their region's median marked.

    The median is over one price per seller and pack in the same unit; with fewer than four of
    them in the region all regions are taken together, and with fewer still nothing is judged.
    An estimated unit price is doubtful only when its whole range is.
    """
    middles = _middles(quotes)
    return tuple(
        replace(quote, doubtful=True) if _beyond(quote, _middle(quote, middles)) else quote
        for quote in quotes
    )


def _middles(quotes: Sequence[Quote]) -> dict[tuple[str, str | None], float]:
    """(unit, region) → median won; the region None stands for all together."""
    groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for quote in quotes:
        for region in {quote.seller.region, None}:
            groups[quote.unit_price.per, region].append(quote.unit_price.won.mid)
    return {key: median(won) for key, won in groups.items() if len(won) >= FEWEST_TO_JUDGE}


def _middle(quote: Quote, middles: dict[tuple[str, str | None], float]) -> float | None:
    per = quote.unit_price.per
    return middles.get((per, quote.seller.region), middles.get((per, None)))


def _beyond(quote: Quote, middle: float | None) -> bool:
    if middle is None:
        return False
    won = quote.unit_price.won
    return won.low > middle * FACTOR or won.high < middle / FACTOR
