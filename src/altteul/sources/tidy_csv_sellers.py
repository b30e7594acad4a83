"""Who sells, as a price list that people wrote themselves tells it."""

from __future__ import annotations

from collections.abc import Mapping

from altteul.sources.addresses import PROVINCES, Address, district_of, read_address
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.tables import blank_to_none

CHANNELS = {
    "전통시장": Channel.TRADITIONAL_MARKET, "시장": Channel.TRADITIONAL_MARKET,
    "재래시장": Channel.TRADITIONAL_MARKET, "traditional_market": Channel.TRADITIONAL_MARKET,
    "대형마트": Channel.LARGE_STORE, "마트": Channel.LARGE_STORE, "슈퍼": Channel.LARGE_STORE,
    "슈퍼마켓": Channel.LARGE_STORE, "백화점": Channel.LARGE_STORE, "유통": Channel.LARGE_STORE,
    "large_store": Channel.LARGE_STORE,
    "로컬푸드": Channel.LOCAL_FOOD, "직매장": Channel.LOCAL_FOOD,
    "로컬푸드직매장": Channel.LOCAL_FOOD, "local_food": Channel.LOCAL_FOOD,
    "온라인": Channel.ONLINE, "인터넷": Channel.ONLINE, "online": Channel.ONLINE,
}  # fmt: skip
# How a seller's name ends or what it holds, where the table has no channel column.
CHANNEL_OF_NAME = {
    "로컬푸드": Channel.LOCAL_FOOD,
    "직매장": Channel.LOCAL_FOOD,
    "시장": Channel.TRADITIONAL_MARKET,
    "마트": Channel.LARGE_STORE,
    "슈퍼": Channel.LARGE_STORE,
    "백화점": Channel.LARGE_STORE,
}
Row = Mapping[str, str]


def region_of(row: Row) -> str | None:
    """The region that the row names, in the short form of its province (서울, 경기)."""
    words = row.get("region", "")
    return PROVINCES.get(words, words) or None


def seller_of(row: Row, source: str) -> SellerRecord | str | None:
    """The row's seller, None for a regional price, or why the seller cannot be taken."""
    name = row.get("seller", "")
    if not name:
        return None
    channel = _channel(row.get("channel", ""), name)
    if channel is None:
        return "판매처의 종류를 모름 (전통시장, 대형마트, 로컬푸드, 온라인)"
    place = _place(row)
    lat, lng = _degrees(row.get("lat", ""), 33, 39), _degrees(row.get("lng", ""), 124, 132)
    known = lat is not None and lng is not None
    return SellerRecord(
        key=f"{source}:{'/'.join(filter(None, (place.region, place.district, name)))}",
        source=source,
        name=name,
        channel=channel,
        region=place.region,
        district=place.district,
        dong=place.dong,
        address=blank_to_none(row.get("address")),
        lat=lat if known else None,
        lng=lng if known else None,
        location_basis=LocationBasis.EXACT if known else LocationBasis.NONE,
    )


def _channel(word: str, name: str) -> Channel | None:
    if word:
        return CHANNELS.get(word.replace(" ", ""))
    return next((channel for clue, channel in CHANNEL_OF_NAME.items() if clue in name), None)


def _place(row: Row) -> Address:
    told = read_address(row.get("address"))
    district = row.get("district", "")
    return Address(
        region_of(row) or told.region,
        district_of(district) if district else told.district,
        row.get("dong") or told.dong,
    )


def _degrees(text: str, low: float, high: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if low <= value <= high else None
