"""Between counts, grams and millilitres of an item, carrying the uncertainty along.

A stated mass stays exact. A count becomes grams, and grams a count, only through the item's
weight range, and is then marked as an estimate (추정). Rules: SOURCES C4, docs/topics/units.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from altteul.catalog.model import Item, Variety
from altteul.units import PIECES, Amount, Dimension, ItemKind, Pack, Span


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in an item's comparison base (g, mL or its count unit)."""

    unit: str
    span: Span
    estimated: bool


@dataclass(frozen=True, slots=True)
class _Stated:
    """What an amount or a pack states; what it does not state is None."""

    mass: Span | None
    volume: Span | None
    count: Span | None
    count_unit: str


# Cut, leafy or grainy goods by the measuring cup, where the item itself states no density (g/mL).
_DENSITY = {
    ItemKind.VEGETABLE: Span(0.3, 0.55, 0.8),
    ItemKind.MUSHROOM: Span(0.25, 0.4, 0.5),
    ItemKind.FRUIT: Span(0.5, 0.65, 1.0),
    ItemKind.GRAIN: Span(0.7, 0.8, 0.9),
    ItemKind.NUT: Span(0.4, 0.55, 0.7),
    ItemKind.MEAT: Span(0.9, 0.95, 1.05),
    ItemKind.FISH: Span(0.6, 0.85, 1.05),
    ItemKind.PROCESSED: Span(0.4, 0.75, 1.1),
}
_PIECES = frozenset(PIECES) - {"줌", "공기", "그릇", "인분", "접시", "조각", "토막"}
# A leaf is counted as 장 or 잎, a stalk as 대 or 줄기.
_ALIKE = {"장": "잎", "잎": "장", "대": "줄기", "줄기": "대"}
_HANDFUL = Span(40, 50, 60)  # 한줌 of vegetables, SOURCES C3
_HANDFUL_KINDS = frozenset({ItemKind.VEGETABLE, ItemKind.MUSHROOM})


def grams(item: Item, measured: Amount | Pack, variety: Variety | None = None) -> Span | None:
    """Return the mass in g; exact if it is stated; None if the catalog knows no weight."""
    stated = _stated(measured)
    if stated.mass is not None:
        return stated.mass
    if stated.volume is not None:
        density = _density(item)
        return None if density is None else stated.volume * density
    weight = _weight(item, stated.count_unit, variety)
    if weight is None or stated.count is None:
        return None
    return stated.count * weight


def pieces(item: Item, measured: Amount | Pack, variety: Variety | None = None) -> Span | None:
    """Return the number of the item's pieces (`piece_unit`); exact if it is stated."""
    unit = piece_unit(item)
    return None if unit is None else _counted(item, measured, unit, variety)


def piece_unit(item: Item) -> str | None:
    """Return the count unit of the item: its base, else the first unit with a known weight."""
    if item.base not in ("g", "mL"):
        return item.base
    return next((unit for unit in item.weights if unit in _PIECES), None)


def in_base(item: Item, amount: Amount, variety: Variety | None = None) -> Measure | None:
    """Return an amount in the item's comparison base; None if it cannot be converted."""
    return _in_base(item, amount, variety)


def packs_measure(item: Item, pack: Pack, variety: Variety | None = None) -> Measure | None:
    """Return what a pack holds in the item's comparison base, so that packs can be compared."""
    return _in_base(item, pack, variety)


def packs_for(
    item: Item, need: Amount, pack: Pack, variety: Variety | None = None
) -> Measure | None:
    """Return how many packs cover a need (a fraction; packs are bought whole).

    Exact where need and pack state the same unit (1망 against 1망), else through the base.
    """
    wanted, held = _stated(need), _stated(pack)
    for mine, theirs in ((wanted.mass, held.mass), (wanted.volume, held.volume)):
        if mine is not None and theirs is not None:
            return Measure("pack", mine / theirs, estimated=not mine.is_exact)
    if wanted.count is not None and held.count is not None:
        unit = _same(item, wanted.count_unit)
        if unit == _same(item, held.count_unit):
            return Measure("pack", wanted.count / held.count, estimated=not wanted.count.is_exact)
    mine_base, pack_base = _in_base(item, need, variety), _in_base(item, pack, variety)
    if mine_base is None or pack_base is None:
        return None
    estimated = mine_base.estimated or pack_base.estimated
    return Measure("pack", mine_base.span / pack_base.span, estimated=estimated)


def _in_base(item: Item, measured: Amount | Pack, variety: Variety | None) -> Measure | None:
    stated = _stated(measured)
    if item.base == "g":
        span, direct = grams(item, measured, variety), stated.mass is not None
    elif item.base == "mL":
        span, direct = _millilitres(item, measured, variety), stated.volume is not None
    else:
        span = _counted(item, measured, item.base, variety)
        direct = _directly(item, stated, item.base) is not None
    if span is None:
        return None
    return Measure(item.base, span, estimated=not (direct and span.is_exact))


def _stated(measured: Amount | Pack) -> _Stated:
    if isinstance(measured, Pack):
        return _Stated(
            mass=_exact(measured.mass_g),
            volume=_exact(measured.volume_ml),
            count=_exact(measured.count),
            count_unit=measured.count_unit or "",
        )
    quantity, dimension = measured.quantity, measured.dimension
    return _Stated(
        mass=quantity if dimension is Dimension.MASS else None,
        volume=quantity if dimension is Dimension.VOLUME else None,
        count=quantity if dimension is Dimension.COUNT else None,
        count_unit=measured.unit,
    )


def _exact(value: float | None) -> Span | None:
    return None if value is None else Span.exact(value)


def _same(item: Item, unit: str) -> str:
    return item.same.get(unit, unit)


def _density(item: Item) -> Span | None:
    stated = item.density.get("mL")
    return stated.span if stated else _DENSITY.get(item.kind)


def _weight(item: Item, unit: str, variety: Variety | None) -> Span | None:
    """Return grams of one count unit: of the variety, of the item, of what it holds."""
    unit = _same(item, unit)
    if variety and (own := item.weights.get(f"{unit}@{variety.name}")):
        return own.span
    if known := item.weights.get(unit) or item.weights.get(_ALIKE.get(unit, "")):
        return known.span
    if (held := item.holds.get(unit)) and (each := _weight(item, held.unit, variety)):
        return each.scaled(held.count)
    return _HANDFUL if unit == "줌" and item.kind in _HANDFUL_KINDS else None


def _directly(item: Item, stated: _Stated, unit: str) -> Span | None:
    """Return the count in `unit` where it is stated in that unit or one that is the same."""
    if stated.count is None or _same(item, stated.count_unit) != _same(item, unit):
        return None
    return stated.count


def _counted(
    item: Item, measured: Amount | Pack, unit: str, variety: Variety | None
) -> Span | None:
    stated = _stated(measured)
    if (direct := _directly(item, stated, unit)) is not None:
        return direct
    held = item.holds.get(stated.count_unit)
    if stated.mass is None and stated.count is not None and held and held.unit == unit:
        return stated.count.scaled(held.count)
    mass, weight = grams(item, measured, variety), _weight(item, unit, variety)
    return None if mass is None or weight is None else mass / weight


def _millilitres(item: Item, measured: Amount | Pack, variety: Variety | None) -> Span | None:
    stated = _stated(measured)
    if stated.volume is not None:
        return stated.volume
    mass, density = grams(item, measured, variety), _density(item)
    return None if mass is None or density is None else mass / density
