"""What other series tell of one: the same item elsewhere, the same kind of goods, the whole market.

An item's season is pooled over its series (a city with two years of its own prices leans on a
national series with ten), and goods of one category of the catalog move together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.known import nanmean, nanmedian, nanspread
from altteul.forecast.panel import Panel, SeriesKey
from altteul.forecast.past import Past, rolling_mean, shifted
from altteul.forecast.rows import Rows, at_origin
from altteul.forecast.seasons import STEADY, Seasons, changes_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MATES = 8
MARKET_DAYS = (7, 28)
CATEGORY_DAYS = (7, 28, 91)
LARGEST_STEP = 3.0
"""Daily moves of a series are cut at so many typical ones before its category is averaged."""
NO_CATEGORY = 0


class Kin:
    """Columns that come from the other series of a panel, as known on each origin."""

    def __init__(self, panel: Panel, past: Past, seasons: Seasons) -> None:
        self._past, self._seasons = past, seasons
        self._mates = mates_of(panel)
        self._category = np.array([category_of(key) for key in panel.keys], dtype=np.int64)
        self._index, self._of_series = self._category_indexes()
        self._smooth_index = rolling_mean(self._index, STEADY)
        self._market = {days: self._market_move(days) for days in MARKET_DAYS}

    def columns(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """Moves of the market and of the category, and the season of the item over its series."""
        market = {f"market_{days}": moved[rows.origin] for days, moved in self._market.items()}
        return {**market, **self._of_category(rows), **self._of_item(rows, move)}

    def _of_category(self, rows: Rows) -> dict[str, Floats]:
        there = replace(rows, series=self._of_series[rows.series])
        now = at_origin(self._index, there)
        found = {
            f"category_{days}": now - at_origin(self._index, there, days) for days in CATEGORY_DAYS
        }
        changes = changes_of(self._smooth_index, there, STEADY, rows.horizon)
        found["category_season"] = nanmean(changes)
        found["category_season_last"] = changes[0]
        found["category"] = self._category[rows.series].astype(np.float64)
        return found

    def _of_item(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """The same season's changes and levels, over the mates alone and with the series itself."""
        own = self._seasons.changes(rows, STEADY, rows.horizon)
        changes, levels = [own], [self._seasons.levels_then(rows)]
        for place in range(self._mates.shape[1]):
            mate = self._mates[rows.series, place]
            there = replace(rows, series=np.maximum(mate, 0))
            absent = np.where(mate >= 0, 0.0, np.nan)
            changes.append(self._seasons.changes(there, STEADY, rows.horizon) + absent)
            levels.append(self._seasons.levels_then(there) + absent)
        target, pooled = nanmean(np.concatenate(levels)), np.concatenate(changes)
        mates = np.stack([nanmean(one) for one in changes[1:]]) if changes[1:] else own[:1] + np.nan
        return {
            "season_item": nanmean(mates) / move,
            "pooled_season": nanmean(pooled) / move,
            "pooled_spread": nanspread(pooled) / move,
            "pooled_to_season": (target - self._seasons.above_level(rows)) / move,
            "pooled_level": target / move,
        }

    def _category_indexes(self) -> tuple[Floats, Integers]:
        """The summed mean daily moves of each category, and each series' row of them."""
        log = self._past.log
        kinds, of_series = np.unique(self._category, return_inverse=True)
        steps = np.clip((log - shifted(log, 1)) / self._past.move, -LARGEST_STEP, LARGEST_STEP)
        means = [nanmean(steps[of_series == place]) for place in range(kinds.size)]
        index = np.cumsum(np.nan_to_num(np.array(means)), axis=1)
        return index.reshape(kinds.size, log.shape[1]), of_series.astype(np.int64)

    def _market_move(self, days: int) -> Floats:
        """The median move of all series over so many days, in typical moves, on each day."""
        return nanmedian((self._past.log - shifted(self._past.log, days)) / self._past.move)


def category_of(key: SeriesKey) -> int:
    """The category of the catalog (100 식량, 200 채소 …); 0 where the item has none."""
    from altteul.catalog import load_catalog

    item = load_catalog().items.get(key.item)
    return int(item.category) if item is not None and item.category.isdigit() else NO_CATEGORY


def mates_of(panel: Panel) -> Integers:
    """Shape (series, most mates): other series of the item, those begun earliest first; −1: none.

    When a series began is known on every later day, so the order tells nothing of the future.
    """
    begun = np.argmax(np.isfinite(panel.won), axis=1)
    groups: dict[str, list[int]] = {}
    for row in np.lexsort((np.arange(len(panel.keys)), begun)):
        groups.setdefault(panel.keys[row].item, []).append(int(row))
    every = [_others(groups[key.item], row) for row, key in enumerate(panel.keys)]
    most = max(map(len, every), default=0)
    return np.array([[*one, *[-1] * (most - len(one))] for one in every], dtype=np.int64).reshape(
        len(panel.keys), most
    )


def _others(members: Sequence[int], row: int) -> list[int]:
    return [mate for mate in members if mate != row][:MATES]
