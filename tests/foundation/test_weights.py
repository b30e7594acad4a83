"""The shipped weights: size, hash, and proof of what they were not trained on."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from altteul.foundation import manifest
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder
from altteul.foundation.runtime import PACKAGED, load_network
from altteul.foundation.shape import LEVELS, MEDIAN


def one_set(name: str, *series: np.ndarray) -> SeriesSet:
    return SeriesSet(name, "daily", 2, 7, 7, tuple(map(str, range(len(series)))), series)


def test_weights_fit_in_eight_megabytes_and_are_those_of_the_card():
    path = PACKAGED / "model_s.onnx"
    network = load_network()
    assert path.stat().st_size <= 8_000_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == network.card["sha256"]
    assert 2_000_000 <= network.card["parameters"] <= 4_000_000
    assert network.widening[MEDIAN] == 1.0
    assert len(network.widening) == len(LEVELS)


def test_no_evaluation_series_was_trained_on(shared_data):
    recorded = manifest.read(PACKAGED)
    evaluation = load_folder(shared_data / "series" / "eval")
    assert recorded
    assert manifest.trained_on(evaluation, recorded) == []


def test_the_manifest_is_that_of_the_permitted_series(shared_data):
    permitted = load_folder(shared_data / "series" / "train")
    assert manifest.read(PACKAGED) == manifest.of_sets(permitted)


def test_no_stretch_of_an_evaluation_series_stands_in_a_training_series(shared_data):
    evaluation = load_folder(shared_data / "series" / "eval")
    permitted = load_folder(shared_data / "series" / "train")
    assert manifest.shared_windows(evaluation, permitted) == 0


def test_a_copied_or_shifted_series_would_be_found():
    rng = np.random.default_rng(0)
    values = rng.standard_normal(200)
    copy = one_set("copy", values)
    shifted = one_set("shifted", np.concatenate([rng.standard_normal(30), values[50:90]]))
    other = one_set("other", rng.standard_normal(200), np.zeros(50))
    assert manifest.trained_on([copy], manifest.of_sets([one_set("train", values)])) == ["copy/0"]
    assert manifest.shared_windows([shifted], [copy]) == 40 - manifest.WINDOW + 1
    assert manifest.shared_windows([other], [copy, one_set("flat", np.zeros(50))]) == 0


def test_hash_is_of_the_values_as_little_endian_doubles():
    expected = hashlib.sha256(b"\x00\x00\x00\x00\x00\x00\xf0\x3f").hexdigest()
    assert manifest.series_hash(np.array([1.0])) == expected


@pytest.mark.slow
def test_accuracy_on_the_given_sets_is_as_recorded(shared_data):
    from altteul.foundation.evaluation import report
    from altteul.foundation.model import load_model

    groups = load_folder(shared_data / "series" / "eval")
    lines = report.evaluate(groups, report.forecaster(load_model(), thorough=True))
    made = report.summary(lines, shared_data / "series" / "published")
    recorded = load_network().card["evaluation"]
    for measure in ("relative_mase", "relative_wql", "coverage"):
        assert made[measure] == pytest.approx(recorded[measure], abs=2e-3)
    assert made["places"]["mase"]["rank"] == recorded["rank_mase"]
    assert made["places"]["wql"]["rank"] == recorded["rank_wql"]
