"""The compiled steps beside the same in NumPy, and what happens where they cannot be compiled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from large_brute_force import optimum, random_instance
from large_checker import check_solution

from altteul.planner.large import LargeInstance, compiling, solve
from altteul.planner.large.local_search import LocalSearch
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.restarts import Restarts
from altteul.planner.large.touring import improved

needs_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler here")


@pytest.fixture
def fresh_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty cache folder, and nothing remembered before or after."""
    monkeypatch.setattr(compiling, "user_cache_path", lambda name: tmp_path / name)
    compiling.library.cache_clear()
    yield tmp_path / "altteul" / "compiled"
    compiling.library.cache_clear()


def walked(instance: LargeInstance, rounds: int, *, compiled: bool) -> Restarts:
    search = LocalSearch(instance, PriceLevels(instance), lambda: False)
    assert search.compiled is not None
    if not compiled:
        search.compiled = None
    walk = Restarts(search, seed=1)
    walk.walk(rounds)
    return walk


def assert_equal_walks(instance: LargeInstance, rounds: int) -> None:
    first, second = (walked(instance, rounds, compiled=which) for which in (True, False))
    assert first.best.cost == second.best.cost
    assert first.best.order.tolist() == second.best.order.tolist()
    assert first.best.missing.tolist() == second.best.missing.tolist()
    assert first.random.random() == second.random.random()


def many_prices(seed: int) -> LargeInstance:
    """So many prices and amounts that they are not tabled."""
    rng = np.random.default_rng(seed)
    where = rng.integers(0, 500, (40, 2))
    distance = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2)).astype(np.int64)
    price, amount = rng.integers(1, 10_000, (40, 700)), rng.integers(1, 60, (40, 700))
    amount[:, rng.random(700) < 0.1] = 0
    demand = amount.sum(axis=0) // 9
    return LargeInstance(distance, price, amount, demand, stop=rng.integers(0, 90, 40))


@needs_compiler
@pytest.mark.parametrize("batch", range(6))
def test_compiled_walks_go_where_walks_in_numpy_go(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        plain = random_instance(seed, sellers=4 + seed % 14, needs=1 + seed % 7)
        dear = np.random.default_rng(seed).integers(20, 90, plain.needs)
        assert_equal_walks(plain, rounds=12)
        assert_equal_walks(replace(plain, uncovered=dear, most_stops=1 + seed % 4), rounds=12)


@needs_compiler
def test_also_with_more_prices_than_a_table_holds() -> None:
    assert not PriceLevels(many_prices(2)).tabled
    assert_equal_walks(many_prices(2), rounds=3)


@needs_compiler
@pytest.mark.parametrize("stops", [1, 2, 3, 4, 5, 9, 40, 120])
def test_compiled_trips_are_shortened_in_the_same_way(stops: int) -> None:
    rng = np.random.default_rng(stops)
    where = rng.integers(0, 60, (stops, 2))  # few places: many equal ways
    distance = np.abs(where[:, None] - where[None]).sum(axis=2)
    prices = np.ones((stops, 1), dtype=np.int64)
    instance = LargeInstance(distance, prices, prices, np.ones(1, dtype=np.int64))
    steps = LocalSearch(instance, PriceLevels(instance), lambda: False).compiled
    assert steps is not None
    order = np.concatenate([[0], 1 + rng.permutation(stops - 1)])
    assert steps.improved(order).tolist() == improved(order, distance).tolist()


@needs_compiler
def test_the_library_is_built_once_and_nothing_else_is_left(fresh_library: Path) -> None:
    assert compiling.library() is not None
    (built,) = fresh_library.iterdir()
    when = built.stat().st_mtime_ns
    compiling.library.cache_clear()
    assert compiling.library() is not None
    assert [one.stat().st_mtime_ns for one in fresh_library.iterdir()] == [when]


@pytest.mark.parametrize("setting", [("CC", "no-such-compiler"), ("ALTTEUL_COMPILE", "0")])
def test_without_a_compiler_the_search_still_proves_the_optimum(
    setting: tuple[str, str], fresh_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*setting)
    assert compiling.library() is None
    assert not fresh_library.exists()
    for seed in range(20):
        instance = random_instance(seed, sellers=4 + seed % 4, needs=1 + seed % 5)
        found = solve(instance, seconds=30)
        check_solution(instance, found)
        assert found.proved
        assert found.cost == optimum(instance)


def test_a_compiler_that_fails_leaves_no_library(
    fresh_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", "false")
    assert compiling.library() is None
    assert not list(fresh_library.iterdir())
