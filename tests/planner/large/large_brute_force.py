"""Random small instances, and their optimum by trying every set and every order."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np

from altteul.planner.large import LargeInstance


def random_instance(seed: int, sellers: int, needs: int) -> LargeInstance:
    """Of every kind: limited or not, with or without stop fees and prices of going without; legs
    that keep the triangle inequality or break it."""
    rng = np.random.default_rng(seed)
    if rng.random() < 0.5:
        where = rng.integers(0, 60, (sellers, 2))
        distance = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2)).astype(np.int64)
    else:
        distance = rng.integers(0, 60, (sellers, sellers))
        distance = np.triu(distance, 1) + np.triu(distance, 1).T
    limited = rng.random() < 0.5
    price = rng.integers(0, int(rng.choice([5, 40])), (sellers, needs))
    amount = rng.integers(1, 8, (sellers, needs)) * (rng.random((sellers, needs)) < 0.6)
    amount[rng.integers(0, sellers, needs), np.arange(needs)] = 5
    if not limited:
        amount = np.where(amount > 0, 1, 0)
    demand = rng.integers(1, amount.sum(axis=0) + 1) if limited else np.ones(needs, dtype=np.int64)
    stop = rng.integers(0, 20, sellers) if rng.random() < 0.5 else None
    uncovered = rng.integers(0, 60, needs) if rng.random() < 0.4 else None
    return LargeInstance(distance, price, amount, demand, stop, uncovered)


def optimum(instance: LargeInstance) -> int:
    """Won of the cheapest trip, or of staying at home where going without is allowed."""
    best: int | None = None
    most = instance.sellers - 1 if instance.most_stops is None else instance.most_stops
    for stops in range(min(most, instance.sellers - 1) + 1):
        for chosen in combinations(range(1, instance.sellers), stops):
            goods = _goods(instance, (0, *chosen))
            if goods is not None:
                cost = goods + _way(instance, chosen)
                best = cost if best is None else min(best, cost)
    assert best is not None
    return best


def _way(instance: LargeInstance, chosen: tuple[int, ...]) -> int:
    fees = sum(int(instance.stop[i]) for i in chosen) if instance.stop is not None else 0
    ways = []
    for order in permutations(chosen):
        stops = (0, *order, 0)
        ways.append(
            sum(int(instance.distance[a, b]) for a, b in zip(stops, stops[1:], strict=False))
        )
    return fees + min(ways)


def _goods(instance: LargeInstance, sellers: tuple[int, ...]) -> int | None:
    cost = 0
    for need in range(instance.needs):
        units = [
            int(instance.price[i, need])
            for i in sellers
            for _ in range(int(instance.amount[i, need]))
        ]
        if instance.uncovered is not None:
            units += [int(instance.uncovered[need])] * int(instance.demand[need])
        units = sorted(units)[: int(instance.demand[need])]
        if len(units) < instance.demand[need]:
            return None
        cost += sum(units)
    return cost
