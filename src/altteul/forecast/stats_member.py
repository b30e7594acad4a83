"""Theta, ETS and CES of statsforecast as a member: the median of three strong simple models.

The median of automatic exponential smoothing (Hyndman et al. 2002), the dynamic optimised Theta
model (Fiorucci et al. 2016) and complex exponential smoothing (Svetunkov et al. 2022) is a cheap
baseline that is hard to beat (Petropoulos and Svetunkov 2020). Needs the extra `altteul[stats]`.
The models read logarithms on survey days without a season: a year of 245 survey days is too long
a period for them, and weekdays hardly matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from altteul.errors import InputError
from altteul.forecast.calendar_days import survey_days_between
from altteul.forecast.features import FeatureMaker
from altteul.forecast.rows import Rows

Floats = NDArray[np.float64]

CONTEXT = 250
"""Survey days that the models see, about a year."""
FEWEST = 20


def is_installed() -> bool:
    """Whether the extra `altteul[stats]` is there."""
    return find_spec("statsforecast") is not None


@dataclass
class StatsMember:
    """The median of ETS, Theta and CES on survey days."""

    name: str = "stats"

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Nothing to learn ahead: each origin's models are fitted on its own past."""
        del maker, known_until
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """Logarithms of the median price, one for each row; the last price where too new.

        Raises InputError where statsforecast is not installed.
        """
        models = _models()
        found: Floats = maker.past.log[rows.series, rows.origin].copy()
        starts = np.stack([rows.series, rows.origin], axis=1)
        for series, origin in np.unique(starts, axis=0):
            which = np.flatnonzero((rows.series == series) & (rows.origin == origin))
            past = maker.past.surveyed[series, : origin + 1]
            known = past[np.isfinite(past)][-CONTEXT:]
            if known.size < FEWEST:
                continue
            first = maker.panel.day(int(origin))
            steps = [survey_days_between(first, int(days)) for days in rows.horizon[which]]
            made = _median(models, known, max(1, *steps))
            found[which] = [made[max(step, 1) - 1] for step in steps]
        return found


def _models() -> list[Any]:
    if not is_installed():
        raise InputError(
            "statsforecast가 설치되어 있지 않습니다. `pip install 'altteul[stats]'`로 넣어 주세요."
        )
    from statsforecast.models import AutoCES, AutoETS, DynamicOptimizedTheta

    return [AutoETS(season_length=1), DynamicOptimizedTheta(season_length=1), AutoCES()]


def _median(models: list[Any], known: Floats, steps: int) -> Floats:
    if np.ptp(known) == 0:
        return np.full(steps, known[-1])
    made: Floats = np.median([model.forecast(known, h=steps)["mean"] for model in models], axis=0)
    return made
