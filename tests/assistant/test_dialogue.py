"""Corrections and follow-ups change what was said before and nothing else."""

from __future__ import annotations

from datetime import date

from altteul.assistant.dialogue.follow_up import follow_up
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book

TUESDAY = date(2026, 9, 15)


def talk(*sentences: str) -> Understood:
    heard = [understand(text, TUESDAY, load_catalog(), load_book()) for text in sentences]
    said = heard[0]
    for later in heard[1:]:
        said = follow_up(said, later)
    return said


def amounts(said: Understood) -> dict[str, tuple[float | None, str | None]]:
    return {need.item: (need.amount, need.unit) for need in said.needs}


def test_leaving_out_keeps_the_dish() -> None:
    said = talk("내일 김밥 재료 4인분", "당근은 빼고")
    assert (said.dishes[0].servings, said.exclude, said.date) == (4, ("당근",), date(2026, 9, 16))


def test_more_eaters_change_the_servings() -> None:
    said = talk("손님 네 명 비빔밥", "다섯 명으로 바꿔줘")
    assert (said.people, said.dishes[0].servings) == (5, 5)
    assert talk("비빔밥 4인분", "6인분으로").dishes[0].servings == 6


def test_an_amount_is_corrected_and_a_thing_added() -> None:
    said = talk("배추 한 포기 무 한 개", "아니 무는 두 개로", "당근도 하나 추가해 줘")
    assert amounts(said) == {"배추": (1, "포기"), "무": (2, "개"), "당근": (1, None)}


def test_a_bare_amount_is_of_the_thing_with_that_unit() -> None:
    said = talk("배추 한 포기 무 한 개", "아니 세 포기로")
    assert amounts(said) == {"배추": (3, "포기"), "무": (1, "개")}


def test_a_thing_left_out_of_a_list_goes_and_may_come_back() -> None:
    assert amounts(talk("배추 한 포기 무 한 개", "무는 빼줘")) == {"배추": (1, "포기")}
    back = talk("무 한 개", "무는 빼줘", "무 두 개")
    assert (amounts(back), back.exclude) == ({"무": (2, "개")}, ())


def test_way_day_and_place_change_alone() -> None:
    said = talk("노원구에서 배추 한 포기", "걸어갈 수 있는 데로", "내일 말고 모레 살게")
    assert (said.place, said.mode, said.date) == ("노원구", "walk", date(2026, 9, 17))
    assert amounts(said) == {"배추": (1, "포기")}


def test_a_question_without_a_name_is_about_the_goods_before() -> None:
    said = talk("노원구에서 배추 한 포기 얼마야", "왜 이렇게 비싸?")
    assert (said.intent, [need.item for need in said.needs], said.place) == (
        "why",
        ["배추"],
        "노원구",
    )


def test_the_answer_to_a_question_settles_it() -> None:
    said = talk("고기 만 원어치", "돼지고기")
    assert (amounts(said), said.ask) == ({"돼지고기": (10_000, "원")}, None)


def test_another_matter_stands_for_itself() -> None:
    assert talk("배추 한 포기", "오늘 저녁 뭐 해 먹지?").needs == ()
    fresh = talk("노원구에서 손님 네 명 비빔밥", "그럼 잡채 할 거야")
    assert ([d.name for d in fresh.dishes], fresh.place, fresh.people) == (["잡채"], "노원구", 4)


def test_a_dish_may_come_on_top() -> None:
    said = talk("손님 네 명 비빔밥", "잡채도 할 거야")
    assert [(d.name, d.servings) for d in said.dishes] == [("비빔밥", 4), ("잡채", 4)]
