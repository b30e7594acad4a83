"""Regional speech and clipped words → what one writes; names of food are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.speech.dialects import in_common_speech
from altteul.assistant.speech.wording import tidy
from altteul.assistant.understanding import understand
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("깍두기 담글라믄", "깍두기 담글려면"),
        ("무 두 개허고 배추", "무 두 개하고 배추"),
        ("배추 사젠 허는데", "배추 사려고 하는데"),
        ("어데가 싸노", "어디가 싸나"),
        ("워디서 판대유", "어디서 판대요"),
        ("담주에 살 건데", "다음 주에 살 건데"),
    ],
)
def test_regional_endings_are_put_in_common_words(said: str, written: str) -> None:
    assert in_common_speech(said) == written


@pytest.mark.parametrize(
    "text", ["우유 1L", "두유 두 팩", "노원구 상계동", "두부 두 모 사 줘", "대구 탕"]
)
def test_what_only_looks_regional_stays(text: str) -> None:
    assert in_common_speech(text) == text


def test_goods_of_no_catalog_are_told_and_their_amount_is_nobody_else_s() -> None:
    said = understand("칫솔 2개 양파 1망 사야 돼", date(2026, 11, 10), load_catalog(), load_book())
    assert [(need.item, need.amount, need.unit) for need in said.needs] == [("양파", 1, "망")]
    assert said.unknown == ("칫솔 2개",)


def test_what_joins_the_next_name_is_no_part_of_an_unknown_one() -> None:
    text = "휴지 두 통이랑 배추 한 포기 사려고"
    said = understand(text, date(2026, 11, 10), load_catalog(), load_book())
    assert said.unknown == ("휴지 두 통",)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("배추 살라꼬", "배추 살려고"),
        ("무 살라는디", "무 사려는데"),
        ("더 기둘리까", "더 기다릴까"),
        ("지금 사까", "지금 살까"),
        ("우째 만드노", "어떻게 만드노"),
        ("와 이래 비싸노", "왜 이렇게 비싸나"),
        ("무시거 해 먹으코", "뭐 해 먹을까"),
        ("은제 나와", "언제 나와"),
        ("닭 낋이가 먹자", "닭 끓이서 먹자"),
        ("돼지고기 쪼매하고 김", "돼지고기 조금하고 김"),
        ("어데가 헐한", "어디가 싼"),
        ("지슬 한 키로영 무", "지슬 한 키로 하고 무"),
        ("걸엉 갈 디로", "걸어서 갈 데로"),
        ("어디 가사 헙니까", "어디 가야 합니까"),
    ],
)
def test_words_of_five_regions(said: str, written: str) -> None:
    assert in_common_speech(said) == written


@pytest.mark.parametrize("text", ["몰라", "더 달라고", "친구끼리는", "만두 하나", "대파하고 무"])
def test_words_that_only_end_alike_stay(text: str) -> None:
    assert in_common_speech(text) == text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("배추 시 포기허고", "배추 세 포기하고"),
        ("독새기 혼 판", "독새기 한 판"),
        ("고춧가루 서 근", "고춧가루 세 근"),
        ("너이서", "넷이서"),
        ("낼까지", "내일까지"),
        ("국물 낼 멸치", "국물 낼 멸치"),
        ("ㅅㅏ야", "사야"),
        ("시금치 한 단", "시금치 한 단"),
        ("다시 두 개", "다시 두 개"),
    ],
)
def test_regional_numbers_before_counters_and_slips_of_the_keyboard(
    said: str, written: str
) -> None:
    assert tidy(said) == written
