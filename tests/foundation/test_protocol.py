"""The measures against hand-computed values and against the published seasonal naive."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from altteul.foundation.evaluation.datasets import SeriesSet, load_set
from altteul.foundation.evaluation.protocol import (
    WQL_LEVELS,
    geometric_mean_ratio,
    score_forecast,
    seasonal_error,
    seasonal_naive,
)

PUBLISHED = [
    "ETTh",
    "monash_m1_monthly",
    "monash_m1_yearly",
    "monash_m3_quarterly",
    "monash_tourism_quarterly",
]


def published_naive(shared_data: Path, measure: str, name: str) -> float:
    path = shared_data / "series" / "published" / f"chronos_zeroshot_{measure}.csv"
    with path.open(encoding="utf-8") as file:
        rows = {row["dataset_config"]: row for row in csv.DictReader(file)}
    return float(rows[name]["seasonal_naive"])


def naive_scores(group: SeriesSet, digits: int | None = None):
    contexts, truth = group.split()
    if digits is not None:
        contexts = [one.round(digits) for one in contexts]
        truth = truth.round(digits)
    points = np.stack([seasonal_naive(c, group.horizon, group.snaive_season) for c in contexts])
    quantiles = np.repeat(points[:, :, None], len(WQL_LEVELS), axis=2)
    return score_forecast(contexts, truth, quantiles, group.mase_season)


@pytest.mark.parametrize("name", PUBLISHED)
def test_seasonal_naive_reproduces_the_published_scores_to_four_digits(shared_data, name):
    scores = naive_scores(load_set(shared_data / "series" / "eval" / name))
    wql = published_naive(shared_data, "wql", name)
    mase = published_naive(shared_data, "mase", name)
    assert scores.wql == pytest.approx(wql, rel=1e-4)
    assert scores.mase == pytest.approx(mase, rel=3e-4)


def test_the_last_digit_of_m1_yearly_comes_from_the_benchmarks_two_decimals(shared_data):
    group = load_set(shared_data / "series" / "eval" / "monash_m1_yearly")
    scores = naive_scores(group, digits=2)
    published = published_naive(shared_data, "mase", "monash_m1_yearly")
    assert scores.mase == pytest.approx(published, abs=5e-5)


def test_mase_and_wql_of_a_small_case_by_hand():
    context = np.array([1.0, 2.0, 4.0])  # mean absolute step: 1.5
    truth = np.array([[5.0, 7.0]])
    quantiles = np.full((1, 2, 9), 4.0)
    scores = score_forecast([context], truth, quantiles, 1)
    assert scores.mase == pytest.approx(2.0 / 1.5)
    # twice the pinball loss is 2·q·error; the mean of the nine levels is 0.5
    assert scores.wql == pytest.approx((1.0 + 3.0) / 12.0)
    assert scores.coverage == 0.0


def test_coverage_counts_points_between_the_outer_quantiles_and_skips_missing_truth():
    quantiles = np.tile(np.linspace(1.0, 9.0, 9), (1, 4, 1))
    truth = np.array([[1.0, 5.0, 9.5, np.nan]])
    scores = score_forecast([np.array([1.0, 2.0])], truth, quantiles, 1)
    assert scores.coverage == pytest.approx(2 / 3)


def test_seasonal_naive_repeats_the_season_and_falls_back_on_the_last_value():
    assert seasonal_naive(np.array([9.0, 1, 2, 3]), 5, 3).tolist() == [1, 2, 3, 1, 2]
    assert seasonal_naive(np.array([4.0, 7.0]), 3, 12).tolist() == [7, 7, 7]
    assert seasonal_naive(np.array([4.0, np.nan]), 2, 1).tolist() == [4, 4]


def test_seasonal_error_of_a_context_shorter_than_its_season_uses_single_steps():
    assert seasonal_error(np.array([1.0, 3.0, 6.0]), 12) == pytest.approx(2.5)


def test_aggregate_is_the_geometric_mean_of_ratios():
    assert geometric_mean_ratio([1.0, 8.0], [2.0, 4.0]) == pytest.approx(1.0)
