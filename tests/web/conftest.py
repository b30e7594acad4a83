"""A tiny invented world in a temporary data folder, and the page on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from page_reader import Page, read

from altteul.history import History
from altteul.settings import Settings
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
from altteul.web.app import create_app

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


def tiny_harvest() -> Harvest:
    rows = observation_frame(price(*given) for given in PRICES)
    return Harvest("practice", rows, [seller(*given) for given in SELLERS])


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("page")
    History.open(home).record(tiny_harvest(), origin="tiny world")
    return home


@pytest.fixture(scope="session")
def client(tiny_home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=tiny_home))) as opened:
        yield opened


@pytest.fixture
def plan(client: TestClient) -> Callable[..., Page]:
    """Ask for the plan of the tiny world, with fields of the query changed."""

    def ask(**changed: str) -> Page:
        query = {"need": LIST, "near": NEAR, "on": DAY.isoformat(), "mode": "walk"} | changed
        return read(client.get("/plan", params=query).text)

    return ask
