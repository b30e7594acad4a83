"""The real Seoul survey of May 2021: a list is answered, and the answer holds."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from plan_checker import check_plan

from altteul.assistant.lists.shopping_list import read_list
from altteul.catalog import load_catalog
from altteul.history import History
from altteul.market import Market
from altteul.market.reach import DEFAULT_RADIUS_M
from altteul.planner import make_plan
from altteul.planner.plan import Mode, Plan, Request, Status, Trip
from altteul.sources.files import read_file

pytestmark = pytest.mark.slow

FILES = (
    "sellers/seoul_shop_prices_202105_13gu.csv.gz",
    "sellers/traditional_markets_cp949.csv",
    "sellers/price_go_kr_stores.csv.gz",
)
LIST = "배추 1포기, 무 1개, 양파 1망, 상추 200g, 오이 3개, 달걀 30개, 돼지고기 한 근"
SURVEYED = date(2021, 5, 31)


@pytest.fixture(scope="module")
def seoul(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    history = History.open(tmp_path_factory.mktemp("seoul"))
    for name in FILES:
        history.record(read_file(shared_data / name, load_catalog()), origin=name)
    return Market(history, load_catalog())


def asked(seoul: Market, near: str, mode: Mode) -> Request:
    needs, unread = read_list(LIST, load_catalog())
    place = seoul.place(near)
    return Request(needs=needs, unread=unread, place=place, on=SURVEYED, trip=Trip(mode=mode))


def checked_plan(seoul: Market, request: Request) -> Plan:
    plan = make_plan(request, seoul, load_catalog())
    radius = DEFAULT_RADIUS_M[request.trip.mode]
    check_plan(plan, seoul.offers(request.place, request.on, radius_m=radius))
    return plan


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("near", ["노원구 공릉동", "동대문구"])
def test_a_real_list_gets_a_proved_plan_that_holds(seoul: Market, near: str, mode: Mode) -> None:
    plan = checked_plan(seoul, asked(seoul, near, mode))
    assert plan.best is not None
    assert plan.status is Status.PROVED
    assert plan.best.stops[0].purchases[0].observed_on == SURVEYED


def test_nobody_surveyed_within_a_walk_is_an_answer_without_a_plan(seoul: Market) -> None:
    plan = checked_plan(seoul, asked(seoul, "도봉구", Mode.WALK))
    assert plan.best is None
    assert "2km" in plan.verdict
    assert len(plan.not_priced) == len(plan.request.needs)


def test_gongneung_dong_has_several_sellers_and_every_need_a_price(seoul: Market) -> None:
    plan = checked_plan(seoul, asked(seoul, "노원구 공릉동", Mode.BUS))
    assert plan.candidates >= 5
    assert plan.not_priced == ()
    assert [source.key for source in plan.sources] == ["seoul_shops"]


def test_no_pair_of_real_shops_beats_the_plan(seoul: Market) -> None:
    request = asked(seoul, "동대문구", Mode.BUS)
    plan = checked_plan(seoul, request)
    alone = request.model_copy(update={"trip": request.trip.model_copy(update={"max_stops": 2})})
    for pair in combinations(_sellers(seoul, request), 2):
        two = make_plan(alone, _Only(seoul, set(pair)), load_catalog())  # type: ignore[arg-type]
        if two.best and not two.not_priced and not two.by_stops[-1].plan.not_bought:
            assert two.by_stops[-1].plan.cost >= plan.by_stops[-1].plan.cost


def _sellers(seoul: Market, request: Request) -> list[str]:
    offers = seoul.offers(request.place, request.on, radius_m=DEFAULT_RADIUS_M[request.trip.mode])
    return sorted({offer.seller.id for offer in offers})


class _Only:
    """The market with the offers of some sellers only."""

    def __init__(self, market: Market, sellers: set[str]) -> None:
        self._market, self._sellers = market, sellers

    def offers(self, *place_and_day: object, **asked: object) -> list[object]:
        every = self._market.offers(*place_and_day, **asked)  # type: ignore[arg-type]
        return [offer for offer in every if offer.seller.id in self._sellers]

    def delivered_offers(self, *day: object, **asked: object) -> list[object]:
        return []

    def standing_still(self, *day_and_sources: object) -> tuple[str, ...]:
        return ()


@pytest.mark.parametrize("near", ["노원구 공릉동", "동대문구"])
def test_a_kitchen_s_order_with_many_stops_holds_and_is_proved(seoul: Market, near: str) -> None:
    order = (
        "배추 15포기, 무 15개, 양파 15망, 상추 3kg, 오이 45개, 달걀 450개, 돼지고기 9kg, 사과 75개"
    )
    needs, unread = read_list(order, load_catalog())
    trip = Trip(mode=Mode.CAR, max_stops=15, radius_m=15_000)
    request = Request(needs=needs, unread=unread, place=seoul.place(near), on=SURVEYED, trip=trip)
    plan = make_plan(request, seoul, load_catalog())
    check_plan(plan, seoul.offers(request.place, SURVEYED, radius_m=15_000))
    assert plan.best is not None
    assert plan.status is Status.PROVED
    fewer = request.model_copy(update={"trip": trip.model_copy(update={"max_stops": 5})})
    known = make_plan(fewer, seoul, load_catalog(), explained=False).best
    assert known is not None
    stops, least = len(plan.best.stops), len(known.stops)
    assert plan.best.cost + 500 * stops <= known.cost + 500 * least
