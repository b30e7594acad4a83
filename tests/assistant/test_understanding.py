"""Sentences people say → what they mean; the open half of the evaluation must not get worse."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from altteul.assistant.evaluating import evaluate
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book

SENTENCES = Path(__file__).parent / "sentences"
TUESDAY = date(2026, 9, 15)


def read(text: str, on: date = TUESDAY) -> Understood:
    return understand(text, on, load_catalog(), load_book())


def needs(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(need.item, need.amount, need.unit) for need in read(text).needs]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("open", 209),
        ("open_second", 211),
        ("open_third", 194),
        ("open_fourth", 308),
        ("open_fifth", 292),
        ("open_sixth", 68),
    ],
)
def test_open_sentences_are_understood_nearly_all(name: str, rows: int) -> None:
    score = evaluate(SENTENCES / f"{name}.jsonl", load_catalog(), load_book())
    assert score.rows == rows
    assert score.share >= 0.95, [miss.text for miss in score.misses]


@pytest.mark.parametrize(
    ("name", "rows", "floor"),
    [("measured", 153, 0.94), ("measured_hard", 60, 0.76), ("measured_foreign", 1_125, 0.91)],
)
def test_sentences_nobody_built_on_do_not_get_worse(name: str, rows: int, floor: float) -> None:
    """Floors under what is measured: docs/topics/understanding.md. Only the share is asserted on,
    so that a failure does not print the sentences, which are to stay unread."""
    score = evaluate(SENTENCES / f"{name}.jsonl", load_catalog(), load_book())
    counted, share = score.rows, score.share
    del score
    assert counted == rows
    assert share >= floor


@pytest.mark.parametrize(
    ("name", "rows", "floor"),
    [
        ("foreign_a", 75, 0.94),
        ("foreign_b", 75, 0.94),
        ("foreign_c", 75, 0.94),
        ("foreign_d", 75, 0.94),
        ("foreign_e", 75, 0.94),
        ("foreign_h", 160, 0.94),
        ("foreign_i", 160, 0.94),
        ("foreign_j", 140, 0.94),
        ("foreign_k", 120, 0.94),
        ("foreign_l", 120, 0.88),
        ("foreign_m", 130, 0.94),
        ("foreign_n", 130, 0.94),
    ],
)
def test_sentences_of_authors_who_never_saw_the_grammar_stay_understood(
    name: str, rows: int, floor: float
) -> None:
    """What they were at first, and what is read of those never opened: understanding.md."""
    score = evaluate(SENTENCES / f"{name}.jsonl", load_catalog(), load_book())
    assert score.rows == rows
    assert score.share >= floor, [miss.text for miss in score.misses]


def test_the_sentence_of_the_launch() -> None:
    said = read("내일 손님 네 명이 와서 비빔밥을 해야 하는데, 재료를 어디서 제일 싸게 사지?")
    assert (said.intent, said.people, said.date) == ("plan", 4, date(2026, 9, 16))
    assert [(dish.name, dish.servings) for dish in said.dishes] == [("비빔밥", 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("배추 두어 포기", [("배추", 2, "포기")]),
        ("돼지고기 한 근 반", [("돼지고기", 1.5, "근")]),
        ("쌀 20kg짜리 하나", [("쌀", 20, "kg")]),
        ("감자 이키로 고구마 삼키로", [("감자", 2, "kg"), ("고구마", 3, "kg")]),
        ("귤 만원어치", [("귤", 10_000, "원")]),
        ("삼겹쌀 한 근이랑 상추 한봉다리", [("돼지고기", 1, "근"), ("상추", 1, "봉다리")]),
        ("배추3포기무2개쪽파1단", [("배추", 3, "포기"), ("무", 2, "개"), ("쪽파", 1, "단")]),
        ("마늘 한 통 생강 한 쪽", [("깐마늘", 1, "통"), ("생강", 1, "쪽")]),
        ("사과 한 상자 말고 다섯 개만", [("사과", 5, "개")]),
        ("1kg 500g 감자", [("감자", 1.5, "kg")]),
        ("쌀 한 포대 10kg", [("쌀", 10, "kg")]),
        ("양파 한 망 500g 돼지고기", [("양파", 1, "망"), ("돼지고기", 500, "g")]),
        ("감자 한 박스 아니 두 박스", [("감자", 2, "박스")]),
        ("미너리 두 단 사 줘", [("미나리", 2, "단")]),
        ("고추 다섯 근 빻은 거", [("고춧가루", 5, "근")]),
    ],
)
def test_amounts_as_they_are_said(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert needs(text) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("당근 3kg 어디서 사야 쌀까", "plan"),
        ("당근 언제 사야 쌀까", "when"),
        ("양파 10키로 살라는데 지금 사? 기다려?", "when"),
        ("감자 어디가 싸", "plan"),
        ("상추랑 깻잎 시장이 싸 마트가 싸?", "plan"),
        ("기저귀 대형 어디가 싼지 알려 줘", "out_of_scope"),
        ("대파 어제보다 싸졌나", "price"),
        ("두부 두 모 파는 제일 싼 데는 얼마야", "price"),
        ("미나리 대신 매운탕에 넣을 거", "substitute"),
        ("방어 철이 언제야", "season"),
        ("삼계탕 3인분 하면 돈이 얼마나 드나", "price"),
        ("식구 셋이 먹을 육개장 재료 알려줘", "plan"),
    ],
)
def test_like_words_ask_for_different_things(text: str, intent: str) -> None:
    assert read(text).intent == intent


def test_a_total_said_after_its_parts_is_not_added_to_them() -> None:
    said = read("애들 셋이랑 어른 넷 해서 일곱이 먹을 카레")
    assert said.people == 7


def test_a_dish_that_the_bought_goods_lead_to_is_cooked() -> None:
    said = read("갓 두 단 사다 갓김치 하려고")
    assert [dish.name for dish in said.dishes] == ["갓김치"]


def test_a_dish_that_a_list_is_for_is_named_but_not_bought_on_top_of_the_list() -> None:
    said = read("동지에 팥죽 쑤려고요, 팥 두 되만")
    assert [dish.name for dish in said.dishes] == ["팥죽"]
    assert [(need.item, need.amount) for need in said.needs] == [("팥", 2)]
    assert said.cooked == ()


def test_a_dish_that_a_substitute_is_for_is_named() -> None:
    said = read("매운탕에 미나리 대신 넣을 만한 게 있을까")
    assert (said.intent, [need.item for need in said.needs]) == ("substitute", ["미나리"])
    assert [dish.name for dish in said.dishes] == ["매운탕"]


def test_a_town_before_its_district_or_market_belongs_to_the_place() -> None:
    assert read("대구 수성구 근처에서 사과 한 박스").place == "대구 수성구"
    assert read("청주 육거리시장에서 도라지 한 근").place == "청주 육거리시장"


def test_a_loose_number_keeps_both_ends_for_planning() -> None:
    (need,) = read("감자 서너 개").needs
    assert (need.amount, need.low, need.high) == (3, 3, 4)


@pytest.mark.parametrize(
    "text", ["배가 너무 고파", "사과할게 미안해", "노래 틀어", "강아지가 양파 먹어도 돼?"]
)
def test_a_word_that_only_looks_like_food_is_not_bought(text: str) -> None:
    said = read(text)
    assert (said.intent, said.needs) == ("out_of_scope", ())


def test_what_is_ambiguous_is_asked_and_nothing_is_invented() -> None:
    said = read("고기 만 원어치")
    assert said.ask is not None
    assert "돼지고기" in said.ask
    assert [need.item for need in said.needs] == ["고기"]


def test_a_plain_list_does_not_load_the_korean_analyser() -> None:
    script = (
        "import sys; from datetime import date; from altteul.catalog import load_catalog; "
        "from altteul.recipes.book import load_book; "
        "from altteul.assistant.understanding import understand; "
        "said = understand('배추 1포기', date(2026, 9, 15), load_catalog(), load_book()); "
        "assert len(said.needs) == 1; assert 'kiwipiepy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_sentence_takes_less_than_thirty_milliseconds() -> None:
    sentences = [
        "내일 손님 네 명이 와서 비빔밥 할 건데",
        "배추 한 포기 얼마야",
        "추석 전날까지 사과 열 개",
    ]
    for text in sentences:
        read(text)
    start = time.process_time()
    for text in sentences * 10:
        read(text)
    assert (time.process_time() - start) / 30 < 0.03


@pytest.mark.parametrize(
    ("text", "dishes"),
    [
        ("감바스 만들 건데 재료가 뭐야", ("감바스",)),
        ("마라샹궈 4인분 해 먹으려고", ("마라샹궈",)),
        ("당근이랑 오이는 집에 있으니까 김밥 나머지 재료만 3인분", ()),
        ("굴비 한 두름 선물하려고 합니다", ()),
        ("오늘 저녁 뭐 해 먹지", ()),
    ],
)
def test_a_dish_of_no_book_is_told_by_name(text: str, dishes: tuple[str, ...]) -> None:
    assert read(text).strange_dishes == dishes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("배추 열 포기 아니 아니 열두 포기네", [("배추", 12, "포기")]),
        ("토마토 한 박스 살까 하다가 너무 많아서 그냥 2키로만", [("토마토", 2, "kg")]),
        ("배추 다섯 포기 그래 배추 다섯 포기 달라고", [("배추", 5, "포기")]),
        ("삼겹살 600g 목살 600g", [("돼지고기", 600, "g"), ("돼지고기", 600, "g")]),
        ("의사가 잡곡 먹으라고 해서 현미 오 키로", [("현미", 5, "kg")]),
        ("엄마가 두부랑 콩나물 사오래요 각각 하나씩요", [("두부", 1, None), ("콩나물", 1, None)]),
        ("알려 준 게 얼마나 맞았어", []),
    ],
)
def test_what_is_wanted_in_loose_speech(
    text: str, expected: list[tuple[str, float, str | None]]
) -> None:
    assert needs(text) == expected


def test_what_one_wants_to_make_is_no_budget() -> None:
    assert read("닭고기로 카레 만들고 싶어요").budget is None


def test_how_goods_came_to_be_at_home_leaves_them_out() -> None:
    said = read("쪽파 세 단이면 되고 고춧가루는 시골에서 올라온 게 있어요")
    assert [need.item for need in said.needs] == ["쪽파"]
    assert said.exclude == ("고춧가루",)


def test_a_number_of_people_in_a_sentence_of_its_own_is_the_whole_number() -> None:
    said = read("사돈 내외 오신다는데 갈비찜 하려면 뭘 사야 합니까. 어른 일곱입니다.")
    assert said.people == 7


def test_a_long_run_of_words_that_were_read_costs_no_time() -> None:
    """Looking for dishes of no book must not try every way to part what was taken off the sheet."""
    text = "신포시장이랑 동네 마트 두 군데까지만 돌게요 " + "닭고기 두 마리 당면 한 봉지 " * 8
    read("내일 손님 네 명 비빔밥 할 건데")
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.5
