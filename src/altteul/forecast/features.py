"""The table that the gradient-boosted model reads, without units and without the future.

One row is one series on one origin day for one horizon. Everything is scaled by the series' own
typical weekly move, so that eggs and lettuce can share one model. Seasonal columns look only at
earlier years, holidays at the calendar.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from altteul.forecast import calendar_days
from altteul.forecast.drivers import DriverColumns
from altteul.forecast.kin import Kin, MarketMoves, market_moves
from altteul.forecast.panel import Panel
from altteul.forecast.past import WEEK, Past, past_of
from altteul.forecast.rows import Rows, Table, at_origin
from altteul.forecast.seasons import Seasons

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LAGS = (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91)
FRESH_DAYS = 7
"""An origin is forecast from only where the last price is at most so old."""


class FeatureMaker:
    """Makes feature rows of one panel; the panel is read once.

    `moves` are those of the whole market where the panel is a part of it; None: its own.
    """

    def __init__(self, panel: Panel, moves: MarketMoves | None = None) -> None:
        self.panel = panel
        self.past: Past = past_of(panel.won)
        self._seasons = Seasons(self.past)
        self._kin = Kin(panel, self._seasons, moves or market_moves(panel))
        items = [key.item for key in panel.keys]
        self._drivers = DriverColumns(panel.drivers, items, panel.first, panel.days)

    def rows(self, origins: Sequence[int], horizons: Sequence[int]) -> Rows:
        """Every series with a fresh price on each origin column, for each horizon."""
        columns = np.asarray(origins, dtype=np.int64)
        fresh = self.past.age[:, columns] <= FRESH_DAYS
        series, which = np.nonzero(fresh)
        count = len(horizons)
        return Rows(
            np.repeat(series, count),
            np.repeat(columns[which], count),
            np.tile(np.asarray(horizons, dtype=np.int64), len(series)),
        )

    def truth(self, rows: Rows) -> Floats:
        """The logarithm of the price surveyed on the target day; NaN where none was."""
        inside = rows.target < self.panel.days
        found = self.past.surveyed[rows.series, np.minimum(rows.target, self.panel.days - 1)]
        return np.where(inside, found, np.nan)

    def table(self, rows: Rows) -> Table:
        """The features of the rows."""
        move = self.past.move[rows.series, rows.origin]
        columns = {
            **self._levels(rows, move),
            **self._seasons.columns(rows, move),
            **self._kin.columns(rows, move),
            **self._calendar(rows),
            **self._drivers.columns(rows),
        }
        scale = move * np.sqrt(rows.horizon / WEEK)
        values = np.stack(list(columns.values()), axis=1)
        return Table(tuple(columns), values, scale, at_origin(self.past.log, rows))

    def _levels(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        past, now = self.past, at_origin(self.past.log, rows)
        low, high = at_origin(past.low, rows), at_origin(past.high, rows)
        found = {f"change_{lag}": (now - at_origin(past.log, rows, lag)) / move for lag in LAGS}
        for window, means in past.means.items():
            found[f"above_{window}"] = (now - at_origin(means, rows)) / move
        found["place_in_year"] = (now - low) / np.maximum(high - low, 1e-6)
        found["span_of_year"] = (high - low) / move
        found["move"] = np.log(move)
        found["livelier"] = np.log(at_origin(past.recent_move, rows) / move)
        found["unchanged"] = at_origin(past.unchanged, rows)
        found["age"] = at_origin(past.age, rows)
        return found

    def _calendar(self, rows: Rows) -> dict[str, Floats]:
        first, target = self.panel.first, rows.target
        angle = calendar_days.year_angle(first, target)
        return {
            "horizon": rows.horizon.astype(np.float64),
            "year_sin": np.sin(angle),
            "year_cos": np.cos(angle),
            "weekday": (rows.origin + first.weekday()) % 7 + 0.0,
            "target_weekday": (target + first.weekday()) % 7 + 0.0,
            "to_new_year": calendar_days.days_to_feast(first, target, 0),
            "to_harvest": calendar_days.days_to_feast(first, target, 1),
            "origin_to_new_year": calendar_days.days_to_feast(first, rows.origin, 0),
            "origin_to_harvest": calendar_days.days_to_feast(first, rows.origin, 1),
            "kimjang": calendar_days.in_kimjang(first, target),
        }
