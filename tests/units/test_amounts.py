"""Amounts as people write and say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altteul.errors import AmountError
from altteul.units import Amount, Dimension, ItemKind, Span, ToTaste, parse_amount


def read(text: str, kind: ItemKind | None = None) -> tuple[float, float, str]:
    amount = parse_amount(text, item_kind=kind)
    assert isinstance(amount, Amount)
    return amount.quantity.low, amount.quantity.high, amount.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10kg(그물망 3포기)", 10_000, "g"), ("1과1/2큰술", 22.5, "mL"), ("1/2모", 0.5, "모"),
        ("한줌", 1, "줌"), ("반 망", 0.5, "망"), ("400g1근", 400, "g"), ("1,000g", 1000, "g"),
        ("1팩(744g)3마리", 744, "g"), ("한망(1.7kg)", 1700, "g"), ("1봉(2.5k)", 2500, "g"),
        ("100g(300g 2,000원)", 100, "g"), ("1팩 1k", 1000, "g"), ("600g한근", 600, "g"),
        ("1과½큰술", 22.5, "mL"), ("1+1/2T", 22.5, "mL"), ("2T", 30, "mL"), ("2t", 10, "mL"),
        ("3Ts", 45, "mL"), ("4C", 800, "mL"), ("2CUP", 400, "mL"), ("100cc", 100, "mL"),
        ("작은거1개", 1, "개"), ("5*5cm 3조각", 3, "조각"), ("180g (약2줌)", 180, "g"),
        ("1컵(170g)", 170, "g"), ("2개(大)", 2, "개"), ("각 100g", 100, "g"), ("10개씩", 10, "개"),
        ("한 개 반", 1.5, "개"), ("두 단을", 2, "단"), ("오백 그램", 500, "g"), ("2천g", 2000, "g"),
        ("이 킬로", 2000, "g"), ("1kg 500g", 1500, "g"), ("스무 마리", 20, "마리"),
        ("500g×2", 1000, "g"), ("500g 2봉", 1000, "g"), ("300g짜리 두 모", 600, "g"),
        ("2팩(각 300g)", 600, "g"), ("2팩(총 600g)", 600, "g"), ("1.8L", 1800, "mL"),
    ],
)  # fmt: skip
def test_one_clear_reading(text: str, value: float, unit: str) -> None:
    assert read(text) == (value, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1접", 100, "개"), ("1두름", 20, "마리"), ("1축", 20, "마리"), ("1쾌", 20, "마리"),
        ("1톳", 100, "장"), ("1속", 100, "장"), ("1판", 30, "개"), ("1꾸러미", 10, "개"),
        ("1손", 2, "마리"), ("1냥", 37.5, "g"), ("1돈", 3.75, "g"), ("1종이컵", 180, "mL"),
        ("1소주잔", 50, "mL"), ("1큰술", 15, "mL"), ("1작은술", 5, "mL"), ("1컵", 200, "mL"),
    ],
)  # fmt: skip
def test_traditional_units_and_spoons(text: str, value: float, unit: str) -> None:
    assert read(text) == (value, value, unit)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (ItemKind.MEAT, 600, 600), (ItemKind.FISH, 600, 600), (ItemKind.DRIED_CHILLI, 600, 600),
        (ItemKind.VEGETABLE, 400, 400), (ItemKind.FRUIT, 400, 400),
        (ItemKind.CHILLI_POWDER, 400, 600), (None, 400, 600),
    ],
)  # fmt: skip
def test_a_geun_depends_on_the_goods(kind: ItemKind | None, low: float, high: float) -> None:
    assert read("한 근", kind) == (low, high, "g")


def test_a_hand_of_mackerel_is_two_fish_and_of_greens_a_handful() -> None:
    assert read("1손", ItemKind.FISH) == (2, 2, "마리")
    assert read("1손", ItemKind.VEGETABLE) == (1, 1, "줌")


def test_a_row_of_eggs_is_ten() -> None:
    assert read("1줄", ItemKind.EGG_DAIRY) == (10, 10, "개")
    assert read("1줄") == (1, 1, "줄")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("두어 포기", 2, 3, "포기"), ("서너 개", 3, 4, "개"), ("대여섯 장", 5, 6, "장"),
        ("1~2큰술", 15, 30, "mL"), ("한 되", 1800, 2000, "mL"), ("한 관", 3750, 4000, "g"),
        ("한 국자", 80, 100, "mL"),
    ],
)  # fmt: skip
def test_uncertain_amounts_keep_their_span(text: str, low: float, high: float, unit: str) -> None:
    assert read(text) == (low, high, unit)


@pytest.mark.parametrize("text", ["약간", "적당량", "조금", "약간씩", "조금씩", "적량", "", "  "])
def test_to_taste_is_said_and_not_guessed(text: str) -> None:
    assert parse_amount(text) == ToTaste(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("만 원어치", "금액"), ("5천원어치", "금액"), ("2만원", "금액"), ("1.5jg", "단위 'jg'"),
        ("50", "단위가 없습니다"), ("소1/2", "단위가 없습니다"), ("1게", "단위 '게'"),
        ("11/2큰술", "뜻이 하나인"), ("-2개", "음수"), ("0개", "양이 될 수 없습니다"),
        ("2kg 3kg", "서로 다른 양"), ("2봉 500g", "모두의 양인지"), ("15cm", "찾지 못했습니다"),
        ("2011-03-04", "찾지 못"), ("레시피참조", "적혀 있지 않습니다"), ("몇 개", "찾지"),
        ("배추 한 포기", "'배추'"), ("1,5kg", "단위가 없습니다"), ("9" * 150 + "개", "양이 될"),
    ],
)  # fmt: skip
def test_what_has_not_one_reading_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(AmountError, match=reason):
        parse_amount(text)


@pytest.mark.parametrize(
    "text", ["1" * 5000, "일이삼" * 2000, "(100g" * 500, "1/2 " * 45, "1" * 190]
)
def test_endless_text_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert len(str(caught.value)) < 200


@given(st.text(alphabet="0123456789.,/~()한두반개kg근단망봉 원씩각x*½과만일이", max_size=14))
def test_any_scribble_is_an_amount_or_an_amount_error(text: str) -> None:
    try:
        amount = parse_amount(text)
    except AmountError:
        return
    assert isinstance(amount, ToTaste) or 0 < amount.quantity.low <= amount.quantity.high


@given(st.integers(1, 9999), st.sampled_from(["g", "kg", "mL", "L", "개", "포기", "망"]))
def test_a_number_and_a_unit_are_read_as_written(number: int, unit: str) -> None:
    factor = 1000 if unit in ("kg", "L") else 1
    assert read(f"{number}{unit}")[:2] == (number * factor, number * factor)
    assert read(f"{number:,} {unit}")[:2] == (number * factor, number * factor)


def test_servings_scale_the_amount() -> None:
    amount = parse_amount("두어 포기")
    assert isinstance(amount, Amount)
    assert amount.scaled(2).quantity == Span(4, 5, 6)
    assert amount.dimension is Dimension.COUNT
