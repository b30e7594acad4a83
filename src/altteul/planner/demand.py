"""Needs x ways to get them x sellers: for each, what is cheapest of that seller's offers.

The rule for loose amounts: packs are bought for the middle of what is needed, each pack counted
with the middle of what it holds; where either is not exact the purchase is marked as estimated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from altteul.history.seller import Seller
from altteul.market.offer import Offer
from altteul.planner.amounts import Amounts
from altteul.planner.options import Option, OptionMaker
from altteul.planner.plan import Need
from altteul.planner.variants import Variant, ordinary, preferred, variants_of

if TYPE_CHECKING:
    from altteul.catalog import Catalog


Key = tuple[int, int, int]
"""Need, variant, seller (indices)."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What can be bought where: needs with at least one option, and sellers in order of id.

    `away_m` is how far each seller is from home as the market knows it (straight line).
    `unconfirmed` are preferences that no offer in reach confirms or denies.
    """

    needs: tuple[Need, ...]
    variants: tuple[tuple[Variant, ...], ...]
    sellers: tuple[Seller, ...]
    away_m: tuple[int, ...]
    options: dict[Key, Option]
    without_offer: tuple[Need, ...]
    without_measure: tuple[Need, ...]
    unconfirmed: tuple[str, ...] = ()


def read_demand(needs: Sequence[Need], offers: Iterable[Offer], catalog: Catalog) -> Demand:
    """Work out every option; needs without any are told apart by the reason."""
    by_item: dict[str, dict[str, list[Offer]]] = defaultdict(lambda: defaultdict(list))
    sellers: dict[str, Offer] = {}
    for offer in offers:
        by_item[offer.item][offer.seller.id].append(offer)
        sellers[offer.seller.id] = offer
    read = [_Reading(need, by_item, catalog) for need in needs]
    priced = [one for one in read if one.options]
    unpriced = [one for one in read if not one.options]
    used = sorted({seller for one in priced for _, seller in one.options})
    place = {seller: index for index, seller in enumerate(used)}
    return Demand(
        needs=tuple(one.need for one in priced),
        variants=tuple(one.variants for one in priced),
        sellers=tuple(sellers[seller].seller for seller in used),
        away_m=tuple(sellers[seller].distance_m for seller in used),
        options={
            (row, variant, place[seller]): option
            for row, one in enumerate(priced)
            for (variant, seller), option in one.options.items()
        },
        without_offer=tuple(one.need for one in unpriced if not one.offered),
        without_measure=tuple(one.need for one in unpriced if one.offered),
        unconfirmed=tuple(dict.fromkeys(word for one in read for word in one.unconfirmed)),
    )


class _Reading:
    """The options of one need by variant and seller's id."""

    def __init__(
        self, need: Need, by_item: dict[str, dict[str, list[Offer]]], catalog: Catalog
    ) -> None:
        self.need = need
        self.variants = variants_of(need, catalog)
        self.options: dict[tuple[int, str], Option] = {}
        self.unconfirmed: tuple[str, ...] = ()
        self.offered = any(by_item.get(v.need.item) for v in self.variants)
        for index, variant in enumerate(self.variants):
            wished, unknown = preferred(by_item.get(variant.need.item, {}), need.preferences)
            if index == 0:
                self.unconfirmed = unknown
            for seller, option in _options(variant, wished, catalog).items():
                self.options[index, seller] = option


def _options(
    variant: Variant, by_seller: dict[str, list[Offer]], catalog: Catalog
) -> dict[str, Option]:
    need, item = variant.need, catalog.item(variant.need.item)
    amounts = Amounts(need, catalog)
    by_seller = ordinary(by_seller, need, catalog)
    confirmed = _known_variety(need, by_seller)
    options = {}
    maker = OptionMaker(variant, item, amounts, unknown=confirmed is False)
    for seller, offers in by_seller.items():
        fitting = [o for o in offers if o.variety == need.variety] if confirmed else offers
        if confirmed is False:
            fitting = [o for o in offers if o.variety is None]
        if option := maker.cheapest(fitting):
            options[seller] = option
    return options


def _known_variety(need: Need, by_seller: dict[str, list[Offer]]) -> bool | None:
    """Whether offers of the variety asked for are in reach; None when any variety will do."""
    if need.variety is None:
        return None
    return any(o.variety == need.variety for offers in by_seller.values() for o in offers)
