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
from scipy.sparse import csr_array

from altteul.planner.large import LargeInstance, compiling, solve
from altteul.planner.large.compiled_cuts import compiled_loose_parts, compiled_unions
from altteul.planner.large.local_search import LocalSearch
from altteul.planner.large.point import Point
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.restarts import Restarts
from altteul.planner.large.touring import improved
from altteul.planner.large.trip_cuts import (
    closest_unions,
    connectivity_cuts,
    family,
    loose_parts,
)

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


def some_point(seed: int, sellers: int) -> Point:
    """Whole and half edges, as a relaxation has them, and some of any size."""
    rng = np.random.default_rng(seed)
    edges = np.triu(rng.choice([0.0, 0.5, 1.0], (sellers, sellers), p=[0.9, 0.06, 0.04]), 1)
    edges += np.triu(rng.random((sellers, sellers)) * (rng.random(edges.shape) < 0.03), 1)
    edges += edges.T
    visits = np.minimum(edges.sum(axis=1) / 2, 1.0)
    visits[0] = 1.0
    return Point(visits, np.zeros(0), edges, 0.0)


@needs_compiler
@pytest.mark.parametrize("seed", range(40))
def test_compiled_parts_and_flows_find_the_same_cuts(seed: int) -> None:
    point = some_point(seed, sellers=5 + 2 * seed)
    assert compiled_unions(point.edges) == closest_unions(point.edges)
    graph = csr_array(np.round(point.edges * 1_000_000).astype(np.int32))
    order = np.argsort(-point.visits, kind="stable")[: 2 + 2 * seed]
    wanted = np.ceil((2 * point.visits[order] - 0.04) * 1_000_000)
    found = compiled_loose_parts(graph, order, wanted)
    expected = loose_parts(graph, order, wanted)
    assert found is not None
    assert [seller for _, seller in found] == [seller for _, seller in expected]
    for (away, _), (same, _) in zip(found, expected, strict=True):
        assert away.tolist() == same.tolist()


@needs_compiler
def test_the_compared_points_have_cuts() -> None:
    points = [some_point(seed, sellers=5 + 2 * seed) for seed in range(40)]
    cuts = [connectivity_cuts(point, family(point), exact=True) for point in points]
    assert sum(map(len, cuts)) > 40
