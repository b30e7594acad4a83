"""The backtest goes forward in time only, can be stopped, and finds skill where there is some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.errors import NoDataError
from altteul.forecast import spreading
from altteul.forecast.backtest import Plan, run_backtest
from altteul.forecast.folds import Fold, folds_between, run_fold
from altteul.forecast.panel import Panel, SeriesKey
from altteul.forecast.reports import report_of
from altteul.forecast.spreading import LocalCores

PLAN = Plan(date(2024, 1, 1), date(2024, 6, 30), (7, 28))


@pytest.fixture(scope="module")
def made(seasonal: Panel, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    return run_backtest(seasonal, PLAN, tmp_path_factory.mktemp("backtest"))


@pytest.mark.slow
def test_a_backtest_beats_the_last_price_on_a_strong_season(
    made: pl.DataFrame,
) -> None:
    report = report_of(made, simulated=False)
    far = report.horizons[-1]
    assert far.horizon == 28
    assert far.skill_against_last.low > 0.3
    assert 0.7 <= far.coverage_80 <= 0.9
    assert report.verdicts.mean_saving_low is not None
    assert report.verdicts.mean_saving_low > 0


@pytest.mark.slow
def test_a_random_walk_gets_no_advice(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    won = np.round(3000 * np.exp(np.cumsum(rng.normal(0, 0.02, (5, 1400)), axis=1)))
    keys = tuple(key_of(name) for name in ("배추", "무", "양파", "대파", "상추"))
    walk = Panel(keys, date(2021, 1, 1), won, np.zeros(5, dtype=bool))
    report = report_of(run_backtest(walk, PLAN, tmp_path), simulated=False)
    assert report.verdicts.abstention > 0.9


def key_of(item: str) -> SeriesKey:
    return SeriesKey(item, "", "", "retail", "서울", "", "made", "1000g")


def test_forecasts_are_the_same_when_later_prices_are_destroyed(seasonal: Panel) -> None:
    fold = Fold(date(2024, 1, 1), date(2024, 2, 15))
    won = seasonal.won.copy()
    won[:, seasonal.column(fold.last) + 1 :] *= 7.0
    first = run_fold(seasonal, fold, (7, 28))
    second = run_fold(replace(seasonal, won=won), fold, (7, 28))
    names = ["now", "season", "normal", "boosted", "low", "high", "move"]
    assert first.select(names).equals(second.select(names))
    assert not first["truth"].equals(second["truth"])


@pytest.mark.slow
def test_a_stopped_backtest_goes_on_where_it_stood(
    made: pl.DataFrame, seasonal: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[Fold] = []

    def counting(panel: Panel, fold: Fold, *rest: object) -> pl.DataFrame:
        if len(ran) == 2:
            raise KeyboardInterrupt
        ran.append(fold)
        return run_fold(panel, fold, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(spreading, "run_fold", counting)
    with pytest.raises(KeyboardInterrupt):
        run_backtest(seasonal, PLAN, tmp_path)
    assert len(list(tmp_path.glob("*.parquet"))) == 2
    monkeypatch.setattr(spreading, "run_fold", run_fold)
    assert run_backtest(seasonal, PLAN, tmp_path).equals(made)


@pytest.mark.slow
def test_two_processes_find_what_one_finds(
    made: pl.DataFrame, seasonal: Panel, tmp_path: Path
) -> None:
    assert run_backtest(seasonal, PLAN, tmp_path, workers=LocalCores(2)).equals(made)


def test_folds_cover_every_day_once() -> None:
    folds = folds_between(date(2024, 7, 1), date(2025, 6, 30))
    days = [f.first + timedelta(days=k) for f in folds for k in range((f.last - f.first).days + 1)]
    assert days == [date(2024, 7, 1) + timedelta(days=k) for k in range(365)]
    assert all(fold.known_until < fold.first for fold in folds)


def test_a_region_without_prices_is_refused_in_a_sentence(seasonal: Panel, tmp_path: Path) -> None:
    plan = replace(PLAN, regions=("화성",))
    with pytest.raises(NoDataError, match="화성"):
        run_backtest(seasonal, plan, tmp_path)
