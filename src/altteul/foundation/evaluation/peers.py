"""The peers to stand beside: seasonal naive, our Theta, and statsforecast's models if installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from altteul.foundation import theta
from altteul.foundation.evaluation.datasets import SeriesSet
from altteul.foundation.evaluation.protocol import WQL_LEVELS, carried_forward, seasonal_naive

Floats = NDArray[np.float64]
# Contexts and their set → quantiles (series, horizon, 9) at WQL_LEVELS.
Forecaster = Callable[[list[Floats], SeriesSet], Floats]

MOST_POINTS = 1024  # statsforecast gets the last of a longer context; ETS is slow beyond it


def naive(contexts: list[Floats], group: SeriesSet) -> Floats:
    """The seasonal naive, with the same value at all levels as the benchmark scores it."""
    points = [seasonal_naive(one, group.horizon, group.snaive_season) for one in contexts]
    return np.repeat(np.stack(points)[:, :, None], len(WQL_LEVELS), axis=2)


def own_theta(contexts: list[Floats], group: SeriesSet) -> Floats:
    """Our dynamic optimised Theta."""
    complete = [carried_forward(one) for one in contexts]
    periods = np.full(len(contexts), group.mase_season)
    return theta.forecast(complete, group.horizon, periods).quantiles(WQL_LEVELS)


def peers() -> dict[str, Forecaster]:
    """Every peer that can run here; AutoETS, AutoTheta and their median need `altteul[stats]`."""
    found: dict[str, Forecaster] = {"seasonal_naive": naive, "dynamic_theta": own_theta}
    if find_spec("statsforecast") is not None:
        both = _Statistical()
        found["auto_ets"] = partial(both.run, "AutoETS")
        found["auto_theta"] = partial(both.run, "DynamicOptimizedTheta")
        found["median_ets_theta"] = both.median
    return found


class _Statistical:
    """Models of statsforecast; what was fitted once for a set is kept for the median of both."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, int, int], Floats] = {}

    def run(self, name: str, contexts: list[Floats], group: SeriesSet) -> Floats:
        from statsforecast import models

        key = (name, group.name, group.horizon, len(contexts))
        if key not in self._made:
            rows = [_one(models, name, one[-MOST_POINTS:], group) for one in contexts]
            self._made[key] = np.stack(rows)
        return self._made[key]

    def median(self, contexts: list[Floats], group: SeriesSet) -> Floats:
        both = [self.run(name, contexts, group) for name in ("AutoETS", "DynamicOptimizedTheta")]
        return np.median(np.stack(both), axis=0)


def _one(models: object, name: str, context: Floats, group: SeriesSet) -> Floats:
    """A fitted forecast; the seasonal naive where the model cannot be fitted to the series."""
    try:
        made = _fitted(models, name, carried_forward(context), group)
    except (ArithmeticError, IndexError, RuntimeError, TypeError, ValueError):
        made = np.full((group.horizon, len(WQL_LEVELS)), np.nan)
    return made if np.isfinite(made).all() else naive([context], group)[0]


def _fitted(models: object, name: str, context: Floats, group: SeriesSet) -> Floats:
    season = group.mase_season if context.size > 2 * group.mase_season else 1
    model = getattr(models, name)(season_length=season)
    made = model.forecast(y=context, h=group.horizon, level=[80])
    mean = np.asarray(made["mean"], dtype=np.float64)
    deviation = (np.asarray(made["hi-80"]) - mean) / NormalDist().inv_cdf(0.9)
    scores = np.array([NormalDist().inv_cdf(level) for level in WQL_LEVELS])
    made_at: Floats = mean[:, None] + deviation[:, None] * scores[None, :]
    return made_at
