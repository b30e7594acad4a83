"""The look-ups of the local search beside the same worked out the long way."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from large_brute_force import random_instance

from altteul.planner.large.local_search import Detours
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.touring import improved, insertion, length


@pytest.mark.parametrize("seed", range(60))
def test_what_others_save_when_a_seller_leaves(seed: int) -> None:
    instance = random_instance(seed, sellers=9, needs=7)
    levels, rng = PriceLevels(instance), np.random.default_rng(seed)
    inside = rng.random(instance.sellers) < 0.6
    missing = levels.missing(inside)
    everybody = np.arange(instance.sellers)
    for seller in np.flatnonzero(inside).tolist():
        without = inside.copy()
        without[seller] = False
        slowly = levels.savings(levels.missing(without)) - levels.savings(missing)
        told = levels.savings_changes(missing, seller, everybody)
        assert told.tolist() == slowly.tolist()


@pytest.mark.parametrize("seed", range(30))
def test_the_way_to_a_seller_when_a_stop_leaves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    distance = random_instance(seed, sellers=12, needs=1).distance.astype(np.int64)
    order = np.concatenate([[0], 1 + rng.permutation(11)[: rng.integers(1, 11)]])
    ways = Detours(order, distance)
    for place in range(1, len(order)):
        slowly, _ = insertion(np.delete(order, place), distance)
        others = np.setdiff1d(np.arange(12), order)
        assert ways.without(place)[others].tolist() == slowly[others].tolist()


@pytest.mark.parametrize("seed", range(20))
def test_no_exchange_of_two_legs_and_no_moved_part_shortens_an_improved_trip(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 1000, (8, 2))
    distance = np.abs(points[:, None] - points[None]).sum(axis=2)
    order = improved(np.concatenate([[0], 1 + rng.permutation(7)]), distance)
    assert order[0] == 0
    assert sorted(order.tolist()) == list(range(8))
    turned = [[*order[:i], *order[i:j][::-1], *order[j:]] for i, j in combinations(range(9), 2)]
    moved = [
        [*rest[:to], *part, *rest[to:]]
        for start in range(8)
        for size in (1, 2, 3)
        for rest in [[*order, *order][start + size : start + 8]]
        for segment in [[*order, *order][start : start + size]]
        for part in (segment, segment[::-1])
        for to in range(len(rest))
    ]
    here = length(order, distance)
    assert all(length(np.array(one), distance) >= here for one in [*turned, *moved])
    shortest = min(length(np.array([0, *one]), distance) for one in permutations(range(1, 8)))
    assert shortest <= here
