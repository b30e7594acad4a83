"""What is expected of one series on one later day: the document behind verdicts and charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from altteul.frozen import Frozen


class DayAhead(Frozen):
    """The forecast of a day (추정): quantiles and mean in won per pack of the series.

    `p_cheaper` is the probability that the price is below today's, `p_loss` that it is more than a
    tenth above. `proved` tells whether forecasts of this series so far ahead have beaten the last
    price and the same season: only then may a verdict rest on it.
    """

    horizon: int
    day: date
    expected: int
    low_95: int
    low_80: int
    low_50: int
    mid: int
    high_50: int
    high_80: int
    high_95: int
    p_cheaper: float
    p_loss: float
    proved: bool

    def chance_above(self, won: float) -> float:
        """The probability of a price above so many won, between the quantiles by straight lines.

        Beyond the outer ones it is their own 0.975 and 0.025.
        """
        at = (
            self.low_95, self.low_80, self.low_50, self.mid,
            self.high_50, self.high_80, self.high_95,
        )  # fmt: skip
        return float(np.interp(won, at, (0.975, 0.9, 0.75, 0.5, 0.25, 0.1, 0.025)))


def day_ahead(row: Mapping[str, object]) -> DayAhead:
    """The document of a calibrated row (see calibration; quantiles are logarithms there)."""

    def number(name: str) -> float:
        return float(str(row[name]))

    def won(name: str) -> int:
        return round(float(np.exp(number(name))))

    day, horizon = row["target"], row["horizon"]
    assert isinstance(day, date)
    assert isinstance(horizon, int)
    return DayAhead(
        horizon=horizon,
        day=day,
        expected=round(number("expected")),
        low_95=won("q0.025"),
        low_80=won("q0.1"),
        low_50=won("q0.25"),
        mid=won("median"),
        high_50=won("q0.75"),
        high_80=won("q0.9"),
        high_95=won("q0.975"),
        p_cheaper=number("p_cheaper"),
        p_loss=number("p_loss"),
        proved=bool(row["shown"]),
    )
