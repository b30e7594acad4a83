"""What other series tell of one: the same item elsewhere, the same kind of goods, the whole market.

An item's season is pooled over its series (a city with two years of its own prices leans on a
national series with ten), and goods of one category of the catalog move together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from altteul.forecast.known import nanmean, nanmedian, nanspread
from altteul.forecast.panel import Panel, SeriesKey
from altteul.forecast.past import levels_and_moves, rolling_mean, shifted
from altteul.forecast.rows import Rows, at_origin
from altteul.forecast.seasons import STEADY, Seasons, changes_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MATES = 8
AT_ONCE = 1_000
"""So many series are read at once, to bound memory."""
MARKET_DAYS = (7, 28)
CATEGORY_DAYS = (7, 28, 91)
LARGEST_STEP = 3.0
"""Daily moves of a series are cut at so many typical ones before its category is averaged."""
NO_CATEGORY = 0


@dataclass(frozen=True)
class MarketMoves:
    """How all goods and each category moved, in typical moves, by day.

    `index` has a row for each of `categories`: the summed mean daily moves. `market` holds the
    median move of all series over so many days.
    """

    categories: Integers
    index: Floats
    market: dict[int, Floats]


def market_moves(panel: Panel) -> MarketMoves:
    """The moves of a panel's series, read in parts so that large panels stay small in memory."""
    categories = np.array([category_of(key) for key in panel.keys], dtype=np.int64)
    kinds, place = np.unique(categories, return_inverse=True)
    total, count = np.zeros((2, kinds.size, panel.days))
    moved: dict[int, list[NDArray[np.float32]]] = {days: [] for days in MARKET_DAYS}
    for start in range(0, len(panel.keys), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        log, move = levels_and_moves(panel.won[part])
        steps = np.clip((log - shifted(log, 1)) / move, -LARGEST_STEP, LARGEST_STEP)
        np.add.at(total, place[part], np.nan_to_num(steps))
        np.add.at(count, place[part], np.isfinite(steps))
        for days, parts in moved.items():
            parts.append(((log - shifted(log, days)) / move).astype(np.float32))
    index = np.cumsum(total / np.maximum(count, 1), axis=1)
    market = {
        days: nanmedian(np.concatenate(parts)).astype(np.float64)
        for days, parts in moved.items()
        if parts
    }
    return MarketMoves(kinds, index, market)


class Kin:
    """Columns that come from the other series of a panel, as known on each origin."""

    def __init__(self, panel: Panel, seasons: Seasons, moves: MarketMoves) -> None:
        self._seasons, self._moves = seasons, moves
        self._mates = mates_of(panel)
        self._category = np.array([category_of(key) for key in panel.keys], dtype=np.int64)
        self._of_series = np.searchsorted(moves.categories, self._category)
        self._smooth_index = rolling_mean(moves.index, STEADY)

    def columns(self, rows: Rows, move: Floats) -> dict[str, Floats]:
        """Moves of the market and of the category, and the season of the item over its series."""
        market = {
            f"market_{days}": moved[rows.origin] for days, moved in self._moves.market.items()
        }
        return {**market, **self._of_category(rows), **self._of_item(rows, move)}

    def _of_category(self, rows: Rows) -> dict[str, Floats]:
        there = replace(rows, series=self._of_series[rows.series])
        index = self._moves.index
        now = at_origin(index, there)
        found = {f"category_{days}": now - at_origin(index, there, days) for days in CATEGORY_DAYS}
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


def parts_of(panel: Panel, most: int = AT_ONCE) -> list[Panel]:
    """The panel in parts of at most so many series, those of an item together as far as they fit.

    A panel that is no larger is the only part, in its own order.
    """
    if len(panel.keys) <= most:
        return [panel]
    order = sorted(range(len(panel.keys)), key=lambda row: panel.keys[row].item)
    groups = [list(rows) for _, rows in groupby(order, key=lambda row: panel.keys[row].item)]
    parts: list[list[int]] = [[]]
    for group in groups:
        if parts[-1] and len(parts[-1]) + len(group) > most:
            parts.append([])
        parts[-1] += group
    return [panel.chosen(part[k : k + most]) for part in parts for k in range(0, len(part), most)]


def sample_of(panel: Panel, most: int = AT_ONCE) -> Panel:
    """At most so many series to learn from: as many of each item, those begun earliest."""
    if len(panel.keys) <= most:
        return panel
    begun = np.argmax(np.isfinite(panel.won), axis=1)
    rank: dict[str, int] = {}
    places = []
    for row in np.lexsort((np.arange(len(panel.keys)), begun)):
        item = panel.keys[row].item
        rank[item] = rank.get(item, -1) + 1
        places.append((rank[item], int(row)))
    return panel.chosen(sorted(row for _, row in sorted(places)[:most]))


def _others(members: Sequence[int], row: int) -> list[int]:
    return [mate for mate in members if mate != row][:MATES]
