"""The slot for our foundation model: another member behind the same fit and predict.

Measured on Seoul, 2023-07…2024-06 (17 origins), mixing it into the boosted model lowered the error
at no horizon and no weight tried (0.2 to 1), so it is no member of the combination by default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.features import FeatureMaker
from altteul.forecast.rows import Rows

Floats = NDArray[np.float64]

CONTEXT = 700
SURVEY_DAYS_OF_A_YEAR = 245
"""KAMIS surveys on 232 to 245 days a year."""
STEPS_PER_DAY = 5 / 7


@dataclass
class FoundationMember:
    """Zero-shot forecasts of the packaged foundation model on survey days."""

    name: str = "foundation"

    def fit(self, maker: FeatureMaker, known_until: int) -> Self:
        """Nothing to learn: the model was trained apart."""
        del maker, known_until
        return self

    def predict(self, maker: FeatureMaker, rows: Rows) -> Floats:
        """Logarithms of the median price; the horizon is counted in survey days (5 a week)."""
        from altteul.foundation import load_model

        starts, place = np.unique(
            np.stack([rows.series, rows.origin], axis=1), axis=0, return_inverse=True
        )
        steps = np.maximum(np.round(rows.horizon * STEPS_PER_DAY).astype(np.int64), 1)
        if not len(rows):
            return np.zeros(0)
        contexts = [_context(maker, int(series), int(origin)) for series, origin in starts]
        made = load_model().predict(contexts, int(steps.max()), season=SURVEY_DAYS_OF_A_YEAR)
        found: Floats = made.median[place.reshape(-1), steps - 1]
        return found


def _context(maker: FeatureMaker, series: int, origin: int) -> Floats:
    known = maker.past.surveyed[series, : origin + 1]
    kept: Floats = known[np.isfinite(known)][-CONTEXT:]
    return kept
