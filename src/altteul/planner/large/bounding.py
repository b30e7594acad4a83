"""Solves the relaxation at a node: edges priced, cuts added, until neither changes anything."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from altteul.planner.large.cuts import Cut
from altteul.planner.large.goods_cuts import GoodsCuts
from altteul.planner.large.instance import LargeInstance
from altteul.planner.large.local_search import Round
from altteul.planner.large.point import Point
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.relaxation import Relaxation
from altteul.planner.large.touring import Index
from altteul.planner.large.trip_cuts import blossom_cuts, connectivity_cuts, family

NEAREST = 8
DROP_EVERY = 5
FEW = 20
MANY = 60
"""So many cuts on the way to the anchor are enough for one round: they all part the point too."""
FAR = 0.01
WHOLE = 1e-6
STEP = 0.5
FIRST_SHARES = (0.0, 0.4, 0.7, 0.85, 1.0)
MOST_EDGES = 400
"""Edges that enter at one pricing."""
TURN_EFFORT = 3.0
"""What looking for cuts takes, for each pair of sellers, in the unit of the solver's effort."""
SHARE_OF_GAP = 0.004
"""A round of cuts that closes less than this share of the gap is a stalled one."""


class Bounding:
    """The relaxation with its separators, and the best proved bound."""

    def __init__(
        self,
        instance: LargeInstance,
        levels: PriceLevels,
        cutoff: Callable[[], float],
        seconds_left: Callable[[], float],
    ) -> None:
        self.instance = instance
        self.relaxation = Relaxation(instance, levels.floor)
        self.goods = GoodsCuts(levels)
        self.cutoff = cutoff
        self.seconds_left = seconds_left
        self.anchor: Point | None = None
        self.stuck = False
        self.complete = False
        """No edge is missing from the solver."""
        self._turns = 0
        self.relaxation.add_edges(*nearest_edges(instance))

    @property
    def effort(self) -> float:
        """Work so far, the same on every machine."""
        return self.relaxation.effort + TURN_EFFORT * self._turns * self.instance.sellers**2

    def begin(self, known: Round) -> None:
        """The edges of a known trip, and what goods cost at it and at shares of its visits."""
        order, there = known.order, np.roll(known.order, -1)
        self.relaxation.add_edges(np.minimum(order, there), np.maximum(order, there))
        self.anchor_at(known)
        anchor = point_of(known, self.instance, self.goods.levels)
        for share in FIRST_SHARES:
            part = Point(anchor.visits * share, anchor.goods - np.inf, anchor.edges * share, 0.0)
            part.visits[0] = 1.0
            self.relaxation.add_cuts(self.goods.separate(part, family(part)))

    def anchor_at(self, known: Round) -> None:
        """Takes a known trip as the point that separation aims at."""
        if self.anchor is None or known.cost < self.anchor.value:
            self.anchor = point_of(known, self.instance, self.goods.levels)

    def solve(self) -> Point | None:
        """The point, or nothing: no solution below the cutoff (or `over`: no answer at all)."""
        self.stuck = False
        limit = self.cutoff() if self.complete else math.inf
        self.relaxation.limit(self.seconds_left(), limit)
        solved = self.relaxation.solve()
        if solved is None and self.seconds_left() > 0:
            solved = self.relaxation.solve_afresh(self.seconds_left())
            self.stuck = solved is None
        if solved is False and not self.complete:
            self.know_all_edges()
            return self.solve()
        return self.relaxation.point() if solved else None

    def over(self) -> bool:
        """The last solve has no answer: the time is up, or the solver failed."""
        return self.stuck or self.seconds_left() <= 0

    def know_all_edges(self) -> None:
        """Every edge that was not ruled out enters the solver."""
        self.relaxation.add_edges(*np.nonzero(np.triu(~self.relaxation.known)))
        self.complete = True

    def cut(self, point: Point) -> int:
        """Adds violated cuts; says how many."""
        cuts = self._deep_cuts(point) + fewest_stops(point, self.instance.room)
        if len(cuts) >= MANY:
            self.relaxation.add_cuts(cuts)
            return len(cuts)
        sets = family(point)
        cuts += connectivity_cuts(point, sets, exact=False)
        if len(cuts) < FEW:
            cuts += self.goods.separate(point, sets)
        if len(cuts) < 5:
            cuts += connectivity_cuts(point, sets, exact=True) if not cuts else []
            cuts += blossom_cuts(point)
        self.relaxation.add_cuts(cuts)
        return len(cuts)

    def _deep_cuts(self, point: Point) -> list[Cut]:
        """Cuts that already part a point on the way to the anchor (in-out separation, Ben-Ameur &
        Neto 2007): fewer rounds while the bound is far away."""
        if self.anchor is None or self.cutoff() - point.value < FAR * self.cutoff():
            return []
        between = point.towards(self.anchor, STEP)
        sets = family(between)
        return connectivity_cuts(between, sets, exact=False) + self.goods.separate(between, sets)

    def price(self) -> tuple[float, int]:
        """Lets missing edges in. Returns the proved bound (won) at the present duals, and how many
        edges came."""
        value = self.relaxation.value()
        if self.complete:
            return value, 0
        cost, _ = self.relaxation.reduced_costs()
        first, second, lost = self.relaxation.missing_edges(cost, MOST_EDGES)
        self.relaxation.add_edges(first, second)
        return value + lost, len(first)

    def tightened(
        self, rounds: int, patience: int, watch: Callable[[Point], None]
    ) -> tuple[Point | None, float]:
        """Cuts and prices up to so many rounds, or until so many were in vain. Returns the last
        point (nothing: no better trip here) and the proved bound."""
        bound, stalled, before = -math.inf, 0, -math.inf
        point: Point | None = None
        for turn in range(rounds):
            self._turns += 1
            solved = self.solve()
            if solved is None:
                return (point, bound) if self.over() else (None, math.inf)
            point = solved
            watch(point)
            gap = max(self.cutoff() - point.value, 0.0)
            stalled = stalled + 1 if point.value - before < SHARE_OF_GAP * gap else 0
            before = point.value
            come = 0
            if stalled or turn % 5 == 4 or self.complete:
                proved, come = self.price()
                bound = max(bound, proved)
            if bound > self.cutoff():
                return None, bound
            if turn % DROP_EVERY == DROP_EVERY - 1:
                self.relaxation.drop_slack_cuts()
            cuts = self.cut(point) if stalled < patience else 0
            if not cuts and not come and stalled:
                break
        return point, bound


