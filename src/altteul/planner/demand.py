"""Needs × sellers: for each, the cheapest whole packs of that seller's offers.

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
from altteul.planner.amounts import Amounts, Fit
from altteul.planner.packs import ALMOST, Packing, PackSize, cheapest_packs
from altteul.planner.plan import Need
from altteul.sources.observation import Discount

if TYPE_CHECKING:
    from altteul.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Line:
    """So many packs of one offer; with 1+1 fewer are paid than taken."""

    offer: Offer
    packs: int
    paid: int


@dataclass(frozen=True, slots=True)
class Option:
    """How one need is bought at one seller: packs of the offers of one sort, and won for all.

    `variety_unknown` tells that the source does not confirm the variety asked for.
    """

    sort: tuple[tuple[Offer, Fit], ...]
    packing: Packing
    amounts: Amounts
    variety_unknown: bool

    @property
    def won(self) -> int:
        """Won for all packs, at the middle of the prices."""
        return self.packing.won

    @property
    def estimated(self) -> bool:
        """Whether the number of packs rests on typical weights or a loose need."""
        paid = zip(self.sort, self.packing.counts, strict=True)
        return any(fit.estimated for (_, fit), count in paid if count)

    def lines(self) -> tuple[tuple[Line, ...], float, str]:
        """The lines, and what is left over in the item's base unit; a free pack (1+1) that is not
        needed is not taken."""
        lines, spare = [], self.packing.amount - 1.0
        for (offer, fit), paid in zip(self.sort, self.packing.counts, strict=True):
            packs = paid * _packs_for_one_price(offer)
            if packs > paid and spare >= fit.share * (1 - ALMOST):
                packs -= 1
                spare -= fit.share
            if paid:
                lines.append(Line(offer, packs, paid))
        return tuple(lines), *self.amounts.left(max(0.0, spare))


@dataclass(frozen=True, slots=True)
class Demand:
    """What can be bought where: needs with at least one option, and sellers in order of id.

    `away_m` is how far each seller is from home as the market knows it (straight line).
    """

    needs: tuple[Need, ...]
    sellers: tuple[Seller, ...]
    away_m: tuple[int, ...]
    options: dict[tuple[int, int], Option]
    without_offer: tuple[Need, ...]
    without_measure: tuple[Need, ...]


def read_demand(needs: Sequence[Need], offers: Iterable[Offer], catalog: Catalog) -> Demand:
    """Work out every option; needs without any are told apart by the reason."""
    by_item: dict[str, dict[str, list[Offer]]] = defaultdict(lambda: defaultdict(list))
    sellers: dict[str, Offer] = {}
    for offer in offers:
        by_item[offer.item][offer.seller.id].append(offer)
        sellers[offer.seller.id] = offer
    found = [_options(need, by_item.get(need.item, {}), catalog) for need in needs]
    priced = [index for index, options in enumerate(found) if options]
    unpriced = [need for need, options in zip(needs, found, strict=True) if not options]
    used = sorted({seller for index in priced for seller in found[index]})
    place = {seller: index for index, seller in enumerate(used)}
    return Demand(
        needs=tuple(needs[index] for index in priced),
        sellers=tuple(sellers[seller].seller for seller in used),
        away_m=tuple(sellers[seller].distance_m for seller in used),
        options={
            (row, place[seller]): option
            for row, index in enumerate(priced)
            for seller, option in found[index].items()
        },
        without_offer=tuple(need for need in unpriced if need.item not in by_item),
        without_measure=tuple(need for need in unpriced if need.item in by_item),
    )


def _options(need: Need, by_seller: dict[str, list[Offer]], catalog: Catalog) -> dict[str, Option]:
    amounts = Amounts(need, catalog)
    confirmed = _known_variety(need, by_seller)
    options = {}
    for seller, offers in by_seller.items():
        fitting = [o for o in offers if o.variety == need.variety] if confirmed else offers
        if confirmed is False:
            fitting = [o for o in offers if o.variety is None]
        if option := _cheapest(fitting, amounts, unknown=confirmed is False):
            options[seller] = option
    return options


def _known_variety(need: Need, by_seller: dict[str, list[Offer]]) -> bool | None:
    """Whether offers of the variety asked for are in reach; None when any variety will do."""
    if need.variety is None:
        return None
    return any(o.variety == need.variety for offers in by_seller.values() for o in offers)


def _cheapest(offers: Sequence[Offer], amounts: Amounts, *, unknown: bool) -> Option | None:
    """The cheapest packs of one sort; sorts (variety, grade, origin) are not mixed."""
    sorts: dict[tuple[str | None, ...], list[tuple[Offer, Fit]]] = defaultdict(list)
    for offer in offers:
        if fit := amounts.fit(offer):
            sorts[offer.variety, offer.grade, offer.origin].append((offer, fit))
    options = [_packed(sort, amounts, unknown=unknown) for sort in sorts.values()]
    return min(options, key=lambda option: option.packing.won, default=None)


def _packed(sort: Sequence[tuple[Offer, Fit]], amounts: Amounts, *, unknown: bool) -> Option:
    sizes = [
        PackSize(fit.share * _packs_for_one_price(offer), offer.price.mid) for offer, fit in sort
    ]
    packing = cheapest_packs(sizes, 1.0)
    assert packing is not None
    return Option(tuple(sort), packing, amounts, unknown)


def _packs_for_one_price(offer: Offer) -> int:
    """With 1+1 a second pack comes with each one paid."""
    return 2 if offer.discount is Discount.ONE_PLUS_ONE else 1
