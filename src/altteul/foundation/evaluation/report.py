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
from altteul.foundation.evaluation.windows import count_windows, horizon_of, rolling
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
            horizon = horizon_of(group.freq, term)
            shortest = min(values.size for values in group.series)
            windows = count_windows(shortest, horizon)
            contexts, truth = rolling(group, horizon, windows)
            group = _with_horizon(group, horizon)
        start = time.perf_counter()
        quantiles = run(contexts, group)
        seconds = time.perf_counter() - start
        scores = score_forecast(contexts, truth, quantiles, group.mase_season)
        beside = score_forecast(contexts, truth, naive(contexts, group), group.mase_season)
        lines.append(Line(group.name, scores, beside, seconds))
    return lines


def summary(lines: list[Line], published: Path | None) -> dict[str, Any]:
    """Everything as plain values for JSON: lines, aggregates, places among published models."""
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
    if published is not None:
        result["places"] = {
            measure: asdict(_place(lines, published, measure)) for measure in ranking.MEASURES
        }
    return result


def _place(lines: list[Line], folder: Path, measure: str) -> ranking.Place:
    ours = {line.name: float(getattr(line.scores, measure)) for line in lines}
    return ranking.place("altteul", ours, ranking.published(folder, measure))


def _with_horizon(group: SeriesSet, horizon: int) -> SeriesSet:
    return SeriesSet(
        group.name,
        group.freq,
        horizon,
        group.mase_season,
        group.snaive_season,
        group.ids,
        group.series,
    )


def _known() -> frozenset[str]:
    from altteul.foundation.seasons import PERIODS

    return frozenset(PERIODS)
