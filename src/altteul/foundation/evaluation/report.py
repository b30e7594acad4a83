"""Evaluate a model on folders of series: per data set, in aggregate, and among published models."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.evaluation import ranking
from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.evaluation.peers import Forecaster, naive
from altteul.foundation.evaluation.protocol import (
    WQL_LEVELS,
    Scores,
    geometric_mean_ratio,
    score_forecast,
)
from altteul.foundation.evaluation.windows import as_task, rolling, windows_of
from altteul.foundation.model import Model

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One data set: scores, the seasonal naive's beside them, and seconds taken."""

    name: str
    scores: Scores
    naive: Scores
    seconds: float

    @property
    def relative_mase(self) -> float:
        """MASE as a share of the seasonal naive's."""
        return self.scores.mase / self.naive.mase

    @property
    def relative_wql(self) -> float:
        """WQL as a share of the seasonal naive's."""
        return self.scores.wql / self.naive.wql


def forecaster(model: Model, thorough: bool = True) -> Forecaster:
    """The model as a function of contexts and their set; it is told frequency and season."""

    def run(contexts: list[Floats], group: SeriesSet) -> Floats:
        made = model.predict(
            contexts,
            group.horizon,
            freq=group.freq if group.freq in _known() else None,
            season=group.mase_season,
            thorough=thorough,
            levels=WQL_LEVELS,
        )
        return made.quantiles

    return run


def evaluate(
    groups: list[SeriesSet],
    run: Forecaster,
    advance: Callable[[str], None] = lambda name: None,
    term: str | None = None,
) -> list[Line]:
    """Score a forecaster on every set, by the Chronos protocol or (`term`) GIFT-Eval's windows."""
    lines = []
    for group in groups:
        advance(group.name)
        if term is None:
            contexts, truth = group.split()
        else:
            group = as_task(group, term)
            contexts, truth = rolling(group, group.horizon, windows_of(group))
        start = time.perf_counter()
        quantiles = run(contexts, group)
        seconds = time.perf_counter() - start
        scores = score_forecast(contexts, truth, quantiles, group.mase_season)
        beside = score_forecast(contexts, truth, naive(contexts, group), group.mase_season)
        lines.append(Line(group.name, scores, beside, seconds))
    return lines


def summary(
    lines: list[Line], published: Path | None, peers: dict[str, list[Line]] | None = None
) -> dict[str, Any]:
    """Everything as plain values for JSON: lines, aggregates, places among published models.

    `peers` (name → lines of the same sets) are ranked too; with no published scores, alone.
    """
    result: dict[str, Any] = {
        "sets": [
            asdict(line.scores)
            | {
                "name": line.name,
                "relative_mase": line.relative_mase,
                "relative_wql": line.relative_wql,
                "naive_mase": line.naive.mase,
                "naive_wql": line.naive.wql,
                "seconds": line.seconds,
            }
            for line in lines
        ],
        "relative_mase": geometric_mean_ratio(
            [line.scores.mase for line in lines], [line.naive.mase for line in lines]
        ),
        "relative_wql": geometric_mean_ratio(
            [line.scores.wql for line in lines], [line.naive.wql for line in lines]
        ),
        "coverage": float(np.mean([line.scores.coverage for line in lines])),
    }
    if published is not None or peers:
        result["places"] = {
            measure: asdict(_place(lines, published, measure, peers or {}))
            for measure in ranking.MEASURES
        }
    return result


def _place(
    lines: list[Line], folder: Path | None, measure: str, peers: dict[str, list[Line]]
) -> ranking.Place:
    ours = _values(lines, measure)
    if folder is not None:
        others = ranking.published(folder, measure)
    else:
        others = {
            line.name: {ranking.BASELINE: float(getattr(line.naive, measure))} for line in lines
        }
    measured = {name: _values(made, measure) for name, made in peers.items()}
    return ranking.place("altteul", ours, ranking.joined(others, measured))


def _values(lines: list[Line], measure: str) -> dict[str, float]:
    return {line.name: float(getattr(line.scores, measure)) for line in lines}


def _known() -> frozenset[str]:
    from altteul.foundation.seasons import PERIODS

    return frozenset(PERIODS)
