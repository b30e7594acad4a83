"""Prices of different goods brought to one measure: won for 100 g, near a place on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.catalog.conversion import grams
from altteul.frozen import Frozen
from altteul.market.offer import WonRange
from altteul.units import Amount, Span, parse_amount

if TYPE_CHECKING:
    from altteul.catalog import Item, Variety
    from altteul.market.regional import RegionValue
    from altteul.market.report import PriceReport


class ComparablePrice(Frozen):
    """Won for 100 g: least, middle and most; `known_from` is who asks that.

    `sellers` is 0 for the mean of a region. `estimated` (추정) where a typical weight turned
    pieces into grams; low and high then hold the doubt about the weight too.
    """

    won: WonRange
    known_from: str
    sellers: int
    oldest: date
    newest: date
    estimated: bool


def of_sellers(report: PriceReport, item: Item, variety: Variety | None) -> ComparablePrice | None:
    """The middle of the sellers in reach; None without one whose unit can be weighed."""
    spread = report.spread
    weight = spread and _weight_of(spread.per, item, variety)
    if not spread or not weight:
        return None
    days = [o.observed_on for o in report.offers if o.unit_price.per == spread.per]
    return ComparablePrice(
        won=_per_100g(spread.won, weight),
        known_from=f"판매처 {spread.sellers}곳의 가운데값",
        sellers=spread.sellers,
        oldest=min(days),
        newest=max(days),
        estimated=not weight.is_exact or spread.estimated > 0,
    )


def of_region(
    values: Sequence[RegionValue], item: Item, variety: Variety | None
) -> ComparablePrice | None:
    """The first published mean of the region that can be weighed, else None."""
    for value in values:
        weight = _weight_of(value.unit_price.per, item, variety)
        if weight:
            return ComparablePrice(
                won=_per_100g(value.unit_price.won, weight),
                known_from=f"{value.region} 평균",
                sellers=0,
                oldest=value.observed_on,
                newest=value.observed_on,
                estimated=not weight.is_exact or value.unit_price.estimated,
            )
    return None


def _weight_of(per: str, item: Item, variety: Variety | None) -> Span | None:
    """Grams of the unit that a price is for ("100g", "1포기"); None where nobody knows."""
    amount = parse_amount(per, item_kind=item.kind)
    weight = grams(item, amount, variety) if isinstance(amount, Amount) else None
    return weight if weight and weight.low > 0 else None


def _per_100g(won: WonRange, weight: Span) -> WonRange:
    return WonRange(
        low=round(won.low * 100 / weight.high),
        mid=round(won.mid * 100 / weight.mid),
        high=round(won.high * 100 / weight.low),
    )
