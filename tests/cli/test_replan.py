"""`altteul replan` on the real survey: told by plans with estimates, read, answered, refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LIST = "돼지고기 1200g, 소고기 600g, 배추 1포기, 사과 5개"
WHERE = ("--near", "마포구 망원동", "--on", "2021-05-31")
AT = ("--at", "망원동월드컵시장")


def test_a_plan_with_estimates_says_that_one_can_plan_anew(altteul: Any, seoul_home: Path) -> None:
    guessed = altteul("--home", seoul_home, "plan", LIST, *WHERE, "--estimates")
    assert "altteul replan" in guessed.out
    assert "altteul replan" not in altteul("--home", seoul_home, "plan", LIST, *WHERE).out


def test_what_was_seen_decides_what_is_bought_here(altteul: Any, seoul_home: Path) -> None:
    """Pork at 20,000 won is taken at once; at 60,000 won one goes on, and it costs more in all."""
    found = {}
    for won in (20_000, 60_000):
        seen = ("--seen", f"돼지고기 {won:,}원, 사과 없음")
        ended = altteul("--home", seoul_home, "replan", LIST, *WHERE, *AT, *seen, "--json")
        assert (ended.code, ended.err) == (0, "")
        found[won] = json.loads(ended.out)
    cheap, dear = found[20_000], found[60_000]
    bought = {one["need"]: one for one in cheap["buy"]}
    assert (bought["돼지고기 1200g"]["won"], bought["돼지고기 1200g"]["seen"]) == (20_000, True)
    assert "돼지고기 1200g" in {one["need"] for one in dear["leave"]}
    assert "돼지고기 1200g" in {good["need"] for stop in dear["stops"] for good in stop["goods"]}
    assert dear["expected_won"] > cheap["expected_won"]
    for one in found.values():
        assert "사과 5개" not in {own["need"] for own in (*one["buy"], *one["leave"])}
        assert one["estimated"]


def test_what_is_printed_tells_seen_from_estimated(altteul: Any, seoul_home: Path) -> None:
    ended = altteul(
        "--home", seoul_home, "replan", LIST, *WHERE, *AT, "--seen", "돼지고기 20000, 사과 없음"
    )
    assert "망원동월드컵시장에서 살 것" in ended.out
    assert "본 값" in ended.out
    assert "추정" in ended.out
    assert "여기서부터 집까지" in ended.out


def test_bad_input_is_one_sentence(altteul: Any, seoul_home: Path) -> None:
    for at, seen, said in (
        ("망원동월드컵시장", "돼지고기 이만원", "읽지 못했습니다"),
        ("망원동월드컵시장", "두부 3000", "목록에 없습니다"),
        ("어디에도 없는 가게", "돼지고기 20000", "어디에도 없는 가게"),
    ):
        ended = altteul("--home", seoul_home, "replan", LIST, *WHERE, "--at", at, "--seen", seen)
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err
        assert len(ended.err.strip().splitlines()) == 1
