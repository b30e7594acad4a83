"""The chart tells what was surveyed, what was usual and what is expected, each for what it is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.errors import NoDataError
from altteul.forecast.chart import ItemChart
from altteul.forecast.charting import chart_of
from altteul.forecast.forecaster import HORIZONS
from altteul.forecast.keeping import keep, kept_path
from altteul.history import History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Measure, Observation, Stage, observation_frame

ON = date(2024, 11, 15)
FIRST = date(2019, 11, 1)
SERIES = "배추|||retail|서울||practice|1000g"
# What a pack cost through each year, flat inside a year of 364 days back from ON.
YEARS = (5_000, 4_000, 3_000, 2_000, 9_000, 1_000)


def price_on(day: date) -> int:
    return YEARS[((ON - day).days + 182) // 364]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    harvest = Harvest("practice")
    days = [FIRST + timedelta(days=k) for k in range((ON - FIRST).days + 1)]
    harvest.observations = observation_frame(
        Observation(
            date=day, stage=Stage.RETAIL, item="배추", measure=Measure.MEAN, price=price_on(day),
            mass_g=1000.0, region="서울", source="practice", simulated=True,
        )
        for day in days
        if day.weekday() < 5
    )  # fmt: skip
    History.open(folder).record(harvest, origin="made")
    return folder


def kept(proved_until: int, p_cheaper: float = 0.8) -> pl.DataFrame:
    """A forecast that the price falls by 20 won a day, with an 80 % range of ±500 won."""
    days = np.arange(1, 29)
    middle = 5_000 - 20.0 * days
    return pl.DataFrame(
        {
            "series": [SERIES] * 28,
            "target": [ON + timedelta(days=int(day)) for day in days],
            "horizon": days,
            "q0.025": np.log(middle - 900),
            "q0.1": np.log(middle - 500),
            "q0.25": np.log(middle - 200),
            "median": np.log(middle),
            "q0.75": np.log(middle + 200),
            "q0.9": np.log(middle + 500),
            "q0.975": np.log(middle + 900),
            "expected": middle,
            "p_cheaper": [p_cheaper] * 28,
            "p_loss": [0.05] * 28,
            "shown": days <= proved_until,
        }
    )


def drawn(home: Path, tmp_path: Path, frame: pl.DataFrame | None = None) -> ItemChart:
    if frame is not None:
        keep(frame, kept_path(tmp_path, ON, "abc"))
    return chart_of(History.open(home), tmp_path, "배추", "서울", ON)


def test_the_history_is_what_was_surveyed_in_the_last_year(home: Path, tmp_path: Path) -> None:
    chart = drawn(home, tmp_path)
    assert all(point.won == price_on(point.day) for point in chart.history)
    assert chart.history[0].day >= ON - timedelta(days=365)
    assert chart.history[-1].day == chart.observed_on == ON
    assert all(point.day.weekday() < 5 for point in chart.history)


def test_the_normal_band_leaves_out_the_lowest_and_the_highest_year(
    home: Path, tmp_path: Path
) -> None:
    today = next(point for point in drawn(home, tmp_path).normal if point.day == ON)
    # The five years before: 4,000 3,000 2,000 9,000 1,000; the inner three mean 3,000.
    assert (today.low, today.mid, today.high, today.years) == (1_000, 3_000, 9_000, 5)


def test_the_fan_is_the_kept_forecast(home: Path, tmp_path: Path) -> None:
    fan = drawn(home, tmp_path, kept(14)).fan
    assert len(fan) == len(HORIZONS)
    tenth = fan[9]
    assert (tenth.low_95, tenth.low_80, tenth.low_50, tenth.mid) == (3_900, 4_300, 4_600, 4_800)
    assert (tenth.high_50, tenth.high_80, tenth.high_95) == (5_000, 5_300, 5_700)
    assert [point.proved for point in fan] == [day <= 14 for day in HORIZONS]


def test_the_sentence_says_dearer_than_usual_and_where_it_goes(home: Path, tmp_path: Path) -> None:
    sentence = drawn(home, tmp_path, kept(14)).sentence
    assert "11월 15일 조사로 5,000원" in sentence
    assert "3,000원보다 67% 비쌉니다" in sentence
    assert "11월 29일에는 4,220~5,220원" in sentence
    assert "80%" in sentence
    assert "추정" in sentence
    assert "연습용(가상)" in sentence


def test_without_proof_the_sentence_says_that_we_do_not_know(home: Path, tmp_path: Path) -> None:
    chart = drawn(home, tmp_path, kept(0))
    assert "모름" in chart.sentence
    assert "가능성" not in chart.sentence


def test_without_a_nightly_run_there_is_no_fan_and_it_is_said(home: Path, tmp_path: Path) -> None:
    chart = drawn(home, tmp_path)
    assert chart.fan == ()
    assert chart.made_on is None
    assert "예측해 둔 것이 없습니다" in chart.sentence


def test_a_series_that_was_not_forecast_says_that_we_do_not_know(
    home: Path, tmp_path: Path
) -> None:
    other = kept(14).with_columns(series=pl.lit("무|||retail|서울||practice|1000g"))
    chart = drawn(home, tmp_path, other)
    assert (chart.fan, chart.made_on) == ((), ON)
    assert "모름" in chart.sentence


def test_the_table_repeats_the_chart(home: Path, tmp_path: Path) -> None:
    chart = drawn(home, tmp_path, kept(14))
    past = [row for row in chart.table if row.kind == "조사"]
    ahead = [row for row in chart.table if row.kind == "예측(추정)"]
    assert [(row.day - ON).days for row in past] == [-49, -42, -35, -28, -21, -14, -7, 0]
    assert [(row.day - ON).days for row in ahead] == [1, 7, 14, 21, 28]
    assert [row.won for row in ahead] == [4_980, 4_860, 4_720, 4_580, 4_440]
    assert past[-1].normal == 3_000


def test_feasts_and_the_weeks_of_kimjang_are_marked(home: Path, tmp_path: Path) -> None:
    marks = {mark.name: mark for mark in drawn(home, tmp_path).marks}
    assert marks["추석"].day == date(2024, 9, 17)
    assert (marks["김장철"].day, marks["김장철"].until) == (date(2024, 11, 10), date(2024, 12, 15))


def test_a_region_without_prices_is_refused_in_a_sentence(home: Path, tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="부산"):
        chart_of(History.open(home), tmp_path, "배추", "부산", ON)
