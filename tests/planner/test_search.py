"""The exact search against brute force, and on cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from brute_force import best_of_everything, random_problem

from altteul.planner.problem import NOT_SOLD, Problem, solution
from altteul.planner.search import best_by_stops, shortest

CASES_EACH = 60


def by_hand(price: list[list[int]], leg_won: list[list[int]], **facts: list[int]) -> Problem:
    leg = np.array(leg_won, dtype=np.int64)
    sellers = len(leg) - 1
    return Problem(
        price=np.array(price, dtype=np.int64),
        uncovered=np.array(facts.get("uncovered", [9_000] * len(price)), dtype=np.int64),
        leg=leg,
        stop=np.array(facts.get("stop", [0] * sellers), dtype=np.int64),
        distance=leg,
    )


@pytest.mark.parametrize("block", range(20))
def test_equals_brute_force_for_every_number_of_stops(block: int) -> None:
    for seed in range(block * CASES_EACH, (block + 1) * CASES_EACH):
        problem = random_problem(seed)
        found = best_by_stops(problem, 3)
        assert found.proved
        for stops in (1, 2, 3):
            expected = best_of_everything(problem, min(stops, problem.sellers))
            assert found.by_stops[stops - 1].rank == expected, f"seed {seed}, {stops} stops"


def test_equals_brute_force_with_four_and_five_stops() -> None:
    for seed in range(10_000, 10_060):
        problem = random_problem(seed, most_needs=2, most_sellers=6)
        found = best_by_stops(problem, 5)
        for stops in (4, 5):
            expected = best_of_everything(problem, min(stops, problem.sellers))
            assert found.by_stops[stops - 1].rank == expected, f"seed {seed}, {stops} stops"


def test_one_shop_is_best_when_the_second_is_too_far() -> None:
    problem = by_hand(
        [[3_000, 2_500], [4_000, 4_100]], [[0, 100, 900], [100, 0, 900], [900, 900, 0]]
    )
    assert best_by_stops(problem, 2).by_stops[-1].tour == (0,)


def test_two_shops_when_each_is_much_cheaper_for_one_need() -> None:
    problem = by_hand(
        [[3_000, 1_000], [1_000, 4_000]], [[0, 100, 200], [100, 0, 150], [200, 150, 0]]
    )
    best = best_by_stops(problem, 2).by_stops[-1]
    assert best.bought_at == (1, 0)
    assert (best.goods, best.trip, best.cost) == (2_000, 450, 2_450)


def test_a_need_that_is_not_sold_costs_its_uncovered_price_never_nothing() -> None:
    problem = by_hand(
        [[NOT_SOLD, 500], [1_000, NOT_SOLD]], [[0, 100, 100], [100, 0, 9_999], [100, 9_999, 0]]
    )
    best = best_by_stops(problem, 1).by_stops[-1]
    assert best.bought_at == (1, None)
    assert best.uncovered == 9_000
    assert best.cost == 9_000 + 500 + 200


def test_ties_go_to_fewer_stops_then_less_distance_then_the_smaller_index() -> None:
    free = [[0] * 4 for _ in range(4)]
    problem = by_hand([[1_000, 1_000, 1_000]], free)
    assert best_by_stops(problem, 3).by_stops[-1].tour == (0,)
    metres = np.array([[0, 50, 20, 20], [50, 0, 9, 9], [20, 9, 0, 9], [20, 9, 9, 0]])
    nearer = Problem(problem.price, problem.uncovered, problem.leg, problem.stop, metres)
    assert best_by_stops(nearer, 3).by_stops[-1].tour == (1,)


def test_the_best_order_is_taken_even_where_ways_differ_by_direction() -> None:
    one_way = [[0, 10, 500], [500, 0, 10], [10, 500, 0]]
    problem = by_hand([[100, NOT_SOLD], [NOT_SOLD, 100]], one_way)
    assert best_by_stops(problem, 2).by_stops[-1].tour == (0, 1)


def test_more_stops_allowed_than_sellers_repeats_the_best() -> None:
    problem = by_hand([[700]], [[0, 5], [5, 0]])
    found = best_by_stops(problem, 3)
    assert [one.tour for one in found.by_stops] == [(0,)] * 3


def test_a_search_cut_short_says_so_and_its_bound_holds() -> None:
    rng = np.random.default_rng(7)
    where = rng.uniform(0, 3_000, (21, 2))
    metres = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2)).astype(np.int64)
    price = rng.integers(1_000, 9_000, (12, 20))
    problem = Problem(price, np.full(12, 20_000), metres, np.zeros(20, dtype=np.int64), metres)
    cut, whole = best_by_stops(problem, 3, most_sets=50), best_by_stops(problem, 3)
    assert not cut.proved
    assert cut.lower_bound <= whole.by_stops[-1].cost <= cut.by_stops[-1].cost
    assert cut.gap_percent > 0
    assert whole.proved
    assert whole.gap_percent == 0


def test_no_sellers_and_no_stops_find_nothing() -> None:
    nobody, somebody = by_hand([[]], [[0]]), by_hand([[700]], [[0, 5], [5, 0]])
    assert best_by_stops(nobody, 3).by_stops == ()
    assert best_by_stops(somebody, 0).by_stops == ()


def test_a_problem_whose_arrays_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        by_hand([[1, 2, 3]], [[0, 5], [5, 0]])


def test_shortest_ways_never_pass_through_home() -> None:
    step = np.array([[0, 1, 1], [1, 0, 100], [1, 100, 0]], dtype=np.int64)
    assert shortest(step)[1, 2] == 100


def test_a_solution_adds_up() -> None:
    problem = by_hand([[300, 200]], [[0, 7, 8], [7, 0, 3], [8, 3, 0]], stop=[50, 60])
    one = solution(problem, (0, 1))
    assert (one.goods, one.trip, one.distance) == (200, 7 + 3 + 8 + 110, 18)
