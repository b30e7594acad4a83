"""What forbidding a place or a purchase costs, from the sets of the question that allows it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from asked_and_planned import CATALOG
from naive_answer import checked_cost, least_cost
from random_models import random_model
from small_world import HandMadeMarket
from test_random_requests import _request, _world

from altteul.planner.asking import Asked
from altteul.planner.choosing import choose
from altteul.planner.exact import proving, sifting, tied_sets
from altteul.planner.exact.model import NOT_SOLD, Answer, Model
from altteul.planner.exact.search import Found, everything, solve
from altteul.planner.exact.variations import Variations
from altteul.planner.exact.ways import Ways
from altteul.planner.near_sets import NearSets
from altteul.planner.preparing import prepare

CEILING = 3_000
"""Won above the best answer."""


@pytest.mark.parametrize("batch", range(12))
@pytest.mark.parametrize("binding", [True, False])
def test_what_is_forbidden_costs_what_brute_force_says(
    batch: int, binding: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "FEW", 0 if batch % 2 else sifting.FEW)
    monkeypatch.setattr(proving, "MOST_TOGETHER", 2 if batch % 3 == 2 else 40_000)
    monkeypatch.setattr(tied_sets, "BATCH", 2 if batch % 4 > 1 else tied_sets.BATCH)
    for seed in range(batch * 25, batch * 25 + 25):
        model = random_model(seed, binding=binding)
        best = solve(model).best
        if best is None:
            continue
        within = best.cost + CEILING
        varied = Variations(
            model, everything(model), best, within, ways=Ways(model), most_sets=1_000_000
        )
        assert varied.whole
        anywhere = np.ones(model.visits, dtype=np.bool_)
        for place in {int(model.place[v]) for trip in best.trips for v in trip} - {*model.must}:
            shut = _shut(model, place)
            found = varied.best(model, model.place != place, (), within)
            _same(found, shut, within, f"seed {seed} without {place}")
        for need, at in enumerate(best.bought):
            if at is not None:
                other = _not_sold(model, need, at)
                found = varied.best(other, anywhere, (), within)
                _same(found, other, within, f"seed {seed} without {need} at {at}")


@pytest.mark.parametrize("batch", range(8))
def test_without_a_seller_or_a_purchase_of_a_request(batch: int) -> None:
    for seed in range(batch * 10, batch * 10 + 10):
        chance = Random(seed)
        days = chance.randrange(0, 2)
        offers, foreseen = _world(chance, days)
        request = _request(chance, days)
        request = request.model_copy(update={"needs": request.needs[:2]})
        outing = prepare(request, HandMadeMarket(offers), CATALOG, outlook=foreseen).outing  # type: ignore[arg-type]
        choice = choose(asked := Asked(outing)) if outing else None
        if choice is None or choice.answer.stops > 2:
            continue
        answer, within = choice.answer, choice.answer.cost + CEILING
        near = NearSets(asked, answer, choice.stops, choice.until, within)
        model = replace(near.model, max_stops=max(1, choice.stops))
        model = _shut(model, model.day > choice.until)
        for place in {int(model.place[v]) for trip in answer.trips for v in trip}:
            _same(near.without(place, within), _shut(model, place), within, f"seed {seed}")
        for need, at in enumerate(answer.bought):
            if at is not None:
                other = _not_sold(model, need, at)
                _same(near.cheapest_without(need, within), other, within, f"seed {seed}")


def _shut(model: Model, place: int | np.ndarray) -> Model:
    """Nobody can be at a place in time, or at any visit of a mask."""
    shut = model.place == place if isinstance(place, int) else place
    return replace(model, closes=np.where(shut, -1, model.closes))


def _not_sold(model: Model, need: int, at: tuple[int, int]) -> Model:
    """A need is not sold as this option by the seller of this column on any day."""
    same = [at[0]]
    if at[0] < model.visits:
        same = np.flatnonzero(model.place == model.place[at[0]]).tolist()
    cost = model.cost.copy()
    cost[need, at[1], same] = NOT_SOLD
    return replace(model, cost=cost)


def _same(found: Found, model: Model, within: int, said: str) -> None:
    least = least_cost(model)
    expected = None if least is None or least > within else least
    assert found.proved, said
    assert _cost(model, found.best) == expected, said


def _cost(model: Model, answer: Answer | None) -> int | None:
    if answer is None:
        return None
    assert checked_cost(model, answer) == answer.cost
    return answer.cost
