"""Branch and cut: the relaxation's bound, branch by branch, until nothing better can exist."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from altteul.planner.large.beside import Beside
from altteul.planner.large.bounding import Bounding
from altteul.planner.large.branching import Branching, Choice
from altteul.planner.large.instance import LargeInstance
from altteul.planner.large.local_search import LocalSearch, Round
from altteul.planner.large.point import Point
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.rounding import Rounding, is_whole

ROOT_ROUNDS = 400
NODE_ROUNDS = 10
ROOT_PATIENCE = 6
NODE_PATIENCE = 2
MOST_EDGES_AT_ONCE = 4_000
ROUND_EVERY = 3


@dataclass(order=True)
class Node:
    """A part of all trips: the columns decided on, and a bound that holds in it."""

    bound: float
    number: int
    decided: tuple[tuple[int, int], ...] = field(compare=False)
    last: tuple[int, bool, float, float] | None = field(compare=False, default=None)


class Tree:
    """The search; `bound` is won that no trip (of two stops or more) can beat."""

    def __init__(
        self,
        instance: LargeInstance,
        levels: PriceLevels,
        walk: Beside,
        seconds_left: Callable[[], float],
        seed: int,
    ) -> None:
        self.walk = walk
        self.seconds_left = seconds_left
        self.rounding = Rounding(walk, seed)
        self.bounding = Bounding(instance, levels, self.cutoff, seconds_left)
        self.relaxation = self.bounding.relaxation
        self.branching = Branching(self.relaxation)
        self.bound = -math.inf
        self.finished = False
        self._heap: list[Node] = []
        self._made = self._nodes = 0
        self._low = self._high = self._now_low = self._now_high = np.zeros(0)

    def cutoff(self) -> float:
        """A part whose bound passes this holds nothing better: costs are whole numbers."""
        best = self.walk.best.cost
        return best - 1 + min(0.5, 1e-5 + 1e-8 * best)

    def run(self, on_bound: Callable[[], None]) -> None:
        """Until proved or out of time."""
        self._on_news = on_bound
        self.bounding.begin(self.walk.best)
        point, proved = self.bounding.tightened(ROOT_ROUNDS, ROOT_PATIENCE, self._watch)
        self._raise(proved)
        on_bound()
        if point is None or self.seconds_left() <= 0:
            self.finished = point is None and proved > self.cutoff()
            return
        if not self._prepare():
            self.finished = not self.bounding.over()
            return
        node = Node(proved, 0, ())
        self._heap = [node]
        while self._heap and self.seconds_left() > 0:
            self._dive(heapq.heappop(self._heap))
            on_bound()
        self.finished = not self._heap and self.seconds_left() > 0

    def _raise(self, proved: float) -> None:
        self.bound = max(self.bound, min(proved, float(self.walk.best.cost)))

    def _watch(self, point: Point) -> None:
        """At the root: trips near the relaxation, every few rounds."""
        self._made += 1
        self._walk_on()
        if is_whole(point):
            self.rounding.whole(point)
        elif self._made % ROUND_EVERY == 0:
            self.rounding.round(point)
        self.bounding.anchor_at(self.walk.best)
        self._on_news()

    def _prepare(self) -> bool:
        """Root done: what cannot be part of a better trip is ruled out for good."""
        if self.bounding.solve() is None:
            return False
        self._root_cost, self._root_visits = self.relaxation.reduced_costs()
        _, _, lost = self.relaxation.missing_edges(self._root_cost, 0)
        self._root_bound = self.relaxation.value() + lost
        self._best = self.walk.best.cost
        self._size_bounds()
        self._rule_out()
        return True

    def _rule_out(self) -> None:
        gone = np.triu(self._root_bound + self._root_cost > self.cutoff(), 1)
        self.relaxation.rule_out(gone | gone.T)
        if (~self.relaxation.known).sum() <= 2 * MOST_EDGES_AT_ONCE:
            self.bounding.know_all_edges()
        self._size_bounds()
        count, first = self.relaxation.sellers, self.relaxation.sellers + self.relaxation.needs
        self._high[first:][gone[self.relaxation.first, self.relaxation.second]] = 0.0
        slack = self.cutoff() - self._root_bound
        self._high[1:count][self._root_visits[1:] > slack] = 0.0
        self._low[1:count][self._root_visits[1:] < -slack] = 1.0

    def _size_bounds(self) -> None:
        """Bounds for edges that came since."""
        columns = self.relaxation.sellers + self.relaxation.needs + len(self.relaxation.first)
        new = columns - len(self._low)
        if not len(self._low):
            low, high = self.relaxation.first_bounds()
            self._low, self._high = low, high
            self._now_low, self._now_high = low.copy(), high.copy()
            new = columns - len(self._low)
        self._low, self._now_low = (
            np.concatenate([one, np.zeros(new)]) for one in (self._low, self._now_low)
        )
        self._high, self._now_high = (
            np.concatenate([one, np.ones(new)]) for one in (self._high, self._now_high)
        )

    def _enter(self, node: Node) -> None:
        self._size_bounds()
        low, high = self._low.copy(), self._high.copy()
        for column, value in node.decided:
            low[column] = high[column] = value
        changed = np.flatnonzero((low != self._now_low) | (high != self._now_high))
        self.relaxation.set_bounds(changed, low[changed], high[changed])
        self._now_low, self._now_high = low, high

    def _dive(self, node: Node | None) -> None:
        """From a node down, one child after the other, until a part holds nothing better."""
        while node is not None and self.seconds_left() > 0:
            self._raise(min([node.bound, *(one.bound for one in self._heap[:1])]))
            if node.bound > self.cutoff():
                return
            following = self._explore(node)
            if self.seconds_left() <= 0:
                heapq.heappush(self._heap, node)
            node = following

    def _explore(self, node: Node) -> Node | None:
        """Solves a node; its better child, while the other waits in the heap."""
        self._enter(node)
        point, proved = self.bounding.tightened(NODE_ROUNDS, NODE_PATIENCE, self._look)
        self._made += 1
        self._seek(point)
        if point is None or self.seconds_left() <= 0:
            return None
        bound = max(node.bound, proved)
        if node.last is not None:
            column, up, away, before = node.last
            self.branching.learn(column, up, away, point.value - before)
        if bound > self.cutoff():
            return None
        return self._split(node, point, bound)

    def _look(self, point: Point) -> None:
        if is_whole(point):
            self.rounding.whole(point)

    def _seek(self, point: Point | None) -> None:
        self._walk_on()
        if point is not None and self._made % ROUND_EVERY == 0:
            self.rounding.round(point)
        if self.walk.best.cost < self._best:
            self._best = self.walk.best.cost
            self._rule_out()

    def _walk_on(self) -> None:
        gap = (self.cutoff() - self.bound) / max(self.cutoff(), 1.0)
        self.walk.keep_up(self.bounding.effort, gap)

    def _split(self, node: Node, point: Point, bound: float) -> Node | None:
        self.branching.surely = self.bounding.complete
        choice = self.branching.choose(point, self._now_low, self._now_high)
        if choice is None:
            return self._whole(node, point, bound)
        children = [
            self._child(node, choice, up, bound, point.value)
            for up in (False, True)
            if not choice.hopeless[up]
        ]
        children.sort(key=lambda one: one.decided[-1][1] != round(choice.value))
        for other in children[1:]:
            heapq.heappush(self._heap, other)
        return children[0] if children else None

    def _child(self, node: Node, choice: Choice, up: bool, bound: float, value: float) -> Node:
        self._nodes += 1
        away = 1 - choice.value if up else choice.value
        decided = (*node.decided, (choice.column, int(up)))
        return Node(bound, self._nodes, decided, (choice.column, up, away, value))

    def _whole(self, node: Node, point: Point, bound: float) -> Node | None:
        """All is whole, yet cuts may be missing that a longer look finds."""
        self.rounding.whole(point)
        if self.bounding.cut(point):
            return Node(bound, node.number, node.decided)
        return None


def smallest_trips(search: LocalSearch) -> list[Round]:
    """Staying at home, and one stop: the trips that the relaxation leaves out."""
    home = np.zeros(1, dtype=np.intp)
    sets = [home, *(np.array([0, i]) for i in np.flatnonzero(search.sells))]
    rounds = [search.at(order) for order in sets]
    return [one for one in rounds if search.allowed(one)]
