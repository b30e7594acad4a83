"""The words of the market: a place, what a seller asks there today, and what is normal."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from altteul.frozen import Frozen
from altteul.history.seller import Seller
from altteul.sources.observation import Channel, Discount
from altteul.sources.seller import LocationBasis

CHANNEL_WORDS = {
    Channel.TRADITIONAL_MARKET: "전통시장",
    Channel.LARGE_STORE: "대형마트",
    Channel.LOCAL_FOOD: "로컬푸드",
    Channel.ONLINE: "온라인",
}


class Place(Frozen):
    """Where somebody is: a name that people use and WGS84 coordinates.

    `basis` tells what the coordinates are: a given point (exact) or the middle of the known
    sellers of a 동 or district.
    """

    name: str
    lat: float
    lng: float
    basis: LocationBasis = LocationBasis.EXACT
    region: str | None = None
    district: str | None = None
    dong: str | None = None


class WonRange(Frozen):
    """Won: what it may cost at least, most likely, and at most."""

    low: int = Field(ge=0)
    mid: int = Field(ge=0)
    high: int = Field(ge=0)


class UnitPrice(Frozen):
    """Won for a familiar base ("100g", "1개", "1포기", "100mL"); `estimated` when a weight was
    taken from typical ranges (추정)."""

    won: WonRange
    per: str
    estimated: bool = False


class Basis(StrEnum):
    """How a price is known."""

    OBSERVED = "observed"
    REPORTED = "reported"
    ESTIMATED = "estimated"


class Pack(Frozen):
    """What one price buys, in the offer's own words (`label`) and in the item's base unit.

    `amount_low/mid/high` are in `base_unit` ("g" or the item's count unit such as "포기"); they
    differ when the weight is not stated and typical weights were used (`estimated`).
    """

    label: str
    base_unit: str
    amount_low: float
    amount_mid: float
    amount_high: float
    estimated: bool = False


class Offer(Frozen):
    """What a seller asks for a pack of an item, with its age and how it is known."""

    item: str
    variety: str | None = None
    grade: str | None = None
    origin: str | None = None
    seller: Seller
    distance_m: int
    pack: Pack
    price: WonRange
    unit_price: UnitPrice
    observed_on: date
    age_days: int = Field(ge=0)
    basis: Basis
    source: str
    discount: Discount | None = None
    note: str | None = None
    simulated: bool = False


class NormalPrice(Frozen):
    """The normal price (평년) of an item: published by the source, or computed by our rule."""

    won: int
    per: str
    published: bool
    years: tuple[int, ...] = ()
    region: str
    source: str


class HowUnusual(StrEnum):
    """A word for how a price stands to the normal price."""

    CHEAP = "싸다"
    ORDINARY = "보통"
    DEAR = "비싸다"
    VERY_DEAR = "아주 비싸다"
    UNKNOWN = "모름"
