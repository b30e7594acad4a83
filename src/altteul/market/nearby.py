"""The sellers near a place: how far, what was surveyed there, and how dear each one is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import exp, log, sqrt
from statistics import median, stdev

from altteul.frozen import Frozen
from altteul.history.seller import Seller
from altteul.market.offer import Offer, Place
from altteul.market.spread import best_of_each_seller, comparable

FEWEST_SELLERS = 3
"""A middle of fewer sellers of an item is nobody's measure."""
FEWEST_ITEMS = 4
SHRINKING = 4.0
"""A seller counts as like all others as much as so many compared items say otherwise."""
SURE_80 = 1.2816
"""Standard normal quantile of 0.9: an 80 % interval to both sides."""


class PriceLevel(Frozen):
    """How dear a seller is here: its prices against the middle of the sellers within reach.

    `percent` is below 0 for a cheap seller; over `items` compared items, shrunk towards 0 for few.
    `low` and `high` are an 80 % interval; `sure` where it does not hold 0.
    """

    items: int
    percent: int
    low: int
    high: int
    sure: bool

    def words(self) -> str:
        """The level in Korean."""
        if not self.sure:
            return f"보통이거나 모름 ({self.items}개 품목)"
        return f"{abs(self.percent)}% {'쌈' if self.percent < 0 else '비쌈'} ({self.items}개 품목)"


class NearbySeller(Frozen):
    """A seller, metres in a straight line, how many items were surveyed there and when last."""

    seller: Seller
    distance_m: int
    items: int
    surveyed_on: date | None
    level: PriceLevel | None


class Nearby(Frozen):
    """The sellers within reach of a place, nearest first."""

    place: Place
    on: date
    radius_m: int
    sellers: tuple[NearbySeller, ...]
    simulated: bool


def nearby(
    place: Place,
    on: date,
    radius_m: int,
    near: Iterable[tuple[Seller, int]],
    offers: Sequence[Offer],
) -> Nearby:
    """The sellers `near` with what their offers within reach tell of them."""
    levels = price_levels(offers)
    own: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        own[offer.seller.id].append(offer)
    found = [_one(seller, metres, own.get(seller.id, []), levels) for seller, metres in near]
    return Nearby(
        place=place,
        on=on,
        radius_m=radius_m,
        sellers=tuple(sorted(found, key=lambda one: (one.distance_m, one.seller.id))),
        simulated=any(one.seller.simulated for one in found),
    )


def price_levels(offers: Sequence[Offer]) -> dict[str, PriceLevel]:
    """Seller.id → its level, for sellers with at least four items that three sellers have."""
    by_item: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        by_item[offer.item].append(offer)
    away: dict[str, list[float]] = defaultdict(list)
    for alike in by_item.values():
        best = [o for o in best_of_each_seller(comparable(alike)) if o.unit_price.won.mid > 0]
        if len(best) >= FEWEST_SELLERS:
            middle = log(median(offer.unit_price.won.mid for offer in best))
            for offer in best:
                away[offer.seller.id].append(log(offer.unit_price.won.mid) - middle)
    return {name: _level(values) for name, values in away.items() if len(values) >= FEWEST_ITEMS}


def _level(away: Sequence[float]) -> PriceLevel:
    """The mean of the deviations of ln price, shrunk, with its interval."""
    count = len(away)
    shrunk = sum(away) / (count + SHRINKING)
    half = SURE_80 * stdev(away) / sqrt(count)
    low, high = shrunk - half, shrunk + half
    percent = (round(100 * (exp(value) - 1)) for value in (shrunk, low, high))
    middle, least, most = percent
    return PriceLevel(items=count, percent=middle, low=least, high=most, sure=low > 0 or high < 0)


def _one(
    seller: Seller, metres: int, offers: Sequence[Offer], levels: Mapping[str, PriceLevel]
) -> NearbySeller:
    return NearbySeller(
        seller=seller,
        distance_m=metres,
        items=len({offer.item for offer in offers}),
        surveyed_on=max((offer.observed_on for offer in offers), default=None),
        level=levels.get(seller.id),
    )
