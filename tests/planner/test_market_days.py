"""A 5-day market (5일장) is a stop only on its days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_world import need

from altteul.catalog import load_catalog
from altteul.history import History
from altteul.market import Market
from altteul.planner import make_plan
from altteul.planner.plan import Mode, Request, Trip
from altteul.sources.harvest import Harvest
from altteul.sources.observation import (
    Channel,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord

SHOPS = {"hand:장날시장": (4_000, (2, 7)), "hand:늘마트": (6_000, ())}


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    harvest = Harvest("hand")
    for key, (_, days) in SHOPS.items():
        harvest.sellers.append(
            SellerRecord(
                key=key, source="hand", name=key.partition(":")[2], open_days=days,
                channel=Channel.TRADITIONAL_MARKET, region="서울", district="노원구", dong="공릉동",
                lat=37.62, lng=127.07, location_basis=LocationBasis.EXACT,
            )
        )  # fmt: skip
    harvest.observations = observation_frame(
        Observation(
            date=date(2026, 11, 17), stage=Stage.RETAIL, item="배추", measure=Measure.PRICE,
            price=won, count=1, count_unit="포기", region="서울", seller=key, source="hand",
        )
        for key, (won, _) in SHOPS.items()
    )  # fmt: skip
    home: Path = tmp_path_factory.mktemp("days")
    history = History.open(home)
    history.record(harvest, origin="tests")
    return Market(history, load_catalog())


@pytest.mark.parametrize(("day", "where"), [(22, "장날시장"), (27, "장날시장"), (23, "늘마트")])
def test_the_market_is_a_stop_only_on_its_days(market: Market, day: int, where: str) -> None:
    asked = Request(
        needs=(need("배추 1포기", "배추", 1, "포기"),),
        place=market.place("37.62,127.07"),
        on=date(2026, 11, day),
        trip=Trip(mode=Mode.WALK),
    )
    plan = make_plan(asked, market, load_catalog())
    assert plan.best is not None
    assert [stop.seller.name for stop in plan.best.stops] == [where]
