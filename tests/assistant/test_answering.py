"""Answers in plain Korean, from real documents of the market and the planner."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from altteul.assistant.answering import (
    Foreseen,
    SpokenAnswer,
    answer,
    answer_plan,
)
from altteul.assistant.request import to_request
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Intent, SpokenDish, SpokenNeed, Understood
from altteul.catalog import load_catalog
from altteul.demo import build_demo
from altteul.forecast.decisions import Summary
from altteul.forecast.record import Kind, Part, RecordReport
from altteul.forecast.record_words import sentence_of
from altteul.forecast.verdict import Verdict, Word
from altteul.history import History
from altteul.korean.spoken_numbers import read_aloud
from altteul.market import Market
from altteul.market.offer import Place
from altteul.planner import make_plan
from altteul.planner.cooking import cook
from altteul.planner.plan import Plan, Unread
from altteul.recipes.book import UnknownDishError, load_book

ON = date(2026, 11, 20)
CATALOG = load_catalog()
GUESTS = Understood(
    intent=Intent.PLAN, dishes=(SpokenDish(name="비빔밥", servings=4),), people=4, budget=50_000
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home, until=ON)
    return Market(History.open(home), CATALOG)


@pytest.fixture(scope="module")
def here(market: Market) -> Place:
    return market.place("새솔구 은행나무동")


@pytest.fixture(scope="module")
def plan(market: Market, here: Place) -> Plan:
    return cook([(load_book().find("비빔밥"), 4)], here, ON, market, CATALOG).plan


def ask(market: Market, here: Place, intent: Intent, item: str | None = "시금치") -> SpokenAnswer:
    needs = (SpokenNeed(item=item),) if item else ()
    understood = Understood(intent=intent, needs=needs)
    return answer(understood, market=market, catalog=CATALOG, place=here, on=ON)


def numbers(text: str) -> set[int]:
    return {int(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*", text)}


def test_the_plan_is_said_in_a_few_sentences(plan: Plan) -> None:
    said = answer_plan(plan, None, GUESTS)
    assert plan.best is not None
    for stop in plan.best.stops:
        assert stop.seller.name in said.short
    assert f"{plan.best.goods.mid:,}원" in said.short
    assert said.short.startswith("비빔밥 4인분")
    assert "연습용(가상)" in said.short
    assert len(re.findall(r"[.?!](?:\s|$)", said.short)) <= 5


def test_every_won_of_the_answer_stands_in_the_plan(plan: Plan) -> None:
    said = answer_plan(plan, None, GUESTS).long
    assert plan.best is not None
    won = {int(n.replace(",", "")) for n in re.findall(r"([\d,]+)원", said)}
    known = {plan.best.goods.mid, abs(50_000 - plan.best.goods.mid), 50_000}
    known |= {stop.goods.mid for stop in plan.best.stops}
    known |= {p.won.mid for stop in plan.best.stops for p in stop.purchases}
    known |= {comparison.best_saves_won for comparison in plan.comparisons}
    assert won <= known


def test_the_spoken_form_has_no_digit(plan: Plan) -> None:
    said = answer_plan(plan, None, GUESTS)
    assert said.spoken == read_aloud(said.short)
    assert not any(letter.isdigit() for letter in said.spoken)


def test_what_is_not_priced_is_said_and_never_called_all(plan: Plan) -> None:
    missing = [piece.text for piece in plan.not_priced]
    said = answer_plan(plan).short
    assert bool(missing) == ("빼고 셈했어요" in said)
    assert not (missing and "다 사시면" in said)


def test_the_launch_sentence_is_answered_from_end_to_end(market: Market, here: Place) -> None:
    """내일 손님 네 명이 와서 비빔밥을 해야 하는데 재료를 어디서 제일 싸게 사지?"""
    sentence = "내일 손님 네 명이 와서 비빔밥을 해야 하는데 재료를 어디서 제일 싸게 사지?"
    understood = understand(sentence, ON, CATALOG, load_book())
    ready = to_request(understood, CATALOG, load_book(), market, here, ON)
    made = make_plan(ready.request, market, CATALOG)
    said = answer(
        understood, market=market, catalog=CATALOG, place=here, on=ON, plan=made, ready=ready
    )
    assert made.best is not None
    assert said.short.startswith("비빔밥")
    assert all(stop.seller.name in said.short for stop in made.best.stops)
    assert f"{made.best.goods.mid:,}원" in said.short
    assert "고추장" in said.long
    assert all(assumption in said.long for assumption in ready.assumptions)


def test_what_was_not_understood_is_said(plan: Plan) -> None:
    unread = (Unread(text="무우청청 2단", reason="모르는 품목입니다."),)
    request = plan.request.model_copy(update={"unread": unread})
    said = answer_plan(plan.model_copy(update={"request": request}))
    assert "'무우청청 2단'은 알아듣지 못해 뺐어요." in said.short


def test_nothing_in_reach_is_said_without_a_price(plan: Plan) -> None:
    everything = tuple(
        Unread(text=need.text, reason="반경 6km 안 판매처의 조사가격이 없습니다.", suggestions=())
        for need in plan.request.needs
    )
    nothing = plan.model_copy(update={"best": None, "simulated": False, "not_priced": everything})
    said = answer_plan(nothing)
    assert "조사한 곳이 없어요" in said.short
    assert "원" not in said.short


def test_a_price_is_a_range_against_normal(market: Market, here: Place) -> None:
    said = ask(market, here, Intent.PRICE)
    report = market.price_report("시금치", here, ON, 5_000)
    assert report.spread is not None
    assert {report.spread.won.low, report.spread.won.mid, report.spread.won.high} <= numbers(
        said.short
    )
    assert "평년" in said.short


@pytest.mark.parametrize("intent", [Intent.WHEN, Intent.WHY])
def test_what_is_not_there_yet_is_called_unknown(
    market: Market, here: Place, intent: Intent
) -> None:
    said = ask(market, here, intent)
    assert "아직 알 수 없어요" in said.short
    assert numbers(said.long)


def test_the_record_is_not_there_yet(market: Market, here: Place) -> None:
    assert "아직 없어요" in ask(market, here, Intent.RECORD, None).short


def test_a_substitute_names_what_it_is_for(market: Market, here: Place) -> None:
    understood = Understood(intent=Intent.SUBSTITUTE, needs=(SpokenNeed(item="배추"),))
    said = answer(understood, market=market, catalog=CATALOG, place=here, on=ON, use="김치")
    assert said.short.startswith("김치에 쓸 배추 대신")


def test_a_dish_beside_the_item_says_what_it_is_for(market: Market, here: Place) -> None:
    understood = Understood(
        intent=Intent.SUBSTITUTE,
        needs=(SpokenNeed(item="시금치"),),
        dishes=(SpokenDish(name="시금치된장국"),),
    )
    said = answer(understood, market=market, catalog=CATALOG, place=here, on=ON)
    assert said.short.startswith("국거리에 쓸 시금치 대신")


def test_season_comes_from_the_catalog(market: Market, here: Place) -> None:
    assert ask(market, here, Intent.SEASON).short == "시금치는 11월이 제철이에요."
    named = ask(market, here, Intent.SEASON, None).short
    listed = [item for item in CATALOG.items.values() if f" {item.name}," in named]
    assert len(listed) >= 5
    assert all(item.in_season(11) for item in listed)


def test_a_dish_says_what_goes_in_and_what_is_at_home(market: Market, here: Place) -> None:
    understood = Understood(intent=Intent.DISH, dishes=(SpokenDish(name="미역국"),))
    said = answer(understood, market=market, catalog=CATALOG, place=here, on=ON)
    assert "소고기 200g" in said.short
    assert "집에 있다고 봤어요" in said.long


def test_an_unknown_dish_is_not_invented(market: Market, here: Place) -> None:
    understood = Understood(intent=Intent.DISH, dishes=(SpokenDish(name="없는음식"),))
    with pytest.raises(UnknownDishError):
        answer(understood, market=market, catalog=CATALOG, place=here, on=ON)


def test_help_and_what_is_out_of_scope(market: Market, here: Place) -> None:
    assert "알려 드려요" in ask(market, here, Intent.HELP, None).short
    assert "모르는 일" in ask(market, here, Intent.OUT_OF_SCOPE, None).short


def test_a_question_is_asked_back(market: Market, here: Place) -> None:
    understood = Understood(intent=Intent.PLAN, ask="배는 과일인가요, 배추인가요?")
    said = answer(understood, market=market, catalog=CATALOG, place=here, on=ON)
    assert said.question
    assert said.short == understood.ask
    assert ask(market, here, Intent.PRICE, None).question


def test_a_price_that_was_really_surveyed(shared_data: Path, tmp_path: Path) -> None:
    """배추 in 노원 on 31 May 2021: the range is that of the survey, not an average alone."""
    from altteul.sources.files import read_file

    history = History.open(tmp_path)
    name = "sellers/seoul_shop_prices_202105_13gu.csv.gz"
    history.record(read_file(shared_data / name, CATALOG), origin=name)
    market, on = Market(history, CATALOG), date(2021, 5, 31)
    place = market.place("노원구")
    understood = Understood(intent=Intent.PRICE, needs=(SpokenNeed(item="배추"),))
    said = answer(understood, market=market, catalog=CATALOG, place=place, on=on)
    spread = market.price_report("배추", place, on, 5_000).spread
    assert spread is not None
    assert f"{spread.won.low:,}원에서 {spread.won.high:,}원까지" in said.short
    assert "연습용" not in said.short


def test_when_is_answered_with_the_verdict_of_the_forecast(market: Market, here: Place) -> None:
    verdict = Verdict(
        item="시금치", region="가람", unit="100g", on=ON, price=700, observed_on=ON, word=Word.WAIT,
        until=date(2026, 11, 27), p_cheaper=0.8, expected_saving=90, p_loss=0.1, loss_over=70,
        sentence="시금치는 11월 27일까지 기다리는 것이 낫습니다.", simulated=True,
    )  # fmt: skip
    said = answer(
        Understood(intent=Intent.WHEN, needs=(SpokenNeed(item="시금치"),)),
        market=market, catalog=CATALOG, place=here, on=ON, foreseen=Foreseen(verdict=verdict),
    )  # fmt: skip
    assert said.short.startswith(verdict.sentence)
    assert "연습용(가상)" in said.short
    assert "아직 알 수 없어요" not in said.long


def test_the_record_is_told_with_its_losses(market: Market) -> None:
    summary = Summary(
        decisions=10, waits=2, buys=3, unknown=5, abstention=0.5, hit_rate=0.6, mean_saving=-0.01,
        mean_saving_low=None, mean_saving_high=None, mean_saving_waits=None,
        share_of_foresight=None, calibration_error=None, calibration_error_all=None,
    )  # fmt: skip
    part = Part(
        kind=Kind.REPLAYED, first=ON, last=ON, summary=summary, horizons=(), worst=(),
        waiting_for_truth=0, sentence=sentence_of("모의", ON, ON, summary),
    )  # fmt: skip
    said = answer(
        Understood(intent=Intent.RECORD),
        market=market, catalog=CATALOG, place=None, on=ON,
        foreseen=Foreseen(record=RecordReport(parts=(part,))),
    )  # fmt: skip
    assert "60%가 맞았고" in said.short
    assert "더 썼습니다" in said.short
