"""The weighing of experts by backtests inside the context."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation import experts, inference
from altteul.foundation.experts import EXPERTS
from altteul.foundation.inference import THOROUGH, Switches
from altteul.foundation.runtime import load_network
from altteul.foundation.shape import LEVELS, MEDIAN

SPREAD = np.linspace(-1.0, 1.0, len(LEVELS))


@pytest.fixture
def oracle_theta(monkeypatch):
    """Theta knows that the series is its own index; the others are far off."""

    def pretend(name, network, series, periods, horizon):
        starts = np.array([one.size for one in series])[:, None]
        truth = starts + np.arange(horizon)[None, :] + (0.0 if name == "theta" else 50.0)
        return truth[:, :, None] + SPREAD

    monkeypatch.setattr(inference, "forecast_by", pretend)


def test_the_expert_that_was_right_before_gets_the_weight(oracle_theta):
    line = np.arange(100.0)
    made = inference.forecast_quantiles(
        load_network(), [line], np.array([[1, 1]]), 5, Switches((0.4, 0.4, 0.1, 0.1, 0.0), 3)
    )
    assert np.allclose(made[0, :, MEDIAN], np.arange(100, 105), atol=0.5)


def test_a_short_context_keeps_the_fixed_weights(oracle_theta):
    line = np.arange(9.0)
    made = inference.forecast_quantiles(
        load_network(), [line], np.array([[1, 1]]), 8, Switches((0.5, 0.0, 0.0, 0.5, 0.0), 3)
    )
    assert np.allclose(made[0, :, MEDIAN], np.arange(9, 17) + 25.0)


def test_what_an_unusable_expert_would_get_goes_to_the_plain_one():
    series = [np.array([-1.0, 2, 3, 4, 5, 6]), np.arange(1.0, 7)]
    weights = inference._priors(series, np.array([[1, 1], [1, 1]]), THOROUGH)
    assert np.allclose(weights.sum(axis=1), 1.0)
    assert weights[0, EXPERTS.index("logarithm")] == 0
    assert weights[1, EXPERTS.index("logarithm")] > 0
    assert (weights[:, EXPERTS.index("untold")] == 0).all()


def test_width_follows_how_far_past_outcomes_fell():
    past = np.tile(SPREAD, (2, 400, 1))
    rng = np.random.default_rng(0)
    truth = np.stack([3.0 * rng.uniform(-1, 1, 400), 0.3 * rng.uniform(-1, 1, 400)])
    wide, narrow = inference._best_width(past, truth, steadiness=40.0)
    assert wide > 1.4
    assert narrow < 0.7
    untested = inference._best_width(past, np.full((2, 400), np.nan), 40.0)
    assert untested.tolist() == [1.0, 1.0]


def test_further_blocks_add_to_the_uncertainty_and_start_from_the_median():
    rng = np.random.default_rng(1)
    walk = np.cumsum(rng.standard_normal(400)) + 100
    made = experts.by_blocks(load_network(), [walk], np.array([[1, 1]]), 192)
    width = made[0, :, LEVELS.index(0.9)] - made[0, :, LEVELS.index(0.1)]
    assert made.shape == (1, 192, len(LEVELS))
    assert width[150] > width[60] > width[5]
    first = load_network().quantiles([walk], np.array([[1, 1]]))
    assert np.array_equal(made[:, :64], first)


def test_logarithms_hold_a_forecast_within_reach_of_the_context():
    growth = np.exp(np.linspace(0, 12, 60))
    made = experts.forecast_by("logarithm", load_network(), [growth], np.array([[1, 1]]), 64)
    assert made.max() <= growth.max() * np.exp(3.0) * 1.0001
    assert made.min() > 0


def test_resampling_puts_every_phase_back_in_its_place(monkeypatch):
    def count_on(network, series, periods, horizon):
        steps = 4.0 * np.arange(1, horizon + 1)[None, :]
        last = np.array([one[-1] for one in series])[:, None]
        return (last + steps)[:, :, None] + SPREAD

    monkeypatch.setattr(experts, "by_blocks", count_on)
    line = [np.arange(401.0), np.arange(1003.0)]
    made = experts.forecast_by("resampled", load_network(), line, np.array([[24, 168]] * 2), 10)
    assert made[0, :, MEDIAN].tolist() == list(range(401, 411))
    assert made[1, :, MEDIAN].tolist() == list(range(1003, 1013))


def test_only_long_contexts_with_a_divisible_period_are_resampled():
    series = [np.arange(500.0), np.arange(500.0), np.arange(100.0)]
    periods = np.array([[24, 168], [7, 365], [24, 168]])
    assert experts.usable("resampled", series, periods).tolist() == [True, False, False]
