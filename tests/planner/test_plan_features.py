"""What a request may ask for beyond a list: days, limits, discounts, delivery, substitutes."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest
from plan_checker import check_plan
from small_world import DAY, HOME, HandMadeMarket, need, offer, request, seller, small_catalog

from altteul.catalog.catalog import Catalog
from altteul.catalog.model import Item
from altteul.errors import InputError
from altteul.market.offer import Basis, Offer, WonRange
from altteul.planner import make_plan
from altteul.planner.later import Moved
from altteul.planner.plan import (
    DeliveryTerms,
    FeeStep,
    Lever,
    Mode,
    NeedSubstitute,
    Plan,
    Programme,
    Request,
    Risk,
    ShopperDiscount,
    Status,
)
from altteul.sources.observation import Channel
from altteul.sources.seller import Delivery
from altteul.units import ItemKind

CATALOG = small_catalog()
MARKET = Channel.TRADITIONAL_MARKET
NEAR, FAR = seller("가마트", 200), seller("나시장", 900, channel=MARKET)
CABBAGE = need("배추 1포기", "배추", 1, "포기")
LETTUCE = need("상추 250g", "상추", 250, "g")
SUNDAY = date(2026, 11, 22)
"""The fourth Sunday of its month."""


class Foreseen:
    """An outlook that knows some changes: (item, day) -> ratio."""

    def __init__(self, changes: dict[tuple[str, date], float]) -> None:
        self._changes = changes

    def change(self, item: str, channel: Channel | None, day: date) -> Moved | None:
        ratio = self._changes.get((item, day))
        return ratio and Moved(ratio, ratio, ratio, True) or None


def asked(*needs: Any, **facts: Any) -> Request:
    trip = {"mode": Mode.WALK} | facts.pop("trip", {})
    return request(*needs, **trip).model_copy(update=facts)


def plan_of(asking: Request, *offers: Offer, outlook: Foreseen | None = None) -> Plan:
    market: Any = HandMadeMarket(offers)
    plan = make_plan(asking, market, CATALOG, outlook=outlook)
    check_plan(plan, offers, outlook)
    assert plan.status is Status.PROVED
    return plan


def cabbages(near: int, far: int) -> tuple[Offer, Offer]:
    return offer(NEAR, "배추", near, 1, "포기"), offer(FAR, "배추", far, 1, "포기")


def visited(plan: Plan) -> list[tuple[str, date | None]]:
    assert plan.best
    return [(stop.seller.name, stop.day) for stop in plan.best.stops]


def test_waiting_for_a_lower_price_is_an_answer() -> None:
    later = DAY + timedelta(days=3)
    foreseen = Foreseen({("배추", later): 0.6})
    asking = asked(CABBAGE, latest=later)
    plan = plan_of(asking, offer(NEAR, "배추", 10_000, 1, "포기"), outlook=foreseen)
    assert visited(plan) == [("가마트", later)]
    assert plan.not_today
    assert "11월 20일 금요일에는 사지 말고 11월 23일 월요일에 사세요" in plan.verdict
    assert [day.plan.goods.mid for day in plan.by_days] == [10_000, 10_000, 10_000, 6_000]
    assert plan.by_days[-1].worth_it
    (gain,) = plan.decomposition
    assert (gain.lever, gain.saves_won) == (Lever.WAITING, 4_000)


def test_without_a_trusted_forecast_waiting_does_not_pay() -> None:
    plan = plan_of(asked(CABBAGE, latest=DAY + timedelta(days=6)), *cabbages(9_000, 9_000))
    assert not plan.not_today
    assert visited(plan) == [("가마트", DAY)]
    assert not any(day.worth_it for day in plan.by_days[1:])


def test_what_does_not_keep_until_it_is_used_is_bought_later() -> None:
    later = DAY + timedelta(days=5)
    asking = asked(LETTUCE, latest=later)
    fresh = offer(FAR, "상추", 1_000, 100, "g")
    market: Any = HandMadeMarket([fresh])
    at_once = make_plan(asking, market, keeping_two_days())
    for_then = make_plan(asking.model_copy(update={"used_on": later}), market, keeping_two_days())
    assert visited(at_once) == [("나시장", DAY)]
    # It keeps for two days and loses a share on each, hence the day itself.
    assert visited(for_then) == [("나시장", later)]


def keeping_two_days() -> Catalog:
    lettuce = Item(name="상추", kind=ItemKind.VEGETABLE, keeps="냉장 2 [시험]")
    return Catalog([lettuce])


def test_a_market_is_waited_for_until_its_day() -> None:
    held = seller("다장터", 300, channel=MARKET, open_days=(2, 7))
    offers = offer(NEAR, "배추", 12_000, 1, "포기"), offer(held, "배추", 5_000, 1, "포기")
    plan = plan_of(asked(CABBAGE, latest=DAY + timedelta(days=4)), *offers)
    assert visited(plan) == [("다장터", date(2026, 11, 22))]
    assert visited(plan_of(asked(CABBAGE), *offers)) == [("가마트", DAY)]


def test_large_stores_are_closed_on_the_fourth_sunday() -> None:
    plan = plan_of(asked(CABBAGE, on=SUNDAY), *cabbages(4_000, 9_000))
    assert visited(plan) == [("나시장", SUNDAY)]
    alone = plan_of(asked(CABBAGE, on=SUNDAY), cabbages(4_000, 9_000)[0])
    assert alone.best is None
    assert alone.not_priced[0].reason == "파는 곳이 그날 문을 열지 않습니다."


def test_who_leaves_late_finds_the_market_closed() -> None:
    late = asked(CABBAGE, trip={"leaves_at": time(18, 50)})
    plan = plan_of(late, *cabbages(9_000, 3_000))
    assert visited(plan) == [("가마트", DAY)]
    assert any("여닫는 시각" in notice for notice in plan.notices)


def test_who_comes_early_waits_for_the_store_and_pays_for_it() -> None:
    early = asked(CABBAGE, trip={"leaves_at": time(9, 30)})
    (stop,) = plan_of(early, cabbages(4_000, 0)[0]).best.stops  # type: ignore[union-attr]
    assert stop.waits_minutes == 26
    assert stop.arrives == time(9, 34)
    assert stop.stop_won == 1_667 + 4_333


def test_a_budget_leaves_out_what_is_cheapest_to_miss() -> None:
    # Cabbage is dear elsewhere: to go without it would cost more than to go without lettuce.
    offers = (*cabbages(6_000, 14_000), offer(NEAR, "상추", 1_000, 100, "g"))
    plan = plan_of(asked(CABBAGE, LETTUCE, budget=7_000), *offers)
    assert plan.left_out == ("상추 250g",)
    assert plan.best
    assert plan.best.goods.mid == 6_000
    assert "예산 7,000원" in plan.verdict
    broke = plan_of(asked(CABBAGE, budget=100), *offers)
    assert broke.best is None
    assert "예산 100원" in broke.verdict


def test_nothing_is_heavier_than_one_can_carry() -> None:
    offers = (
        *cabbages(6_000, 14_000), offer(NEAR, "상추", 1_000, 100, "g"),
        offer(FAR, "상추", 9_000, 300, "g"),
    )  # fmt: skip
    light = asked(CABBAGE, LETTUCE, trip={"carry_kg": 2.6})
    plan = plan_of(light, *offers)
    assert plan.left_out == ("상추 250g",)
    two_days = plan_of(light.model_copy(update={"latest": DAY + timedelta(days=1)}), *offers)
    assert two_days.left_out == ()
    assert len(two_days.best.trips) == 2  # type: ignore[union-attr]


def test_a_voucher_counts_only_where_it_is_taken_and_up_to_its_cap() -> None:
    onnuri = ShopperDiscount(programme=Programme.ONNURI)
    plan = plan_of(asked(CABBAGE, discounts=(onnuri,)), *cabbages(9_000, 12_000))
    assert visited(plan) == [("가마트", DAY)]
    dear = plan_of(asked(CABBAGE, discounts=(onnuri,)), *cabbages(90_000, 89_000))
    assert visited(dear) == [("나시장", DAY)]
    assert dear.best
    assert dear.best.discount_won == 8_900
    assert dear.best.total.mid == dear.best.goods.mid - 8_900 + dear.best.trip_won
    capped = onnuri.model_copy(update={"cap_won": 1_000})
    few = plan_of(asked(CABBAGE, discounts=(capped,)), *cabbages(99_000, 89_000))
    assert few.best
    assert few.best.discount_won == 1_000


def test_the_old_ride_free() -> None:
    far = seller("라마트", 3_000)
    asking = asked(CABBAGE, trip={"mode": Mode.BUS})
    old = asking.model_copy(update={"discounts": (ShopperDiscount(programme=Programme.SENIOR),)})
    fares = [
        plan_of(one, offer(far, "배추", 5_000, 1, "포기")).best.stops[0].leg.fare  # type: ignore[union-attr]
        for one in (asking, old)
    ]
    assert fares == [1_550, 0]


def test_an_order_is_made_above_its_minimum_and_in_time() -> None:
    terms = Delivery(
        minimum=10_000, days=1,
        fees=(FeeStep(goods_from=0, fee=3_000), FeeStep(goods_from=50_000, fee=0)),
    )  # fmt: skip
    mall = seller("택배몰", channel=Channel.ONLINE, delivery=terms).model_copy(
        update={"lat": None, "lng": None}
    )
    offers = (
        offer(NEAR, "배추", 20_000, 1, "포기"), offer(NEAR, "상추", 3_000, 100, "g"),
        _far_away(offer(NEAR, "배추", 9_000, 1, "포기"), mall),
        _far_away(offer(NEAR, "상추", 2_900, 100, "g"), mall),
    )  # fmt: skip
    tomorrow = DAY + timedelta(days=1)
    asking = asked(CABBAGE, LETTUCE, latest=tomorrow)
    plan = plan_of(asking, *offers)
    assert plan.best
    assert [order.seller.name for order in plan.best.orders] == ["택배몰"]
    assert plan.best.orders[0].goods.mid >= 10_000
    assert plan.best.fees_won == 3_000
    assert "배달받으세요" in plan.verdict
    too_late = plan_of(asked(CABBAGE, LETTUCE), *offers)
    assert too_late.best
    assert not too_late.best.orders
    small = plan_of(asked(CABBAGE, latest=tomorrow), *offers)
    assert small.best
    assert not small.best.orders
    # Terms that the request knows better than the register.
    free = DeliveryTerms(seller="택배몰", days=0)
    quick = plan_of(asked(CABBAGE, deliveries=(free,)), *offers)
    assert quick.best
    assert [o.fee for o in quick.best.orders] == [0]


def _far_away(one: Offer, mall: Any) -> Offer:
    return one.model_copy(update={"seller": mall, "distance_m": 0})


@pytest.mark.parametrize(("dislike", "bought"), [(0, "무"), (1_500, "배추")])
def test_a_substitute_is_bought_where_it_saves_more_than_it_is_disliked(
    dislike: int, bought: str
) -> None:
    swap = NeedSubstitute(item="무", ratio=0.6, dislike_won=dislike)
    wanted = CABBAGE.model_copy(update={"substitutes": (swap,)})
    offers = offer(NEAR, "배추", 6_000, 1, "포기"), offer(NEAR, "무", 5_000, 1, "개")
    (purchase,) = plan_of(asked(wanted), *offers).best.stops[0].purchases  # type: ignore[union-attr]
    assert purchase.item == bought
    assert purchase.need == "배추 1포기"
    assert purchase.instead_of == ("배추" if bought == "무" else None)


def test_the_swap_is_told_with_what_it_saves() -> None:
    wanted = CABBAGE.model_copy(update={"substitutes": (NeedSubstitute(item="무", ratio=0.6),)})
    offers = offer(NEAR, "배추", 9_000, 1, "포기"), offer(NEAR, "무", 5_000, 1, "개")
    (gain,) = plan_of(asked(wanted), *offers).decomposition
    assert (gain.lever, gain.saves_won, gain.text) == (
        Lever.SUBSTITUTE, 4_000, "배추 대신 무 -4,000원",
    )  # fmt: skip


def test_sellers_can_be_asked_for_and_refused() -> None:
    offers = cabbages(4_000, 9_000)
    assert visited(plan_of(asked(CABBAGE, never=("가마",)), *offers)) == [("나시장", DAY)]
    must = plan_of(asked(CABBAGE, must=("나시장",)), *offers)
    assert "나시장" in [name for name, _ in visited(must)]
    with pytest.raises(InputError, match="없는마트"):
        plan_of(asked(CABBAGE, must=("없는마트",)), *offers)


def test_more_than_a_week_is_refused() -> None:
    with pytest.raises(InputError, match="6일 뒤까지"):
        plan_of(asked(CABBAGE, latest=DAY + timedelta(days=7)), *cabbages(1, 1))


def test_doubtful_prices_draw_the_bold_only() -> None:
    doubtful = offer(FAR, "배추", 4_000, 1, "포기", basis=Basis.ESTIMATED)
    wide = doubtful.model_copy(update={"price": WonRange(low=1_000, mid=4_000, high=14_000)})
    offers = offer(NEAR, "배추", 9_000, 1, "포기"), wide
    going = {
        risk: visited(plan_of(asked(CABBAGE, risk=risk, trip={"value_of_time": 0}), *offers))[0][0]
        for risk in Risk
    }
    assert going == {Risk.SAFE: "가마트", Risk.NORMAL: "가마트", Risk.BOLD: "나시장"}


def test_home_grown_goods_are_preferred_to_imported_ones() -> None:
    belly = need("돼지고기 200g", "돼지고기", 200, "g", preferences=("국산",))
    foreign = offer(NEAR, "돼지고기", 900, 100, "g", origin="수입산")
    local = offer(NEAR, "돼지고기", 2_000, 100, "g", origin="국산")
    (purchase,) = plan_of(asked(belly), foreign, local).best.stops[0].purchases  # type: ignore[union-attr]
    assert purchase.won.mid == 4_000


def test_meat_is_cut_and_a_bag_is_not() -> None:
    belly = need("돼지고기 250g", "돼지고기", 250, "g")
    plan = plan_of(asked(belly, LETTUCE), offer(NEAR, "돼지고기", 12_000, 600, "g"),
                   offer(NEAR, "상추", 1_000, 100, "g"))  # fmt: skip
    bought = {p.item: p for p in plan.best.stops[0].purchases}  # type: ignore[union-attr]
    assert (bought["돼지고기"].pack_label, bought["돼지고기"].won.mid) == ("250g", 5_000)
    assert bought["돼지고기"].weighed
    assert (bought["상추"].packs, bought["상추"].weighed) == (3, False)


def test_the_decomposition_adds_up_from_one_shop_today() -> None:
    later = DAY + timedelta(days=3)
    swap = CABBAGE.model_copy(update={"substitutes": (NeedSubstitute(item="무", ratio=0.6),)})
    offers = (
        offer(NEAR, "배추", 19_000, 1, "포기"), offer(FAR, "무", 3_000, 1, "개"),
        offer(NEAR, "상추", 2_000, 100, "g"), offer(FAR, "상추", 9_000, 100, "g"),
        offer(NEAR, "달걀", 16_000, 10, "개"),
    )  # fmt: skip
    eggs = need("달걀 10개", "달걀", 10, "개")
    foreseen = Foreseen({("달걀", later): 0.5, ("상추", later): 0.8})
    asking = asked(swap, LETTUCE, eggs, latest=later)
    plan = plan_of(asking, *offers, outlook=foreseen)
    plain = asked(CABBAGE, LETTUCE, eggs, trip={"max_stops": 1})
    base = plan_of(plain, *offers)
    assert plan.best
    assert base.best
    assert {gain.lever for gain in plan.decomposition} == {
        Lever.STOPS, Lever.WAITING, Lever.SUBSTITUTE,
    }  # fmt: skip
    # The price of going without is that of the whole question, the same at every step.
    saved = sum(gain.saves_won for gain in plan.decomposition)
    assert saved == base.best.cost - plan.best.cost


def test_a_told_price_is_where_the_plan_turns() -> None:
    offers = [offer(NEAR, "배추", 5_000, 1, "포기"), offer(FAR, "배추", 1_500, 1, "포기")]
    plan = plan_of(asked(CABBAGE), *offers)
    rises = next(s for s in plan.sensitivity if s.rises)
    for won, same in ((rises.changes_at_won - 1, True), (rises.changes_at_won + 1, False)):
        changed = plan_of(asked(CABBAGE), offer(NEAR, "배추", won, 1, "포기"), offers[1])
        assert (visited(changed) == visited(plan)) == same
    falls = next(s for s in plan.sensitivity if not s.rises)
    for won, same in ((falls.changes_at_won + 1, True), (falls.changes_at_won - 1, False)):
        changed = plan_of(asked(CABBAGE), offers[0], offer(FAR, "배추", won, 1, "포기"))
        assert (visited(changed) == visited(plan)) == same


def test_alternatives_are_the_best_plans_without_a_shop() -> None:
    offers = cabbages(5_000, 1_800)
    plan = plan_of(asked(CABBAGE), *offers)
    (other,) = plan.alternatives
    assert other.without == ("가마트",)
    without = plan_of(asked(CABBAGE, never=("가마트",)), *offers)
    assert without.best
    assert other.plan.total == without.best.total


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


def test_home_is_where_the_plan_begins() -> None:
    assert plan_of(asked(CABBAGE), *cabbages(1_000, 2_000)).request.place == HOME
