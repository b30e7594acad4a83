"""Which sellers are within reach of a place, and whether they are open on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from altteul.history.seller import Seller
from altteul.market.offer import Place
from altteul.market.places import Gazetteer
from altteul.sources.seller import LocationBasis

if TYPE_CHECKING:
    from altteul.history import Sellers

DEFAULT_RADIUS_M: Mapping[str, int] = MappingProxyType({"walk": 2_000, "bus": 6_000, "car": 12_000})
"""Mode of travel → metres in a straight line: about half an hour one way (2 km on foot at
4 km/h; a city bus at 12 km/h and a car at 24 km/h from door to door)."""


def reach(place: Place, sellers: Sellers, places: Gazetteer, radius_m: int) -> dict[str, int]:
    """Seller.id → metres in a straight line, for sellers at most `radius_m` away.

    A seller whose own coordinates are not known stands in the middle of its 동 or district
    (`Seller.location_basis` tells); it counts as no nearer than the sellers there usually are to
    that middle, or it would seem to be next door to everybody who named the district.
    """
    found: dict[str, int] = {}
    for seller, distance in sellers.within(place.lat, place.lng, radius_m):
        away = float(distance)
        if seller.location_basis is not LocationBasis.EXACT:
            away = max(away, places.usual_distance_m(seller))
        if away <= radius_m:
            found[seller.id] = round(away)
    return found


def is_open(seller: Seller, on: date) -> bool:
    """Whether a market is held that day; a 5-day market opens on days with its last digits."""
    return not seller.open_days or on.day % 10 in {day % 10 for day in seller.open_days}
