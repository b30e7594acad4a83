"""What the price did over the same days of earlier years, and how far it is from there now.

All columns are in typical moves of the series; levels of earlier years are held against the mean
of the year centred on them. Everything lies before the origin, as no horizon reaches a year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.known import nanmean, nanspread
from altteul.forecast.past import YEAR, Past, rolling_mean
from altteul.forecast.rows import Rows, at_origin

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

YEARS_BACK = 8
SMOOTHING = (7, 15, 29)
"""Days around the same day of an earlier year that its level is averaged over (centred)."""
STEADY = 15
AFTERWARDS = 21
BEFORE = 28


class Seasons:
    """Seasonal columns of the series of one panel."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._smooth = {window: rolling_mean(past.log, window) for window in SMOOTHING}

    def columns(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """Changes over the same stretch of earlier years, and the gaps to those years."""
        found = {}
        for window in SMOOTHING:
            own = self.changes(rows, window, rows.horizon)
            found[f"season_mean_{window}"] = nanmean(own) / move
            found[f"season_last_{window}"] = own[0] / move
            found[f"season_spread_{window}"] = nanspread(own) / move
        after = self.changes(rows, STEADY, rows.horizon + AFTERWARDS)
        found["season_after"] = nanmean(after) / move - found[f"season_mean_{STEADY}"]
        found["season_before"] = nanmean(-self.changes(rows, STEADY, -BEFORE)) / move
        found["season_years"] = np.isfinite(after).sum(axis=0).astype(np.float64)
        return {**found, **self._gaps(rows, move)}

    def changes(self, rows: Rows, window: int, ahead: Integers | int) -> Floats:
        """Shape (YEARS_BACK, rows): the log change over the next `ahead` days of earlier years.

        Both ends are centred means over `window` days.
        """
        return changes_of(self._smooth[window], rows, window, ahead)

    def levels_then(self, rows: Rows) -> Floats:
        """Shape (YEARS_BACK, rows): the level around the target day above the mean of its year."""
        smooth, yearly = self._smooth[STEADY], self._past.means[YEAR]
        return np.stack(
            [
                at_origin(smooth, rows, YEAR * back - STEADY // 2 - rows.horizon)
                - at_origin(yearly, rows, YEAR * back - YEAR // 2)
                for back in range(1, YEARS_BACK + 1)
            ]
        )

    def above_level(self, rows: Rows) -> Floats:
        """The price now above the mean of the past year."""
        return at_origin(self._past.log, rows) - at_origin(self._past.means[YEAR], rows)

    def _gaps(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """How far the price is from where the season would have it, now and on the target day."""
        smooth, yearly = self._smooth[STEADY], self._past.means[YEAR]
        now, above = at_origin(self._past.log, rows), self.above_level(rows)
        gaps, norms = [], []
        for back in range(1, YEARS_BACK + 1):
            before = at_origin(smooth, rows, YEAR * back - STEADY // 2)
            norms.append(before - at_origin(yearly, rows, YEAR * back - YEAR // 2))
            gaps.append(now - before)
        target = nanmean(self.levels_then(rows))
        return {
            "above_last_year": gaps[0] / move,
            "above_years": nanmean(np.stack(gaps)) / move,
            "to_season": (target - above) / move,
            "above_season": (above - nanmean(np.stack(norms))) / move,
            "season_level": target / move,
        }


def changes_of(smooth: Floats, rows: Rows, window: int, ahead: Integers | int) -> Floats:
    """The changes over the next `ahead` days of earlier years of trailing means over `window`."""
    starts = [YEAR * back - window // 2 for back in range(1, YEARS_BACK + 1)]
    return np.stack(
        [
            at_origin(smooth, rows, start - ahead) - at_origin(smooth, rows, start)
            for start in starts
        ]
    )
