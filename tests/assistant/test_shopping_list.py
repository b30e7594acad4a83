"""A written list becomes needs; what cannot be read keeps its reason and spoils nothing."""

from __future__ import annotations

import pytest

from altteul.assistant.lists.shopping_list import ListLimits, read_list
from altteul.catalog import load_catalog


def read(text: str) -> list[tuple[str, float, str]]:
    needs, unread = read_list(text, load_catalog())
    assert not unread
    return [(need.item, need.amount, need.unit) for need in needs]


def test_the_list_of_the_main_job() -> None:
    assert read("배추 1포기, 무 1개, 양파 1망, 상추 200g, 오이 3개, 달걀 30개, 돼지고기 한 근") == [
        ("배추", 1, "포기"),
        ("무", 1, "개"),
        ("양파", 1, "망"),
        ("상추", 200, "g"),
        ("오이", 3, "개"),
        ("달걀", 30, "개"),
        ("돼지고기", 600, "g"),
    ]


@pytest.mark.parametrize(
    ("text", "item", "amount", "unit"),
    [
        ("배추1포기", "배추", 1, "포기"),
        ("두부 반 모", "두부", 0.5, "모"),
        ("계란 한 판", "달걀", 30, "개"),
        ("1,500g 감자", "감자", 1500, "g"),
        ("고추장 1kg", "고추장", 1000, "g"),
        ("배 2개", "배", 2, "개"),
        ("무 두 개", "무", 2, "개"),
        ("파프리카 3개", "파프리카", 3, "개"),
        ("콩나물 한 봉", "콩나물", 1, "봉"),
        ("돼지고기 삼겹살 600g", "돼지고기", 600, "g"),
    ],
)
def test_one_thing(text: str, item: str, amount: float, unit: str) -> None:
    assert read(text) == [(item, amount, unit)]


@pytest.mark.parametrize("gap", [", ", "\n", " ; ", " 그리고 ", " "])
def test_things_are_parted_by_commas_lines_words_or_nothing(gap: str) -> None:
    assert [item for item, *_ in read(gap.join(["배추 1포기", "무 2개", "양파 1kg"]))] == [
        "배추",
        "무",
        "양파",
    ]


def test_a_cut_of_meat_is_its_variety() -> None:
    (need,), _ = read_list("삼겹살 600g", load_catalog())
    assert (need.item, need.variety) == ("돼지고기", "삼겹살")


def test_loose_numbers_keep_both_ends() -> None:
    (need,), _ = read_list("배추 두어 포기", load_catalog())
    assert (need.amount_low, need.amount_high) == (2, 3)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("배추", "배추 1포기"),
        ("배추 만 원어치", "금액"),
        ("소금 약간", "살 양이 아닙니다"),
        ("배추 0포기", "0보다 크고"),
        ("배추 99999999포기", "살 수 있는 양이 아닙니다"),
        ("ㅋㅋㅋ 2개", "모르는 품목"),
    ],
)
def test_what_cannot_be_bought_says_why_and_the_rest_stays(text: str, hint: str) -> None:
    needs, (unread,) = read_list(f"{text}, 무 1개", load_catalog())
    assert [need.item for need in needs] == ["무"]
    assert hint in unread.reason


def test_a_slip_of_the_pen_gets_the_nearest_names() -> None:
    _, (unread,) = read_list("배추추 1포기", load_catalog())
    assert "배추" in unread.suggestions


def test_nothing_and_too_much() -> None:
    assert read_list(" , ,\n", load_catalog()) == ((), ())
    assert read_list("배추 1포기," * 2_000, load_catalog())[0] == ()
    many = ListLimits(letters=5_000, needs=2, of_one_thing=100)
    needs, unread = read_list("배추 1포기, 무 1개, 오이 1개, 무 2개", load_catalog(), many)
    assert [(need.item, need.amount) for need in needs] == [("배추", 1), ("무", 3)]
    assert [piece.text for piece in unread] == ["오이 1개"]


@pytest.mark.parametrize("text", ["없음 2개", "휴지 두 통"])
def test_a_word_that_is_only_near_a_name_is_asked_about(text: str) -> None:
    """Once "없음" was bought as water, since it is one letter from 얼음."""
    needs, unread = read_list(text, load_catalog())
    assert not needs
    assert [piece.text for piece in unread] == [text]


@pytest.mark.parametrize(("text", "item"), [("베추 1포기", "배추"), ("게란 한 판", "달걀")])
def test_known_slips_are_read(text: str, item: str) -> None:
    assert read(text)[0][0] == item


def test_a_thing_written_twice_is_one_need_of_both_amounts() -> None:
    assert read("배추 1포기, 무 2개, 배추 두 포기, 무 1kg") == [
        ("배추", 3, "포기"),
        ("무", 2, "개"),
        ("무", 1000, "g"),
    ]
    needs, _ = read_list("\n".join(["배추 두어 포기"] * 100), load_catalog())
    assert [(n.text, n.amount_low, n.amount_high) for n in needs] == [("배추 250포기", 200, 300)]
