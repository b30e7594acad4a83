"""The planner's question answered naively: every tour, every assignment. Shares no code with it."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np

from altteul.planner.problem import NOT_SOLD, Problem

Answer = tuple[int, int, int, tuple[int, ...]]


def best_of_everything(problem: Problem, max_stops: int) -> Answer:
    """(cost, stops, metres, tour): least cost, then stops, then metres, then indices."""
    price, uncovered = problem.price.tolist(), problem.uncovered.tolist()
    leg, metres = problem.leg.tolist(), problem.distance.tolist()
    answers = []
    for stops in range(1, max_stops + 1):
        for tour in permutations(range(len(price[0])), stops):
            trip = sum(problem.stop.tolist()[seller] for seller in tour)
            distance, here = 0, 0
            for seller in [*tour, -1]:
                trip += leg[here][seller + 1]
                distance += metres[here][seller + 1]
                here = seller + 1
            cost = trip + _cheapest_assignment(price, uncovered, tour)
            answers.append((cost, stops, distance, tour))
    return min(answers)


def _cheapest_assignment(
    price: list[list[int]], uncovered: list[int], tour: tuple[int, ...]
) -> int:
    costs = []
    for choice in product([*tour, None], repeat=len(price)):
        won = [
            uncovered[need] if seller is None else price[need][seller]
            for need, seller in enumerate(choice)
        ]
        if NOT_SOLD not in won:
            costs.append(sum(won))
    return min(costs)


def random_problem(seed: int, most_needs: int = 3, most_sellers: int = 5) -> Problem:
    """A small random problem; coarse prices make ties, some legs break the triangle rule."""
    chance = np.random.default_rng(seed)
    needs = int(chance.integers(1, most_needs + 1))
    sellers = int(chance.integers(1, most_sellers + 1))
    coarse = int(chance.choice([1, 500]))
    price = chance.integers(2, 12, (needs, sellers)) * 500 // coarse * coarse
    price = np.where(chance.random((needs, sellers)) < 0.3, NOT_SOLD, price)
    where = chance.integers(0, int(chance.choice([3, 40])), (sellers + 1, 2))
    metres = np.abs(where[:, None] - where[None]).sum(axis=2) * 100
    leg = metres * int(chance.choice([0, 1, 5]))
    if chance.random() < 0.3:
        leg = leg + chance.integers(0, 900, leg.shape)
    if chance.random() < 0.3:
        leg[:, 0] = metres[:, 0] = 0
    np.fill_diagonal(leg, 0)
    return Problem(
        price=price.astype(np.int64),
        uncovered=chance.integers(2, 16, needs) * 500,
        leg=leg.astype(np.int64),
        stop=np.full(sellers, int(chance.choice([0, 300])), dtype=np.int64),
        distance=metres.astype(np.int64),
    )
