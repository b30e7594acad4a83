"""Plans with more stops than the exact search covers: as good as every tour tried one by one,
within their bound, kept to the same rules, and clear about what they cannot do."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from naive_answer import checked_cost, least_cost
from plan_checker import check_plan
from random_models import random_model
from small_world import DAY, HOME, HandMadeMarket, need, offer, request, seller, small_catalog

from altteul.errors import InputError
from altteul.market.offer import Offer
from altteul.planner import make_plan
from altteul.planner.choosing import WORTH_A_STOP
from altteul.planner.exact.model import Model
from altteul.planner.many_stops import charged, many_stops
from altteul.planner.plan import Mode, Plan, Request, Status


def one_day_models(seeds: range) -> list[Model]:
    """Ways that cost the same both ways, no orders; limits and hours in some."""
    models = [
        random_model(seed, needs=5, places=5, days=1, most_visits=5, stops=4) for seed in seeds
    ]
    return [m for m in models if not m.orders and np.array_equal(m.leg, m.leg.T)]


def least_charged(model: Model) -> int | None:
    """The least cost with every stop beyond the first charged, by trying everything."""
    costs = [
        (least_cost(model, stops), WORTH_A_STOP * (stops - 1))
        for stops in range(1, model.max_stops + 1)
    ]
    return min((cost + more for cost, more in costs if cost is not None), default=None)


@pytest.mark.parametrize("batch", range(4))
def test_it_is_the_best_of_all_or_within_its_bound(batch: int) -> None:
    judged = proved = 0
    for model in one_day_models(range(batch * 150, batch * 150 + 150)):
        truth = least_charged(model)
        try:
            many = many_stops(model, None, seconds=10)
        except InputError:
            continue
        if many is None:
            continue
        assert truth is not None
        assert checked_cost(model, many.answer) == many.answer.cost
        assert many.bound <= truth <= charged(many.answer)
        if many.gap_percent == 0:
            assert charged(many.answer) == truth
        judged, proved = judged + 1, proved + (many.gap_percent == 0)
    assert judged >= 10
    assert proved >= judged // 2


def test_without_limits_and_hours_it_is_always_proved() -> None:
    for model in one_day_models(range(400, 460)):
        open_all_day = replace(
            model, opens=0 * model.opens, closes=0 * model.closes + 10_000, must=(),
            budget=None, carry=None, cap=0 * model.cap + 10**9,
        )  # fmt: skip
        many = many_stops(open_all_day, None, seconds=10)
        truth = least_charged(open_all_day)
        home = int(model.uncovered.sum())
        assert (charged(many.answer) if many else home) == min(truth or home, home)
        assert many is None or many.gap_percent == 0


SHOPS = [
    seller(f"가게{n}", 400.0 + 350 * n).model_copy(update={"lng": HOME.lng + 0.004 * (n % 3)})
    for n in range(14)
]
THINGS = {"배추": "포기", "무": "개", "달걀": "개", "양파": "망"}


def world(chance: Random) -> HandMadeMarket:
    """Every shop sells some of it, each cheap in something."""
    return HandMadeMarket(
        [
            offer(shop, item, chance.randrange(2_000, 30_000), 1, unit)
            for shop in SHOPS
            for item, unit in THINGS.items()
            if chance.random() < 0.7
        ]
    )


def asked(**trip: Any) -> Request:
    kinds = [need(f"{item} 20{unit}", item, 20, unit) for item, unit in THINGS.items()]
    return request(*kinds, **{"mode": Mode.CAR, "max_stops": 12} | trip)


def planned(market: HandMadeMarket, question: Request) -> Plan:
    return make_plan(question, market, small_catalog())  # type: ignore[arg-type]


def all_offers(market: HandMadeMarket, question: Request) -> list[Offer]:
    return market.offers(question.place, question.on, radius_m=20_000)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_an_ordinary_plan_that_says_how_it_was_found(seed: int) -> None:
    market = world(Random(seed))
    plan = planned(market, asked())
    check_plan(plan, all_offers(market, asked()))
    assert plan.best is not None
    assert (plan.status is Status.PROVED) == (plan.gap_percent == 0)
    assert "큰 장보기" in plan.notices[-1]
    assert [saving.max_stops for saving in plan.by_stops] == [1, 2, 3, 12]
    assert plan.by_stops[-1].plan == plan.best
    fewer = planned(market, asked(max_stops=5))
    assert fewer.best is not None
    stops = len(plan.best.stops)
    assert plan.best.cost + WORTH_A_STOP * (stops - 1) <= (
        fewer.best.cost + WORTH_A_STOP * (len(fewer.best.stops) - 1)
    )


def test_a_seller_that_must_be_visited_is_and_one_that_must_not_is_not() -> None:
    market = world(Random(1))
    usual = planned(market, asked()).best
    assert usual is not None
    there = {stop.seller.name for stop in usual.stops}
    other = next(shop.name for shop in SHOPS if shop.name not in there)
    wished = asked().model_copy(update={"must": (other,), "never": tuple(sorted(there))[:1]})
    plan = planned(market, wished)
    check_plan(plan, all_offers(market, wished))
    assert plan.best is not None
    found = {stop.seller.name for stop in plan.best.stops}
    assert other in found
    assert sorted(there)[0] not in found


def test_a_limit_that_is_kept_changes_nothing_and_one_that_is_not_is_said() -> None:
    market = world(Random(2))
    free = planned(market, asked())
    assert free.best is not None
    enough = asked().model_copy(update={"budget": free.best.goods.mid})
    assert planned(market, enough).best == free.best
    tight = asked().model_copy(update={"budget": free.best.goods.mid - 1})
    limited = planned(market, tight)
    check_plan(limited, all_offers(market, tight))
    assert limited.best is not None
    assert limited.best.goods.mid < free.best.goods.mid
    assert "한도를 지키는" in limited.notices[-1]


@pytest.mark.parametrize(
    ("change", "word"),
    [({"latest": DAY + timedelta(days=2)}, "여러 날"), ({"must": ("가게1",) * 13}, "꼭 들를 곳")],
)
def test_what_it_cannot_do_is_said(change: dict[str, Any], word: str) -> None:
    with pytest.raises(InputError, match=word):
        planned(world(Random(3)), asked().model_copy(update=change))


def test_who_closes_before_one_comes_is_left_out() -> None:
    market = world(Random(4))
    late = asked(leaves_at=time(21, 15))
    plan = planned(market, late)
    check_plan(plan, all_offers(market, late))
    early = planned(market, asked())
    assert plan.best is not None
    assert early.best is not None
    assert len(plan.best.stops) < len(early.best.stops)
    assert plan.status is Status.GAP
