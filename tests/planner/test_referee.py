"""The search against OR-Tools CP-SAT, on instances too large for brute force."""

from __future__ import annotations

import pytest
from cp_sat_referee import referee_cost
from random_towns import town

from altteul.planner.search import best_by_stops


@pytest.mark.slow
@pytest.mark.parametrize("stops", [1, 2, 3, 4])
def test_same_proved_optimum_as_cp_sat(stops: int) -> None:
    for seed in range(30):
        problem = town(seed, needs=10, sellers=12)
        found = best_by_stops(problem, stops)
        assert found.by_stops[-1].cost == referee_cost(problem, stops), f"seed {seed}"
