"""A seller (판매처) as one source describes it; the registry of `history` joins them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from altteul.frozen import Frozen
from altteul.sources.observation import Channel


class LocationBasis(StrEnum):
    """How well a seller's coordinates are known."""

    EXACT = "exact"
    DONG = "dong"
    DISTRICT = "district"
    NONE = "none"


class FeeStep(Frozen):
    """From so many won of goods on, delivery costs so much."""

    goods_from: int = Field(ge=0)
    fee: int = Field(ge=0)


class Delivery(Frozen):
    """A seller who delivers. Goods below `minimum` won are not delivered; `fees` are steps by won
    of goods (below the first step, and without steps, delivery is free); `days` is how many days
    after the order the goods arrive."""

    minimum: int = Field(default=0, ge=0)
    fees: tuple[FeeStep, ...] = ()
    days: int = Field(default=1, ge=0)


class SellerRecord(Frozen):
    """A seller in the words of one source.

    `key` is "source:id"; where the source has no id, the id is name and district. Coordinates are
    WGS84 degrees. `open_days` is empty for every day, else days of the month of a 5-day market
    (끝자리, e.g. (2, 7)). `vouchers` names what is accepted (온누리상품권 …). `delivery` is None
    for a seller that one must go to, or of whose delivery nothing is known.
    """

    key: str = Field(pattern=r"^[a-z0-9_]+:.+$")
    source: str
    name: str = Field(min_length=1)
    channel: Channel
    region: str | None = None
    district: str | None = None
    dong: str | None = None
    address: str | None = None
    lat: float | None = Field(default=None, ge=33.0, le=39.0)
    lng: float | None = Field(default=None, ge=124.0, le=132.0)
    location_basis: LocationBasis = LocationBasis.NONE
    open_days: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    delivery: Delivery | None = None
    simulated: bool = False
