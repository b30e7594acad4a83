"""Evaluate a model on folders of series: per data set, in aggregate, and among published models."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from altteul.foundation.contexts import REACH
from altteul.foundation.evaluation import ranking
from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.evaluation.peers import Forecaster, naive
from altteul.foundation.evaluation.protocol import (
    WQL_LEVELS,
    Scores,
    geometric_mean_ratio,
    ratio,
    score_forecast,
)
from altteul.foundation.evaluation.windows import as_task, rolling, windows_of
from altteul.foundation.model import Model
from altteul.foundation.seasons import frequency_name

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
        return ratio(self.scores.mase, self.naive.mase)

    @property
    def relative_wql(self) -> float:
        """WQL as a share of the seasonal naive's."""
        return ratio(self.scores.wql, self.naive.wql)


def forecaster(model: Model, thorough: bool = True) -> Forecaster:
    """The model as a function of contexts and their set; it is told frequency and season.

    A series of which nothing is known in the model's reach gets the seasonal naive.
    """

    def run(contexts: list[Floats], group: SeriesSet) -> Floats:
        quantiles = naive(contexts, group)
        known = [row for row, one in enumerate(contexts) if not np.isnan(one[-REACH:]).all()]
        if known:
            made = model.predict(
                [contexts[row] for row in known],
                group.horizon,
                freq=frequency_name(group.freq),
                season=group.mase_season,
                thorough=thorough,
                levels=WQL_LEVELS,
            )
            quantiles[known] = made.quantiles
        return quantiles

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

    `peers` (name → lines of the same sets) are ranked too; with no published scores, alone. A
    measure that is not defined is None; where no set has a published score there is no place.
    """
    coverages = [one for line in lines if not math.isnan(one := line.scores.coverage)]
    result = _defined(
        {
            measure: geometric_mean_ratio(
                [getattr(line.scores, name) for line in lines],
                [getattr(line.naive, name) for line in lines],
            )
            for measure, name in (("relative_mase", "mase"), ("relative_wql", "wql"))
        }
        | {"coverage": float(np.mean(coverages)) if coverages else math.nan}
    )
    result = {"sets": [_of_line(line) for line in lines]} | result
    if published is not None or peers:
        places = {name: _place(lines, published, name, peers or {}) for name in ranking.MEASURES}
        result["places"] = {name: asdict(found) for name, found in places.items() if found}
    return result


def _of_line(line: Line) -> dict[str, Any]:
    return _defined(
        asdict(line.scores)
        | {
            "name": line.name,
            "relative_mase": line.relative_mase,
            "relative_wql": line.relative_wql,
            "naive_mase": line.naive.mase,
            "naive_wql": line.naive.wql,
            "seconds": line.seconds,
        }
    )


def _defined(values: dict[str, Any]) -> dict[str, Any]:
    """The values with None where a measure is not defined: JSON knows no NaN."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


def _place(
    lines: list[Line], folder: Path | None, measure: str, peers: dict[str, list[Line]]
) -> ranking.Place | None:
    ours = _values(lines, measure)
    if folder is not None:
        others = ranking.published(folder, measure)
    else:
        others = {
            line.name: {ranking.BASELINE: float(getattr(line.naive, measure))} for line in lines
        }
    measured = {name: _values(made, measure) for name, made in peers.items()}
    beside = ranking.joined(others, measured)
    return ranking.place("altteul", ours, beside) if set(ours) & set(beside) else None


def _values(lines: list[Line], measure: str) -> dict[str, float]:
    """Set → value, of the sets for which it and the seasonal naive's are defined and above 0."""
    return {
        line.name: float(getattr(line.scores, measure))
        for line in lines
        if getattr(line.scores, measure) > 0 and getattr(line.naive, measure) > 0
    }
