"""A few sellers around one place, made by hand, for the planner's tests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from altteul.catalog.catalog import Catalog
from altteul.catalog.model import Item
from altteul.history.seller import Seller
from altteul.market.offer import Basis, Offer, Pack, Place, UnitPrice, WonRange
from altteul.market.reach import is_open
from altteul.planner.plan import Need, Request, Trip
from altteul.planner.trip import Point, straight_metres
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis
from altteul.units import ItemKind

DAY = date(2026, 11, 20)
HOME = Place(name="우리 동네", lat=37.6, lng=127.0)
M_PER_DEGREE = 111_195.0


def small_catalog() -> Catalog:
    """Items with round weights, so that the tests can be checked by hand."""
    cabbage, radish = "포기 2000/2500/3000 [시험]", "개 1000/1500/2000 [시험]"
    return Catalog(
        [
            Item(name="배추", kind=ItemKind.VEGETABLE, base="포기", weights=cabbage),
            Item(name="무", kind=ItemKind.VEGETABLE, base="개", weights=radish),
            Item(name="상추", kind=ItemKind.VEGETABLE, weights="봉 100/150/200 [시험]"),
            Item(name="양파", kind=ItemKind.VEGETABLE, weights="망 1200/1500/1700 [시험]"),
            Item(name="달걀", kind=ItemKind.EGG_DAIRY, base="개"),
            Item(name="돼지고기", kind=ItemKind.MEAT, varieties="*삼겹살; 뒷다리"),
        ]
    )


def seller(name: str, north_m: float = 0.0, **facts: Any) -> Seller:
    """A seller so many metres north of home (a straight road makes distances easy)."""
    facts = {"channel": Channel.LARGE_STORE, "location_basis": LocationBasis.EXACT} | facts
    return Seller(id=name, name=name, lat=HOME.lat + north_m / M_PER_DEGREE, lng=HOME.lng, **facts)


def offer(at: Seller, item: str, won: int, amount: float, unit: str, **facts: Any) -> Offer:
    """An offer of a pack of exactly so much, one day old unless said otherwise."""
    pack = Pack(
        label=f"{amount:g}{unit}", base_unit=unit,
        amount_low=amount, amount_mid=amount, amount_high=amount,
    )  # fmt: skip
    price = WonRange(low=won, mid=won, high=won)
    facts = {"age_days": 1, "basis": Basis.OBSERVED, "source": "hand", "pack": pack} | facts
    facts.setdefault("observed_on", DAY - timedelta(days=facts["age_days"]))
    return Offer(
        item=item, seller=at, distance_m=_metres(at), price=price,
        unit_price=UnitPrice(won=price, per=f"{amount:g}{unit}"), **facts,
    )  # fmt: skip


def need(text: str, item: str, amount: float, unit: str, **facts: Any) -> Need:
    """An exact need unless `amount_low` and `amount_high` are given."""
    facts = {"amount_low": amount, "amount_high": amount} | facts
    return Need(text=text, item=item, amount=amount, unit=unit, **facts)


def request(*needs: Need, **trip: Any) -> Request:
    """A request from home on the day of the tests."""
    return Request(needs=needs, place=HOME, on=DAY, trip=Trip(**trip))


class HandMadeMarket:
    """Stands where the market would: the offers it was given, within the radius."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = offers

    def offers(
        self,
        place: Place,
        on: date,
        *,
        items: Collection[str] | None = None,
        radius_m: int,
        closed_too: bool = False,
    ) -> list[Offer]:
        wanted = [o for o in self._offers if items is None or o.item in items]
        near = [o for o in wanted if o.distance_m <= radius_m and o.seller.lat is not None]
        return [o for o in near if closed_too or is_open(o.seller, on)]

    def standing_still(self, on: date, sources: Collection[str]) -> tuple[str, ...]:
        return ()

    def delivered_offers(self, on: date, *, items: Collection[str] | None = None) -> list[Offer]:
        wanted = [o for o in self._offers if items is None or o.item in items]
        return [o for o in wanted if o.seller.delivery]


def _metres(at: Seller) -> int:
    assert at.lat is not None
    assert at.lng is not None
    return round(straight_metres([Point(HOME.lat, HOME.lng), Point(at.lat, at.lng)])[0, 1])
