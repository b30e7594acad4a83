"""Where forecasts of a day are kept in the data folder, and how they are found again.

One Parquet file a day, `forecasts/<last survey day>-<hash of the inputs>.parquet`. Files appear
whole or not at all (written beside and renamed).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

FOLDER, FOLDS = "forecasts", "folds"
KEPT_DAYS, KEPT_FOLD_DAYS = 60, 14
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]+\.parquet")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of forecasts that rest on prices up to `made_on`."""

    made_on: date
    path: Path


def kept_path(home: Path, made_on: date, inputs: str) -> Path:
    """Where the forecasts of a day with these inputs are kept."""
    return home / FOLDER / f"{made_on}-{inputs}.parquet"


def keep(rows: pl.DataFrame, path: Path) -> None:
    """Write forecasts; a kill leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    rows.write_parquet(beside)
    beside.replace(path)


def newest_kept(home: Path, on: date) -> Kept | None:
    """The forecasts with the newest prices up to a day, of those the ones written last."""
    found = [
        (date.fromisoformat(match[1]), path.stat().st_mtime_ns, path)
        for path in (home / FOLDER).glob("*.parquet")
        if (match := _NAME.fullmatch(path.name))
    ]
    usable = [one for one in found if one[0] <= on]
    if not usable:
        return None
    made_on, _, path = max(usable)
    return Kept(made_on, path)


def drop_old(home: Path, now: float) -> int:
    """Remove forecasts and folds that no night has used for long; returns how many files.

    `now` is in seconds as time.time() tells. Whatever is removed can be computed again.
    """
    dropped = 0
    for folder, days in ((home / FOLDER, KEPT_DAYS), (home / FOLDER / FOLDS, KEPT_FOLD_DAYS)):
        for path in folder.glob("*.parquet"):
            if now - path.stat().st_mtime > days * 86_400:
                path.unlink(missing_ok=True)
                dropped += 1
    return dropped
