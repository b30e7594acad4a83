"""Large baskets beside another solver, beside published optima, and when time is short."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from large_brute_force import random_instance
from large_checker import check_solution
from large_referees import cp_sat
from tpplib import published, read_tpplib

from altteul.errors import InputError
from altteul.planner.large import LargeInstance, LargeSolution, solve


@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_of_cp_sat(seed: int) -> None:
    instance = random_instance(10_000 + seed, sellers=11, needs=6)
    judged = cp_sat(instance, seconds=60)
    found = solve(instance, seconds=60)
    check_solution(instance, found)
    assert judged.proved
    assert found.proved
    assert found.cost == judged.cost


@pytest.mark.parametrize("name", ["EEuclideo.50.50.1", "CapEuclideo.50.50.1.1"])
def test_published_optima_are_proved(name: str, shared_data: Path) -> None:
    folder = shared_data / "tpp"
    instance = read_tpplib(folder / f"{name}.tpp.gz")
    found = solve(instance, seconds=120)
    check_solution(instance, found)
    assert found.proved
    assert found.cost == published(folder)[name].cost


def limited_instance(sellers: int = 80, needs: int = 60) -> LargeInstance:
    rng = np.random.default_rng(5)
    where = rng.integers(0, 1000, (sellers, 2))
    distance = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2)).astype(np.int64)
    price = rng.integers(1, 11, (sellers, needs))
    amount = rng.integers(1, 16, (sellers, needs)) * (rng.random((sellers, needs)) < 0.5)
    return LargeInstance(distance, price, amount, amount.sum(axis=0) // 8 + 1)


def test_a_search_without_time_still_answers_with_a_trip_and_a_bound() -> None:
    instance = limited_instance()
    found = solve(instance, seconds=0.0)
    check_solution(instance, found)
    assert 0 < found.lower_bound <= found.cost


def test_answers_on_the_way_only_get_better() -> None:
    instance = limited_instance()
    told: list[LargeSolution] = []
    found = solve(instance, seconds=4.0, on_progress=told.append)
    for one in [*told, found]:
        check_solution(instance, one)
    assert [one.cost for one in told] == sorted((one.cost for one in told), reverse=True)
    assert [one.lower_bound for one in told] == sorted(one.lower_bound for one in told)
    assert found.lower_bound > told[0].lower_bound


def test_equal_seeds_give_equal_answers() -> None:
    instance = random_instance(7, sellers=12, needs=8)
    first, second = (solve(instance, seconds=60, seed=3) for _ in range(2))
    assert first.tour == second.tour


def test_with_two_threads_every_step_on_the_way_is_the_same_too() -> None:
    instance = limited_instance(sellers=36, needs=30)
    ways: list[list[tuple[int, int]]] = []
    for _ in range(2):
        told: list[LargeSolution] = []
        assert solve(instance, seconds=300, on_progress=told.append).proved
        ways.append([(one.cost, one.lower_bound) for one in told])
    assert len(ways[0]) > 2
    assert ways[0] == ways[1]


def test_no_thread_is_left_and_the_interpreter_is_as_before() -> None:
    threads, turn = threading.active_count(), sys.getswitchinterval()
    solve(limited_instance(), seconds=0.5)
    with pytest.raises(KeyboardInterrupt):
        solve(limited_instance(), seconds=60, on_progress=interrupt_at_a_bound)
    assert threading.active_count() == threads
    assert sys.getswitchinterval() == turn


def interrupt_at_a_bound(one: LargeSolution) -> None:
    if one.lower_bound > one.cost / 2:
        raise KeyboardInterrupt


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    solve(random_instance(3, sellers=6, needs=4), seconds=10)
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_bought_is_told() -> None:
    few = np.array([[0], [2]])
    with pytest.raises(InputError, match="모자랍니다"):
        LargeInstance(np.zeros((2, 2), dtype=int), few, few, np.array([3]))


def test_a_way_that_differs_back_is_told() -> None:
    few = np.array([[0], [2]])
    with pytest.raises(InputError, match="대칭"):
        LargeInstance(np.array([[0, 1], [2, 0]]), few, few, np.array([1]))
