"""The main job on the real files: a shopping list in, a priced and routed plan out."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from altteul.planner.plan import Plan

Command = Callable[..., Any]
LIST = "배추 1포기, 무 1개, 양파 1망, 상추 200g, 오이 3개, 달걀 30개, 돼지고기 한 근"
WHERE = ("--near", "노원구 공릉동", "--on", "2021-05-31")

pytestmark = pytest.mark.slow


def test_the_list_is_priced_routed_and_compared(altteul: Command, seoul_home: Path) -> None:
    ended = altteul("--home", seoul_home, "plan", LIST, *WHERE)
    assert (ended.code, ended.err) == (0, "")
    assert "공릉동 도깨비시장" in ended.out
    for word in ("배추", "무", "양파", "상추", "오이", "달걀", "돼지고기", "견주어 보기", "출처"):
        assert word in ended.out


def test_the_json_is_a_plan_that_adds_up(altteul: Command, seoul_home: Path) -> None:
    ended = altteul("--home", seoul_home, "plan", LIST, *WHERE, "--json")
    plan = Plan.model_validate_json(ended.out)
    assert plan.best is not None
    assert plan.status == "proved"
    bought = [p for stop in plan.best.stops for p in stop.purchases]
    assert sum(p.won.mid for p in bought) == plan.best.goods.mid
    assert plan.best.goods.mid + plan.best.trip_won == plan.best.total.mid
    named = {p.need for p in bought} | set(plan.best.not_bought)
    assert named | {u.text for u in plan.not_priced} == {n.text for n in plan.request.needs}


def test_every_price_of_the_plan_stands_in_the_file(
    altteul: Command, seoul_home: Path, shared_data: Path
) -> None:
    plan = json.loads(altteul("--home", seoul_home, "plan", LIST, *WHERE, "--json").out)
    file = shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        written = {(r["market"].replace(" ", ""), float(r["price"])) for r in csv.DictReader(rows)}
    for stop in plan["best"]["stops"]:
        for purchase in stop["purchases"]:
            won = purchase["pack_won"]
            if purchase["weighed"]:
                # A portion is priced by the surveyed weight, which the note tells: (400g 2,000원).
                won = int(re.search(r"\(\S+ ([\d,]+)원\)", purchase["note"])[1].replace(",", ""))  # type: ignore[index]
            assert (stop["seller"]["name"].replace(" ", ""), won) in written


def test_the_range_of_one_item_is_that_of_the_file(
    altteul: Command, seoul_home: Path, shared_data: Path
) -> None:
    report = json.loads(
        altteul("--home", seoul_home, "price", "배추", "--near", "노원구", "--on", "2021-05-31",
                "--json").out
    )  # fmt: skip
    file = shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        nowon = {
            int(float(r["price"]))
            for r in csv.DictReader(rows)
            if r["gu"] == "노원" and r["name"] == "배추" and r["unit"] == "1포기"
        }
    offered = {o["price"]["mid"] for o in report["offers"] if o["seller"]["district"] == "노원구"}
    assert offered == nowon


def test_importing_twice_changes_nothing(
    altteul: Command, seoul_home: Path, shared_data: Path
) -> None:
    file = shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz"
    ended = altteul("--home", seoul_home, "import", file)
    assert "새 가격 0 · 고친 가격 0" in ended.out
