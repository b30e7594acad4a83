"""Trips read off the relaxation: the sellers it visits mostly, walked well and improved."""

from __future__ import annotations

import numpy as np

from altteul.planner.large.beside import Beside
from altteul.planner.large.instance import Truth, Whole
from altteul.planner.large.local_search import Round
from altteul.planner.large.point import Point
from altteul.planner.large.touring import Index

WHOLE = 1e-6
PROMISING = 0.01


class Rounding:
    """Offers rounds to the walk; the same set of sellers is tried once."""

    def __init__(self, walk: Beside, seed: int) -> None:
        self.walk = walk
        self.search = walk.search
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
        one = self.search.quick_optimum(self.search.at(joined(inside, point, self.search.distance)))
        if one.cost <= self.walk.best.cost * (1 + PROMISING):
            one = self.search.nearest_optimum(one)
        return self._offered(one)

    def whole(self, point: Point) -> bool:
        """The trip that a whole-numbered point is, as it stands."""
        return self._offered(self.search.at(order_of(point)))

    def _offered(self, one: Round) -> bool:
        return self.walk.offer(one)


def joined(inside: Truth, point: Point, distance: Whole) -> Index:
    """A trip through a set of sellers: the edges of the relaxation, heaviest first, as long as they
    make paths; then the nearest ends of different paths are joined."""
    first, second = np.nonzero(np.triu(point.edges > WHOLE, 1))
    use = inside[first] & inside[second]
    first, second = first[use], second[use]
    order = np.lexsort((distance[first, second], -point.edges[first, second]))
    paths = _Paths(np.flatnonzero(inside))
    for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True):
        paths.join(i, j)
    while paths.several():
        ends = paths.ends()
        away = distance[np.ix_(ends, ends)].astype(float)
        path = np.array([paths.path[i] for i in ends.tolist()])
        away[path[:, None] == path[None, :]] = np.inf
        i, j = divmod(int(away.argmin()), len(ends))
        paths.join(int(ends[i]), int(ends[j]))
    return paths.trip()


class _Paths:
    """Paths that grow together; `path[i]` is the number of the path that seller i lies on."""

    def __init__(self, sellers: Index) -> None:
        self.stops = {int(i): [int(i)] for i in sellers}
        self.path = {int(i): int(i) for i in sellers}

    def several(self) -> bool:
        return len(self.stops) > 1

    def ends(self) -> Index:
        return np.array(sorted({i for one in self.stops.values() for i in (one[0], one[-1])}))

    def join(self, i: int, j: int) -> None:
        """Joins two paths at i and j, if these are ends of different paths."""
        one, other = self.path[i], self.path[j]
        left, right = self.stops[one], self.stops[other]
        if one == other or i not in (left[0], left[-1]) or j not in (right[0], right[-1]):
            return
        left = left if left[-1] == i else left[::-1]
        right = right if right[0] == j else right[::-1]
        for stop in right:
            self.path[stop] = one
        self.stops[one] = left + right
        del self.stops[other]

    def trip(self) -> Index:
        (stops,) = self.stops.values()
        order = np.array(stops, dtype=np.intp)
        return np.roll(order, -int(np.flatnonzero(order == 0)[0]))


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
