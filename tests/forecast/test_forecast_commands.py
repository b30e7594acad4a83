"""The commands answer in plain Korean and in JSON, and refuse in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from altteul.cli.main import app
from altteul.errors import AltteulError
from altteul.forecast import models
from altteul.forecast.outlook import Outlook
from altteul.forecast.panel import Panel
from altteul.history import History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Measure, Observation, Stage, observation_frame

ITEMS = ("배추", "무", "양파", "대파", "상추", "당근")
LAST = date(2024, 10, 31)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def fewer_training_rows() -> Iterator[None]:
    """These tests are about what commands say; a rougher model says it sooner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "TRAINING_STEP", 25)
        patch.setitem(models.SETTINGS, "num_leaves", 8)
        yield


@pytest.fixture(scope="module")
def home(seasonal: Panel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    harvest = Harvest("practice")
    rows = [
        Observation(
            date=seasonal.day(int(column)),
            stage=Stage.RETAIL,
            item=item,
            measure=Measure.MEAN,
            price=int(seasonal.won[row, column]),
            mass_g=1000.0,
            region="가람",
            source="practice",
            simulated=True,
        )
        for row, item in enumerate(ITEMS)
        for column in np.flatnonzero(np.isfinite(seasonal.won[row]))
    ]
    harvest.observations = observation_frame(rows)
    History.open(folder).record(harvest, origin="made")
    return folder


def answer(home: Path, *words: str) -> str:
    result = CliRunner().invoke(app, ["--home", str(home), *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_forecast_has_a_verdict_and_28_days(home: Path) -> None:
    words = ("forecast", "배추", "--region", "가람", "--on", f"{LAST}")
    report = json.loads(answer(home, *words, "--json"))
    assert report["schema_version"] == "altteul.forecast/1"
    assert [one["horizon"] for one in report["days"]] == list(range(1, 29))
    assert report["verdict"]["word"] in {"buy", "wait", "unknown"}
    assert report["simulated"] is True
    spoken = answer(home, *words)
    assert "연습용(가상)" in spoken
    assert f"{report['price']:,}원" in spoken


def test_nothing_is_advised_past_the_latest_day(home: Path) -> None:
    words = ("forecast", "무", "--region", "가람", "--on", f"{LAST}", "--latest", "2024-11-02")
    verdict = json.loads(answer(home, *words, "--json"))["verdict"]
    assert verdict["until"] is None or verdict["until"] <= "2024-11-02"


def test_a_backtest_says_how_far_forecasts_can_be_trusted(home: Path) -> None:
    words = ("backtest", "--region", "가람", "--from", "2024-05-01", "--to", "2024-10-01")
    report = json.loads(answer(home, *words, "--horizons", "28", "--json"))
    (far,) = report["horizons"]
    assert far["wape"] < far["wape_last"]
    assert report["verdicts"]["decisions"] > 0


def test_the_first_record_is_replayed_and_says_so(home: Path) -> None:
    assert "모의 성적" in answer(home, "record")
    parts = json.loads(answer(home, "record", "--json"))["parts"]
    assert "모의" in [part["kind"] for part in parts]


def test_a_nightly_run_keeps_what_plans_read(home: Path) -> None:
    words = ("forecast", "--all", "--on", f"{LAST}", "--json")
    done = json.loads(answer(home, *words))
    assert done["series"] == len(ITEMS)
    assert json.loads(answer(home, *words))["recorded"] == 0
    outlook = Outlook.open(home, "가람", LAST)
    report = json.loads(
        answer(home, "forecast", "배추", "--region", "가람", "--on", f"{LAST}", "--json")
    )
    for day in report["days"]:
        change = outlook.change("배추", None, date.fromisoformat(day["day"]))
        assert (change is not None) == day["proved"]
        if change is not None:
            assert change.mid == pytest.approx(day["mid"] / report["price"], abs=0.001)
            assert change.simulated


@pytest.mark.parametrize(
    "words",
    [
        ("forecast",),
        ("forecast", "배추", "--all"),
        ("forecast", "배추", "--region", "없는곳", "--on", f"{LAST}"),
        ("forecast", "배추", "--region", "가람", "--on", "2026-11-22"),
        ("backtest", "--region", "가람", "--from", "2024-07-31", "--to", "2024-05-01"),
        ("backtest", "--region", "가람", "--from", "2024-05-01", "--to", "2024-05-09",
         "--horizons", "29"),
        ("backtest", "--region", "가람", "--from", "2024-08-25", "--to", "2024-08-31",
         "--horizons", "28"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_one_korean_sentence(home: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(AltteulError) as refused:
        CliRunner().invoke(app, ["--home", str(home), *words], catch_exceptions=False)
    assert len(str(refused.value)) > 20
