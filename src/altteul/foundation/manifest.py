"""Which real series were trained on, by hash, and the proof that a set is not among them.

Two checks: the hash of a whole series, and a scan for any WINDOW consecutive values that also stand
in a training series (which finds a shortened or shifted copy).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.evaluation.datasets import SeriesSet

Floats = NDArray[np.float64]

WINDOW = 12
FEWEST_DISTINCT = 8  # windows of fewer different values (zeros, plateaus) prove nothing
NAME = "manifest.json"


def series_hash(values: Floats) -> str:
    """SHA-256 of the values as little-endian doubles."""
    return hashlib.sha256(np.ascontiguousarray(values, dtype="<f8").tobytes()).hexdigest()


def of_sets(groups: list[SeriesSet]) -> dict[str, str]:
    """`set/id` → hash for every series."""
    return {
        f"{group.name}/{name}": series_hash(values)
        for group in groups
        for name, values in zip(group.ids, group.series, strict=True)
    }


def read(folder: Path) -> dict[str, str]:
    """The hashes recorded beside the weights."""
    recorded: dict[str, str] = json.loads((folder / NAME).read_text("utf-8"))["series"]
    return recorded


def write(folder: Path, groups: list[SeriesSet], note: str) -> None:
    """Record the hashes of the series trained on."""
    text = json.dumps({"note": note, "series": of_sets(groups)}, indent=0, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", "utf-8")


def trained_on(groups: list[SeriesSet], recorded: dict[str, str]) -> list[str]:
    """Names of those series of `groups` whose hash is recorded."""
    known = set(recorded.values())
    return [name for name, digest in of_sets(groups).items() if digest in known]


def shared_windows(first: list[SeriesSet], second: list[SeriesSet]) -> int:
    """How many WINDOW-long stretches of `first` also stand, value for value, in `second`."""
    ours, theirs = (
        np.concatenate([_fingerprints(values) for group in groups for values in group.series])
        for groups in (first, second)
    )
    return int(np.isin(ours, theirs).sum())


def _fingerprints(values: Floats) -> NDArray[np.uint64]:
    """A 64-bit hash of each stretch, for values as they are to single precision."""
    if values.size < WINDOW:
        return np.zeros(0, dtype=np.uint64)
    rounded = values.astype(np.float32)
    bits = rounded.view(np.uint32).astype(np.uint64)
    factors = np.random.default_rng(0).integers(1, 2**63, WINDOW, dtype=np.uint64) | np.uint64(1)
    mixed = (bits ^ (bits << np.uint64(17))) * np.uint64(0x9E3779B97F4A7C15)
    windows = np.lib.stride_tricks.sliding_window_view(mixed, WINDOW)
    hashes = (windows * factors).sum(axis=1, dtype=np.uint64)
    ordered = np.sort(np.lib.stride_tricks.sliding_window_view(rounded, WINDOW), axis=1)
    distinct = 1 + (np.diff(ordered, axis=1) != 0).sum(axis=1)
    kept: NDArray[np.uint64] = hashes[distinct >= FEWEST_DISTINCT]
    return kept
