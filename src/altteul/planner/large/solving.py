"""The way in: a large basket in, the best trip found and a bound on all trips out."""

from __future__ import annotations

import time
from collections.abc import Callable

from altteul.planner.large.instance import LargeInstance
from altteul.planner.large.local_search import LocalSearch
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.restarts import Restarts
from altteul.planner.large.solution import LargeSolution

Progress = Callable[[LargeSolution], None]


def solve(
    instance: LargeInstance,
    *,
    seconds: float = 20.0,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> LargeSolution:
    """The cheapest trip found within about `seconds` of wall time, with a lower bound."""
    began = time.perf_counter()
    levels = PriceLevels(instance)
    search = LocalSearch(instance, levels, lambda: time.perf_counter() - began > seconds)
    restarts = Restarts(search, seed)
    while not search.out_of_time():
        restarts.walk(10)
    best = restarts.best
    return LargeSolution(
        best.cost,
        tuple(int(i) for i in best.order),
        levels.purchases(best.inside),
        levels.floor,
        False,
        time.perf_counter() - began,
    )
