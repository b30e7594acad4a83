"""The exact search against brute force on all features, and against CP-SAT's proofs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cp_sat_model import referee_cost
from naive_answer import checked_cost, least_cost
from peoples_size import peoples_model
from random_models import random_model

from altteul.planner.exact import completion, proving, sifting, tied_sets
from altteul.planner.exact.incumbent import HeadStart
from altteul.planner.exact.model import NOT_SOLD, Model, price
from altteul.planner.exact.search import Found, solve
from altteul.planner.exact.ways import shortest

BATCH = 100
BATCHES = 22
BINDING = 15
REFEREED = 30


def proved_cost(model: Model, found: Found) -> int | None:
    """The cost of an answer that is proved and adds up to itself."""
    assert found.proved
    if found.best is None:
        return None
    again = price(model, found.best.trips, found.best.orders, found.best.bought)
    assert again == found.best
    assert checked_cost(model, found.best) == found.best.cost
    assert found.best.stops <= model.max_stops
    assert len(found.best.trips) <= model.max_days
    return found.best.cost


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_feature_against_brute_force(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half of the cases are small enough to be listed whole; here the dual bound must sift them.
    monkeypatch.setattr(sifting, "FEW", 0 if batch % 2 else sifting.FEW)
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        model = random_model(seed)
        assert proved_cost(model, solve(model)) == least_cost(model), f"seed {seed}"


@pytest.mark.parametrize("batch", range(BINDING))
def test_binding_limits_against_brute_force(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Small thresholds send small cases down every path that large ones take.
    monkeypatch.setattr(sifting, "FEW", 0 if batch % 2 else sifting.FEW)
    monkeypatch.setattr(proving, "MOST_TOGETHER", 2 if batch % 4 == 3 else 40_000)
    monkeypatch.setattr(sifting, "SOON", (3, 25_000)[batch // 2 % 2])
    monkeypatch.setattr(sifting, "MANY", (2, 20_000)[batch // 4 % 2])
    monkeypatch.setattr(tied_sets, "BATCH", 2 if batch % 3 else tied_sets.BATCH)
    monkeypatch.setattr(completion, "FEW_LABELS", 3 if batch % 5 < 3 else completion.FEW_LABELS)
    monkeypatch.setattr(completion, "RIVALS", 1 if batch % 2 else completion.RIVALS)
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        model = random_model(seed, binding=True)
        assert proved_cost(model, solve(model)) == least_cost(model), f"seed {seed}"


@pytest.mark.parametrize(
    ("seed", "days", "budget", "carry"),
    [(231, 7, 0.85, 0.8), (0, 1, 0.85, 0.8), (0, 1, 0.5, 0.5), (305, 7, 0.5, 0.8)],
)
def test_towns_of_peoples_size_are_proved_where_limits_bind(
    seed: int, days: int, budget: float, carry: float
) -> None:
    model = peoples_model(seed, limits=True, days=days, budget=budget, carry=carry)
    assert proved_cost(model, solve(model)) is not None


@pytest.mark.parametrize("batch", range(10))
def test_larger_binding_cases_against_the_proofs_of_cp_sat(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "FEW", 0)
    monkeypatch.setattr(proving, "MOST_TOGETHER", 20 if batch % 2 else 40_000)
    for seed in range(batch * REFEREED, (batch + 1) * REFEREED):
        model = random_model(seed, needs=9, places=7, days=3, most_visits=16, binding=True)
        assert proved_cost(model, solve(model)) == referee_cost(model), f"seed {seed}"


@pytest.mark.parametrize("batch", range(10))
def test_larger_cases_against_the_proofs_of_cp_sat(batch: int) -> None:
    for seed in range(batch * REFEREED, (batch + 1) * REFEREED):
        model = random_model(seed, needs=8, places=7, days=4, most_visits=22)
        assert proved_cost(model, solve(model)) == referee_cost(model), f"seed {seed}"


@pytest.mark.parametrize("seed", range(40))
def test_fewer_stops_and_more_stops_are_each_proved(seed: int) -> None:
    model = random_model(seed, stops=5, most_visits=5)
    for stops in range(1, model.max_stops + 1):
        fewer = replace(model, max_stops=stops)
        assert proved_cost(fewer, solve(fewer)) == least_cost(fewer)


def test_every_set_within_the_slack_is_kept() -> None:
    for seed in range(200):
        model = random_model(seed, tied=False)
        found = solve(model, slack=900)
        assert found.best is not None
        (near,) = found.near
        for cost, members in zip(near.cost, near.members, strict=True):
            visits = [v for v in members.tolist() if v < model.visits]
            assert found.best.cost <= cost <= found.best.cost + 900
            assert len(set(visits)) == len(visits)
        assert near.cost.min() == found.best.cost


def test_a_search_that_is_cut_short_says_how_far_it_can_be_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sifting, "FEW", 0)
    model = random_model(7, needs=8, places=8, days=4, most_visits=30, tied=False)
    model = replace(model, max_stops=3)
    whole, cut = solve(model), solve(model, most_sets=0)
    assert whole.proved
    assert whole.best is not None
    assert cut.best is not None
    assert cut.bound <= whole.best.cost <= cut.best.cost


def test_alternatives_by_car_in_the_middle_of_seoul_list_few_sets() -> None:
    # Explanations price going without at a hundred million won. The dual prices began there, and
    # two million sets were listed where some dozens are enough.
    for seed in range(8):
        model = peoples_model(seed, places=80, days=1, needs=15, options=1)
        rare = np.random.default_rng(seed).random((8, 1, model.visits)) < 0.3
        cost = model.cost.copy()
        cost[:8][rare] = NOT_SOLD
        model = replace(model, cost=cost)
        best = solve(model).best
        assert best is not None
        assert None not in best.bought
        firm = replace(model, uncovered=model.uncovered + 100_000_000)
        found = solve(firm, head=HeadStart(best))
        assert found.best == best
        assert found.proved
        assert found.looked_at < 1_000, f"seed {seed}"


def test_shortest_ways_never_pass_through_home() -> None:
    leg = np.array([[0, 1, 1], [1, 0, 100], [1, 100, 0]], dtype=np.int64)
    assert shortest(leg)[1, 2] == 100


def test_a_model_whose_arrays_do_not_fit_is_refused() -> None:
    model = random_model(1)
    with pytest.raises(ValueError, match="do not fit"):
        replace(model, uncovered=np.zeros(9, dtype=np.int64))
