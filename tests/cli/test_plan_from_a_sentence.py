"""The launch sentence, on the command line: understood, priced, routed, with what was assumed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from altteul.demo import build_demo

Command = Callable[..., Any]
LAUNCH = "내일 손님 네 명이 와서 비빔밥을 해야 하는데, 재료를 어디서 제일 싸게 사지?"
NEAR = ("--near", "새솔구 은행나무동")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home)
    return home


def test_the_launch_sentence_becomes_a_plan(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "plan", LAUNCH, *NEAR)
    assert (ended.code, ended.err) == (0, "")
    for word in ("소고기 200g", "시금치 200g", "고사리 150g", "집에 있다고 본 것", "고추장"):
        assert word in ended.out
    assert "연습용(가상)" in ended.out


def test_guests_and_day_reach_the_plan(altteul: Command, practice_home: Path) -> None:
    two = "모레 두 명이 먹을 비빔밥 재료 어디서 사지?"
    on = ("--on", "2026-11-18")
    plan = json.loads(altteul("--home", practice_home, "plan", two, *NEAR, *on, "--json").out)
    amounts = {need["item"]: need["amount"] for need in plan["request"]["needs"]}
    assert plan["request"]["on"] == "2026-11-20"
    assert (amounts["소고기"], amounts["달걀"]) == (100, 2)


def test_a_sentence_without_a_place_asks_for_it(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "plan", LAUNCH)
    assert ended.code == 2
    assert "--near" in ended.err


def test_an_ambiguous_word_is_asked_back(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "plan", "고기 만 원어치 어디가 싸요?", *NEAR)
    assert ended.code == 2
    assert "고기" in ended.err


def test_fewer_than_nobody_is_refused(altteul: Command, practice_home: Path) -> None:
    ended = altteul("--home", practice_home, "plan", "비빔밥 -1인분", *NEAR)
    assert ended.code == 2
    assert "음수" in ended.err
