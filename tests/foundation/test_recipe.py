"""Training windows and the pool they are kept in (no PyTorch needed)."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation.shape import BASES, FEATURES, HORIZON, anchor_weights
from altteul.foundation.training import pool, real
from altteul.foundation.training.recipe import GROUPS, cut, synthetic_windows, to_samples

TINY = GROUPS[0]


def test_contexts_end_where_the_future_begins():
    values = np.tile(np.arange(float(TINY.points)), (50, 1))
    windows = cut(np.random.default_rng(0), TINY, values, np.ones((50, 2), dtype=int))
    last = np.nanmax(windows.contexts, axis=1)
    clean = np.isfinite(windows.contexts[:, -1])
    assert clean.all()
    assert np.array_equal(windows.future[:, 0], last + 1)
    assert np.array_equal(windows.future[:, -1], last + HORIZON)


def test_part_of_the_windows_is_not_told_its_periods():
    values = np.random.default_rng(1).standard_normal((2000, TINY.points))
    periods = np.tile([12, 1], (2000, 1))
    windows = cut(np.random.default_rng(2), TINY, values, periods)
    assert (windows.periods[:, 0] == 1).mean() == pytest.approx(0.12, abs=0.03)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_samples_have_the_shapes_the_network_takes(group):
    samples = to_samples(synthetic_windows(np.random.default_rng(3), group, 12))
    count = len(samples.reach)
    assert 6 <= count <= 12
    assert samples.features.shape == (count, FEATURES)
    assert samples.bases.shape == (count, BASES, HORIZON)
    assert samples.target.shape == (count, HORIZON)
    assert all(np.isfinite(x).all() for x in (samples.features, samples.bases, samples.target))


def test_targets_are_in_the_units_of_the_bases():
    samples = to_samples(synthetic_windows(np.random.default_rng(4), TINY, 200))
    near = np.abs(samples.bases[:, :, 0] - samples.target[:, None, 0]).min(axis=1)
    assert np.median(near) < 0.5


def test_weights_between_anchors_are_linear_and_sum_to_one():
    rows = np.array(anchor_weights())
    assert np.allclose(rows.sum(axis=0), 1.0)
    assert rows[0, 0] == 1.0
    assert rows[-1, -1] == 1.0
    assert rows[5, 35] == pytest.approx(0.5)


def test_a_shard_is_the_same_by_seed_and_is_made_only_once(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "SHARD", 48)
    path = pool.write_shard(tmp_path, 5, 2, [])
    first = pool.read_shard(path)
    stamp = (path / "features.npy").stat().st_mtime_ns
    pool.write_shard(tmp_path, 5, 2, [])
    assert (path / "features.npy").stat().st_mtime_ns == stamp
    other = pool.read_shard(pool.write_shard(tmp_path / "again", 5, 2, []))
    assert np.array_equal(first.features, other.features)
    assert np.array_equal(first.target, other.target)


def test_batches_resume_where_they_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "SHARD", 48)
    for index in range(3):
        pool.write_shard(tmp_path, 5, index, [])
    whole = pool.epochs(tmp_path, 1, 16)
    batches = [next(whole) for _ in range(9)]
    resumed = pool.epochs(tmp_path, 1, 16, start=6)
    for number, shard in batches[6:]:
        again, other = next(resumed)
        assert again == number
        assert np.array_equal(shard.target, other.target)


def test_real_windows_hold_aggregated_values_of_the_series():
    values = np.arange(2400.0)
    series = [real.RealSeries(values, (24, 168), 1.0)]
    windows = real.real_windows(np.random.default_rng(0), series, GROUPS[1], 40)
    steps = np.diff(windows.future, axis=1)
    unmixed = steps[np.ptp(steps, axis=1) < 1e-9][:, 0]
    assert {1.0, 2.0} <= set(np.round(unmixed, 6))
    assert set(windows.periods[:, 0]) <= {1, 2, 4, 6, 7, 8, 12, 24}
