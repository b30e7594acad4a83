"""Goods sold loose are bought by weight: just so much as is needed, in round portions.

A price for a bare weight of at most a kilogram ("100g", "600g") is a price by weight: of meat
everywhere (butchers cut; the price-marking rules, 가격표시제, ask for won per 100 g), and at
traditional markets also of vegetables, mushrooms, fruit, nuts, grain and seaweed that are compared
by weight. What is counted or stands in a container (1포기, 1봉(150g)) is sold whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from altteul.market.offer import WonRange
from altteul.sources.observation import Channel, Discount
from altteul.units import ItemKind

if TYPE_CHECKING:
    from altteul.catalog import Item
    from altteul.market.offer import Offer

LARGEST_PRICED_G = 1_000
LEAST_G = 100
"""Nobody weighs out less (our assumption); what is above the need is leftover."""
STEP_G = 10
WON_STEP = 10

WEIGHED_AT_MARKETS = frozenset(
    {
        ItemKind.VEGETABLE,
        ItemKind.MUSHROOM,
        ItemKind.FRUIT,
        ItemKind.NUT,
        ItemKind.GRAIN,
        ItemKind.SEAWEED,
    }
)
ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Portion:
    """So many grams of an offer sold by weight, and the price of them together."""

    grams: int
    price: WonRange

    @property
    def label(self) -> str:
        """As a pack is written: "250g", "1.2kg"."""
        return f"{self.grams / 1000:.10g}kg" if self.grams >= 1000 else f"{self.grams}g"


def is_loose(offer: Offer, item: Item) -> bool:
    """Whether the offer is sold by weight."""
    pack = offer.pack
    bare = pack.base_unit == "g" == item.base and not pack.estimated
    if not bare or pack.amount_mid > LARGEST_PRICED_G or not pack.label[0].isdigit():
        return False
    if pack.label not in {f"{pack.amount_mid:.10g}g", f"{pack.amount_mid / 1000:.10g}kg"}:
        return False
    if offer.discount is Discount.ONE_PLUS_ONE:
        return False
    at_market = offer.seller.channel is Channel.TRADITIONAL_MARKET
    return item.kind is ItemKind.MEAT or (at_market and item.kind in WEIGHED_AT_MARKETS)


def portion_of(offer: Offer, needed_g: float) -> Portion:
    """The portion that covers so many grams: at least 100 g, in steps of 10 g and 10 won."""
    grams = max(LEAST_G, ceil(needed_g / STEP_G * (1 - ALMOST)) * STEP_G)
    share = grams / offer.pack.amount_mid
    low, mid, high = (
        ceil(won * share / WON_STEP * (1 - ALMOST)) * WON_STEP
        for won in (offer.price.low, offer.price.mid, offer.price.high)
    )
    return Portion(grams, WonRange(low=low, mid=mid, high=high))
