"""Limits, vouchers, orders, substitutes and wishes: what a plan may and may not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asked_and_planned import CABBAGE, FAR, LETTUCE, NEAR, asked, cabbages, plan_of, visited
from small_world import DAY, HOME, need, offer, seller

from altteul.errors import InputError
from altteul.market.offer import Basis, Offer, WonRange
from altteul.planner.plan import (
    DeliveryTerms,
    FeeStep,
    Lever,
    Mode,
    NeedSubstitute,
    Programme,
    Risk,
    ShopperDiscount,
)
from altteul.sources.observation import Channel
from altteul.sources.seller import Delivery


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


def test_a_shop_to_avoid_that_is_not_there_is_told() -> None:
    told = plan_of(asked(CABBAGE, never=("없는마트", "가마")), *cabbages(4_000, 9_000)).notices
    assert [one for one in told if "없는마트" in one and "가마" not in one]
    known = plan_of(asked(CABBAGE, never=("가마",)), *cabbages(4_000, 9_000)).notices
    assert not [one for one in known if "그런 이름이 없습니다" in one]


def test_the_limit_that_allows_nothing_is_named() -> None:
    offers = cabbages(4_000, 9_000)
    light = plan_of(asked(CABBAGE, trip={"carry_kg": 0.1}), *offers)
    assert (light.best, "0.1kg까지만" in light.verdict) == (None, True)
    poor = plan_of(asked(CABBAGE, budget=100), *offers)
    assert (poor.best, "예산 100원" in poor.verdict) == (None, True)


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


def test_home_is_where_the_plan_begins() -> None:
    assert plan_of(asked(CABBAGE), *cabbages(1_000, 2_000)).request.place == HOME
