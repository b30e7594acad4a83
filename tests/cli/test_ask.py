"""Any question in words is answered in words, after what was said before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from altteul.demo import build_demo

Command = Callable[..., Any]
NEAR = ("--near", "새솔구 은행나무동")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home)
    return home


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("배추 얼마야", ("배추는 1포기에", "평년")),
        ("배추 언제 사는 게 좋아?", ("아직 알 수 없어요", "배추는 1포기에")),
        ("시금치가 왜 이렇게 비싸?", ("왜 그런지는 아직 알 수 없어요", "제철")),
        ("너네 예측 얼마나 맞았어?", ("성적은 아직 없어요",)),
        ("시금치 대신 뭐 넣어", ("시금치 대신",)),
        ("비빔밥에 뭐 들어가?", ("고사리", "집에 있다고")),
        ("고기 만 원어치 사려고", ("소고기, 돼지고기, 닭고기",)),
        ("배추 1포기, 무 1개", ("물건값은",)),
        ("주식 추천해 줘", ("모르는 일",)),
    ],
)
def test_each_kind_of_question_has_its_answer(
    altteul: Command, practice_home: Path, question: str, words: tuple[str, ...]
) -> None:
    ended = altteul("--home", practice_home, "ask", question, *NEAR)
    assert (ended.code, ended.err) == (0, "")
    assert all(word in ended.out for word in words)


def test_a_correction_changes_what_was_said_before(altteul: Command, practice_home: Path) -> None:
    said = ("--after", "손님 네 명 비빔밥 재료 사려고", *NEAR)
    before = altteul("--home", practice_home, "ask", said[1], *NEAR).out
    after = altteul("--home", practice_home, "ask", "고사리는 빼고", *said).out
    assert "고사리" in before
    assert "비빔밥 4인분" in after
    assert "고사리" not in after


def test_two_more_guests_are_added_to_those_who_came(altteul: Command, practice_home: Path) -> None:
    said = ("--after", "손님 네 명 비빔밥 재료 사려고", *NEAR)
    assert "비빔밥 6인분" in altteul("--home", practice_home, "ask", "두 명 더 온대", *said).out


def test_a_price_without_a_place_asks_for_it(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "ask", "배추 얼마야")
    assert ended.code == 2
    assert "--near" in ended.err


def test_a_bare_name_is_a_wish_for_the_usual_pack(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "ask", "배추", *NEAR)
    assert (ended.code, ended.err) == (0, "")
    assert "배추의 양은 1포기로 보았습니다" in ended.out


def test_what_is_no_food_is_asked_about(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "ask", "휴지 두 통", *NEAR)
    assert ended.code == 2
    assert "휴지 두 통" in ended.err
    assert "모르는 품목" in ended.err


def test_read_aloud_has_no_digit(altteul: Command, practice_home: Path) -> None:
    out = altteul("--home", practice_home, "ask", "배추 얼마야", *NEAR, "--spoken").out
    assert out.strip()
    assert not any(letter.isdigit() for letter in out)
