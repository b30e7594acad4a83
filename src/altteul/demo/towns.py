"""Where the practice market is: invented cities, districts and sellers, from data/towns.toml."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from altteul.frozen import Frozen
from altteul.sources.observation import Channel
from altteul.sources.seller import Delivery, LocationBasis, SellerRecord

SOURCE = "practice"
NATIONWIDE = "전국"
METRES_PER_DEGREE = 111_320.0
"""Metres in a degree of latitude (mean radius of the earth)."""

SPREAD_IN_DONG_M = 250
"""How far from the middle of its 동 a seller may stand."""


class Dong(Frozen):
    """A 동 and where its middle lies, in metres from the origin."""

    name: str
    east: float
    north: float


class District(Frozen):
    """A district (구) and its 동."""

    name: str
    dong: tuple[Dong, ...]


class City(Frozen):
    """A city (시), the survey region that it is, and its districts."""

    name: str
    region: str
    district: tuple[District, ...]


class Shop(Frozen):
    """A seller of the file: its 동 (none for online malls), the days of a 5-day market, and its
    terms of delivery."""

    name: str
    dong: str | None = None
    open_days: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    delivery: Delivery | None = None


class Origin(Frozen):
    """WGS84 degrees of the point that the metres are counted from."""

    lat: float
    lng: float


class Towns(Frozen):
    """The whole file."""

    origin: Origin
    province: str
    city: tuple[City, ...]
    sellers: dict[Channel, tuple[Shop, ...]]


@cache
def towns() -> Towns:
    """The invented towns of data/towns.toml."""
    text = files("altteul.demo").joinpath("data/towns.toml").read_text(encoding="utf-8")
    return Towns.model_validate(tomllib.loads(text))


def regions() -> tuple[str, ...]:
    """The survey regions, one for each city."""
    return tuple(city.region for city in towns().city)


def survey_region(seller: SellerRecord) -> str:
    """The survey region that a seller lies in; online malls belong to the whole country."""
    cities = {city.name: city.region for city in towns().city}
    return cities[seller.district.split()[0]] if seller.district else NATIONWIDE


def sellers(seed: int) -> list[SellerRecord]:
    """Every seller of the practice market; the seed decides where in its 동 each one stands."""
    random = np.random.default_rng([seed, 1])
    where = {
        dong.name: (city, district, dong)
        for city in towns().city
        for district in city.district
        for dong in district.dong
    }
    records = []
    for channel, shops in towns().sellers.items():
        for number, shop in enumerate(shops, start=1):
            key = f"{SOURCE}:{channel}-{number:02}"
            offset = random.uniform(-SPREAD_IN_DONG_M, SPREAD_IN_DONG_M, size=2)
            place = where[shop.dong] if shop.dong else None
            records.append(_record(key, channel, shop, place, offset))
    return records


def _record(
    key: str,
    channel: Channel,
    shop: Shop,
    place: tuple[City, District, Dong] | None,
    offset: NDArray[np.float64],
) -> SellerRecord:
    known = SellerRecord(
        key=key,
        source=SOURCE,
        name=shop.name,
        channel=channel,
        region=NATIONWIDE,
        open_days=shop.open_days,
        goods=shop.goods,
        delivery=shop.delivery,
        vouchers=("온누리상품권",) if channel is Channel.TRADITIONAL_MARKET else (),
        simulated=True,
    )
    if place is None:
        return known
    city, district, dong = place
    lat, lng = _degrees(dong.east + float(offset[0]), dong.north + float(offset[1]))
    return known.model_copy(
        update={
            "region": towns().province,
            "district": f"{city.name} {district.name}",
            "dong": dong.name,
            "address": f"{towns().province} {city.name} {district.name} {dong.name}",
            "lat": lat,
            "lng": lng,
            "location_basis": LocationBasis.EXACT,
        }
    )


def _degrees(east: float, north: float) -> tuple[float, float]:
    origin = towns().origin
    lat = origin.lat + north / METRES_PER_DEGREE
    lng = origin.lng + east / (METRES_PER_DEGREE * math.cos(math.radians(origin.lat)))
    return round(lat, 6), round(lng, 6)
