"""Items with little history: the last price stays, inside a range of the foundation model.

Measured by benchmarks/new_items.py: with 5 to 60 surveys neither a model learned on other items
nor the foundation model beats the last price, but the foundation model's range holds about what it
says from FEWEST surveys on. So there is a range, moved to have the last price in its middle, and
never a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.ahead import DayAhead
from altteul.forecast.calibration import LOSS_SHARE
from altteul.forecast.features import FRESH_DAYS
from altteul.forecast.foundation_member import STEPS_PER_DAY
from altteul.forecast.panel import Panel, preference

Floats = NDArray[np.float64]

FEWEST = 10
ENOUGH = 60
LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
MIDDLE = LEVELS.index(0.5)
LARGEST = float(np.log(4.0))
"""No price is said to fall below a quarter or to rise above fourfold within 28 days."""


def log_changes(surveys: Sequence[Floats], horizons: Sequence[int]) -> Floats:
    """Quantiles (LEVELS) of log(price / last price), shape (series, horizons, levels).

    `surveys` are prices of survey days, oldest first, `horizons` calendar days ahead (KAMIS surveys
    on five days a week). The middle is 0. Forecast in logarithms: no price falls below zero.
    """
    from altteul.foundation import load_model

    days = np.array(horizons)
    steps = np.maximum(np.round(days * STEPS_PER_DAY).astype(np.int64), 1)
    logarithms = [np.log(one) for one in surveys]
    made = load_model().predict(
        logarithms, int(steps.max()), freq="business-daily", thorough=True, levels=LEVELS
    )
    chosen = made.quantiles[:, steps - 1]
    moved = chosen - chosen[:, :, MIDDLE : MIDDLE + 1]
    bounded: Floats = moved.clip(-LARGEST, LARGEST)
    return bounded


def best_row(known: Panel, item: str, region: str) -> int | None:
    """The series that stands for an item in a region on the last day of the panel: the freshest."""
    rows = known.rows_of(item=item, region=region)
    newest = {row: np.flatnonzero(np.isfinite(known.won[row])) for row in rows}
    fresh = [
        row for row, seen in newest.items() if seen.size and known.days - 1 - seen[-1] <= FRESH_DAYS
    ]

    def rank(row: int) -> tuple[bool, date, bool, int]:
        seen = newest[row]
        return preference(known.keys[row], region, known.day(int(seen[-1])), seen.size)

    return max(fresh, key=rank, default=None)


def days_ahead(won: Floats, origin: date, horizons: Sequence[int]) -> tuple[DayAhead, ...]:
    """What is expected of a series with little history; `won` are its surveys, oldest first."""
    last = float(won[-1])
    changes = log_changes([won], horizons)[0]
    return tuple(
        _day(last, quantiles, origin, horizon)
        for quantiles, horizon in zip(changes, horizons, strict=True)
    )


def _day(last: float, changes: Floats, origin: date, horizon: int) -> DayAhead:
    low_95, low_80, low_50, middle, high_50, high_80, high_95 = (
        round(last * float(np.exp(one))) for one in changes
    )
    dearer = 1.0 - float(np.interp(np.log1p(LOSS_SHARE), changes, LEVELS))
    return DayAhead(
        horizon=horizon,
        day=origin + timedelta(days=horizon),
        expected=middle,
        low_95=low_95,
        low_80=low_80,
        low_50=low_50,
        mid=middle,
        high_50=high_50,
        high_80=high_80,
        high_95=high_95,
        p_cheaper=0.5,
        p_loss=dearer,
        proved=False,
    )
