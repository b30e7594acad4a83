"""The peers that stand beside the model."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.evaluation.peers import peers


@pytest.fixture
def quarters() -> SeriesSet:
    rng = np.random.default_rng(0)
    series = tuple(50 + np.resize([1.0, 4, 9, 2], 60) + rng.standard_normal(60) for _ in range(3))
    return SeriesSet("quarters", "quarterly", 8, 4, 4, ("a", "b", "c"), series)


def test_peers_give_nine_ordered_quantiles(quarters):
    contexts, _ = quarters.split()
    for name, run in peers().items():
        made = run(contexts, quarters)
        assert made.shape == (3, 8, 9), name
        assert (np.diff(made, axis=2) >= -1e-9).all(), name


def test_the_median_of_both_lies_between_them(quarters):
    pytest.importorskip("statsforecast", reason="needs altteul[stats]")
    contexts, _ = quarters.split()
    found = peers()
    ets, theta = found["auto_ets"](contexts, quarters), found["auto_theta"](contexts, quarters)
    median = found["median_ets_theta"](contexts, quarters)
    assert np.allclose(median, (ets + theta) / 2)
