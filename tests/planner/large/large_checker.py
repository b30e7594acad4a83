"""Recomputes a solution of a large instance from the instance alone."""

from __future__ import annotations

from altteul.planner.large import LargeInstance, LargeSolution


def check_solution(instance: LargeInstance, solution: LargeSolution) -> None:
    """Fails with what is wrong: trip, amounts, or the stated cost."""
    tour, bought = solution.tour, solution.purchases
    assert tour[0] == 0, "the trip begins at home"
    assert len(set(tour)) == len(tour), "a seller is visited twice"
    assert instance.most_stops is None or len(tour) - 1 <= instance.most_stops
    assert bought.shape == instance.price.shape
    cost = 0
    for here, there in zip(tour, (*tour[1:], tour[0]), strict=True):
        cost += int(instance.distance[here, there])
    for seller in tour[1:]:
        cost += int(instance.stop[seller]) if instance.stop is not None else 0
    for need in range(instance.needs):
        cost += _goods(instance, solution, need)
    assert cost == solution.cost, f"costs {cost}, said {solution.cost}"
    assert solution.lower_bound <= solution.cost
    assert not solution.proved or solution.lower_bound == solution.cost


def _goods(instance: LargeInstance, solution: LargeSolution, need: int) -> int:
    units, cost = 0, 0
    for seller in range(instance.sellers):
        amount = int(solution.purchases[seller, need])
        if not amount:
            continue
        assert 0 < amount <= instance.amount[seller, need], "more than the seller has"
        assert seller in solution.tour, "bought where nobody goes"
        units += amount
        cost += amount * int(instance.price[seller, need])
    short = int(instance.demand[need]) - units
    assert short >= 0, "more than needed"
    if instance.uncovered is None:
        assert short == 0, "something is missing"
        return cost
    return cost + short * int(instance.uncovered[need])
