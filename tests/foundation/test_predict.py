"""Forecasts of the packaged model: what must hold for any series."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.errors import FileError, InputError
from altteul.foundation import load_model, predict
from altteul.foundation.shape import LEVELS


@pytest.fixture(scope="module")
def weekly() -> np.ndarray:
    rng = np.random.default_rng(8)
    time = np.arange(300)
    return 4000 + 600 * np.sin(2 * np.pi * time / 7) + 80 * rng.standard_normal(300)


@pytest.mark.parametrize("thorough", [False, True])
def test_what_comes_after_the_origin_changes_nothing(weekly, thorough):
    full = weekly.copy()
    before = predict(full[:250], 20, freq="daily", thorough=thorough)
    full[250:] = -1e9
    after = predict(full[:250], 20, freq="daily", thorough=thorough)
    view = full[:250].copy()
    assert np.array_equal(before.quantiles, after.quantiles)
    assert np.array_equal(predict(view, 20, freq="daily", thorough=thorough).median, after.median)


@pytest.mark.parametrize("thorough", [False, True])
def test_a_clear_week_is_continued(weekly, thorough):
    made = predict(weekly, 28, freq="daily", thorough=thorough)
    truth = 4000 + 600 * np.sin(2 * np.pi * np.arange(300, 328) / 7)
    assert np.abs(made.median[0] - truth).mean() < 80
    low, high = made.interval(0.8)
    assert ((low < truth) & (truth < high)).mean() > 0.9


@pytest.mark.parametrize("thorough", [False, True])
def test_quantiles_never_cross_at_any_horizon(weekly, thorough):
    made = predict([weekly, weekly[:9], -weekly], 150, season=7, thorough=thorough)
    assert made.quantiles.shape == (3, 150, len(LEVELS))
    assert np.isfinite(made.quantiles).all()
    assert (np.diff(made.quantiles, axis=2) >= 0).all()


@pytest.mark.parametrize("thorough", [False, True])
def test_units_do_not_matter(weekly, thorough):
    won = predict(weekly, 30, freq="daily", thorough=thorough)
    thousands = predict(weekly / 1000, 30, freq="daily", thorough=thorough)
    assert np.allclose(won.quantiles, 1000 * thousands.quantiles, rtol=1e-4)


def test_a_mirrored_series_with_both_signs_has_the_mirrored_forecast(weekly):
    values = weekly - 4000
    plain = predict(values, 12, freq="daily")
    mirrored = predict(-values, 12, freq="daily")
    assert np.allclose(plain.quantiles, -mirrored.quantiles[:, :, ::-1], atol=0.05)


def test_one_series_alone_or_among_others_gets_the_same_forecast(weekly):
    others = [weekly[:40], weekly, np.arange(1500.0)]
    together = predict(others, 10, freq="daily", thorough=True)
    alone = predict(weekly, 10, freq="daily", thorough=True)
    assert np.allclose(together.quantiles[1], alone.quantiles[0], rtol=1e-5)


def test_a_series_that_never_changes_stays_what_it_is():
    made = predict(np.full(50, 3980.0), 14, freq="daily", thorough=True)
    assert np.allclose(made.quantiles, 3980.0)


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_very_short_series_still_get_an_answer(length):
    made = predict(np.arange(1.0, length + 1), 6, freq="monthly", thorough=True)
    assert np.isfinite(made.quantiles).all()


def test_gaps_are_allowed_and_matter_little(weekly):
    gappy = weekly.copy()
    gappy[[50, 51, 120, 200]] = np.nan
    whole, holed = predict(weekly, 14, freq="daily"), predict(gappy, 14, freq="daily")
    assert np.abs(whole.median - holed.median).mean() < 60


def test_levels_between_are_interpolated_and_outside_refused(weekly):
    made = predict(weekly, 3, freq="daily")
    between = made.at(0.525)
    assert ((made.at(0.5) <= between) & (between <= made.at(0.55))).all()
    with pytest.raises(InputError, match="분위수"):
        made.at(0.999)
    chosen = load_model().predict(weekly, 3, freq="daily", levels=(0.1, 0.9))
    assert np.array_equal(chosen.quantiles[:, :, 1], made.at(0.9))


@pytest.mark.parametrize(
    ("series", "options", "words"),
    [
        ([[1.0, 2.0]], {"horizon": 0}, "예측 기간"),
        ([[1.0, 2.0]], {"horizon": 3, "freq": "lunar"}, "lunar"),
        ([[1.0, 2.0]], {"horizon": 3, "season": 0}, "계절"),
        ([], {"horizon": 3}, "하나 이상"),
        ([[np.nan, np.nan]], {"horizon": 3}, "1번째"),
        ([[1.0], [np.inf]], {"horizon": 3}, "2번째"),
        (["가격"], {"horizon": 3}, "수의 목록"),
    ],
)
def test_what_cannot_be_forecast_is_said_in_one_sentence(series, options, words):
    with pytest.raises(InputError, match=words):
        predict(series, **options)


def test_a_broken_model_file_is_said_in_one_sentence(tmp_path):
    (tmp_path / "mine.onnx").write_bytes(b"not a model")
    (tmp_path / "mine.json").write_text("{}")
    with pytest.raises(FileError, match=r"mine\.onnx"):
        load_model(tmp_path / "mine.onnx")
