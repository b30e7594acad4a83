"""Theta, ETS and CES say what statsforecast says, on survey days and on the past alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from altteul.forecast.calendar_days import survey_days_between
from altteul.forecast.features import FeatureMaker
from altteul.forecast.panel import Panel
from altteul.forecast.stats_member import CONTEXT, StatsMember

pytest.importorskip("statsforecast", reason="the extra altteul[stats] is not installed")

ORIGIN = 1100


def test_the_member_is_the_median_of_the_three_models(seasonal: Panel) -> None:
    from statsforecast.models import AutoCES, AutoETS, DynamicOptimizedTheta

    maker = FeatureMaker(seasonal.chosen([0]))
    rows = maker.rows([ORIGIN], [7, 28])
    known = np.log(seasonal.won[0, : ORIGIN + 1])
    known = known[np.isfinite(known)][-CONTEXT:]
    steps = [survey_days_between(seasonal.day(ORIGIN), days) for days in (7, 28)]
    three = AutoETS(season_length=1), DynamicOptimizedTheta(season_length=1), AutoCES()
    said = np.array([model.forecast(known, h=20)["mean"] for model in three])
    expected = np.sort(said, axis=0)[1][[step - 1 for step in steps]]
    np.testing.assert_allclose(StatsMember().predict(maker, rows), expected)


def test_the_member_is_the_same_when_the_future_is_destroyed(seasonal: Panel) -> None:
    won = seasonal.won.copy()
    won[:, ORIGIN + 1 :] = 1e6
    makers = [
        FeatureMaker(seasonal.chosen([1])),
        FeatureMaker(Panel(seasonal.keys, seasonal.first, won, seasonal.simulated).chosen([1])),
    ]
    said = [StatsMember().predict(maker, maker.rows([ORIGIN], [7, 28])) for maker in makers]
    np.testing.assert_array_equal(said[0], said[1])


def test_a_price_that_never_moved_stays(seasonal: Panel) -> None:
    won = np.where(np.isfinite(seasonal.won), 3_000.0, np.nan)
    maker = FeatureMaker(Panel(seasonal.keys, seasonal.first, won, seasonal.simulated).chosen([0]))
    said = StatsMember().predict(maker, maker.rows([ORIGIN], [1, 28]))
    np.testing.assert_allclose(np.exp(said), 3_000.0)


def test_the_week_of_a_feast_has_fewer_survey_days() -> None:
    # 추석 2024: Monday 16 to Wednesday 18 September are holidays.
    assert survey_days_between(date(2024, 9, 13), 7) == 2
    assert survey_days_between(date(2024, 9, 20), 7) == 5
