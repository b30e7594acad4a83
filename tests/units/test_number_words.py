"""Numbers as Koreans write and say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altteul.units import Span, parse_number

NATIVE = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"]
TENS = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
SINO = ["", *"일이삼사오육칠팔구"]


@pytest.mark.parametrize("value", range(1, 100))
def test_native_numerals_count_to_ninety_nine(value: int) -> None:
    tens, ones = divmod(value, 10)
    spoken = TENS[tens] + (NATIVE[ones - 1] if ones else "")
    assert parse_number(spoken) == Span.exact(value)


@given(st.integers(1, 99_999_999))
def test_sino_numerals_are_read_as_they_are_built(value: int) -> None:
    assert parse_number(sino(value)) == Span.exact(value)


def sino(value: int) -> str:
    above, below = divmod(value, 10_000)
    return (below_myriad(above) + "만" if above else "") + below_myriad(below)


def below_myriad(value: int) -> str:
    scales = zip(("천", "백", "십", ""), f"{value:04d}", strict=True)
    return "".join(SINO[int(digit)] + scale for scale, digit in scales if digit != "0")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000), ("1.5", 1.5), (".5", 0.5), ("1/2", 0.5), ("½", 0.5), ("1½", 1.5),
        ("1과1/2", 1.5), ("2와1/2", 2.5), ("1과 1/2", 1.5), ("1과½", 1.5), ("1 1/2", 1.5),
        ("1+1/2", 1.5), ("반", 0.5), ("반의반", 0.25), ("하나반", 1.5), ("스무", 20),
        ("2만 5천", 25_000), ("2만5천", 25_000), ("3천", 3000), ("1.5만", 15_000), ("만", 10_000),
    ],
)  # fmt: skip
def test_written_and_mixed_numbers(text: str, value: float) -> None:
    assert parse_number(text) == Span.exact(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("한두", 1, 2), ("두어", 2, 3), ("두세", 2, 3), ("두서너", 2, 4), ("서너", 3, 4),
        ("너댓", 4, 5), ("대여섯", 5, 6), ("예닐곱", 6, 7), ("일고여덟", 7, 8), ("여남은", 11, 13),
        ("1~2", 1, 2), ("3-4", 3, 4), ("1/2~1", 0.5, 1),
    ],
)  # fmt: skip
def test_approximate_numbers_keep_both_ends(text: str, low: float, high: float) -> None:
    assert parse_number(text) == Span.between(low, high)


@pytest.mark.parametrize(
    "text", ["", "몇", "한우", "두부", "11/2", "1/0", "4~2", "1,5", "만만", "x"]
)
def test_what_is_no_number_or_may_mean_two_is_refused(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or 0 <= number.low <= number.high
