"""Intervals that keep their promise: how wrong estimates of hidden prices were, by item group.

Every price is estimated by a model that did not see it (cross-conformal: Vovk 2015; weighted:
Tibshirani, Barber, Candès & Ramdas 2019). The width for a share is the quantile of those errors
over the model's own scale. A price of another group counts less, so that small groups borrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from altteul.market.estimate.features import Codes
from altteul.market.estimate.level import Values

OTHER_GROUP_COUNTS = 60.0
"""All prices of other groups together count as much as this many of the group's own."""


NORMAL_80 = 1.2816
"""Half the width of a normal distribution's 80 % interval in standard deviations."""


class Depth(StrEnum):
    """How near the surveyed prices are to the seller that is estimated."""

    SELLER = "seller"
    DISTRICT = "district"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Scores:
    """Errors over scale of hidden prices, rising, shape (prices,), and the groups of their items.

    `groups` are indices into `names`.
    """

    score: Values
    groups: Codes
    names: tuple[str, ...]

    def width(self, share: float, group: str) -> float:
        """How many scales to each side hold that share of prices of a group."""
        own = self.groups == (self.names.index(group) if group in self.names else -1)
        others = int((~own).sum())
        weight = np.where(own, 1.0, min(1.0, OTHER_GROUP_COUNTS / max(others, 1)))
        # The price that is asked about stands at the end with weight 1 (split conformal's n + 1).
        reached = np.cumsum(weight) / (weight.sum() + 1.0)
        place = int(np.searchsorted(reached, share))
        return float(self.score[min(place, len(self.score) - 1)])


def scored(
    error: Values, scale: Values, group: np.ndarray[tuple[int], np.dtype[np.str_]]
) -> Scores:
    """Scores of hidden prices from their errors in ln price and the model's scale."""
    score = np.abs(error) / scale
    order = np.argsort(score, kind="stable")
    names, codes = np.unique(group, return_inverse=True)
    return Scores(score[order], codes[order].astype(np.int64), tuple(str(name) for name in names))


Calibration = Mapping[Depth, Scores]
"""By depth; a depth that the data cannot tell about is missing, and gets no interval."""
