"""The widening by context: its statistics by hand, and the fit of its coefficients."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation.inference import FAST, forecast_quantiles
from altteul.foundation.runtime import Network, load_network
from altteul.foundation.shape import MEDIAN
from altteul.foundation.widening import BOUNDS, SHORT, factors, statistics


def test_statistics_of_small_contexts_by_hand():
    there_and_back = np.array([1.0, 3.0, np.nan, 2.0])  # known 1, 3, 2: a path of 3, a way of 1
    rising = np.arange(50.0)
    rows = statistics([there_and_back, rising, np.full(30, 4.0)])
    assert rows[0] == pytest.approx([1.0, np.log(SHORT / 3), 1 / 3])
    assert rows[1] == pytest.approx([1.0, 0.0, 1.0])
    assert rows[2] == pytest.approx([1.0, 0.0, 0.0])


def test_unit_level_and_sign_do_not_matter():
    one = np.random.default_rng(0).standard_normal(40).cumsum()
    assert np.allclose(statistics([one]), statistics([-1000.0 * one + 7.0]))


def test_factors_are_bounded_and_one_without_coefficients():
    short = [np.array([1.0, 2.0, 3.0])]
    assert factors(short, (0.0, 0.0, 0.0)).tolist() == [1.0]
    assert factors(short, (5.0, 0.0, 0.0)).tolist() == [BOUNDS[1]]
    assert factors(short, (0.1, 0.0, 0.2))[0] == pytest.approx(np.exp(0.3))


def test_a_forecast_is_widened_around_its_median_by_the_factor_of_its_context():
    packaged = load_network()
    plain, wider = (
        Network(packaged.session, packaged.widening, {"fast": (constant, 0.0, 0.0)}, {})
        for constant in (0.0, 0.3)
    )
    series, periods = [np.random.default_rng(1).standard_normal(80)], np.array([[12, 1]])
    one = forecast_quantiles(plain, series, periods, 8, FAST)
    two = forecast_quantiles(wider, series, periods, 8, FAST)
    middle = one[:, :, MEDIAN : MEDIAN + 1]
    assert np.allclose(two - middle, np.exp(0.3) * (one - middle))


class TestCalibration:
    """Needs PyTorch, since the recipe of the validation set stands beside the training loop."""

    @pytest.fixture
    def calibration(self):
        pytest.importorskip("torch", reason="calibration needs altteul[train]")
        from altteul.foundation.training import calibration

        return calibration

    def test_quantile_regression_finds_the_quantile_that_depends_on_a_feature(self, calibration):
        rng = np.random.default_rng(0)
        feature = rng.integers(0, 2, 20_000)
        outputs = rng.uniform(0, 1, 20_000) * (1 + feature) - 0.5
        inputs = np.stack([np.ones(20_000), feature], axis=1)
        found = calibration.quantile_regression(inputs, outputs, np.ones(20_000), 0.8)
        # uniform on 0 … 1 and on 0 … 2, moved by -0.5: the 0.8 quantiles are 0.3 and 1.1
        assert found == pytest.approx([0.3, 0.8], abs=0.03)

    def test_constant_makes_the_last_windows_right_and_slopes_come_from_the_stretches(
        self, calibration
    ):
        rng = np.random.default_rng(1)

        def misses(shift: float) -> object:
            steady = rng.integers(0, 2, 4000).astype(float)
            rows = np.stack([np.ones(4000), np.zeros(4000), steady], axis=1)
            logs = np.log(rng.uniform(0, 1, 4000) / 0.8) + 0.2 * steady + shift
            return calibration.Misses(rows, logs, np.ones(4000))

        found = calibration._coefficients([misses(0.0)], [1.0], [misses(0.1)])
        assert found[2] == pytest.approx(0.2, abs=0.05)
        assert found[0] == pytest.approx(0.1, abs=0.04)

    def test_cases_end_before_what_they_are_asked(self, calibration):
        from altteul.foundation.evaluation.datasets import SeriesSet

        values = np.arange(400.0)
        group = SeriesSet("count", "daily", 30, 7, 7, ("a",), (values,))
        for cases in (calibration.real_cases(group, 30, 0), calibration.last_cases(group)):
            for context, future in zip(cases.contexts, cases.future, strict=True):
                step = context[1] - context[0]
                assert future[0] == pytest.approx(context[-1] + step)
                assert np.isfinite(future).sum() <= max(6, 64)
