"""The dynamic optimised Theta model against a plain implementation of its equations."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation import theta


def plain_sse_and_path(values, alpha, weight, horizon):
    """Fiorucci et al. 2016, equations of DOTM, with one index and no tricks."""
    level, mean, slope = values[0], values[0], 0.0
    errors, path = [], []
    for count in range(1, len(values) + horizon):
        intercept = mean - slope * (count + 1) / 2
        line = (1 - alpha) ** count * intercept
        line += (1 - (1 - alpha) ** (count + 1)) / alpha * slope
        ahead = level + (1 - 1 / weight) * line
        if count < len(values):
            value = values[count]
            if count >= 2:
                errors.append((value - ahead) ** 2)
        else:
            value = ahead
            path.append(ahead)
        slope = ((count - 1) * slope + 6 / (count + 1) * (value - mean)) / (count + 2)
        mean = (count * mean + value) / (count + 1)
        level = alpha * value + (1 - alpha) * level
    return sum(errors), np.array(path)


def test_batch_equals_the_plain_recursion_with_the_best_pair():
    rng = np.random.default_rng(0)
    series = [np.cumsum(rng.standard_normal(n)) + 50 for n in (12, 30, 21)]
    made = theta.forecast(series, 5, np.ones(3, dtype=int))
    for values, mean in zip(series, made.mean, strict=True):
        runs = [
            plain_sse_and_path(values, alpha, weight, 5)
            for alpha in theta.SMOOTHING
            for weight in theta.THETAS
        ]
        best = min(runs, key=lambda run: run[0])
        assert np.allclose(mean, best[1])


def test_running_slope_is_the_least_squares_slope():
    values = np.array([3.0, 5.0, 4.0, 8.0, 9.0, 7.0])
    state = theta._State(values[:1], np.array([[0.5, 2.0]]))
    for value in values[1:]:
        state.update(np.array([[value]]), np.array([[True]]))
    assert state.slope[0, 0] == pytest.approx(np.polyfit(np.arange(6), values, 1)[0])


def test_multiplicative_season_is_taken_out_and_put_back():
    pattern = np.resize([0.6, 1.0, 1.6, 0.8], 60)
    made = theta.forecast([100 * pattern], 8, np.array([4]))
    assert np.allclose(made.mean[0], 100 * np.resize([0.6, 1.0, 1.6, 0.8], 8), rtol=0.02)


def test_uncertainty_grows_and_quantiles_are_ordered():
    rng = np.random.default_rng(3)
    made = theta.forecast([np.cumsum(rng.standard_normal(80))], 10, np.array([1]))
    assert (np.diff(made.deviation[0]) >= 0).all()
    quantiles = made.quantiles((0.1, 0.5, 0.9))
    assert (np.diff(quantiles, axis=2) > 0).all()
    assert np.allclose(quantiles[:, :, 1], made.mean)


def test_a_single_value_and_zeros_are_no_obstacle():
    made = theta.forecast([np.array([3.0]), np.zeros(20)], 4, np.array([12, 4]))
    assert np.allclose(made.mean, [[3.0] * 4, [0.0] * 4])


def test_near_the_model_of_statsforecast():
    models = pytest.importorskip("statsforecast.models", reason="needs altteul[stats]")
    rng = np.random.default_rng(5)
    values = 100 + np.cumsum(rng.standard_normal(80) + 0.3)
    peer = models.DynamicOptimizedTheta(season_length=1).forecast(y=values, h=6)["mean"]
    ours = theta.forecast([values], 6, np.array([1])).mean[0]
    assert np.abs(ours - peer).max() < 0.5 * np.abs(np.diff(values)).mean()
