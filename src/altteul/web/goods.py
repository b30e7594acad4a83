"""What the list on the device asks of the server: the words for goods and dishes, and what goods
cost around a place. Both are the same for everybody; the list itself never comes here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from altteul.catalog import Catalog
from altteul.frozen import Frozen
from altteul.market.offer import Offer, Place
from altteul.market.spread import spread_of
from altteul.web.pictures import picture

USUAL: Final = {
    "배추": (1, "포기"), "무": (1, "개"), "양파": (3, "개"), "대파": (1, "단"), "달걀": (30, "개"),
    "두부": (1, "모"), "콩나물": (300, "g"), "감자": (500, "g"), "돼지고기": (600, "g"),
    "고등어": (1, "마리"), "마늘": (200, "g"), "애호박": (1, "개"), "오이": (3, "개"),
    "상추": (200, "g"), "사과": (5, "개"), "당근": (2, "개"), "시금치": (1, "단"), "쌀": (10, "kg"),
}  # fmt: skip
"""The tiles of the empty list, with how much one tap puts on it."""


class KnownGood(Frozen):
    """A good with how much of it one usually buys, and its picture (an emoji or a drawing)."""

    name: str
    amount: float
    unit: str
    emoji: str = ""
    drawing: str = ""


class Vocabulary(Frozen):
    """The words that a list may use; `usual` are offered as tiles."""

    goods: tuple[KnownGood, ...]
    usual: tuple[str, ...]
    dishes: tuple[str, ...]


class Range(Frozen):
    """Won for `per` (100g, 1개) among the sellers around: the least and the most, the cheapest
    seller, and the newest survey day among them. `estimated`: a weight took part (추정)."""

    item: str
    per: str
    low: int
    high: int
    sellers: int
    cheapest: str
    newest: date
    estimated: bool


class Prices(Frozen):
    """The ranges of every good that somebody around a place sells."""

    place: str
    on: date
    simulated: bool
    prices: tuple[Range, ...]


def vocabulary(
    catalog: Catalog, dishes: Iterable[str], drawing: Callable[[str], str]
) -> Vocabulary:
    """Every good of the catalog and dish of the book; `drawing` is the address of a drawing."""
    return Vocabulary(
        goods=tuple(_known(name, catalog, drawing) for name in catalog.items),
        usual=tuple(name for name in USUAL if name in catalog.items),
        dishes=tuple(sorted(dishes)),
    )


def _known(name: str, catalog: Catalog, drawing: Callable[[str], str]) -> KnownGood:
    item = catalog.items[name]
    pack = item.default_pack
    amount, unit = USUAL.get(name) or (
        (pack.count, pack.count_unit)
        if pack.count and pack.count_unit
        else (pack.mass_g, "g")
        if pack.mass_g
        else (pack.volume_ml, "mL")
    )
    drawn = picture(name, item.category)
    return KnownGood(
        name=name,
        amount=amount or 1,
        unit=unit or "개",
        emoji=drawn.emoji,
        drawing=drawing(f"drawings/{drawn.drawing}.svg") if drawn.drawing else "",
    )


def ranges(place: Place, on: date, offers: Iterable[Offer]) -> Prices:
    """The spread of each good among offers around a place."""
    by_item: dict[str, list[Offer]] = {}
    for offer in offers:
        by_item.setdefault(offer.item, []).append(offer)
    found = (_range(item, its) for item, its in sorted(by_item.items()))
    return Prices(
        place=place.dong or place.district or place.name,
        on=on,
        simulated=any(offer.simulated for its in by_item.values() for offer in its),
        prices=tuple(one for one in found if one),
    )


def _range(item: str, offers: list[Offer]) -> Range | None:
    spread = spread_of(offers)
    if spread is None:
        return None
    return Range(
        item=item,
        per=spread.per,
        low=spread.won.low,
        high=spread.won.high,
        sellers=spread.sellers,
        cheapest=spread.cheapest.seller.name,
        newest=max(o.observed_on for o in offers if o.unit_price.per == spread.per),
        estimated=spread.estimated > 0,
    )
