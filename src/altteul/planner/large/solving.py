"""The way in: a large basket in, the best trip found and a bound on all trips out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from altteul.planner.large.beside import Beside
from altteul.planner.large.instance import LargeInstance
from altteul.planner.large.local_search import LocalSearch
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.restarts import Restarts
from altteul.planner.large.solution import LargeSolution
from altteul.planner.large.tree import Tree, smallest_trips

Progress = Callable[[LargeSolution], None]

FIRST_WALK = 10
FEWEST_SELLERS = 4
ALONE = 400_000.0
"""Effort of the walk between two looks, where the tree found no more to do."""


def solve(
    instance: LargeInstance,
    *,
    seconds: float = 20.0,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> LargeSolution:
    """The cheapest trip that can be found within about `seconds` of wall time, with a lower bound.

    `on_progress` is called with each better answer (a cheaper trip or a higher bound). Equal seeds
    give equal answers where the time limit does not end the search. Raises InputError for tables
    that do not fit together or a basket that cannot be bought.
    """
    return _Solving(instance, seconds, seed, on_progress).answer()


class _Solving:
    def __init__(
        self, instance: LargeInstance, seconds: float, seed: int, on_progress: Progress | None
    ) -> None:
        self.began = time.perf_counter()
        self.seconds = seconds
        self.instance = instance
        self.on_progress = on_progress
        self.levels = PriceLevels(instance)
        search = LocalSearch(instance, self.levels, lambda: self.left() <= 0)
        self.restarts = Restarts(search, seed)
        for one in smallest_trips(search):
            self.restarts.offer(one)
        self.best = self.restarts.best
        self.seed = seed
        self.bound = self.levels.floor
        self.proved = False
        self._told: tuple[int, int] | None = None

    def left(self) -> float:
        return self.seconds - (time.perf_counter() - self.began)

    def answer(self) -> LargeSolution:
        self._tell()
        self.restarts.walk(FIRST_WALK)
        self.best = self.restarts.best
        if self.instance.sellers >= FEWEST_SELLERS:
            self._tell()
            self._branch_and_cut()
        else:
            self.proved = self.left() > 0
        return self._solution()

    def _branch_and_cut(self) -> None:
        with Beside(self.restarts) as walk:
            tree = Tree(self.instance, self.levels, walk, self.left, self.seed)
            tree.run(lambda: self._note(tree.bound, walk))
            self.proved = tree.finished
            while not self.proved and self.left() > 0:
                walk.walk(ALONE)
                self._note(tree.bound, walk)
        self._note(tree.bound, walk)

    def _note(self, bound: float, walk: Beside) -> None:
        self.best = walk.best
        if math.isfinite(bound):
            whole = math.ceil(bound - min(0.5, 1e-5 + 1e-8 * abs(bound)))
            self.bound = max(self.bound, min(whole, self.best.cost))
        self._tell()

    def _solution(self) -> LargeSolution:
        best = self.best
        bound = best.cost if self.proved else min(self.bound, best.cost)
        return LargeSolution(
            best.cost,
            tuple(int(i) for i in best.order),
            self.levels.purchases(best.inside),
            bound,
            bound == best.cost,
            time.perf_counter() - self.began,
        )

    def _tell(self) -> None:
        news = (self.best.cost, self.bound)
        if self.on_progress is not None and news != self._told:
            self._told = news
            self.on_progress(self._solution())
