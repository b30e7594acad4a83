"""The options of `altteul plan` that add to the list: read rightly, refused clearly, planned."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from altteul.cli.wishes import read_clock, read_risk, read_voucher
from altteul.errors import InputError
from altteul.planner.plan import Programme, Risk

LIST = "배추 1포기, 무 1개, 오이 3개"
WHERE = ("--near", "노원구 공릉동", "--on", "2021-05-31")


def test_words_are_read_as_people_say_them() -> None:
    assert read_risk("안전하게") is Risk.SAFE
    assert read_risk("bold") is Risk.BOLD
    assert read_clock("18:30") == time(18, 30)
    assert read_clock("9시") == time(9)
    assert read_voucher("온누리").programme is Programme.ONNURI
    assert read_voucher("지역화폐:7").percent == 7


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_risk, "대충"),
        (read_clock, "25:00"),
        (read_voucher, "쿠폰"),
        (read_voucher, "온누리:90"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(read: Any, text: str) -> None:
    with pytest.raises(InputError, match="적어 주세요"):
        read(text)


def test_options_reach_the_request(altteul: Any, seoul_home: Path) -> None:
    options = (
        "--until", "2021-06-02", "--needed", "2021-06-02", "--leave", "11:00",
        "--budget", "30000", "--carry", "8", "--risk", "안전하게", "--avoid", "이마트",
        "--voucher", "온누리", "--prefer", "국산", "--substitutes",
    )  # fmt: skip
    said = json.loads(altteul("--home", seoul_home, "plan", LIST, *WHERE, *options, "--json").out)
    request = said["request"]
    assert (request["latest"], request["used_on"]) == ("2021-06-02", "2021-06-02")
    assert (request["budget"], request["risk"], request["never"]) == (30_000, "safe", ["이마트"])
    assert (request["trip"]["carry_kg"], request["trip"]["leaves_at"]) == (8.0, "11:00:00")
    assert request["discounts"][0]["programme"] == "onnuri"
    assert request["needs"][0]["preferences"] == ["국산"]
    assert any(need["substitutes"] for need in request["needs"])
    assert len(said["by_days"]) == 3
    assert said["status"] == "proved"
    goods = said["best"]["goods"]["mid"] - said["best"]["discount_won"]
    assert goods + said["best"]["fees_won"] <= 30_000


def test_reasons_are_told_in_plain_words(altteul: Any, seoul_home: Path) -> None:
    said = altteul(
        "--home", seoul_home, "plan", LIST, *WHERE, "--until", "2021-06-02", "--substitutes"
    ).out
    assert "언제 살까" in said
    assert "더 기다려도 아끼는 것이 없습니다" in said
    assert "값이 틀리면" in said
