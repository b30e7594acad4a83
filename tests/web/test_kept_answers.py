"""Answers are kept per question and per state of the prices, never longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from altteul.history import History
from altteul.settings import Settings
from altteul.sources.harvest import Harvest
from altteul.sources.observation import OBSERVATION_SCHEMA, Measure, Observation, Stage
from altteul.web import answers, open_folder
from altteul.web.app import create_app
from altteul.web.kept import Answer, KeptAnswers

ASKED = {"item": "배추", "near": "연습구", "on": "2026-06-01"}


def an_answer(text: str) -> Answer:
    return Answer.of(text, content_type="text/plain")


def test_the_oldest_answer_gives_way() -> None:
    kept = KeptAnswers(size=2)
    for question in ("가", "나"):
        kept.keep(question, an_answer(question))
    kept.get("가")
    kept.keep("다", an_answer("다"))
    assert kept.get("나") is None
    assert kept.get("가") is not None


def test_the_same_question_is_computed_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = count_calls(monkeypatch, answers.Answers, "price")
    first = client.get("/api/price", params=ASKED)
    assert client.get("/api/price", params=ASKED).content == first.content
    assert len(asked) == 1


def test_an_unanswerable_question_is_not_kept(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = count_calls(monkeypatch, answers.Answers, "plan")
    for _ in range(2):
        client.get("/api/plan", params={"need": "아무것", "near": "연습구"})
    assert len(asked) == 2


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[Any]:
    real = getattr(owner, name)
    calls: list[Any] = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return real(*given)

    monkeypatch.setattr(owner, name, counted)
    return calls


@pytest.fixture
def own_home(tmp_path: Path, tiny_home: Path) -> Path:
    import shutil

    return shutil.copytree(tiny_home, tmp_path / "home")


def test_new_prices_are_answered_without_a_restart(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_folder, "SECONDS_BETWEEN_LOOKS", 0.0)
    with TestClient(create_app(Settings(home=own_home))) as client:
        before = client.get("/api/price", params=ASKED).json()
        History.open(own_home).record(_cheaper(), origin="a later survey")
        after = client.get("/api/price", params=ASKED).json()
    assert before["spread"]["won"]["low"] == 2_900
    assert after["spread"]["won"]["low"] == 1_900


def _cheaper() -> Harvest:
    import polars as pl

    cheap = Observation(
        date=date(2026, 6, 1),
        stage=Stage.RETAIL,
        item="배추",
        measure=Measure.PRICE,
        price=1_900,
        count=1.0,
        count_unit="포기",
        region="서울",
        channel="traditional_market",
        seller="practice:1",
        source="practice",
        simulated=True,
    )
    return Harvest("practice", pl.DataFrame([cheap.model_dump()], schema=OBSERVATION_SCHEMA))
