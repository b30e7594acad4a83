"""Intervals hold what they say; weights and scores come from the past alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from altteul.forecast.calibration import LEVELS, learn, usual_weights
from altteul.forecast.folds import RAW_SCHEMA
from altteul.forecast.scores import coverage, mean_over_items, pinball, scores_of, skill


def raw_rows(count: int, seed: int, spread: float = 1.0, bias: float = 0.0) -> pl.DataFrame:
    """Forecasts whose stated half-widths are 0.1 while the errors have another spread."""
    rng = np.random.default_rng(seed)
    boosted = rng.normal(8, 0.3, count)
    truth = boosted + bias + spread * 0.1 * rng.standard_t(4, count)
    day = np.datetime64("2022-01-03") + np.sort(rng.integers(0, 360, count))
    columns = {
        "series": ["배추|||retail|서울||made|1포기"] * count,
        "item": ["배추"] * count,
        "region": ["서울"] * count,
        "origin": day,
        "target": day + 7,
        "horizon": np.full(count, 7),
        "now": boosted + rng.normal(0, 0.2, count),
        "truth": truth,
        "move": np.full(count, 0.05),
        "season": boosted + rng.normal(0, 0.3, count),
        "normal": boosted + rng.normal(0, 0.3, count),
        "boosted": boosted,
        "low": boosted - 0.1,
        "high": boosted + 0.1,
        "naive_error": np.full(count, 300.0),
    }
    return pl.DataFrame(columns, schema_overrides=RAW_SCHEMA)


@pytest.mark.parametrize("spread", [0.3, 1.0, 3.0])
def test_coverage_is_right_however_wrong_the_stated_widths_were(spread: float) -> None:
    made = learn(raw_rows(4000, 1, spread)).apply(raw_rows(4000, 2, spread))
    for share in (0.5, 0.8, 0.95):
        assert coverage(made, share) == pytest.approx(share, abs=0.025)


def test_quantiles_never_cross() -> None:
    made = learn(raw_rows(2000, 3, 2.0, bias=0.2)).apply(raw_rows(500, 4))
    values = made.select(f"q{level:g}" for level in LEVELS).to_numpy()
    assert (np.diff(values, axis=1) >= 0).all()


def test_the_probability_of_a_cheaper_price_is_calibrated() -> None:
    made = learn(raw_rows(6000, 5)).apply(raw_rows(6000, 6))
    for low in (0.1, 0.3, 0.5, 0.7):
        some = made.filter(pl.col("p_cheaper").is_between(low, low + 0.2))
        happened = (some["truth"] < some["now"]).to_numpy().mean()
        assert happened == pytest.approx(some["p_cheaper"].to_numpy().mean(), abs=0.06)


def test_the_combination_takes_the_member_that_was_right() -> None:
    rows = raw_rows(1000, 7).with_columns(truth=pl.col("season"))
    assert learn(rows).weights[7] == pytest.approx((0.0, 0.0, 1.0))


def test_weights_that_earn_almost_nothing_are_not_taken() -> None:
    usual = usual_weights(7)
    rows = raw_rows(1000, 7)
    members = rows.select("boosted", "now", "season").to_numpy()
    # The truth is the usual mixture, give or take: no other weights can be 1 % better.
    noise = np.random.default_rng(8).normal(0, 0.1, rows.height)
    rows = rows.with_columns(truth=pl.Series(members @ np.array(usual) + noise))
    assert learn(rows).weights[7] == usual == pytest.approx((0.975, 0.0, 0.025))


def test_without_a_past_the_boosted_model_stands_alone() -> None:
    made = learn(raw_rows(10, 8).clear()).apply(raw_rows(10, 8))
    assert made["median"].to_list() == made["boosted"].to_list()


def test_scores_agree_with_figures_by_hand() -> None:
    made = learn(raw_rows(10, 1).clear()).apply(raw_rows(60, 9))
    score = scores_of(made)[0]
    truth = np.exp(made["truth"].to_numpy())
    error = np.abs(np.exp(made["median"].to_numpy()) - truth)
    assert score.wape == pytest.approx(error.sum() / truth.sum())
    assert score.mase == pytest.approx(error.mean() / 300.0)
    by_hand = 0.0
    for level in LEVELS:
        for row in made.iter_rows(named=True):
            gap = np.exp(row["truth"]) - np.exp(row[f"q{level:g}"])
            by_hand += (level if gap > 0 else level - 1) * gap
    assert pinball(made) == pytest.approx(by_hand / len(LEVELS) / made.height)
    assert mean_over_items([score], 7)["wape"] == pytest.approx(score.wape)


def test_skill_of_equal_forecasts_is_zero_and_not_proved() -> None:
    rng = np.random.default_rng(0)
    origin = np.arange(0, 360, 3)
    error = rng.uniform(50, 150, origin.size)
    assert skill(error, error, origin).value == 0.0
    noise = skill(error, rng.permutation(error), origin)
    assert noise.low < 0 < noise.high
    assert skill(0.5 * error, error, origin).low == pytest.approx(0.5)


def test_too_few_forecasts_have_no_score() -> None:
    made = learn(raw_rows(10, 1).clear()).apply(raw_rows(20, 9))
    assert scores_of(made) == []
    assert date(2022, 1, 3) <= made["origin"].min()  # type: ignore[operator]