def fewest_stops(point: Point, room: int) -> list[Cut]:
    """That no more sellers are visited than may be, where the point visits more."""
    if point.visits[1:].sum() <= room + WHOLE:
        return []
    sellers = -np.ones(len(point.visits))
    sellers[0] = 0.0
    return [Cut(-1, sellers, -float(room))]


def point_of(known: Round, instance: LargeInstance, levels: PriceLevels) -> Point:
    """A trip as a point of the relaxation."""
    visits = known.inside.astype(float)
    visits[0] = 1.0
    edges = np.zeros((instance.sellers, instance.sellers))
    there = np.roll(known.order, -1)
    edges[known.order, there] += 1.0
    edges[there, known.order] += 1.0
    goods = (levels.step * np.maximum(known.missing, 0)).sum(axis=0).astype(float)
    return Point(visits, goods, edges, float(known.cost))


def nearest_edges(instance: LargeInstance) -> tuple[Index, Index]:
    """Edges (first < second) from every seller to its nearest."""
    count = min(NEAREST, instance.sellers - 1)
    away = instance.distance.astype(float)
    np.fill_diagonal(away, np.inf)
    near = np.argsort(away, axis=1, kind="stable")[:, :count]
    first = np.repeat(np.arange(instance.sellers), count)
    second = near.ravel()
    low, high = np.minimum(first, second), np.maximum(first, second)
    pairs = np.unique(low * instance.sellers + high)
    return pairs // instance.sellers, pairs % instance.sellers
