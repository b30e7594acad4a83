"""The ways to serve a need: the item itself and its substitutes; and what is preferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from altteul.catalog.conversion import grams
from altteul.market.offer import Offer
from altteul.planner.amounts import spoken_amount
from altteul.planner.plan import Need, NeedSubstitute

if TYPE_CHECKING:
    from altteul.catalog import Catalog

HOME_GROWN = "국산"
FOREIGN = (
    "수입",
    "미국",
    "호주",
    "중국",
    "칠레",
    "페루",
    "러시아",
    "노르웨이",
    "뉴질랜드",
    "베트남",
)
AT_HOME = ("국산", "국내", "한우", "한돈", "우리")
ALIKE: Mapping[str, tuple[str, ...]] = {
    "국산": AT_HOME,
    "국내산": AT_HOME,
    "유기농": ("유기농", "유기"),
    "친환경": ("친환경", "유기농", "무농약"),
    "무농약": ("무농약", "유기농"),
}


class Swap(Protocol):
    """What stands for what: a row of the book of substitutes, or one that was permitted."""

    @property
    def item(self) -> str:
        """The catalog's item."""

    @property
    def variety(self) -> str | None:
        """Its variety; None: any."""

    @property
    def ratio(self) -> float:
        """Grams of it for one gram of the original."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A need as it is bought; `instead_of` is the original item of a substitute."""

    need: Need
    substitute: NeedSubstitute | None = None
    instead_of: str | None = None

    @property
    def dislike_won(self) -> int:
        """What one would pay to have the original all the same."""
        return self.substitute.dislike_won if self.substitute else 0

    @property
    def name(self) -> str:
        """The good in words."""
        return " ".join(filter(None, (self.need.item, self.need.variety)))


def variants_of(need: Need, catalog: Catalog) -> tuple[Variant, ...]:
    """The need itself, then its substitutes in the order of the need; a substitute that cannot be
    weighed against the original is left out."""
    found = [Variant(need)]
    for substitute in need.substitutes:
        if instead := instead_of(need, substitute, catalog):
            found.append(Variant(instead, substitute, need.item))
    return tuple(found)


def instead_of(need: Need, substitute: Swap, catalog: Catalog) -> Need | None:
    """The need for a substitute in grams; None where the original cannot be weighed."""
    item = catalog.item(need.item)
    variety = item.variety(need.variety) if need.variety else None
    weight = grams(item, spoken_amount(need, item.kind), variety)
    if weight is None:
        return None
    low, mid, high = (round(g * substitute.ratio, 1) for g in (weight.low, weight.mid, weight.high))
    name = " ".join(filter(None, (substitute.item, substitute.variety)))
    return Need(
        text=f"{name} {_weight(mid)} ({need.text} 대신)", item=substitute.item,
        variety=substitute.variety, amount_low=low, amount=mid, amount_high=high, unit="g",
    )  # fmt: skip


def _weight(amount_g: float) -> str:
    return f"{amount_g / 1000:.3g}kg" if amount_g >= 1000 else f"{amount_g:.0f}g"


def preferred(
    by_seller: dict[str, list[Offer]], wishes: Sequence[str]
) -> tuple[dict[str, list[Offer]], tuple[str, ...]]:
    """The offers that suit the wishes, and the wishes of which the sources say nothing.

    An offer that denies a wish (수입 for 국산) is left out. Where some offer confirms a wish that
    is no matter of origin (유기농), only those that do remain.
    """
    unknown = []
    for wish in wishes:
        words = ALIKE.get(wish, (wish,))
        every = [offer for offers in by_seller.values() for offer in offers]
        confirmed = [offer for offer in every if _says(offer, words)]
        if words is AT_HOME:
            by_seller = _only(by_seller, [o for o in every if not _says(o, FOREIGN)])
        elif confirmed:
            by_seller = _only(by_seller, confirmed)
        if every and not confirmed:
            unknown.append(wish)
    return by_seller, tuple(unknown)


def ordinary(
    by_seller: dict[str, list[Offer]], need: Need, catalog: Catalog
) -> dict[str, list[Offer]]:
    """The offers that a need without a variety means: not the sorts that the catalog sets apart
    (소고기 등심), unless nobody in reach has another."""
    apart = catalog.item(need.item).apart
    if need.variety is not None or not apart:
        return by_seller
    every = (offer for offers in by_seller.values() for offer in offers)
    return _only(by_seller, [o for o in every if o.variety not in apart]) or by_seller


def _says(offer: Offer, words: Sequence[str]) -> bool:
    said = " ".join(filter(None, (offer.origin, offer.variety, offer.grade, offer.note)))
    return any(word in said for word in words)


def _only(by_seller: dict[str, list[Offer]], kept: Sequence[Offer]) -> dict[str, list[Offer]]:
    ids = {id(offer) for offer in kept}
    left = {s: [o for o in offers if id(o) in ids] for s, offers in by_seller.items()}
    return {seller: offers for seller, offers in left.items() if offers}
