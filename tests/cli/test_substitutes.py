"""`altteul substitutes` and `altteul dishes` on a practice market and on the real survey."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from altteul.demo import build_demo
from altteul.planner.advice import SubstituteAdvice
from altteul.planner.cooking import CookingPlan

Command = Callable[..., Any]
HERE = ("--near", "새솔구 은행나무동", "--on", "2026-11-20")
SEOUL = ("--near", "노원구 공릉동", "--on", "2021-05-31")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home, until=date(2026, 11, 22))
    return home


def test_what_to_use_instead_is_said_with_all_that_changes(
    altteul: Command, practice: Path
) -> None:
    ended = altteul("--home", practice, "substitutes", "배추", "--for", "김치", *HERE)
    assert (ended.code, ended.err) == (0, "")
    for word in ("얼갈이배추", "열무", "양배추", "대신할 값", "제철", "알레르기", "연습용", "추정"):
        assert word in ended.out


def test_the_json_states_each_saving_by_its_own_numbers(altteul: Command, practice: Path) -> None:
    out = altteul("--home", practice, "substitutes", "시금치", *HERE, "--json").out
    advice = SubstituteAdvice.model_validate_json(out)
    assert advice.simulated
    for choice in advice.choices:
        if choice.saves_percent is None:
            assert not choice.recommended
            continue
        assert choice.price and choice.original_price  # noqa: PT018
        part = choice.price.won.mid * choice.ratio / choice.original_price.won.mid
        assert choice.saves_percent == round(100 * (1 - part))
        assert not choice.recommended or choice.facts.unusual.value in ("싸다", "보통")


def test_prices_of_the_real_survey_are_compared_by_weight(
    altteul: Command, seoul_home: Path
) -> None:
    """공릉동 on 31 May 2021: no year before, so no normal price and nothing is recommended."""
    out = altteul(
        "--home", seoul_home, "substitutes", "시금치", "--for", "나물", *SEOUL, "--json"
    ).out
    advice = SubstituteAdvice.model_validate_json(out)
    known = {c.facts.item: c for c in advice.choices if c.saves_percent is not None}
    assert {"얼갈이배추", "오이"} <= set(known)
    assert not any(c.recommended for c in advice.choices)
    assert "평년값을 몰라" in advice.verdict


def test_a_wrong_item_gets_near_names(altteul: Command, practice: Path) -> None:
    ended = altteul("--home", practice, "substitutes", "뭐라구요채소", *HERE)
    assert ended.code == 2
    assert "모르는 품목" in ended.err


def test_a_dish_is_planned_for_the_guests(altteul: Command, practice: Path) -> None:
    ended = altteul("--home", practice, "dishes", "비빔밥", "--people", "4", *HERE, "--json")
    cooking = CookingPlan.model_validate_json(ended.out)
    assert cooking.dishes[0].servings == 4
    assert "고추장" in {pantry.item for pantry in cooking.at_home}
    best = cooking.plan.best
    assert best is not None
    if not cooking.plan.not_priced and not best.not_bought:
        assert cooking.goods_per_person == round(best.goods.mid / 4)
    else:
        assert cooking.goods_per_person is None


def test_ingredients_are_left_out_and_pantry_is_bought(altteul: Command, practice: Path) -> None:
    ended = altteul(
        "--home", practice, "dishes", "비빔밥", "--people", "8", *HERE, "--json",
        "--without", "소고기", "--buy", "고추장",
    )  # fmt: skip
    needs = {n["item"]: n for n in json.loads(ended.out)["plan"]["request"]["needs"]}
    assert "소고기" not in needs
    assert "고추장" in needs
    assert needs["콩나물"]["amount"] == 400


def test_the_book_and_a_dish_are_shown_without_prices(altteul: Command, tmp_path: Path) -> None:
    assert "비빔밥" in altteul("--home", tmp_path, "dishes").out
    shown = altteul("--home", tmp_path, "dishes", "미역국", "--people", "8").out
    assert "8명이면 2배" in shown


def test_an_unknown_dish_gets_near_names(altteul: Command, tmp_path: Path) -> None:
    ended = altteul("--home", tmp_path, "dishes", "비빔빱")
    assert ended.code == 2
    assert "혹시 비빔밥" in ended.err
