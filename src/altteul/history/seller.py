"""A seller (판매처) after the feeds' records of the same shop were joined."""

from __future__ import annotations

from altteul.frozen import Frozen
from altteul.sources.observation import Channel
from altteul.sources.seller import Delivery, LocationBasis


class Seller(Frozen):
    """One shop, market or online mall; coordinates are WGS84 degrees.

    `id` is stable across imports. `sources` lists the keys of the records ("seoul:96") that were
    joined. `open_days` is empty for every day, else the days of the month of a 5-day market.
    `delivery` are its terms where it delivers.
    """

    id: str
    name: str
    channel: Channel
    region: str | None = None
    district: str | None = None
    dong: str | None = None
    address: str | None = None
    lat: float | None = None
    lng: float | None = None
    location_basis: LocationBasis = LocationBasis.NONE
    open_days: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    delivery: Delivery | None = None
    sources: tuple[str, ...] = ()
    simulated: bool = False
