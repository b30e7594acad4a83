"""Where a model stands among the published scores of the Chronos zero-shot benchmark."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from altteul.errors import FileError, reason_of
from altteul.foundation.evaluation.protocol import geometric_mean_ratio

BASELINE = "seasonal_naive"
DRAWS = 2000
MEASURES = ("mase", "wql")


@dataclass(frozen=True)
class Place:
    """A model's aggregate relative score, its rank (1 is best) and the ranks' 90 % interval."""

    score: float
    rank: int
    best_rank: int
    worst_rank: int
    models: int
    table: tuple[tuple[str, float], ...]


def published(folder: Path, measure: str) -> dict[str, dict[str, float]]:
    """Published values: data set → model → value. `measure` is "mase" or "wql"."""
    path = folder / f"chronos_zeroshot_{measure}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {
                row.pop("dataset_config"): {model: float(value) for model, value in row.items()}
                for row in csv.DictReader(file)
            }
    except (OSError, KeyError, ValueError) as error:
        raise FileError(
            f"발표된 성적 파일 {path.name}을(를) 읽을 수 없습니다({_damage(error)}). "
            "dataset_config 열과 모델별 열이 있는 CSV인지 확인해 주세요."
        ) from error


def _damage(error: Exception) -> str:
    return reason_of(error) if isinstance(error, OSError) else "칸이 없거나 수가 아님"


def joined(
    others: dict[str, dict[str, float]], measured: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Others' values with what was measured here (model → data set → value) beside them.

    A model measured here carries "(here)", since the published one may have been set up otherwise.
    Only data sets that every measured model has are kept.
    """
    shared = [name for name in others if all(name in values for values in measured.values())]
    return {
        name: others[name] | {f"{model} (here)": values[name] for model, values in measured.items()}
        for name in shared
    }


def place(
    name: str, ours: Mapping[str, float], others: dict[str, dict[str, float]], seed: int = 0
) -> Place:
    """Rank `ours` (data set → value) among `others` on the data sets both have.

    The interval comes from drawing data sets with replacement DRAWS times; with few data sets it is
    wide, as it should be.
    """
    shared = sorted(set(ours) & set(others))
    if not shared:
        raise FileError(
            "발표된 성적과 겹치는 데이터 묶음이 없습니다. 평가 폴더의 묶음 이름을 확인해 주세요."
        )
    models = [model for model in next(iter(others.values())) if model != name]
    logs = np.array(
        [
            [np.log(others[one][model] / others[one][BASELINE]) for model in models]
            + [np.log(ours[one] / others[one][BASELINE])]
            for one in shared
        ]
    )
    rng = np.random.default_rng(seed)
    draws = logs[rng.integers(0, len(shared), (DRAWS, len(shared)))].mean(axis=1)
    ranks = 1 + (draws[:, :-1] < draws[:, -1:]).sum(axis=1)
    means = np.exp(logs.mean(axis=0))
    table = sorted(zip([*models, name], means.tolist(), strict=True), key=lambda row: row[1])
    low, high = np.percentile(ranks, [5, 95])
    return Place(
        score=float(means[-1]),
        rank=_rank(means),
        best_rank=int(np.floor(low)),
        worst_rank=int(np.ceil(high)),
        models=len(models) + 1,
        table=tuple((model, float(value)) for model, value in table),
    )


def _rank(means: NDArray[np.float64]) -> int:
    return 1 + int((means[:-1] < means[-1]).sum())


__all__ = ["BASELINE", "MEASURES", "Place", "geometric_mean_ratio", "place", "published"]
