"""Misspelt and misheard names, and everyday words that only sound like one."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.assistant.names.sounding import difference
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.recipes.book import load_book


def read(text: str) -> Understood:
    return understand(text, date(2026, 9, 15), load_catalog(), load_book())


@pytest.mark.parametrize(
    ("said", "meant", "at_most"),
    [
        ("게란", "계란", 0.1),
        ("깍뚜기", "깍두기", 0.3),
        ("된장찌게", "된장찌개", 0.1),
        ("복음밥", "볶음밥", 0.1),
        ("시금지", "시금치", 0.3),
        ("당군", "당근", 0.4),
        ("씨래기국", "시래깃국", 0.5),
        ("오이소백이", "오이소박이", 0.4),
    ],
)
def test_slips_of_speech_and_of_thumbs_cost_little(said: str, meant: str, at_most: float) -> None:
    assert difference(said, meant) == difference(meant, said) <= at_most + 1e-9


@pytest.mark.parametrize(
    ("one", "other"), [("감사", "감자"), ("수건", "수수"), ("배고파", "대파"), ("참치", "삼치")]
)
def test_other_words_are_far(one: str, other: str) -> None:
    assert difference(one, other) >= 0.7


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("깐마눌 3키로 사야 돼요", [("깐마늘", 3, "kg")]),
        ("꽂게 2키로 살 건데", [("꽃게", 2, "kg")]),
        ("떡뽁이떡 한 봉지 사려고", [("떡볶이떡", 1, "봉지")]),
        ("전북 큰 놈 한 마리 살라고", [("전복", 1, "마리")]),
        ("쑥것 한 단하고 두부 한 모 사려고", [("쑥갓", 1, "단"), ("두부", 1, "모")]),
        ("부로콜리 한 개 파푸리카 두 개 사 줘", [("브로콜리", 1, "개"), ("파프리카", 2, "개")]),
        ("시금지 갑이 얼마야", [("시금치", None, None)]),
        ("도새기고기 두 근 사젠 햄수다", [("돼지고기", 2, "근")]),
        ("섭 한 망 사려고", [("홍합", 1, "망")]),
    ],
)
def test_misspelt_goods(text: str, items: list[tuple[str, float | None, str | None]]) -> None:
    assert [(need.item, need.amount, need.unit) for need in read(text).needs] == items


@pytest.mark.parametrize(
    ("text", "dish"),
    [
        ("씨래기국 어떻게 끓이는 거예요", "시래깃국"),
        ("토란꾹에 뭐 들어가", "토란국"),
        ("깍뚜기 담그려고", "깍두기"),
        ("닥갈비 해 먹을 재료", "닭갈비"),
        ("김볶 해 먹게", "김치볶음밥"),
        ("정구지찌짐 부칠라꼬", "부추전"),
        ("솔지 담글라고", "부추김치"),
        ("감재전 부쳐 먹을라는데", "감자전"),
        ("콩지름국 낋일라꼬", "콩나물국"),
        ("수정과엔 뭐가 들어가", "수정과"),
    ],
)
def test_misspelt_and_regional_dishes(text: str, dish: str) -> None:
    assert [each.name for each in read(text).dishes] == [dish]


@pytest.mark.parametrize(
    "text",
    [
        "배고파 뭐 먹지",
        "무슨 말을 하면 되나요",
        "오늘 밤에 뭐 하지",
        "값이 두 배네",
        "어디 파는 데 있나",
        "언제 사야 제일 쌀까",
        "감사합니다 수고하세요",
        "우리 식구 둘이 먹을 거",
        "요즘 철이 아닌가",
    ],
)
def test_everyday_words_are_no_goods(text: str) -> None:
    said = read(text)
    assert (said.needs, said.dishes, said.exclude) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("국물 낼 멸치 만 원어치 사려고", ["멸치"]),
        ("주스 짜게 당근 3kg", ["당근"]),
        ("오늘 밤 안주로 오이 하나 사려고", ["오이"]),
        ("양파 한 망 사고 차로 감", ["양파"]),
    ],
)
def test_what_one_makes_or_does_is_not_bought(text: str, items: list[str]) -> None:
    assert [need.item for need in read(text).needs] == items


_CONFUSED = (
    ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅈㅉㅊ", "ㅅㅆ"),
    ("ㅐㅔ", "ㅚㅙㅞ", "ㅗㅜ", "ㅓㅗ", "ㅡㅜ", "ㅢㅣ", "ㅏㅐ"),
)
_LETTERS = ("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")


def _slips_of(name: str) -> list[str]:
    """The name with each lead and vowel changed to one that is confused with it."""
    changed = []
    for place, syllable in enumerate(name):
        lead, rest = divmod(ord(syllable) - 0xAC00, 588)
        for kind, index in ((0, lead), (1, rest // 28)):
            letter = _LETTERS[kind][index]
            for group in (g for g in _CONFUSED[kind] if letter in g):
                other = _LETTERS[kind].index(next(x for x in group if x != letter))
                pair = (other, rest // 28) if kind == 0 else (lead, other)
                code = 0xAC00 + pair[0] * 588 + pair[1] * 28 + rest % 28
                changed.append(name[:place] + chr(code) + name[place + 1 :])
    return changed


def test_most_slips_of_one_letter_are_understood() -> None:
    catalog = load_catalog()
    usual = [
        name for name, item in catalog.items.items() if len(name) >= 3 and item.category == "200"
    ]
    tried = found = 0
    for name in usual:
        for slip in _slips_of(name)[:3]:
            needs = read(f"{slip} 두 개 사려고요").needs
            tried += 1
            found += [need.item for need in needs] == [name]
    assert tried > 60
    assert found / tried >= 0.9, f"{found} of {tried}"


def test_goods_that_the_catalog_lacks_are_not_taken_for_others() -> None:
    lacking = (
        "휴지 비누 칫솔 수건 양말 건전지 볼펜 화분 사료 기저귀 민어 홍어 과메기 약과 젤리 케이크"
    )
    for word in lacking.split():
        said = read(f"{word} 두 개 사려고요")
        assert (said.needs, said.dishes) == ((), ()), word


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("무 서른 개 파 열두 단 사려고", [("무", 30), ("대파", 12)]),
        ("밤 닷 되 굴 넉 근", [("밤", 5), ("굴", 4)]),
        ("사과 배 각 다섯 개씩", [("사과", 5), ("배", 5)]),
        ("마 한 뿌리 사려고", [("마", 1)]),
        ("감자 댓 개 사려고", [("감자", 5)]),
    ],
)
def test_names_of_one_syllable_before_any_number(text: str, items: list[tuple[str, float]]) -> None:
    assert [(need.item, need.amount) for need in read(text).needs] == items
