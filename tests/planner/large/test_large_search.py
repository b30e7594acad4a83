"""Large baskets on small instances: never better than possible, never worse than brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
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


@pytest.mark.parametrize("batch", range(4))
def test_with_few_stops_allowed_it_equals_brute_force(batch: int) -> None:
    for seed in range(batch * 30, batch * 30 + 30):
        plain = random_instance(seed, sellers=5 + seed % 3, needs=2 + seed % 4)
        dear = np.random.default_rng(seed).integers(20, 90, plain.needs)
        instance = replace(plain, uncovered=dear, most_stops=1 + seed % 3)
        found = solve(instance, seconds=30)
        check_solution(instance, found)
        assert found.proved
        assert found.cost == optimum(instance), f"seed {seed}"
