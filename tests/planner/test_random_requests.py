"""Random requests with everything a request may ask; an independent checker looks at each plan."""

from __future__ import annotations

from datetime import time, timedelta
from random import Random
from typing import Any

import pytest
from asked_and_planned import CATALOG, MARKET, Foreseen
from plan_checker import check_plan
from small_world import DAY, HandMadeMarket, need, offer, request, seller

from altteul.market.offer import Offer
from altteul.planner import make_plan
from altteul.planner.plan import (
    Mode,
    NeedSubstitute,
    Programme,
    Request,
    Risk,
    ShopperDiscount,
    Status,
)
from altteul.sources.observation import Channel


@pytest.mark.parametrize("batch", range(12))
def test_random_requests_with_everything_give_plans_that_hold(batch: int) -> None:
    for seed in range(batch * 10, batch * 10 + 10):
        chance = Random(seed)
        days = chance.randrange(0, 4)
        offers, foreseen = _world(chance, days)
        plan = make_plan(
            _request(chance, days), HandMadeMarket(offers), CATALOG, outlook=foreseen  # type: ignore[arg-type]
        )  # fmt: skip
        check_plan(plan, offers, foreseen)
        assert plan.status is Status.PROVED


def _world(chance: Random, days: int) -> tuple[list[Offer], Foreseen]:
    shops = [
        seller(
            f"{number}호점",
            chance.uniform(-1_900, 1_900),
            channel=chance.choice([MARKET, Channel.LARGE_STORE, Channel.LOCAL_FOOD]),
            open_days=(1, 6) if chance.random() < 0.2 else (),
        )
        for number in range(6)
    ]
    offers = [
        offer(shop, item, chance.randrange(10, 60) * 100, grams, "g")
        for shop in shops
        for item in ("상추", "양파", "돼지고기")
        for grams in (100, 300)
        if chance.random() < 0.4
    ]
    offers += [
        offer(shop, item, chance.randrange(20, 60) * 100, 1, unit)
        for shop in shops
        for item, unit in (("배추", "포기"), ("무", "개"))
        if chance.random() < 0.6
    ]
    changes = {
        (item, DAY + timedelta(days=n)): chance.uniform(0.7, 1.2)
        for item in ("상추", "배추", "돼지고기")
        for n in range(1, days + 1)
    }
    return offers, Foreseen(changes)


def _request(chance: Random, days: int) -> Request:
    needs = [
        need("상추 250g", "상추", 250, "g"),
        need("양파 600g", "양파", 600, "g", substitutes=(NeedSubstitute(item="상추"),)),
        need("돼지고기 350g", "돼지고기", 350, "g"),
        need("배추 1포기", "배추", 1, "포기",
             substitutes=(NeedSubstitute(item="무", ratio=0.6, dislike_won=300),)),
    ]  # fmt: skip
    facts: dict[str, Any] = {
        "latest": DAY + timedelta(days=days),
        "risk": chance.choice(list(Risk)),
    }
    if chance.random() < 0.3:
        facts["budget"] = chance.randrange(3, 20) * 1_000
    if chance.random() < 0.3:
        facts["discounts"] = (
            ShopperDiscount(
                programme=chance.choice([Programme.ONNURI, Programme.LOCAL_CURRENCY]),
                cap_won=chance.choice([None, 300]),
            ),
        )
    trip: dict[str, Any] = {"max_stops": chance.randrange(1, 4), "mode": chance.choice(list(Mode))}
    if chance.random() < 0.3:
        trip["carry_kg"] = chance.choice([0.7, 2.0, 4.0])
    if chance.random() < 0.3:
        trip["leaves_at"] = time(chance.randrange(8, 19), 30)
    return request(*chance.sample(needs, chance.randrange(1, 5)), **trip).model_copy(update=facts)
