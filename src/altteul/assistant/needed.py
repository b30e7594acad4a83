"""One spoken need → an amount the planner can buy, or the reason why it cannot.

What was not said is assumed and said so: the usual pack without an amount, the usual piece for a
bare number, today's cheapest unit price for so many won (추정).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.lists.shopping_list import HOUSEHOLD
from altteul.assistant.questions import SEVERAL
from altteul.assistant.understood import SpokenNeed
from altteul.catalog import Item, piece_unit
from altteul.catalog.loading import read_families
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner.plan import Need, Trip, Unread
from altteul.units import Pack, unit_word
from altteul.units.words import PIECES

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.market.offer import Place

_SAME_UNIT = {"봉다리": "봉지", "푸대": "포대", "됫박": "되", "되박": "되", "갑": "팩"}
WON = "원"


@dataclass(frozen=True, slots=True)
class Needed:
    """A need for the planner or the reason against it, with what was assumed."""

    need: Need | None = None
    unread: Unread | None = None
    assumption: str | None = None


def needed(
    said: SpokenNeed, catalog: Catalog, market: Market, place: Place, on: date, trip: Trip
) -> Needed:
    """Read one need against the catalog, and the prices near the place for so many won."""
    if said.item not in catalog.items:
        choices = SEVERAL.get(said.item) or read_families(catalog.items).get(said.item, ())
        reason = f"어떤 {said.item}인지 말씀해 주세요."
        return Needed(unread=Unread(text=said.item, reason=reason, suggestions=choices))
    item = catalog.item(said.item)
    if said.amount is not None and not 0 < said.amount <= HOUSEHOLD.of_one_thing:
        reason = (
            f"살 수 있는 양이 아닙니다. '{item.name} {item.default_pack.label}'처럼 말씀해 주세요."
        )
        return Needed(unread=Unread(text=f"{said.item} {said.amount:g}", reason=reason))
    if said.unit == WON and said.amount is not None:
        return _for_won(said, item, market, place, on, trip)
    if said.amount is None:
        return _usual_pack(said, item, 1.0)
    if said.unit is None:
        unit = _piece(item)
        return _plain(said, unit) if unit else _usual_pack(said, item, said.amount)
    unit = _SAME_UNIT.get(said.unit, said.unit)
    return (
        _plain(said, unit) if unit_word(unit, item.kind) else _usual_pack(said, item, said.amount)
    )


def _plain(said: SpokenNeed, unit: str) -> Needed:
    assert said.amount is not None
    low, high = said.low or said.amount, said.high or said.amount
    return Needed(
        need=Need(
            text=f"{_name(said)} {said.amount:g}{unit}",
            item=said.item,
            variety=said.variety,
            amount_low=low,
            amount=(low + high) / 2,
            amount_high=high,
            unit=unit,
        )
    )


def _usual_pack(said: SpokenNeed, item: Item, packs: float) -> Needed:
    """So many of the pack that shops usually sell."""
    amount, unit = _held(item.default_pack)
    label = item.default_pack.label
    shown = label if packs == 1 else f"{label} {packs:g}개"
    return Needed(
        need=_assumed(said, f"{_name(said)} {shown}", amount * packs, unit),
        assumption=f"{_name(said)}의 양은 {shown}로 보았습니다.",
    )


def _held(pack: Pack) -> tuple[float, str]:
    """What a pack holds by its count, else its mass or volume."""
    if pack.count is not None and pack.count_unit is not None:
        return pack.count, pack.count_unit
    if pack.mass_g is not None:
        return pack.mass_g, "g"
    assert pack.volume_ml is not None
    return pack.volume_ml, "mL"


def _piece(item: Item) -> str | None:
    """The piece that "하나" means: 무 한 개, 배추 한 포기; None where the pack is meant."""
    if item.base in PIECES:
        return item.base
    unit = item.default_pack.count_unit
    return unit if unit in PIECES else piece_unit(item)


def _for_won(
    said: SpokenNeed, item: Item, market: Market, place: Place, on: date, trip: Trip
) -> Needed:
    """So many won's worth at the lowest unit price within reach."""
    assert said.amount is not None
    won = round(said.amount)
    radius = trip.radius_m or DEFAULT_RADIUS_M[trip.mode]
    offers = market.offers(place, on, items=[item.name], radius_m=radius)
    fitting = [o for o in offers if said.variety is None or o.variety == said.variety] or offers
    if not fitting:
        usual = _usual_pack(said, item, 1.0)
        note = (
            f"{_name(said)}의 값을 몰라 {won:,}원어치 대신 {item.default_pack.label}로 보았습니다."
        )
        return Needed(need=usual.need, assumption=note)
    unit = fitting[0].pack.base_unit
    rates = [o.pack.amount_mid / o.price.mid for o in fitting if o.pack.base_unit == unit]
    amount = won * max(rates)
    shown = f"{amount:,.0f}{unit}" if unit in ("g", "mL") else f"{amount:.1f}{unit}"
    return Needed(
        need=_assumed(said, f"{_name(said)} {won:,}원어치", amount, unit),
        assumption=f"{_name(said)} {won:,}원어치는 가까운 가장 싼 값으로 약 {shown}입니다(추정).",
    )


def _assumed(said: SpokenNeed, text: str, amount: float, unit: str) -> Need:
    return Need(
        text=text,
        item=said.item,
        variety=said.variety,
        amount_low=amount,
        amount=amount,
        amount_high=amount,
        unit=unit,
        assumed_amount=True,
    )


def _name(said: SpokenNeed) -> str:
    return " ".join(filter(None, (said.item, said.variety)))
