"""What the trip of a day costs for a set of places: bounds for all pairs, and the best order."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import numpy as np

from altteul.planner.exact.model import Index, Model, Won

CLOSED = np.iinfo(np.int64).max // 4096
"""Won of a trip that no order makes possible."""


class Ways:
    """The trips of a model.

    `alone` (places,) and `pair` (places, places) are won that no trip stopping there undercuts,
    its stops included; `pair` is symmetric. They hold where a detour is cheaper than the direct
    way, and whatever the opening hours.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._step = model.leg + np.concatenate([[0], model.stop])[None, :]
        short = shortest(model.leg)
        out, back, between = short[0, 1:], short[1:, 0], short[1:, 1:]
        forward = out[:, None] + between + back[None, :]
        self.alone: Won = out + back + model.stop
        self.pair: Won = np.minimum(forward, forward.T) + model.stop[:, None] + model.stop[None, :]
        np.fill_diagonal(self.pair, self.alone)
        self._by_day = _hours(model)

    def bound(self, groups: Index) -> Won:
        """Won that no trip to all places of a group undercuts; groups has shape (groups, size)."""
        size = groups.shape[1]
        if size == 1:
            return self.alone[groups[:, 0]]
        stops = self._model.stop[groups].sum(axis=1)
        least: Won = np.zeros(len(groups), dtype=np.int64)
        for first in range(size):
            for second in range(first + 1, size):
                a, b = groups[:, first], groups[:, second]
                way = self.pair[a, b] - self._model.stop[a] - self._model.stop[b]
                np.maximum(least, way, out=least)
        bound: Won = least + stops
        return bound

    def won(self, day: int, groups: Index) -> Won:
        """Won of the best order on a day, CLOSED where every order is too late."""
        tours = (groups + 1)[:, orders(groups.shape[1])]
        won = along(self._step, tours)
        if day in self._by_day:
            won = self._timed(day, tours, won)
        best: Won = won.min(axis=1)
        return best

    def _timed(self, day: int, tours: Index, won: Won) -> Won:
        """The same won with waiting, CLOSED for orders that are too late."""
        model = self._model
        opens, closes = self._by_day[day]
        clock = np.full(tours.shape[:2], model.leaves, dtype=np.int64)
        here: Index = np.zeros(tours.shape[:2], dtype=np.intp)
        late = np.zeros(tours.shape[:2], dtype=np.bool_)
        for stop in range(tours.shape[2]):
            there = tours[:, :, stop]
            clock = clock + model.minutes[here, there]
            late |= clock > closes[there - 1]
            wait = np.maximum(0, opens[there - 1] - clock)
            won = won + (wait * model.hour_won + 30) // 60
            clock = clock + wait + model.stop_minutes[there - 1]
            here = there
        timed: Won = np.where(late, CLOSED, won)
        return timed


def best_order(model: Model, visits: tuple[int, ...]) -> tuple[int, ...] | None:
    """The cheapest order of the visits of one day, then the shortest, then the smallest; None
    where every order is too late."""
    from altteul.planner.exact.model import _along, tour_won

    found = []
    for tour in permutations(sorted(visits)):
        try:
            won = tour_won(model, tour)
        except ValueError:
            continue
        found.append((won, _along(model.metres, [int(model.place[v]) for v in tour]), tour))
    return min(found)[2] if found else None


def along(step: Won, tours: Index) -> Won:
    """The sum of a matrix along tours from home to home; the last axis holds the points."""
    total: Won = step[0, tours[..., 0]] + step[tours[..., -1], 0]
    for stop in range(tours.shape[-1] - 1):
        total = total + step[tours[..., stop], tours[..., stop + 1]]
    return total


def shortest(leg: Won) -> Won:
    """The cheapest way between all points over any places (Floyd 1962); shape kept."""
    short = leg.copy()
    for via in range(1, len(short)):
        np.minimum(short, short[:, via, None] + short[None, via, :], out=short)
    return short


@cache
def orders(size: int) -> Index:
    """All orders of so many stops, shape (orders, size)."""
    return np.array(list(permutations(range(size))), dtype=np.intp)


def _hours(model: Model) -> dict[int, tuple[Won, Won]]:
    """Day -> when places open and close, for days on which that can matter."""
    longest = int(model.minutes.max(initial=0) + model.stop_minutes.max(initial=0))
    latest = model.leaves + longest * model.max_stops
    found = {}
    for day in np.unique(model.day).tolist():
        on = model.day == day
        # A place may open while one waits at another: only places open all along are harmless.
        if (model.opens[on] > model.leaves).any() or (model.closes[on] < latest).any():
            opens = np.zeros(model.places, dtype=np.int64)
            closes = np.full(model.places, -1, dtype=np.int64)
            opens[model.place[on]] = model.opens[on]
            closes[model.place[on]] = model.closes[on]
            found[day] = opens, closes
    return found
