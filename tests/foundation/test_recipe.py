"""Training windows and the pool they are kept in (no PyTorch needed)."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from altteul.errors import AltteulError
from altteul.foundation.generators import FAMILIES, LOCKED
from altteul.foundation.shape import BASES, FEATURES, HORIZON, anchor_weights
from altteul.foundation.training import pool, real, recipe
from altteul.foundation.training.recipe import (
    GROUPS,
    LOCKED_GROUPS,
    cut,
    synthetic_windows,
    to_samples,
)
from altteul.foundation.training.supply import Supply

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


def test_a_shard_is_the_same_by_seed_and_is_made_only_once(tmp_path):
    path = pool.write_shard(tmp_path, pool.Recipe(5, rows=40), 2)
    first = pool.read_shard(path)
    stamp = (path / "features.npy").stat().st_mtime_ns
    pool.write_shard(tmp_path, pool.Recipe(5, rows=40), 2)
    assert (path / "features.npy").stat().st_mtime_ns == stamp
    other = pool.read_shard(pool.write_shard(tmp_path / "again", pool.Recipe(5, rows=40), 2))
    assert np.array_equal(first.features, other.features)
    assert np.array_equal(first.target, other.target)


def test_batches_resume_where_they_stopped(tmp_path):
    for index in range(3):
        pool.write_shard(tmp_path, pool.Recipe(5, rows=40), index)
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


def test_without_mixing_every_window_is_a_stretch_of_one_series(monkeypatch):
    series = [real.RealSeries(np.arange(2400.0), (24, 168), 1.0)]
    windows = real.real_windows(np.random.default_rng(0), series, GROUPS[1], 40, mixed=0.0)
    steps = np.diff(windows.future, axis=1)
    assert (np.ptp(steps, axis=1) < 1e-9).all()
    seen = []
    monkeypatch.setattr(recipe, "_mixed", lambda rng, values, part: seen.append(part) or values)
    pool.make_shard(pool.Recipe(5, rows=40, mixing=False), 0)
    pool.make_shard(pool.Recipe(5, rows=40), 0)
    assert seen == [0.0] * 3 + [recipe.MIXED] * 3


def test_a_share_of_nothing_draws_no_series_of_a_family():
    only = tuple(float(family.name == "intermittent") for family in FAMILIES)
    windows = synthetic_windows(np.random.default_rng(1), TINY, 60, only, 0.0)
    usual = synthetic_windows(np.random.default_rng(1), TINY, 60, LOCKED, 0.0)
    repeated = [np.mean(one.future[:, 1:] == one.future[:, :-1]) for one in (windows, usual)]
    assert repeated[0] > 2 * repeated[1]


def test_a_growing_pool_reads_old_shards_as_often_as_asked(tmp_path):
    made = {}
    for again in (0, 6):
        folder = tmp_path / f"{again}"
        batches = pool.growing(folder, Supply(folder, pool.Recipe(5, rows=40)), 1, 16, again=again)
        assert [next(batches)[0] for _ in range(80)] == list(range(1, 81))
        made[again] = len(list(folder.glob("shard-*")))
    assert made[0] > 3 * made[6] - 6


def test_the_locked_validation_set_is_the_one_all_models_were_chosen_by():
    rng = np.random.default_rng((1_000_003, 0))
    windows = synthetic_windows(rng, LOCKED_GROUPS[0], 200, LOCKED)
    digest = hashlib.sha256(windows.contexts.round(6).tobytes() + windows.reach.tobytes())
    assert digest.hexdigest()[:16] == "4739bca75ab6ee03"


def test_a_growing_pool_reads_new_shards_once_or_more_and_forgets_old_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "SPARED", 0)
    supply = Supply(tmp_path, pool.Recipe(5, rows=40))
    batches = pool.growing(tmp_path, supply, 1, 16, kept=4)
    numbers = [next(batches)[0] for _ in range(60)]
    assert numbers == list(range(1, 61))
    kept = {path.name for path in tmp_path.glob("shard-*") if (path / "features.npy").is_file()}
    assert 4 <= len(kept) <= 8
    assert len(list(tmp_path.glob("shard-*/meta.json"))) > 8


def test_a_growing_pool_resumes_where_it_stopped_without_making_old_shards_again(tmp_path):
    supply = Supply(tmp_path, pool.Recipe(5, rows=40))
    whole = pool.growing(tmp_path, supply, 1, 16, kept=4)
    batches = [next(whole) for _ in range(40)]
    first = pool.read_shard(tmp_path / "shard-00000").target.copy()
    (tmp_path / "shard-00000" / "features.npy").unlink()
    resumed = pool.growing(tmp_path, supply, 1, 16, start=38, kept=4)
    number, shard = next(resumed)
    assert number == 39
    assert np.array_equal(shard.target, batches[38][1].target)
    assert not (tmp_path / "shard-00000" / "features.npy").is_file()
    again = pool.read_shard(supply(0)).target
    assert np.array_equal(first, again)


def test_makers_make_the_same_shards_ahead(tmp_path):
    alone = Supply(tmp_path / "alone", pool.Recipe(5, rows=40))
    with Supply(tmp_path / "makers", pool.Recipe(5, rows=40), makers=1) as supply:
        ahead = [pool.read_shard(supply(index)).target.copy() for index in (0, 1)]
    for index in (0, 1):
        assert np.array_equal(pool.read_shard(alone(index)).target, ahead[index])


def test_a_worker_makes_its_own_shards_and_waits_for_the_others(tmp_path, monkeypatch):
    first, second = (Supply(tmp_path, pool.Recipe(5, rows=40), 0, rank, 2) for rank in (0, 1))
    assert first(0).is_dir()
    assert not (tmp_path / "shard-00001").exists()
    second(1)
    assert first(1) == second(1)
    monkeypatch.setattr("altteul.foundation.training.supply.PATIENCE", 0.0)
    with pytest.raises(AltteulError, match="같은 폴더"):
        first(3)


def test_a_quarter_of_the_real_series_is_held_out_by_the_hash_of_its_name():
    series = {f"set/{i}": real.RealSeries(np.arange(9.0), (1, 1), 1.0) for i in range(400)}
    kept, out = real.split(series)
    assert len(kept) + len(out) == 400
    assert 70 < len(out) < 130
    again = real.split(dict(reversed(series.items())))[1]
    assert {id(one) for one in again} == {id(one) for one in out}
