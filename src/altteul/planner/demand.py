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
from altteul.market.offer import Offer, WonRange
from altteul.planner.amounts import Amounts, Fit, grams_of
from altteul.planner.leftovers import keeps_days, leftover_share
from altteul.planner.loose import is_loose, portion_of
from altteul.planner.packs import ALMOST, PackSize, cheapest_packs
from altteul.planner.plan import Need
from altteul.planner.variants import Variant, ordinary, preferred, variants_of
from altteul.sources.observation import Discount

if TYPE_CHECKING:
    from altteul.catalog import Catalog, Item


@dataclass(frozen=True, slots=True)
class Line:
    """So many packs of one offer (or one portion by weight); with 1+1 fewer are paid than taken.

    `price` is for one pack paid.
    """

    offer: Offer
    label: str
    packs: int
    paid: int
    price: WonRange


@dataclass(frozen=True, slots=True)
class Option:
    """How one need is got in one way at one seller: the lines, and what is left over.

    `spare` is the leftover as a share of all that is bought, `leftover` the same in words' units;
    `worth` is the share of its price that a leftover is worth; `grams` is what one carries (None:
    not known). `variety_unknown` tells that the source does not confirm the variety asked for.
    """

    variant: Variant
    lines: tuple[Line, ...]
    leftover: tuple[float, str]
    spare: float
    worth: float
    keeps_days: int | None
    grams: float | None
    estimated: bool
    variety_unknown: bool
    weighed: bool

    @property
    def won(self) -> int:
        """Won for all packs, at the middle of today's prices."""
        return sum(line.price.mid * line.paid for line in self.lines)

    @property
    def weighs(self) -> float:
        """Won less the worth of the leftover."""
        return self.won * (1 - self.spare * self.worth)

    @property
    def surveyed(self) -> bool:
        """Whether somebody asked these prices at the seller."""
        return all(line.offer.basis.value != "estimated" for line in self.lines)


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
    maker = _Maker(variant, item, amounts, unknown=confirmed is False)
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


class _Maker:
    """Makes the options of one variant at one seller."""

    def __init__(self, variant: Variant, item: Item, amounts: Amounts, *, unknown: bool) -> None:
        self._variant = variant
        self._item = item
        self._amounts = amounts
        self._unknown = unknown
        self._grams = grams_of(variant.need, item)
        self._worth, self._keeps = leftover_share(item), keeps_days(item)

    def cheapest(self, offers: Sequence[Offer]) -> Option | None:
        """The option that weighs least; sorts (variety, grade, origin) are not mixed, and surveyed
        prices go before estimates."""
        sorts: dict[tuple[object, ...], list[tuple[Offer, Fit]]] = defaultdict(list)
        options: list[Option] = []
        for offer in offers:
            if fit := self._amounts.fit(offer):
                if is_loose(offer, self._item):
                    options += self._weighed(offer, fit)
                else:
                    kind = (offer.variety, offer.grade, offer.origin, offer.basis)
                    sorts[kind].append((offer, fit))
        options += [self._packed(sort) for sort in sorts.values()]
        return min(options, key=lambda o: (not o.surveyed, o.weighs), default=None)

    def _weighed(self, offer: Offer, fit: Fit) -> list[Option]:
        needed = offer.pack.amount_mid / fit.share
        portion = portion_of(offer, needed)
        line = Line(offer, portion.label, 1, 1, portion.price)
        over = max(0.0, portion.grams - needed)
        return [
            self._option((line,), over / portion.grams, portion.grams, fit.estimated, (over, "g"))
        ]

    def _packed(self, sort: Sequence[tuple[Offer, Fit]]) -> Option:
        sizes = [PackSize(fit.share * _packs_for_one_price(o), o.price.mid) for o, fit in sort]
        packing = cheapest_packs(sizes, 1.0)
        assert packing is not None
        lines, spare, estimated = [], packing.amount - 1.0, False
        for (offer, fit), paid in zip(sort, packing.counts, strict=True):
            packs = paid * _packs_for_one_price(offer)
            # A free pack (1+1) that is not needed is not taken.
            if packs > paid and spare >= fit.share * (1 - ALMOST):
                packs -= 1
                spare -= fit.share
            if paid:
                lines.append(Line(offer, offer.pack.label, packs, paid, offer.price))
                estimated |= fit.estimated
        spare = max(0.0, spare)
        carried = None if self._grams is None else self._grams * (1 + spare)
        left = self._amounts.left(spare)
        return self._option(tuple(lines), spare / (1 + spare), carried, estimated, left)

    def _option(
        self,
        lines: tuple[Line, ...],
        spare: float,
        grams: float | None,
        estimated: bool,
        left: tuple[float, str],
    ) -> Option:
        return Option(
            variant=self._variant,
            lines=lines,
            leftover=left,
            spare=spare,
            worth=self._worth,
            keeps_days=self._keeps,
            grams=grams,
            estimated=estimated,
            variety_unknown=self._unknown,
            weighed=is_loose(lines[0].offer, self._item),
        )


def _packs_for_one_price(offer: Offer) -> int:
    """With 1+1 a second pack comes with each one paid."""
    return 2 if offer.discount is Discount.ONE_PLUS_ONE else 1
