"""Ten-day means: their periods, no look ahead, a season that is learned, a walk left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from altteul.forecast.ten_day import (
    PERIODS_A_YEAR,
    TenDayModel,
    TenDayPanel,
    period_of,
    ten_day_panel,
)
from altteul.sources.observation import Measure, Observation, Stage, observation_frame

FIRST = period_of(2018, 1, 5)
PERIODS = 144
SERIES = 30


def panel_of(log: np.ndarray) -> TenDayPanel:
    names = tuple((f"품목{row // 2}", f"{row}") for row in range(len(log)))
    return TenDayPanel(names, tuple(name[0] for name in names), FIRST, log)


def seasonal() -> TenDayPanel:
    rng = np.random.default_rng(1)
    period = np.arange(PERIODS)
    phase = rng.uniform(0, 2 * np.pi, (SERIES, 1))
    wave = 0.6 * np.sin(2 * np.pi * period / PERIODS_A_YEAR + phase)
    return panel_of(9 + wave + rng.normal(0, 0.03, (SERIES, PERIODS)))


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2018, 1, 1), 0), (date(2018, 1, 10), 0), (date(2018, 1, 11), 1), (date(2018, 1, 31), 2),
     (date(2018, 2, 28), 5), (date(2019, 1, 1), 36)],
)  # fmt: skip
def test_a_year_has_36_periods(day: date, place: int) -> None:
    assert period_of(day.year, day.month, day.day) - FIRST == place


def test_a_season_is_learned_three_periods_ahead() -> None:
    panel = seasonal()
    origin = FIRST + 120
    model = TenDayModel().fit(panel.until(FIRST + 107))
    said = model.predict(panel.until(origin), origin, 3)
    truth, now = panel.log[:, 123], panel.log[:, 120]
    assert np.abs(said - truth).mean() < 0.6 * np.abs(now - truth).mean()


def test_of_a_walk_the_last_price_is_kept_nearly() -> None:
    rng = np.random.default_rng(2)
    panel = panel_of(9 + np.cumsum(rng.normal(0, 0.05, (SERIES, PERIODS)), axis=1))
    model = TenDayModel().fit(panel.until(FIRST + 119))
    said = model.predict(panel.until(FIRST + 120), FIRST + 120, 3)
    assert np.abs(said - panel.log[:, 120]).mean() < 0.03


def test_the_future_does_not_matter() -> None:
    panel, origin = seasonal(), FIRST + 120
    log = panel.log.copy()
    log[:, 121:] = np.random.default_rng(3).uniform(0, 20, log[:, 121:].shape)
    said = [
        TenDayModel().fit(one.until(origin - 1)).predict(one, origin, 3)
        for one in (panel, replace(panel, log=log))
    ]
    np.testing.assert_array_equal(said[0], said[1])


def test_too_short_a_past_leaves_the_last_price() -> None:
    panel = panel_of(seasonal().log[:, :20])
    origin = FIRST + 19
    said = TenDayModel().fit(panel).predict(panel, origin, 3)
    np.testing.assert_array_equal(said, panel.log[:, -1])


def test_only_ten_day_means_are_read() -> None:
    def row(day: date, price: int, note: str | None) -> Observation:
        return Observation(
            date=day, stage=Stage.WHOLESALE, item="배추", measure=Measure.MEAN, price=price,
            mass_g=10_000.0, region="전국", source="practice", note=note,
        )  # fmt: skip

    rows = [
        row(date(2018, 1, 10), 5_000, "순 평균 · 배추"),
        row(date(2018, 1, 31), 7_000, "순 평균 · 배추"),
        row(date(2018, 1, 20), 9_000, None),
    ]
    panel = ten_day_panel(observation_frame(rows))
    assert panel.first == FIRST
    np.testing.assert_allclose(np.exp(panel.log), [[5_000, np.nan, 7_000]])
