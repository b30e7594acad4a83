"""What is said of a name: wanted, at home, left out, taken back for another."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.understanding import understand
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book


def read(text: str) -> Understood:
    return understand(text, date(2026, 9, 15), load_catalog(), load_book())


@pytest.mark.parametrize(
    ("text", "wanted", "left_out"),
    [
        ("파 한 단 사고 고춧가루는 동생이 줬으니까 됐고", ["대파"], ["고춧가루"]),
        ("만두 빚게 두부 두 모, 김치는 담근 거 있지", ["두부"], ["김치"]),
        ("냉장고에 감자 당근 양파 다 있고 두부만 한 모", ["두부"], ["감자", "당근", "양파"]),
        ("쪽파 한 단, 막걸리는 사다 놨음", ["쪽파"], ["막걸리"]),
        ("상추 두 봉지 깻잎은 남편이 싫어해서 빼고", ["상추"], ["깻잎"]),
        ("땅콩 들어간 건 안 되고 멸치 한 봉지", ["멸치"], ["땅콩"]),
        ("귤 한 상자, 사과는 비싸니까 빼고", ["귤"], ["사과"]),
        ("고추장아찌 담그게 풋고추 3kg 설탕은 있어요", ["풋고추"], ["설탕"]),
        ("떡국떡도 안 샀네 한 봉지 사자", ["떡국떡"], []),
        ("당근 어디 파는 데 있어 세 개만", ["당근"], []),
    ],
)
def test_what_is_at_home_or_not_wanted_is_not_bought(
    text: str, wanted: list[str], left_out: list[str]
) -> None:
    said = read(text)
    assert [need.item for need in said.needs] == wanted
    assert sorted(said.exclude) == sorted(left_out)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("콩나물 아니 숙주 한 봉지", [("숙주", 1, "봉지")]),
        ("토마토 한 박스 아 아니다 방울토마토로 두 팩", [("방울토마토", 2, "팩")]),
        ("파프리카 두 개 아 세 개", [("파프리카", 3, "개")]),
        ("배추 서른 포기 사려다가 힘들어서 스무 포기만", [("배추", 20, "포기")]),
        ("상추가 비싸면 깻잎으로 한 봉지 사자", [("깻잎", 1, "봉지")]),
    ],
)
def test_what_is_taken_back_goes_nowhere(text: str, wanted: list[tuple[str, float, str]]) -> None:
    said = read(text)
    assert [(need.item, need.amount, need.unit) for need in said.needs] == wanted
    assert said.exclude == ()


def test_a_dish_that_was_given_up_is_not_cooked() -> None:
    said = read("갈비찜을 할까 했는데 너무 비싸서 그냥 제육볶음 하려고요")
    assert [dish.name for dish in said.dishes] == ["제육볶음"]


def test_only_what_is_left_out_is_left_out_of_a_dish() -> None:
    said = read("내일 손님 여섯 명 비빔밥, 당근은 빼고")
    assert [(dish.name, dish.servings) for dish in said.dishes] == [("비빔밥", 6)]
    assert said.exclude == ("당근",)


@pytest.mark.parametrize(
    "text",
    [
        "고추 한 근",
        "호박 하나 사려고",
        "내일 찌개 끓일 건데 장 볼 것 알려 줘",
        "장 보러 가는데 어디가 싸요",
    ],
)
def test_what_may_be_several_things_or_nothing_is_asked_about(text: str) -> None:
    assert read(text).ask is not None


def test_a_budget_that_is_corrected_is_the_second() -> None:
    assert read("오만 원으로 아니다 육만 원까지 쓸 수 있어 잡채 재료").budget == 60_000


def test_goods_that_alone_are_to_be_bought_leave_the_dish_in_the_background() -> None:
    said = read("내일 아침에 북엇국 끓일 건데 두부랑 대파만 사면 돼요")
    assert [dish.name for dish in said.dishes] == ["북엇국"]
    assert said.cooked == ()


def test_hanwoo_in_a_plain_list_is_beef_and_a_wish() -> None:
    said = read("한우 한 근")
    assert [(need.item, need.amount) for need in said.needs] == [("소고기", 1)]
    assert said.prefer == ("한우",)


def test_servings_between_two_dishes_are_those_of_the_first() -> None:
    said = read("부대찌개 3인분이랑 달걀말이 재료")
    assert [(dish.name, dish.servings) for dish in said.dishes] == [
        ("부대찌개", 3),
        ("달걀말이", None),
    ]


def test_a_unit_said_before_its_number_counts() -> None:
    said = read("양파 큰 망으로 하나 하고 달걀 두 판")
    assert [(n.item, n.amount, n.unit) for n in said.needs] == [
        ("양파", 1, "망"),
        ("달걀", 2, "판"),
    ]


def test_an_amount_for_each_is_given_to_those_before_it_only() -> None:
    said = read("상추 깻잎 각 한 봉지 쑥갓도 조금")
    assert [(n.item, n.amount) for n in said.needs] == [("상추", 1), ("깻잎", 1), ("쑥갓", None)]


@pytest.mark.parametrize(
    ("said", "dishes", "exclude", "place"),
    [
        ("깍두기용 무 스무 개", ["깍두기"], [], None),
        ("멸치 볶음용 200g", [], [], None),
        ("내일 메뉴가 비빔밥이라 콩나물 5킬로", ["비빔밥"], [], None),
        ("콩국수 할 건데 콩은 불려 놨고 오이 하나", ["콩국수"], ["콩"], None),
        ("김치볶음밥 할라는데 김치는 엄마가 보내줌 햄만 사면 됨", ["김치볶음밥"], ["김치"], None),
        ("대구 서문시장서 참깨 두 되", [], [], "대구 서문시장"),
        ("제주 내려왔는데 감자 한 박스 사려고", [], [], "제주"),
        ("대구 한 마리 사려고", [], [], None),
        ("쌀 네 말 사려고", [], [], None),
    ],
)
def test_words_heard_from_the_latest_authors(
    said: str, dishes: list[str], exclude: list[str], place: str | None
) -> None:
    read = understand(said, date(2026, 11, 24), load_catalog(), load_book())
    assert [dish.name for dish in read.dishes] == dishes
    assert (list(read.exclude), read.place) == (exclude, place)


@pytest.mark.parametrize(
    ("said", "dishes"),
    [
        ("부추 한 단 사다가 찌짐 부치려고", ["부추전"]),
        ("깻잎 백 장쯤 장아찌 담그려고", ["깻잎장아찌"]),
        ("배추 한 포기 무침 하려고", []),
        ("부추전 하려고 부추 한 단", ["부추전"]),
    ],
)
def test_a_dish_in_two_words_is_that_of_the_book(said: str, dishes: list[str]) -> None:
    read = understand(said, date(2026, 11, 24), load_catalog(), load_book())
    assert [dish.name for dish in read.dishes] == dishes


@pytest.mark.parametrize(
    ("text", "bought", "left_out"),
    [
        ("무거우니까 수박 말고 참외 다섯 개", ["참외"], ("수박",)),
        ("수박말구 참외 5개", ["참외"], ("수박",)),
        ("오이 세 개 아니다 오이 말고 가지 세 개", ["가지"], ()),
        ("아니 소고기 말고 돼지고기 한 근", ["돼지고기"], ()),
    ],
)
def test_what_is_refused_for_other_goods_stays_out_what_is_put_right_is_nowhere(
    text: str, bought: list[str], left_out: tuple[str, ...]
) -> None:
    read = understand(text, date(2026, 6, 28), load_catalog(), load_book())
    assert [need.item for need in read.needs] == bought
    assert read.exclude == left_out
