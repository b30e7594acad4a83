"""The record keeps what was said, scores it when the truth comes, and mixes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.errors import NoDataError
from altteul.forecast.backtest import Plan
from altteul.forecast.decisions import words
from altteul.forecast.forecaster import HORIZONS, Forecasts, forecast, past_folds
from altteul.forecast.panel import Panel
from altteul.forecast.record import Kind, Record, record_summary
from altteul.history.state import State

ON = date(2023, 6, 30)


@pytest.fixture(scope="module")
def made(seasonal: Panel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Forecasts, Path]:
    home = tmp_path_factory.mktemp("home")
    return forecast(seasonal, ON, home), home


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(State(f"sqlite:///{tmp_path / 'state.sqlite'}"))


def test_every_series_has_28_days_of_rising_quantiles(made: tuple[Forecasts, Path]) -> None:
    forecasts, _ = made
    rows = forecasts.rows
    assert rows.height == 6 * len(HORIZONS)
    levels = rows.select("q0.025", "q0.1", "q0.25", "q0.5", "q0.75", "q0.9", "q0.975").to_numpy()
    assert (np.diff(levels, axis=1) >= 0).all()
    assert rows["truth"].null_count() == rows.height


def test_a_kept_forecast_is_read_again_and_not_made(
    made: tuple[Forecasts, Path], seasonal: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecasts, home = made

    def never(*_: object, **__: object) -> pl.DataFrame:
        raise AssertionError("made anew")

    monkeypatch.setattr("altteul.forecast.forecaster._make", never)
    assert forecast(seasonal, ON, home).rows.equals(forecasts.rows)


def test_the_folds_of_the_past_are_tested_once_a_week(
    seasonal: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[date, date]] = []

    def noted(panel: Panel, plan: Plan, *_: object, **__: object) -> None:
        asked.append((panel.last, plan.last))

    monkeypatch.setattr("altteul.forecast.forecaster.run_backtest", noted)
    monday = date(2023, 6, 26)
    for days in range(8):
        on = monday + timedelta(days=days)
        past_folds(seasonal.until(on), on, tmp_path)
    assert asked == [(monday, monday)] * 7 + [(monday + timedelta(days=7),) * 2]


def test_too_short_a_history_is_refused_in_a_sentence(seasonal: Panel, tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="400일"):
        forecast(seasonal.until(date(2021, 6, 1)), ON, tmp_path)


def test_real_advice_is_scored_when_its_day_was_surveyed(
    made: tuple[Forecasts, Path], seasonal: Panel, record: Record
) -> None:
    forecasts, _ = made
    decided = words(forecasts.rows.filter(pl.col("horizon") == 28))
    assert record.issue(decided, Kind.REAL, forecasts.inputs) == 6
    assert record.rows(Kind.REAL)["truth"].null_count() == 6
    assert record.score(seasonal.until(ON + timedelta(days=27))) == 0
    assert record.score(seasonal) == 6
    column = seasonal.column(ON + timedelta(days=28))
    truths = np.exp(record.rows(Kind.REAL)["truth"].to_numpy())
    assert sorted(truths.round()) == sorted(seasonal.won[:, column])


def test_what_was_said_is_never_changed(made: tuple[Forecasts, Path], record: Record) -> None:
    forecasts, _ = made
    decided = words(forecasts.rows.filter(pl.col("horizon") == 7))
    record.issue(decided, Kind.REAL, forecasts.inputs)
    said = record.rows(Kind.REAL)
    other = decided.with_columns(p_cheaper=pl.lit(0.99), word=pl.lit("wait"))
    assert record.issue(other, Kind.REAL, "other") == 0
    assert record.rows(Kind.REAL).equals(said)


def test_replayed_and_real_advice_are_told_apart(
    made: tuple[Forecasts, Path], record: Record
) -> None:
    forecasts, _ = made
    decided = words(forecasts.rows.filter(pl.col("horizon") == 7))
    truths = decided.with_columns(truth=pl.col("now") - 0.1)
    record.issue(truths, Kind.REPLAYED, forecasts.inputs)
    record.issue(decided, Kind.REAL, forecasts.inputs)
    parts = {part.kind: part for part in record.report().parts}
    assert parts[Kind.REAL].summary.decisions == 0
    assert parts[Kind.REAL].waiting_for_truth == 6
    assert parts[Kind.REPLAYED].summary.decisions == 6
    assert Kind.REPLAYED.value == "모의"


def test_the_summary_says_losses_and_that_nobody_followed_a_replay(
    made: tuple[Forecasts, Path], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    assert record_summary(url).parts == ()
    forecasts, _ = made
    decided = words(forecasts.rows.filter(pl.col("horizon").is_in([7, 28])))
    # Everybody waits, and everything is a fifth dearer then.
    dearer = decided.with_columns(truth=pl.col("now") + np.log(1.2), word=pl.lit("wait"))
    Record(State(url)).issue(dearer, Kind.REPLAYED, forecasts.inputs)
    (part,) = record_summary(url).parts
    assert part.summary.mean_saving == pytest.approx(-0.2, abs=0.001)
    assert [(one.horizon, one.summary.decisions) for one in part.horizons] == [(7, 6), (28, 6)]
    assert "20.0%를 더 썼습니다" in part.sentence
    assert "실제로 따른 사람은 없습니다" in part.sentence


def test_other_inputs_have_another_hash(seasonal: Panel) -> None:
    from altteul.forecast.forecaster import inputs_hash

    won = seasonal.won.copy()
    won[0, 0] += 1
    assert inputs_hash(seasonal) != inputs_hash(replace(seasonal, won=won))
