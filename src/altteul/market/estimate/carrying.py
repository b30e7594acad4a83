"""An older price, carried to today along the region's movement; surer the younger it is.

Shops seldom change a price: 91 % of prices are the same on the next day (SOURCES B1.7, 6,742
pairs of February 2022). A price of `age` days was changed since with probability 1 − 0.91^age and
has then followed the region; its doubt grows with that probability and the item's volatility.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from altteul.market.estimate.level import Values

UNCHANGED_NEXT_DAY = 0.91
USUAL_VOLATILITY = 0.1
"""Standard deviation of ln price over a week where no series tells: SOURCES B1.7 has 0.06–0.16."""
FEWEST_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Movement:
    """A region's mean price of an item: survey days (rising) and ln won, shape (days,)."""

    days: NDArray[np.datetime64]
    log_won: Values

    def change(self, since: date, until: date) -> float:
        """The change of ln price between the newest survey days up to each; 0 where unknown."""
        start, end = (
            int(np.searchsorted(self.days, np.datetime64(day), side="right")) - 1
            for day in (since, until)
        )
        return float(self.log_won[end] - self.log_won[start]) if start >= 0 else 0.0

    def volatility(self, until: date) -> float:
        """Standard deviation of ln price over a week, from what was known on that day."""
        known = self.log_won[: int(np.searchsorted(self.days, np.datetime64(until), side="right"))]
        weekly = known[5::5] - known[:-5:5]
        return float(np.std(weekly)) if len(weekly) >= FEWEST_WEEKS else USUAL_VOLATILITY


STILL = Movement(np.empty(0, dtype="datetime64[D]"), np.empty(0))
"""Nothing is known of the region's movement."""


def changed(age_days: Values) -> Values:
    """The probability that a price was changed since it was surveyed."""
    probability: Values = 1.0 - UNCHANGED_NEXT_DAY ** np.asarray(age_days, dtype=np.float64)
    return probability


def carry(log_price: float, surveyed: date, on: date, movement: Movement) -> tuple[float, float]:
    """ln price on the day `on`, and the variance that the age adds to it (0 on the same day)."""
    age = (on - surveyed).days
    share = float(changed(np.array(float(age))))
    volatility = movement.volatility(on)
    return log_price + share * movement.change(surveyed, on), share * volatility**2 * age / 7


def combine(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Two independent (value, variance) by their precision; a variance of 0 decides alone."""
    for value, variance in (first, second):
        if variance <= 0:
            return value, 0.0
    one, other = 1 / first[1], 1 / second[1]
    return (first[0] * one + second[0] * other) / (one + other), 1 / (one + other)
