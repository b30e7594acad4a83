"""How one need is got at one seller: which of its packs, how many, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from altteul.market.offer import Offer, WonRange
from altteul.planner.amounts import Amounts, Fit, grams_of
from altteul.planner.leftovers import keeps_days, leftover_share
from altteul.planner.loose import is_loose, portion_of
from altteul.planner.packs import ALMOST, PackSize, cheapest_packs, packs_for
from altteul.planner.variants import Variant
from altteul.sources.observation import Discount

if TYPE_CHECKING:
    from altteul.catalog import Item


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


class OptionMaker:
    """Makes the options of one variant at one seller."""

    def __init__(self, variant: Variant, item: Item, amounts: Amounts, *, unknown: bool) -> None:
        """`unknown` tells that the sources do not say the variety that was asked for."""
        self._variant = variant
        self._item = item
        self._amounts = amounts
        self._unknown = unknown
        self._grams = grams_of(variant.need, item)
        self._worth, self._keeps = leftover_share(item), keeps_days(item)
        self._alike: dict[tuple[float, int], tuple[int, int, _Bought]] = {}

    def cheapest(self, offers: Sequence[Offer]) -> Option | None:
        """The option that weighs least; sorts (variety, grade, origin) are not mixed, and surveyed
        prices go before estimates."""
        sorts: dict[tuple[object, ...], list[tuple[Offer, Fit]]] = {}
        options: list[Option] = []
        for offer in offers:
            if fit := self._amounts.fit(offer):
                if is_loose(offer, self._item):
                    options.append(self._weighed(offer, fit))
                else:
                    kind = (offer.variety, offer.grade, offer.origin, offer.basis)
                    sorts.setdefault(kind, []).append((offer, fit))
        options += [
            self._mixed(sort) if len(sort) > 1 else self._alone(*sort[0]) for sort in sorts.values()
        ]
        if len(options) < 2:
            return options[0] if options else None
        return min(options, key=lambda o: (not o.surveyed, o.weighs))

    def _weighed(self, offer: Offer, fit: Fit) -> Option:
        needed = offer.pack.amount_mid / fit.share
        portion = portion_of(offer, needed)
        line = Line(offer, portion.label, 1, 1, portion.price)
        over = max(0.0, portion.grams - needed)
        bought = _Bought((over, "g"), over / portion.grams, portion.grams)
        return self._option((line,), bought, estimated=fit.estimated, weighed=True)

    def _alone(self, offer: Offer, fit: Fit) -> Option:
        """Packs of one size; sellers ask for the same sizes, so the count is kept."""
        each = _packs_for_one_price(offer)
        key = fit.share, each
        if key not in self._alike:
            paid = packs_for(1.0, fit.share * each)
            packs, spare = _taken(paid, each, fit.share, paid * (fit.share * each) - 1.0)
            self._alike[key] = packs, paid, self._bought(spare)
        packs, paid, bought = self._alike[key]
        line = Line(offer, offer.pack.label, packs, paid, offer.price)
        return self._option((line,), bought, estimated=fit.estimated, weighed=False)

    def _mixed(self, sort: Sequence[tuple[Offer, Fit]]) -> Option:
        """The cheapest mixture of pack sizes."""
        sizes = [PackSize(fit.share * _packs_for_one_price(o), o.price.mid) for o, fit in sort]
        packing = cheapest_packs(sizes, 1.0)
        assert packing is not None
        lines, spare, estimated = [], packing.amount - 1.0, False
        for (offer, fit), paid in zip(sort, packing.counts, strict=True):
            packs, spare = _taken(paid, _packs_for_one_price(offer), fit.share, spare)
            if paid:
                lines.append(Line(offer, offer.pack.label, packs, paid, offer.price))
                estimated |= fit.estimated
        return self._option(tuple(lines), self._bought(spare), estimated=estimated, weighed=False)

    def _bought(self, spare: float) -> _Bought:
        """What is bought when so much more than the need is left over."""
        spare = max(0.0, spare)
        carried = None if self._grams is None else self._grams * (1 + spare)
        return _Bought(self._amounts.left(spare), spare / (1 + spare), carried)

    def _option(
        self, lines: tuple[Line, ...], bought: _Bought, *, estimated: bool, weighed: bool
    ) -> Option:
        return Option(
            variant=self._variant,
            lines=lines,
            leftover=bought.left,
            spare=bought.spare,
            worth=self._worth,
            keeps_days=self._keeps,
            grams=bought.grams,
            estimated=estimated,
            variety_unknown=self._unknown,
            weighed=weighed,
        )


@dataclass(frozen=True, slots=True)
class _Bought:
    """What is left over, the same as a share of all that is bought, and what one carries."""

    left: tuple[float, str]
    spare: float
    grams: float | None


def _taken(paid: int, each: int, share: float, spare: float) -> tuple[int, float]:
    """Packs taken home, and what is left over: a free pack (1+1) that is not needed stays."""
    packs = paid * each
    if packs > paid and spare >= share * (1 - ALMOST):
        return packs - 1, spare - share
    return packs, spare


def _packs_for_one_price(offer: Offer) -> int:
    """With 1+1 a second pack comes with each one paid."""
    return 2 if offer.discount is Discount.ONE_PLUS_ONE else 1
