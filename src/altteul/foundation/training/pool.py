"""A pool of training samples on disk, made once by seed in shards, resumable, read many times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.training.real import RealSeries, real_windows
from altteul.foundation.training.recipe import (
    GROUPS,
    Group,
    Samples,
    chosen,
    joined,
    synthetic_windows,
    to_samples,
)

SHARD = 4096
REAL_SHARE = {"tiny": 0.03, "medium": 0.12, "long": 0.2}
FIELDS = ("features", "bases", "target", "reach")


@dataclass(frozen=True)
class Shard:
    """Arrays of one shard: features, bases and target in half precision, reach in bytes."""

    features: NDArray[np.float16]
    bases: NDArray[np.float16]
    target: NDArray[np.float16]
    reach: NDArray[np.uint8]


def make_shard(seed: int, index: int, real: list[RealSeries]) -> Samples:
    """The samples of shard `index`: the same for the same seed, whatever was made before."""
    rng = np.random.default_rng((seed, index))
    parts = [to for group in GROUPS for to in _group_samples(rng, group, real)]
    whole = joined(parts)
    return chosen(whole, rng.permutation(len(whole.reach)))


def _group_samples(rng: np.random.Generator, group: Group, real: list[RealSeries]) -> list[Samples]:
    count = round(SHARD * group.share)
    taken = round(count * REAL_SHARE[group.name]) if real else 0
    made = [to_samples(synthetic_windows(rng, group, count - taken))]
    if taken:
        made.append(to_samples(real_windows(rng, real, group, taken)))
    return made


def write_shard(folder: Path, seed: int, index: int, real: list[RealSeries]) -> Path:
    """Make shard `index` unless it is there already; it appears under its name only when whole."""
    path = folder / f"shard-{index:05d}"
    if path.is_dir():
        return path
    samples = make_shard(seed, index, real)
    unfinished = folder / f".unfinished-{index:05d}"
    unfinished.mkdir(parents=True, exist_ok=True)
    for field in FIELDS:
        kind = np.uint8 if field == "reach" else np.float16
        np.save(unfinished / f"{field}.npy", getattr(samples, field).astype(kind))
    meta = {"seed": seed, "index": index, "count": len(samples.reach), "real": bool(real)}
    (unfinished / "meta.json").write_text(json.dumps(meta), "utf-8")
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
            sizes = [
                json.loads((path / "meta.json").read_text("utf-8"))["count"] for path in chosen
            ]
            rows = rng.permutation(sum(sizes))
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


def _joined(shards: list[Shard]) -> Shard:
    return Shard(*(np.concatenate([getattr(one, field) for one in shards]) for field in FIELDS))


def _rows(shard: Shard, rows: NDArray[np.int64]) -> Shard:
    return Shard(*(getattr(shard, field)[rows] for field in FIELDS))
