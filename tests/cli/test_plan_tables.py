"""What the tables of a plan say for a person."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from altteul.cli.output import table
from altteul.cli.plan_tables import _saving


def way(stops: int, saves: int, *lacking: str) -> Any:
    plan = SimpleNamespace(not_bought=lacking)
    return SimpleNamespace(max_stops=stops, saves_won=saves, plan=plan)


def test_a_stop_that_sells_more_is_not_called_a_saving() -> None:
    """With 442 goods, two stops cost 71,000 won more than one, which lacked five of them."""
    assert _saving(way(1, 0, "쌀 1kg", "콩 1kg"), way(2, 81_968)) == "2가지 더 삼"
    assert _saving(way(1, 0), way(2, 772)) == "한 곳 더 들러 772원 아낌"
    assert _saving(way(1, 0), way(3, 772)) == "2곳까지 더 들러 772원 아낌"
    assert _saving(way(1, 0), way(2, 0)) == "더 들러도 아끼지 못함"


def test_neither_title_nor_cells_of_a_table_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    title = "배달 가상몰 새벽장 (11월 26일 목요일 도착) · 10,270원 + 배달비 3,000원"
    cell = "같은 쓰임에 11% 적게 들고, 제 값도 평년보다 비싸지 않습니다. " * 6
    table(title, ("살 것", "판단"), [("무", cell)])
    out = capsys.readouterr().out
    assert title in out.splitlines()
    assert "…" not in out
    assert "".join(out.split()).count("않습니다.") == 6
