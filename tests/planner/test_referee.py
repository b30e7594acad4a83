"""The search against OR-Tools CP-SAT, on instances too large for brute force."""

from __future__ import annotations

import numpy as np
import pytest
from cp_sat_referee import referee_cost

from altteul.planner.problem import NOT_SOLD, Problem
from altteul.planner.search import best_by_stops


def town(seed: int, needs: int, sellers: int) -> Problem:
    """Shops on a plane; a third of the goods are missing, prices spread two- to fourfold."""
    rng = np.random.default_rng(seed)
    where = rng.uniform(-1_500, 1_500, (sellers + 1, 2))
    metres = np.rint(np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2))).astype(np.int64)
    usual = rng.integers(1_000, 9_000, (needs, 1))
    price = (usual * rng.lognormal(0, 0.35, (needs, sellers)) // 10 * 10).astype(np.int64)
    price = np.where(rng.random(price.shape) < 0.33, NOT_SOLD, price)
    stop = np.full(sellers, 1_667, dtype=np.int64)
    return Problem(price, 3 * usual[:, 0], metres * int(rng.integers(1, 4)), stop, metres)


@pytest.mark.slow
@pytest.mark.parametrize("stops", [1, 2, 3, 4])
def test_same_proved_optimum_as_cp_sat(stops: int) -> None:
    for seed in range(30):
        problem = town(seed, needs=10, sellers=12)
        found = best_by_stops(problem, stops)
        assert found.by_stops[-1].cost == referee_cost(problem, stops), f"seed {seed}"
