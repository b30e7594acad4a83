"""Large baskets on small instances: never better than possible, never worse than brute force."""

from __future__ import annotations

import pytest
from large_brute_force import optimum, random_instance
from large_checker import check_solution

from altteul.planner.large import solve


@pytest.mark.parametrize("batch", range(10))
def test_small_instances_of_every_kind_are_proved_and_equal_brute_force(batch: int) -> None:
    for seed in range(batch * 40, batch * 40 + 40):
        instance = random_instance(seed, sellers=4 + seed % 4, needs=1 + seed % 5)
        found = solve(instance, seconds=30)
        check_solution(instance, found)
        assert found.proved
        assert found.cost == optimum(instance), f"seed {seed}"
