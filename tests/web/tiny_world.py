"""The tiny invented world of these tests: four sellers, two items, one day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from altteul.sources.harvest import Harvest
from altteul.sources.observation import (
    Channel,
    Discount,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord

DAY = date(2026, 5, 29)
HOSTILE_NAME = '<script>alert("1")</script>마트'
LIST = "배추 2포기, 달걀 30개"
NEAR = "연습구 가나동"

SELLERS = (
    ("1", "가나시장", Channel.TRADITIONAL_MARKET, "가나동", 37.6000, 127.0000),
    ("2", "다라마트", Channel.LARGE_STORE, "가나동", 37.6030, 127.0000),
    ("3", "마바시장", Channel.TRADITIONAL_MARKET, "마바동", 37.6080, 127.0060),
    ("4", HOSTILE_NAME, Channel.LARGE_STORE, "마바동", 37.6090, 127.0070),
)
"""Number, name, channel, 동, latitude, longitude."""

CABBAGE = {"count": 1.0, "count_unit": "포기"}
EGGS = {"count": 30.0, "count_unit": "개"}
PRICES = (
    ("1", "배추", 3_000, CABBAGE, None),
    ("1", "달걀", 7_000, EGGS, None),
    ("2", "배추", 4_500, CABBAGE, None),
    ("2", "달걀", 6_900, EGGS, Discount.SALE),
    ("3", "배추", 2_900, CABBAGE, None),
    ("4", "배추", 6_000, CABBAGE, None),
)
"""Seller, item, won, pack, discount."""


def seller(
    number: str, name: str, channel: Channel, dong: str, lat: float, lng: float
) -> SellerRecord:
    return SellerRecord(
        key=f"practice:{number}",
        source="practice",
        name=name,
        channel=channel,
        region="서울",
        district="연습구",
        dong=dong,
        address=f"서울 연습구 {dong} {number}",
        lat=lat,
        lng=lng,
        location_basis=LocationBasis.EXACT,
        simulated=True,
    )


def price(
    number: str, item: str, won: int, pack: dict[str, Any], discount: Discount | None
) -> Observation:
    channel = next(s[2] for s in SELLERS if s[0] == number)
    return Observation(
        date=DAY,
        stage=Stage.RETAIL,
        item=item,
        measure=Measure.PRICE,
        price=won,
        region="서울",
        channel=channel,
        seller=f"practice:{number}",
        source="practice",
        discount=discount,
        simulated=True,
        **pack,
    )


def course_of_cabbage(days: int = 60) -> Harvest:
    """The mean price of 배추 in 서울 on each of so many days up to DAY: 3,000 won and rising."""
    rows = [
        Observation(
            date=DAY - timedelta(days=before),
            stage=Stage.RETAIL,
            item="배추",
            measure=Measure.MEAN,
            price=3_000 + 10 * (days - before),
            region="서울",
            source="practice",
            simulated=True,
            **CABBAGE,
        )
        for before in range(days)
    ]
    return Harvest("practice", observation_frame(rows), [])


def tiny_harvest() -> Harvest:
    rows = observation_frame(price(*given) for given in PRICES)
    return Harvest("practice", rows, [seller(*given) for given in SELLERS])
