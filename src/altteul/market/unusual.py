"""A word for how a price stands to the normal price: 싸다, 보통, 비싸다, 아주 비싸다, 모름.

Items differ in how far their price usually strays from normal (쌀 ±10 %, 시금치 ±25 %), so the
same +20 % is a word for one and nothing for the other. The rule, its thresholds and how often each
word came up on real prices: docs/topics/normal-price.md.
"""

from __future__ import annotations

import numpy as np

from altteul.market.normal import Days, NormalRule, Won, normals
from altteul.market.offer import HowUnusual

CHEAP = -0.8
DEAR = 0.8
VERY_DEAR = 1.6
"""Thresholds in usual deviations of the item."""

NEVER_A_WORD = 0.05
"""A price within 5 % of normal is 보통, however steady the item is."""

NEVER_VERY = 0.10
"""A price less than 10 % above normal is at most 비싸다: nobody calls 8 % very dear."""

FEWEST_DAYS = 200
TYPICAL_DEVIATION = 0.22
"""Median over the series of the Seoul retail survey that have 200 days or more, 2022 to mid-2025;
used where an item has too short a past of its own."""


def usual_deviation(days: Days, won: Won, rule: NormalRule) -> float | None:
    """How far this series usually strays from its normal price, as a log ratio (root mean square).

    Each past day is held against the normal price as known then. None with fewer than 200 days.
    """
    normal = normals(days, won, days, rule)
    known = ~np.isnan(normal)
    if known.sum() < FEWEST_DAYS:
        return None
    return float(np.sqrt(np.mean(np.log(won[known] / normal[known]) ** 2)))


def how_unusual(won: float, normal: float | None, deviation: float | None) -> HowUnusual:
    """The word for `won` beside `normal` (same unit); 모름 without a normal price."""
    if normal is None:
        return HowUnusual.UNKNOWN
    strays = float(np.log(won / normal))
    if abs(won / normal - 1) < NEVER_A_WORD:
        return HowUnusual.ORDINARY
    usual = strays / (deviation or TYPICAL_DEVIATION)
    if usual <= CHEAP:
        return HowUnusual.CHEAP
    if usual >= VERY_DEAR and won / normal - 1 >= NEVER_VERY:
        return HowUnusual.VERY_DEAR
    return HowUnusual.DEAR if usual >= DEAR else HowUnusual.ORDINARY
