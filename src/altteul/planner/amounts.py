"""What a need is in the unit that an offer is sold by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from altteul.market.offer import Pack
from altteul.planner.plan import Need
from altteul.units import Span, unit_word

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.catalog.model import Item


class Amounts:
    """A need's amount in any unit that the item's typical weights lead to."""

    def __init__(self, need: Need, catalog: Catalog) -> None:
        self._item = catalog.item(need.item)
        spoken = Span(need.amount_low, need.amount, need.amount_high)
        word = unit_word(need.unit, self._item.kind)
        self._unit = word.canonical if word else need.unit
        self._amount = spoken * word.factor if word else spoken
        self._known: dict[str, Span | None] = {}

    def wanted(self, unit: str) -> Span | None:
        """The need in `unit` (g, mL or a count unit); None where no weight is known."""
        if unit not in self._known:
            self._known[unit] = _in_unit(self._item, self._amount, self._unit, unit)
        return self._known[unit]

    def middle(self, unit: str) -> float:
        """The middle of the need in `unit`; ValueError where it cannot be measured."""
        span = self.wanted(unit)
        if span is None or span.mid <= 0:
            raise ValueError(f"{self._item.name} cannot be measured in {unit}")
        return span.mid

    def share(self, pack: Pack) -> float:
        """The part of the need that one pack covers, middle by middle."""
        return pack.amount_mid / self.middle(pack.base_unit)

    def is_loose(self, pack: Pack) -> bool:
        """Whether the need, the pack or the way between them is not exact."""
        span = self.wanted(pack.base_unit)
        return pack.estimated or span is None or not span.is_exact


def _in_unit(item: Item, amount: Span, unit: str, wanted: str) -> Span | None:
    unit, wanted = item.same.get(unit, unit), item.same.get(wanted, wanted)
    if unit == wanted:
        return amount
    each, of_wanted = _grams(item, unit), _grams(item, wanted)
    if each is None or of_wanted is None:
        return None
    return amount * each / of_wanted


def _grams(item: Item, unit: str) -> Span | None:
    """Grams of one of the unit; None if not known."""
    if unit == "g":
        return Span.exact(1)
    weight = item.weights.get(unit)
    return weight.span if weight else None
