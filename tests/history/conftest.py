"""Rows, sellers and histories that the tests of this room use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from altteul.history.history import History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Channel, Measure, Observation, Stage, observation_frame
from altteul.sources.seller import LocationBasis, SellerRecord

GIVEN = {
    "date": date(2021, 5, 31),
    "stage": Stage.RETAIL,
    "item": "배추",
    "measure": Measure.PRICE,
    "price": 5000,
    "count": 1.0,
    "count_unit": "포기",
    "region": "서울",
    "channel": Channel.TRADITIONAL_MARKET,
    "seller": "seoul:96",
    "source": "seoul",
}


@pytest.fixture
def priced() -> Callable[..., Observation]:
    """An observation; what is not given is 배추 1포기, 5,000원, on 2021-05-31."""
    return lambda **fields: Observation(**{**GIVEN, **fields})


@pytest.fixture
def harvest(priced: Callable[..., Observation]) -> Callable[..., Harvest]:
    """A harvest of observations told as dicts of what differs, and of sellers."""

    def make(*rows: dict[str, Any], sellers: tuple[SellerRecord, ...] = ()) -> Harvest:
        frame = observation_frame([priced(**row) for row in rows])
        return Harvest("seoul", frame, list(sellers))

    return make


@pytest.fixture
def record() -> Callable[..., SellerRecord]:
    """A seller's record; the source is the first half of the key, a point makes it exact."""

    def make(key: str, name: str, point: tuple[float, float] | None = None, **fields: Any) -> Any:
        given: dict[str, Any] = {
            "key": key,
            "source": key.split(":")[0],
            "name": name,
            "channel": Channel.TRADITIONAL_MARKET,
            "region": "서울",
            "district": "노원구",
        }
        if point is not None:
            given |= {"lat": point[0], "lng": point[1], "location_basis": LocationBasis.EXACT}
        return SellerRecord(**{**given, **fields})

    return make


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """An empty history in a folder that does not exist yet."""
    opened = History.open(tmp_path / "home")
    yield opened
    opened.close()
