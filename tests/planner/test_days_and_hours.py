"""Waiting, market days, closing days and hours: when a plan buys."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from asked_and_planned import (
    CABBAGE,
    FAR,
    LETTUCE,
    MARKET,
    NEAR,
    SUNDAY,
    Foreseen,
    asked,
    cabbages,
    plan_of,
    visited,
)
from small_world import DAY, HandMadeMarket, offer, seller

from altteul.catalog.catalog import Catalog
from altteul.catalog.model import Item
from altteul.planner import make_plan
from altteul.planner.plan import (
    Lever,
)
from altteul.units import ItemKind


def test_waiting_for_a_lower_price_is_an_answer() -> None:
    later = DAY + timedelta(days=3)
    foreseen = Foreseen({("배추", later): 0.6})
    asking = asked(CABBAGE, latest=later)
    plan = plan_of(asking, offer(NEAR, "배추", 10_000, 1, "포기"), outlook=foreseen)
    assert visited(plan) == [("가마트", later)]
    assert plan.not_today
    assert "11월 20일 금요일에는 사지 말고 11월 23일 월요일에 사세요" in plan.verdict
    assert [day.plan.goods.mid for day in plan.by_days] == [10_000, 10_000, 10_000, 6_000]
    assert plan.by_days[-1].worth_it
    (gain,) = plan.decomposition
    assert (gain.lever, gain.saves_won) == (Lever.WAITING, 4_000)


def test_without_a_trusted_forecast_waiting_does_not_pay() -> None:
    plan = plan_of(asked(CABBAGE, latest=DAY + timedelta(days=6)), *cabbages(9_000, 9_000))
    assert not plan.not_today
    assert visited(plan) == [("가마트", DAY)]
    assert not any(day.worth_it for day in plan.by_days[1:])


def test_what_does_not_keep_until_it_is_used_is_bought_later() -> None:
    later = DAY + timedelta(days=5)
    asking = asked(LETTUCE, latest=later)
    fresh = offer(FAR, "상추", 1_000, 100, "g")
    market: Any = HandMadeMarket([fresh])
    at_once = make_plan(asking, market, keeping_two_days())
    for_then = make_plan(asking.model_copy(update={"used_on": later}), market, keeping_two_days())
    assert visited(at_once) == [("나시장", DAY)]
    # It keeps for two days and loses a share on each, hence the day itself.
    assert visited(for_then) == [("나시장", later)]


def keeping_two_days() -> Catalog:
    lettuce = Item(name="상추", kind=ItemKind.VEGETABLE, keeps="냉장 2 [시험]")
    return Catalog([lettuce])


def test_a_market_is_waited_for_until_its_day() -> None:
    held = seller("다장터", 300, channel=MARKET, open_days=(2, 7))
    offers = offer(NEAR, "배추", 12_000, 1, "포기"), offer(held, "배추", 5_000, 1, "포기")
    plan = plan_of(asked(CABBAGE, latest=DAY + timedelta(days=4)), *offers)
    assert visited(plan) == [("다장터", date(2026, 11, 22))]
    assert visited(plan_of(asked(CABBAGE), *offers)) == [("가마트", DAY)]


def test_large_stores_are_closed_on_the_fourth_sunday() -> None:
    plan = plan_of(asked(CABBAGE, on=SUNDAY), *cabbages(4_000, 9_000))
    assert visited(plan) == [("나시장", SUNDAY)]
    alone = plan_of(asked(CABBAGE, on=SUNDAY), cabbages(4_000, 9_000)[0])
    assert alone.best is None
    assert alone.not_priced[0].reason == "파는 곳이 그날 문을 열지 않습니다."


def test_who_leaves_late_finds_the_market_closed() -> None:
    late = asked(CABBAGE, trip={"leaves_at": time(18, 50)})
    plan = plan_of(late, *cabbages(9_000, 3_000))
    assert visited(plan) == [("가마트", DAY)]
    assert any("여닫는 시각" in notice for notice in plan.notices)


def test_who_comes_early_waits_for_the_store_and_pays_for_it() -> None:
    early = asked(CABBAGE, trip={"leaves_at": time(9, 30)})
    (stop,) = plan_of(early, cabbages(4_000, 0)[0]).best.stops  # type: ignore[union-attr]
    assert stop.waits_minutes == 26
    assert stop.arrives == time(9, 34)
    assert stop.stop_won == 1_667 + 4_333
