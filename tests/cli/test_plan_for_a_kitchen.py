"""A kitchen's order list from a file, with more stops than a household makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from altteul.assistant.lists.list_file import KITCHEN
from altteul.assistant.lists.shopping_list import read_list
from altteul.catalog import load_catalog
from altteul.demo import build_demo
from altteul.history import History

Command = Callable[..., Any]
UNTIL = date(2026, 11, 22)
ON = ("--on", "2026-11-20")
NEAR = ("--near", "새솔구 은행나무동")


@pytest.fixture(scope="module")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home, until=UNTIL)
    return home


@pytest.fixture(scope="module")
def orders(practice_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty usual packs of everything that is sold, as a spreadsheet would save it."""
    known = load_catalog().items
    sold = History.open(practice_home).observations(since=date(2026, 11, 1), measures=["price"])
    items = sorted(set(sold["item"]) & set(known))
    usual = "\n".join(f"{item} {known[item].default_pack.label}" for item in items)
    needs, _ = read_list(usual, load_catalog(), KITCHEN)
    rows = [f"{need.item},{20 * need.amount:g}{need.unit}" for need in needs]
    file = tmp_path_factory.mktemp("orders") / "발주.csv"
    file.write_text("\n".join(["품목,수량", *rows]), encoding="cp949")
    return file


@pytest.mark.slow
def test_a_long_list_with_many_stops_is_planned_and_says_how_well(
    altteul: Command, practice_home: Path, orders: Path
) -> None:
    words = ("plan", "--file", orders, *NEAR, *ON, "--mode", "car")
    plan = json.loads(altteul("--home", practice_home, *words, "--stops", 12, "--json").out)
    few = json.loads(altteul("--home", practice_home, *words, "--stops", 3, "--json").out)
    assert len(plan["request"]["needs"]) > 75
    assert 3 < len(plan["best"]["stops"]) <= 12
    assert plan["best"]["cost"] < few["best"]["cost"]
    assert plan["gap_percent"] < 1
    assert plan["simulated"]
    said = altteul("--home", practice_home, *words, "--stops", 12)
    assert said.code == 0
    assert "큰 장보기로 찾았습니다" in said.out
    assert "9곳까지 더 들러" in said.out


@pytest.mark.slow
def test_what_many_stops_cannot_keep_is_said(
    altteul: Command, practice_home: Path, orders: Path
) -> None:
    words = ("plan", "--file", orders, *NEAR, *ON, "--until", "2026-11-22", "--stops", 12)
    ended = altteul("--home", practice_home, *words)
    assert ended.code == 2
    assert "여러 날" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("words", [("plan",), ("plan", "배추 1포기", "--file", "list.csv")])
def test_words_or_a_file_are_needed_and_not_both(
    altteul: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ended = altteul("--home", tmp_path, *words, *NEAR)
    assert ended.code in (2, 3)
    assert ended.err.count("\n") == 1
