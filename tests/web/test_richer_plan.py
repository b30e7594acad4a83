"""What the planner may add to a plan (days, delivery, discounts, substitutes) is all shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from page_reader import Asking, Page, read
from starlette.testclient import TestClient
from tiny_world import DAY, LIST, NEAR

from altteul.planner.plan import (
    Alternative,
    AppliedDiscount,
    Comparison,
    DaySaving,
    DayTrip,
    Gain,
    Lever,
    Order,
    Plan,
    Programme,
    Sensitivity,
    ShoppingPlan,
)
from altteul.web.answers import Answers

LATER = date(2026, 5, 31)
Richer = Callable[[Plan], Plan]


@pytest.fixture
def shown(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[Richer], Page]:
    """The page of the tiny plan after something was added to it."""
    real = Answers.plan

    def show(richer: Richer) -> Page:
        monkeypatch.setattr(Answers, "plan", lambda *given, **how: richer(real(*given, **how)))
        # A list of its own, so that no kept answer is shown.
        query = {"need": f"{LIST}, 배추 {richer.__name__}", "near": NEAR, "on": DAY.isoformat()}
        return read(client.get("/plan", params=query | {"mode": "walk"}).text)

    return show


def best_of(plan: Plan) -> ShoppingPlan:
    assert plan.best is not None
    return plan.best


def with_best(plan: Plan, **changed: object) -> Plan:
    return plan.model_copy(update={"best": best_of(plan).model_copy(update=changed)})


def test_what_was_saved_by_what_and_what_comes_close(shown: Callable[[Richer], Page]) -> None:
    def richer(plan: Plan) -> Plan:
        best = best_of(plan)
        return plan.model_copy(
            update={
                "decomposition": (
                    Gain(lever=Lever.WAITING, text="일요일까지 기다리면 -900원", saves_won=900),
                ),
                "by_days": tuple(
                    DaySaving(until=day, plan=best, saves_won=won, worth_it=bool(won))
                    for day, won in ((DAY, 0), (LATER, 900))
                ),
                "alternatives": (
                    Alternative(
                        plan=best, costs_more_won=120, without=("가나시장",),
                        text="가나시장에 가지 않아도 120원만 더 들어요",
                    ),
                ),
                "sensitivity": (
                    Sensitivity(
                        need="달걀 30개", item="달걀", seller="가나시장", day=DAY, won=7000,
                        changes_at_won=7_400, rises=True,
                        text="달걀이 7,400원을 넘으면 다라마트가 나아요",
                    ),
                ),
            }
        )  # fmt: skip

    text = shown(richer).text
    assert "일요일까지 기다리면 -900원 −900원" in text
    assert "2026년 5월 31일(일)까지" in text
    assert "앞날의 값은 어림한 것(추정)이에요." in text
    assert "가나시장에 가지 않아도 120원만 더 들어요" in text
    assert "달걀이 7,400원을 넘으면 다라마트가 나아요" in text


def test_two_days_stand_in_their_order_with_arrival(shown: Callable[[Richer], Page]) -> None:
    def days(plan: Plan) -> Plan:
        stop = best_of(plan).stops[0]
        stops = (
            stop.model_copy(update={"day": DAY, "arrives": time(10, 20), "way_home": stop.leg}),
            stop.model_copy(update={"day": LATER, "arrives": time(9, 5), "waits_minutes": 25.0}),
        )
        trips = tuple(
            DayTrip(day=day, sellers=("practice:1",), trip_won=0, trip_minutes=9, carried_kg=None)
            for day in (DAY, LATER)
        )
        return with_best(plan, stops=stops, trips=trips)

    page = shown(days)
    assert [head.text for head in page.of_class("day-head")] == [
        "2026년 5월 29일(금)",
        "2026년 5월 31일(일)",
    ]
    assert "10:20 도착" in page.text
    assert "9:05 도착, 문 열 때까지 25분 기다림" in page.text
    assert "일부는 기다렸다가 2026년 5월 31일(일)에 사는 것이 나아요." in page.text


def test_delivery_discounts_and_substitutes_are_named(shown: Callable[[Richer], Page]) -> None:
    def kinds(plan: Plan) -> Plan:
        stop = best_of(plan).stops[0]
        first = stop.purchases[0].model_copy(update={"instead_of": "알배기배추"})
        saved = AppliedDiscount(programme=Programme.ONNURI, won=600)
        changed = stop.model_copy(update={"purchases": (first,), "discounts": (saved,)})
        order = Order(
            seller=stop.seller, purchases=stop.purchases[1:], goods=stop.goods, fee=3_000,
            arrives_on=LATER,
        )  # fmt: skip
        return with_best(
            plan, stops=(changed,), orders=(order,), discount_won=600, fees_won=3_000
        ).model_copy(update={"left_out": ("무 1개",), "not_today": True})

    text = shown(kinds).text
    assert "배추 (배추 2포기 대신)" in text
    assert "알배기배추 대신" in text
    assert "온누리상품권 할인 −600원" in text
    assert "배달로 받기 · 2026년 5월 31일(일) 도착 · 배달값 3,000원" in text
    assert "무 1개를 뺐어요" in text
    assert "알배기배추 대신" in text


def test_a_difference_that_also_counts_leftovers_says_so(shown: Callable[[Richer], Page]) -> None:
    def leaving_more(plan: Plan) -> Plan:
        best = best_of(plan)
        other = best.model_copy(update={"cost": best.cost + 394, "trip_minutes": 99.0})
        named = Comparison(name="딴 데", plan=other, best_saves_won=394)
        return plan.model_copy(update={"comparisons": (named,)})

    def as_dear(plan: Plan) -> Plan:
        best = best_of(plan)
        dearer = best.total.model_copy(update={"mid": best.total.mid + 394})
        other = best.model_copy(update={"cost": best.cost + 394, "total": dearer})
        named = Comparison(name="딴 데", plan=other, best_saves_won=394)
        return plan.model_copy(update={"comparisons": (named,)})

    text = shown(leaving_more).text
    assert "남는 것과 상할 것까지 쳐서 394원 더 들어요" in text
    assert "딴 데보다, 남는 것과 상할 것까지 쳐서 오가는 값까지 쳐서" in text
    plain = shown(as_dear).text
    assert "394원 더 들어요" in plain
    assert "남는 것과 상할 것까지" not in plain


def test_a_plan_of_deliveries_alone_says_so(shown: Callable[[Richer], Page]) -> None:
    """It said that nobody near sells cabbage, above the delivery of that cabbage."""

    def delivered(plan: Plan) -> Plan:
        best = best_of(plan)
        stop = best.stops[0]
        order = Order(
            seller=stop.seller,
            purchases=stop.purchases,
            goods=stop.goods,
            fee=3_000,
            arrives_on=plan.request.on,
        )
        return with_best(plan, stops=(), orders=(order,))

    text = shown(delivered).text
    assert "에서 배달받으시면 돼요" in text
    assert "조사한 곳이 없어요" not in text


def test_too_small_a_budget_is_named_not_missing_prices(plan: Asking) -> None:
    text = plan(budget="100").text
    assert "예산 100원으로 살 수 있는 것이 없습니다" in text
    assert "조사한 곳이 없어요" not in text
