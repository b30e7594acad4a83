"""Regional speech and clipped words → what one writes; names of food are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.dialects import in_common_speech
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
