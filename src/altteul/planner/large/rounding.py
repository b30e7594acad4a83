"""Trips read off the relaxation: the sellers it visits mostly, walked well and improved."""

from __future__ import annotations

import numpy as np

from altteul.planner.large.local_search import Round
from altteul.planner.large.relaxation import Point
from altteul.planner.large.restarts import Restarts
from altteul.planner.large.touring import Index

WHOLE = 1e-6
PROMISING = 0.01


class Rounding:
    """Offers rounds to the walk; the same set of sellers is tried once."""

    def __init__(self, restarts: Restarts, seed: int) -> None:
        self.restarts = restarts
        self.search = restarts.search
        self.random = np.random.default_rng(seed)
        self._seen: set[bytes] = set()

    def round(self, point: Point) -> bool:
        """Whether a better trip was found near `point`."""
        limit = self.random.choice([0.3, 0.5, 0.5, 0.7, 0.9])
        inside = point.visits >= limit
        inside[0] = True
        key = inside.tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        one = self.search.quick_optimum(self.search.through(inside))
        if one.cost <= self.restarts.best.cost * (1 + PROMISING):
            one = self.search.nearest_optimum(one)
        return self._offered(one)

    def whole(self, point: Point) -> bool:
        """The trip that a whole-numbered point is, as it stands."""
        return self._offered(self.search.at(order_of(point)))

    def _offered(self, one: Round) -> bool:
        feasible = not (self.search.must and (one.missing[-1] > 0).any())
        return feasible and self.restarts.offer(one)


def is_whole(point: Point) -> bool:
    """Visits and edges are 0 or 1."""
    return bool(
        (np.abs(point.visits - np.round(point.visits)) < WHOLE).all()
        and (np.abs(point.edges - np.round(point.edges)) < WHOLE).all()
    )


def order_of(point: Point) -> Index:
    """Follows the edges from home until home."""
    edges = point.edges > 0.5
    order, before, here = [0], -1, 0
    while True:
        ahead = [int(i) for i in np.flatnonzero(edges[here]) if i != before]
        if not ahead or ahead[0] in order[1:] or (ahead[0] == 0 and len(order) > 1):
            return np.array(order, dtype=np.intp)
        before, here = here, ahead[0]
        order.append(here)
