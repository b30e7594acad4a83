"""Numbers read aloud and the particles after them."""

from __future__ import annotations

import random

import pytest

from altteul.korean.particles import fitted, with_particle
from altteul.korean.spoken_numbers import native, read_aloud, sino
from altteul.units import parse_number


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3,500원", "삼천오백 원"),
        ("10,000원", "만 원"),
        ("110,000원", "십일만 원"),
        ("32,500원쯤", "삼만 이천오백 원쯤"),
        ("1,234,567원", "백이십삼만 사천오백육십칠 원"),
        ("0원", "영 원"),
        ("2개", "두 개"),
        ("3포기", "세 포기"),
        ("20개", "스무 개"),
        ("21개", "스물한 개"),
        ("100개", "백 개"),
        ("네 명, 4명", "네 명, 네 명"),
        ("600g", "육백 그램"),
        ("1.5kg", "일 점 오 킬로그램"),
        ("0.5개, 1.5개", "반 개, 한 개 반"),
        ("애호박 1/2개", "애호박 반 개"),
        ("5월 31일", "오월 삼십일일"),
        ("6월 1일, 10월 3일", "유월 일일, 시월 삼일"),
        ("2026-11-20", "이천이십육년 십일월 이십일"),
        ("3,980~11,100원", "삼천구백팔십 원에서 만 천백 원"),
        ("1시간 5분", "한 시간 오 분"),
        ("비빔밥 4인분", "비빔밥 사 인분"),
        ("15% 덜", "십오 퍼센트 덜"),
        ("100g에 500원", "백 그램에 오백 원"),
        ("14일 전", "십사일 전"),
        ("돼지고기 2근", "돼지고기 두 근"),
        ("1+1 행사", "하나 더 주는 행사"),
    ],
)
def test_numbers_are_said_as_people_say_them(written: str, said: str) -> None:
    assert read_aloud(written) == said


def test_what_is_said_is_read_back_as_the_same_number() -> None:
    """`parse_number`, written for what people type, is the independent reader."""
    draw = random.Random(7)
    numbers = [*range(1, 400), *(draw.randrange(1, 10 ** draw.randint(3, 8)) for _ in range(2_000))]
    for number in numbers:
        heard = parse_number(sino(number).replace(" ", ""))
        assert heard is not None
        assert heard.mid == number


def test_native_words_are_read_back_as_the_same_number() -> None:
    for number in range(1, 100):
        heard = parse_number(native(number))
        assert heard is not None
        assert heard.mid == number


@pytest.mark.parametrize("number", [-1, 10**16])
def test_what_cannot_be_said_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="cannot say"):
        sino(number)


def test_no_digit_is_left_in_what_is_read_aloud() -> None:
    draw = random.Random(3)
    for _ in range(500):
        text = f"배추 {draw.randint(1, 200)}포기 {draw.randint(0, 10**7):,}원 {draw.random():.2f}kg"
        assert not any(letter.isdigit() for letter in read_aloud(text))


@pytest.mark.parametrize(
    ("word", "particles", "said"),
    [
        ("두부", "은/는", "두부는"),
        ("무청", "은/는", "무청은"),
        ("시금치", "이/가", "시금치가"),
        ("감", "을/를", "감을"),
        ("서울", "으로/로", "서울로"),
        ("시장", "으로/로", "시장으로"),
        ("가게", "으로/로", "가게로"),
        ("600g", "은/는", "600g은"),
        ("3,500원", "이에요/예요", "3,500원이에요"),
        ("2", "은/는", "2는"),
        ("3", "은/는", "3은"),
        ("8", "으로/로", "8로"),
        ("GS25", "이/가", "GS25가"),
        ("CU", "으로/로", "CU로"),
        ("KM", "이/가", "KM이"),
        ("이마트(공릉점)", "으로/로", "이마트(공릉점)로"),
        ("두부(국산)", "과/와", "두부(국산)와"),
        ("", "은/는", "는"),
    ],
)
def test_the_particle_follows_what_is_said_last(word: str, particles: str, said: str) -> None:
    assert with_particle(word, particles) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("'용가리'은(는) 모르는 품목입니다.", "'용가리'는 모르는 품목입니다."),
        ("'정구짐'은(는) 모르는 품목입니다.", "'정구짐'은 모르는 품목입니다."),
        ("대파 1단은(는) 빼고 무을(를) 삽니다.", "대파 1단은 빼고 무를 삽니다."),
        ("두부 등 6가지이(가) 있습니다.", "두부 등 6가지가 있습니다."),
        ("콩나물 200g은(는) 가격을 모릅니다.", "콩나물 200g은 가격을 모릅니다."),
        ("곳 'a(b)'을(를) 모릅니다.", "곳 'a(b)'를 모릅니다."),
        ("쌀과(와) 무과(와) 배", "쌀과 무와 배"),
        ("은(는) 앞에 아무것도 없음", "는 앞에 아무것도 없음"),
    ],
)
def test_an_open_particle_is_settled_by_the_word_before(written: str, said: str) -> None:
    assert fitted(written) == said
