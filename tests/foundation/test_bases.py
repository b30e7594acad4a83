"""Basis forecasts and views against direct computation."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation import bases, views
from altteul.foundation.contexts import Contexts, aligned, scaled
from altteul.foundation.seasons import periods_of, third_period


def contexts_of(values: np.ndarray, period: int) -> Contexts:
    return scaled(aligned([values]), np.array([period]))


def build_one(values: np.ndarray, *periods: int) -> dict[str, np.ndarray]:
    contexts = contexts_of(values, periods[0])
    made = bases.build(contexts, np.array([periods]))
    raw = made.forecasts[0] * contexts.unit[0] + contexts.centre[0]
    return dict(zip(bases.NAMES, raw, strict=True))


@pytest.fixture
def noisy() -> np.ndarray:
    rng = np.random.default_rng(4)
    time = np.arange(90)
    return 50 + 0.2 * time + 5 * np.sin(2 * np.pi * time / 7) + rng.standard_normal(90)


def test_naive_bases_repeat_the_last_values(noisy):
    made = build_one(noisy, 7, 21, 1)
    assert np.allclose(made["last value"], noisy[-1])
    assert np.allclose(made["seasonal naive 1"], np.resize(noisy[-7:], 64))
    assert np.allclose(made["seasonal naive 2"], np.resize(noisy[-21:], 64))


def test_analogue_is_the_weighted_mean_of_past_cycles_put_on_todays_level(noisy):
    expected = np.zeros(64)
    weights = 0.75 ** np.arange(6)
    for step in range(64):
        parts = []
        for cycle in range(1, 7):
            origin = 90 - 7 * cycle
            level = noisy[max(origin - 7, 0) : origin].mean()
            parts.append(noisy[origin + step % 7] - level + noisy[-7:].mean())
        expected[step] = np.dot(weights, parts) / weights.sum()
    assert np.allclose(build_one(noisy, 7, 1, 1)["analogue 1 wide"], expected)


def test_local_trend_is_discounted_least_squares(noisy):
    age = np.arange(89, -1, -1.0)
    weight = 0.85**age
    mean_time = np.average(-age, weights=weight)
    mean = np.average(noisy, weights=weight)
    unit = contexts_of(noisy, 1).unit[0]
    square = (weight * (-age - mean_time) ** 2).sum()
    slope = (weight * (-age - mean_time) * (noisy - mean)).sum() / (square + 1.0)
    reach = 0.9 * (1 - 0.9 ** np.arange(1, 65)) / 0.1
    expected = mean - slope * mean_time + slope * reach
    assert np.allclose(build_one(noisy, 1, 1, 1)["trend 0.85 + season"], expected, atol=1e-6 * unit)


def test_season_of_a_clean_series_is_found_and_pure_noise_gives_almost_none():
    time = np.arange(120)
    clean = contexts_of(10 + 3 * np.cos(2 * np.pi * time / 12), 12)
    noise = contexts_of(np.random.default_rng(1).standard_normal(120), 12)
    found = bases.build(clean, np.array([[12, 1, 1]]))
    absent = bases.build(noise, np.array([[12, 1, 1]]))
    ahead = 3 * np.cos(2 * np.pi * np.arange(120, 184) / 12) / clean.unit[0]
    assert np.allclose(found.season[0], ahead, atol=0.02 * np.abs(ahead).max())
    assert found.strength[0] > 0.99
    assert np.abs(absent.season[0]).std() < 0.35


def test_multiplicative_season_grows_with_the_level():
    time = np.arange(60)
    pattern = np.resize([0.5, 1.0, 1.5, 1.0], 60)
    values = 1.02**time * 100 * pattern
    made = build_one(values, 4, 1, 1)["multiplicative season"]
    ratio = made[:4] / values[-4:]
    assert np.ptp(ratio) < 0.01


def test_third_period_finds_an_untold_week_and_leaves_out_the_told_one():
    rng = np.random.default_rng(0)
    week = np.resize([5.0, 1, 1, 1, 2, 8, 9], 400) + 0.3 * rng.standard_normal(400)
    contexts = contexts_of(week, 1)
    assert third_period(contexts.values, contexts.first, np.array([[1, 1]])).tolist() == [7]
    told = third_period(contexts.values, contexts.first, np.array([[7, 1]]))
    assert told[0] != 7
    noise = contexts_of(rng.standard_normal(4000), 1)
    assert third_period(noise.values, noise.first, np.array([[1, 1]])).tolist() == [1]


def test_a_given_season_stands_before_the_frequencys_own():
    assert periods_of("hourly", None) == (24, 168)
    assert periods_of("daily", 1) == (7, 365)
    assert periods_of("daily", 30) == (30, 365)
    assert periods_of(None, 12) == (12, 1)
    assert periods_of("fortnightly", None) == (1, 1)


def test_features_of_the_mirrored_series_are_the_flipped_features(noisy):
    periods = np.array([[7, 1]])
    plain = views.build(aligned([noisy]), periods)
    mirrored = views.build(aligned([-noisy]), periods)
    assert np.allclose(views.flipped(plain.features), mirrored.features, atol=1e-6)
    assert np.allclose(-plain.bases, mirrored.bases, atol=1e-5)


def test_views_do_not_depend_on_scale_and_shift_except_where_they_say_the_level(noisy):
    periods = np.array([[7, 1]])
    plain = views.build(aligned([noisy]), periods)
    moved = views.build(aligned([1000 * noisy + 0.0]), periods)
    assert np.allclose(plain.features, moved.features, atol=1e-5)
    assert np.allclose(plain.bases, moved.bases, atol=1e-4)


def test_unknown_values_are_masked_and_carried(noisy):
    gappy = noisy.copy()
    gappy[40:45] = np.nan
    contexts = contexts_of(gappy, 7)
    assert contexts.missing.sum() == 5
    raw = contexts.values[0, -90:] * contexts.unit[0] + contexts.centre[0]
    assert np.allclose(raw[40:45], noisy[39])
    assert np.isfinite(views.build(aligned([gappy]), np.array([[7, 1]])).features).all()


def test_only_the_reach_of_the_model_is_read():
    rng = np.random.default_rng(2)
    long = rng.standard_normal(6000)
    assert aligned([long]).shape == (1, 4096)
    changed = long.copy()
    changed[:1000] += 100.0
    periods = np.array([[24, 168]])
    one = views.build(aligned([long]), periods)
    other = views.build(aligned([changed]), periods)
    assert np.array_equal(one.features, other.features)
