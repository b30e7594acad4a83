"""A pool of training samples on disk, made once by seed in shards, resumable, read many times."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.generators import TRAINING
from altteul.foundation.training.real import MIXED_REAL, RealSeries, real_windows
from altteul.foundation.training.recipe import (
    FIELDS,
    GROUPS,
    MIXED,
    Group,
    Samples,
    chosen,
    joined,
    synthetic_windows,
    to_samples,
)

SHARD = 4096
FRESH = 2  # shards made in each round of a growing pool
KEPT = 160
SPARED = 64  # shards kept longer than that, for a run that resumes from an older checkpoint
REAL_SHARE = {"tiny": 0.03, "medium": 0.12, "long": 0.2}


@dataclass(frozen=True)
class Shard:
    """Arrays of one shard: reach in bytes, all others in half precision."""

    features: NDArray[np.float16]
    bases: NDArray[np.float16]
    points: NDArray[np.float16]
    target: NDArray[np.float16]
    reach: NDArray[np.uint8]


@dataclass(frozen=True)
class Recipe:
    """What decides the content of every shard: seed, real series, which model it is for, size.

    `shares` are those of the families of synthetic series; without `mixing` no two series, made or
    real, are added up.
    """

    seed: int
    real: Sequence[RealSeries] = ()
    with_points: bool = False
    rows: int = SHARD
    shares: tuple[float, ...] = TRAINING
    mixing: bool = True


def make_shard(recipe: Recipe, index: int) -> Samples:
    """The samples of shard `index`: the same for the same seed, whatever was made before."""
    rng = np.random.default_rng((recipe.seed, index))
    parts = [to for group in GROUPS for to in _group_samples(rng, group, recipe)]
    whole = joined(parts)
    return chosen(whole, rng.permutation(len(whole.reach)))


def _group_samples(rng: np.random.Generator, group: Group, recipe: Recipe) -> list[Samples]:
    count = round(recipe.rows * group.share)
    taken = round(count * REAL_SHARE[group.name]) if recipe.real else 0
    made, real = (MIXED, MIXED_REAL) if recipe.mixing else (0.0, 0.0)
    windows = [synthetic_windows(rng, group, count - taken, recipe.shares, made)]
    if taken:
        windows.append(real_windows(rng, list(recipe.real), group, taken, real))
    return [to_samples(one, recipe.with_points) for one in windows]


def write_shard(folder: Path, recipe: Recipe, index: int) -> Path:
    """Make shard `index` unless it is there already; it appears under its name only when whole."""
    path = folder / f"shard-{index:05d}"
    if (path / "features.npy").is_file():
        return path
    samples = make_shard(recipe, index)
    unfinished = folder / f".unfinished-{index:05d}"
    unfinished.mkdir(parents=True, exist_ok=True)
    for field in FIELDS:
        kind = np.uint8 if field == "reach" else np.float16
        np.save(unfinished / f"{field}.npy", getattr(samples, field).astype(kind))
    meta = {"seed": recipe.seed, "index": index, "count": len(samples.reach)}
    (unfinished / "meta.json").write_text(json.dumps(meta), "utf-8")
    if path.is_dir():
        shutil.rmtree(path)
    unfinished.rename(path)
    return path


def read_shard(path: Path) -> Shard:
    """Open a shard; arrays stay on disk until they are used."""
    loaded = [np.load(path / f"{field}.npy", mmap_mode="r") for field in FIELDS]
    return Shard(*loaded)


def epochs(folder: Path, seed: int, batch: int, start: int = 0) -> Iterator[tuple[int, Shard]]:
    """Endless batches, numbered; rows are shuffled within pairs of shards, shards within epochs.

    Deterministic by seed; `start` skips as many batches (cheaply, to resume).
    """
    paths = sorted(folder.glob("shard-*"))
    number, epoch = 0, 0
    while True:
        rng = np.random.default_rng((seed, 7, epoch))
        order = rng.permutation(len(paths))
        for position in range(0, len(order), 2):
            chosen = [paths[one] for one in order[position : position + 2]]
            rows = rng.permutation(sum(len(read_shard(path).reach) for path in chosen))
            batches = len(rows) // batch
            if number + batches <= start:
                number += batches
                continue
            both = _joined([read_shard(path) for path in chosen])
            for one in range(batches):
                number += 1
                if number > start:
                    yield number, _rows(both, rows[one * batch : (one + 1) * batch])
        epoch += 1


def growing(
    folder: Path,
    make: Callable[[int], Path],
    seed: int,
    batch: int,
    start: int = 0,
    kept: int = KEPT,
    again: int = FRESH,
) -> Iterator[tuple[int, Shard]]:
    """Endless numbered batches of a pool in `folder` that grows as it is read.

    Each round makes FRESH new shards with `make` and reads `again` old ones again, of the last
    `kept`; what is older is thrown away, save how many rows it had. Deterministic by seed; `start`
    skips as many batches without reading them.
    """
    number, made = 0, 0
    while True:
        rng = np.random.default_rng((seed, 11, made))
        old = np.arange(max(0, made - kept), made)
        reread = rng.choice(old, min(again, old.size), replace=False)
        chosen = [*range(made, made + FRESH), *(int(one) for one in reread)]
        made += FRESH
        rows = rng.permutation(sum(_count(folder, one, make) for one in chosen))
        batches = len(rows) // batch
        if number + batches <= start:
            number += batches
            continue
        whole = _joined([read_shard(make(one)) for one in chosen])
        _forget(folder, made - kept - SPARED)
        for one in range(batches):
            number += 1
            if number > start:
                yield number, _rows(whole, rows[one * batch : (one + 1) * batch])


def _forget(folder: Path, before: int) -> None:
    """Remove the arrays of shards older than `before`; their counts stay."""
    for index in range(before - 1, -1, -1):
        path = folder / f"shard-{index:05d}"
        if not (path / "features.npy").is_file():
            return
        for field in FIELDS:
            (path / f"{field}.npy").unlink()


def _count(folder: Path, index: int, make: Callable[[int], Path]) -> int:
    """Rows of a shard, also of one whose arrays were thrown away; a new one is made first."""
    path = folder / f"shard-{index:05d}"
    if not (path / "meta.json").is_file():
        path = make(index)
    return int(json.loads((path / "meta.json").read_text("utf-8"))["count"])


def _joined(shards: list[Shard]) -> Shard:
    return Shard(*(np.concatenate([getattr(one, field) for one in shards]) for field in FIELDS))


def _rows(shard: Shard, rows: NDArray[np.int64]) -> Shard:
    return Shard(*(getattr(shard, field)[rows] for field in FIELDS))
