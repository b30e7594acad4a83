"""How much of a need one pack of an offer covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from altteul.catalog.conversion import grams, in_base, packs_for
from altteul.errors import AmountError
from altteul.units import Amount, Dimension, ItemKind, Pack, Span, parse_pack, unit_word

if TYPE_CHECKING:
    from altteul import market
    from altteul.catalog import Catalog, Item
    from altteul.market.offer import Offer
    from altteul.planner.plan import Need


@dataclass(frozen=True, slots=True)
class Fit:
    """The part of a need that one pack covers, middle by middle; `estimated` when a typical
    weight or a loose amount took part."""

    share: float
    estimated: bool


class Amounts:
    """One need against the packs on sale; what was worked out is kept by pack."""

    def __init__(self, need: Need, catalog: Catalog) -> None:
        self._item = catalog.item(need.item)
        self._variety = self._item.variety(need.variety) if need.variety else None
        self._amount = spoken_amount(need, self._item.kind)
        self._fits: dict[tuple[str, str | None], Fit | None] = {}

    def fit(self, offer: Offer) -> Fit | None:
        """What one pack of the offer covers; None where the two cannot be compared."""
        key = offer.pack.label, offer.variety
        if key not in self._fits:
            self._fits[key] = self._fit(offer)
        return self._fits[key]

    def left(self, share: float) -> tuple[float, str]:
        """A share of the need in the item's base unit, else in the need's own."""
        amount, unit = self._whole
        return share * amount, unit

    @cached_property
    def _whole(self) -> tuple[float, str]:
        measure = in_base(self._item, self._amount, self._variety)
        if measure is None:
            return self._amount.quantity.mid, self._amount.unit
        return measure.span.mid, measure.unit

    def _fit(self, offer: Offer) -> Fit | None:
        variety = self._variety or (self._item.variety(offer.variety) if offer.variety else None)
        pack, estimated = _stated(offer.pack, self._item.kind)
        packs = packs_for(self._item, self._amount, pack, variety)
        if packs is None or packs.span.mid <= 0:
            return None
        return Fit(1 / packs.span.mid, packs.estimated or estimated)


def spoken_amount(need: Need, kind: ItemKind) -> Amount:
    """A need as an amount in a canonical unit, loose ends included."""
    span = Span(need.amount_low, need.amount, need.amount_high)
    word = unit_word(need.unit, kind)
    if word is None:
        return Amount(span, need.unit, Dimension.COUNT, need.text)
    return Amount(span * word.factor, word.canonical, word.dimension, need.text)


def grams_of(need: Need, item: Item) -> float | None:
    """What a need weighs, in the middle; None where the catalog knows no weight."""
    variety = item.variety(need.variety) if need.variety else None
    weight = grams(item, spoken_amount(need, item.kind), variety)
    return None if weight is None else weight.mid


def _stated(pack: market.offer.Pack, kind: ItemKind) -> tuple[Pack, bool]:
    """The pack as its label states it, so that 1망 meets 1망 whatever either weighs; where the
    label cannot be read, the middle of what it holds and whether that is an estimate."""
    try:
        return _read(pack.label, kind), False
    except AmountError:
        if pack.base_unit == "g":
            return Pack(mass_g=pack.amount_mid), pack.estimated
        if pack.base_unit == "mL":
            return Pack(volume_ml=pack.amount_mid), pack.estimated
        return Pack(count=pack.amount_mid, count_unit=pack.base_unit), pack.estimated


@lru_cache(maxsize=4_096)
def _read(label: str, kind: ItemKind) -> Pack:
    return parse_pack(label, item_kind=kind)
