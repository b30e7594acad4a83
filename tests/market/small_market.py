"""Shops of one street and their prices, to write a case by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from altteul.market.offer import Place
from altteul.sources.observation import Channel, Measure, Observation, Stage
from altteul.sources.seller import LocationBasis, SellerRecord

SOURCE = "seoul_shops"
ON = date(2026, 5, 20)
LAT, LNG = 37.62, 127.07
HERE = Place(name="여기", lat=LAT, lng=LNG, region="서울", district="노원구")
METRE = 1 / 111_195
"""Degrees of latitude in a metre."""


def shop(name: str, north_m: float = 0, **more: Any) -> SellerRecord:
    """A shop in 노원구 so many metres north of the middle."""
    known = {
        "key": f"{SOURCE}:{name}",
        "source": SOURCE,
        "name": name,
        "channel": Channel.LARGE_STORE,
        "region": "서울",
        "district": "노원구",
        "dong": "공릉동",
        "lat": LAT + north_m * METRE,
        "lng": LNG,
        "location_basis": LocationBasis.EXACT,
    }
    return SellerRecord(**(known | more))


def price(shop_name: str, item: str, won: int, on: date = ON, **more: Any) -> Observation:
    """A price of one shop; one head of cabbage unless told otherwise."""
    known = {
        "date": on,
        "stage": Stage.RETAIL,
        "item": item,
        "measure": Measure.PRICE,
        "price": won,
        "region": "서울",
        "channel": Channel.LARGE_STORE,
        "seller": f"{SOURCE}:{shop_name}",
        "source": SOURCE,
    }
    if not {"mass_g", "volume_ml", "count"} & set(more):
        known |= {"count": 1, "count_unit": "포기"}
    return Observation(**(known | more))


def regional(item: str, won: int, on: date, measure: str = "mean", **more: Any) -> Observation:
    """A published value of Seoul."""
    fixed = {"measure": Measure(measure), "seller": None, "channel": None, "source": "kamis_files"}
    return price("", item, won, on, **(fixed | more))
