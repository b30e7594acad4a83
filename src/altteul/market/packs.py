"""What a price buys, in the item's base unit, and the unit price that people compare by.

The familiar bases are those of the price-marking rules (가격표시제): 100 g, 100 mL, one piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from altteul import units
from altteul.catalog.conversion import packs_measure
from altteul.market.offer import Pack, UnitPrice, WonRange

if TYPE_CHECKING:
    from altteul.catalog import Catalog

PER = {"g": (100.0, "100g"), "mL": (100.0, "100mL")}
"""Base unit → how much of it a unit price is for, and how that is written."""


def pack_of(row: Mapping[str, Any]) -> units.Pack:
    """The pack of an observation row (columns of OBSERVATION_SCHEMA)."""
    return units.Pack(row["mass_g"], row["volume_ml"], row["count"], row["count_unit"])


def in_base_unit(catalog: Catalog, item: str, variety: str | None, pack: units.Pack) -> Pack:
    """The pack in the item's base unit; typical weights make it a range, marked as estimated.

    A pack that cannot be brought to the base unit (a 봉 of unknown weight) stays what it says.
    """
    known = catalog.items.get(item)
    held = known and packs_measure(known, pack, known.variety(variety) if variety else None)
    if held:
        unit, span, estimated = held.unit, held.span, held.estimated
    else:
        unit, span, estimated = *_as_stated(pack), False
    return Pack(
        label=pack.label,
        base_unit=unit,
        amount_low=span.low,
        amount_mid=span.mid,
        amount_high=span.high,
        estimated=estimated,
    )


def _as_stated(pack: units.Pack) -> tuple[str, units.Span]:
    stated = (("g", pack.mass_g), ("mL", pack.volume_ml), (pack.count_unit, pack.count))
    return next((unit, units.Span.exact(held)) for unit, held in stated if unit and held)


def unit_price(price: int, pack: Pack) -> UnitPrice:
    """Won for 100 g, 100 mL or one piece; low and high differ where the weight is estimated."""
    size, per = PER.get(pack.base_unit, (1.0, f"1{pack.base_unit}"))
    low, mid, high = (
        round(price * size / amount)
        for amount in (pack.amount_high, pack.amount_mid, pack.amount_low)
    )
    return UnitPrice(won=WonRange(low=low, mid=mid, high=high), per=per, estimated=pack.estimated)
