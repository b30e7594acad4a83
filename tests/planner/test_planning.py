"""make_plan on small worlds made by hand: what people are told, and that it is right."""

from __future__ import annotations

from random import Random

import pytest
from plan_checker import check_packs_cover, check_plan
from small_world import (
    HOME,
    HandMadeMarket,
    need,
    offer,
    request,
    seller,
    small_catalog,
)

from altteul.errors import InputError
from altteul.market.offer import Basis, Offer
from altteul.planner import make_plan
from altteul.planner.plan import Mode, Plan, Request, Status
from altteul.planner.trip import ModeCosts, TravelCosts
from altteul.sources.observation import Discount
from altteul.sources.seller import LocationBasis

CATALOG = small_catalog()
NEAR, FAR, BACK = seller("가마트", 200), seller("나시장", 900), seller("다마트", -600)
CABBAGE = need("배추 1포기", "배추", 1, "포기")
LETTUCE = need("상추 250g", "상추", 250, "g")


def plan_of(asked: Request, *offers: Offer, costs: TravelCosts | None = None) -> Plan:
    plan = make_plan(asked, HandMadeMarket(offers), CATALOG, costs=costs)  # type: ignore[arg-type]
    check_plan(plan, offers)
    return plan


def on_foot(*needs: object, **trip: object) -> Request:
    return request(*needs, **({"mode": Mode.WALK} | trip))  # type: ignore[arg-type]


def test_one_shop_is_enough_when_the_other_saves_less_than_the_way() -> None:
    plan = plan_of(
        on_foot(CABBAGE),
        offer(NEAR, "배추", 4_000, 1, "포기"),
        offer(FAR, "배추", 3_500, 1, "포기"),
    )
    assert plan.one_shop_is_enough
    assert [stop.seller.name for stop in plan.best.stops] == ["가마트"]
    assert "가마트 한 곳이면 충분합니다" in plan.verdict
    assert plan.status is Status.PROVED


def test_a_second_stop_is_taken_when_it_saves_more_than_the_way() -> None:
    plan = plan_of(
        on_foot(CABBAGE, LETTUCE),
        offer(NEAR, "배추", 14_000, 1, "포기"), offer(FAR, "배추", 3_000, 1, "포기"),
        offer(NEAR, "상추", 1_000, 100, "g"), offer(FAR, "상추", 6_000, 100, "g"),
    )  # fmt: skip
    assert [len(s.plan.stops) for s in plan.by_stops] == [1, 2, 2]
    assert plan.by_stops[1].worth_it
    assert not plan.one_shop_is_enough
    saved = plan.by_stops[0].plan.cost - plan.best.cost
    assert plan.by_stops[1].saves_won == saved
    assert f"{saved:,}원 아낍니다" in plan.verdict


def test_a_second_stop_that_saves_less_than_500_won_is_not_recommended() -> None:
    costs = TravelCosts(walk=ModeCosts(detour=1.0, metres_per_minute=1_000, stop_minutes=0))
    next_door = seller("라마트", 210)
    plan = plan_of(
        on_foot(CABBAGE, LETTUCE),
        offer(NEAR, "배추", 4_000, 1, "포기"), offer(next_door, "배추", 3_600, 1, "포기"),
        offer(NEAR, "상추", 1_000, 100, "g"), offer(next_door, "상추", 9_000, 100, "g"),
        costs=costs,
    )  # fmt: skip
    assert 0 < plan.by_stops[1].saves_won < 500
    assert not plan.by_stops[1].worth_it
    assert plan.one_shop_is_enough
    assert "권하지 않습니다" in plan.verdict


def test_packs_are_whole_and_what_is_left_is_told() -> None:
    plan = plan_of(on_foot(LETTUCE), offer(NEAR, "상추", 1_000, 100, "g"))
    bought = plan.best.stops[0].purchases[0]
    assert (bought.packs, bought.won.mid, bought.leftover) == (3, 3_000, "50g")


def test_pack_sizes_are_mixed() -> None:
    eggs = need("달걀 40개", "달걀", 40, "개")
    plan = plan_of(
        on_foot(eggs), offer(NEAR, "달걀", 6_000, 30, "개"), offer(NEAR, "달걀", 2_500, 10, "개")
    )
    bought = {p.pack_label: p.packs for p in plan.best.stops[0].purchases}
    assert bought == {"30개": 1, "10개": 1}
    assert plan.best.goods.mid == 8_500


def test_a_count_meets_a_weight_through_typical_weights_and_says_so() -> None:
    plan = plan_of(on_foot(CABBAGE), offer(NEAR, "배추", 5_000, 3_000, "g"))
    bought = plan.best.stops[0].purchases[0]
    assert bought.amount_estimated
    assert bought.leftover == "약 0.2포기"
    assert any("환산" in notice for notice in plan.notices)


def test_a_net_is_a_net_whatever_it_weighs() -> None:
    light = offer(NEAR, "양파", 3_000, 1_000, "g")
    light = light.model_copy(update={"pack": light.pack.model_copy(update={"label": "1망(1kg)"})})
    plan = plan_of(on_foot(need("양파 1망", "양파", 1, "망")), light)
    assert plan.best.stops[0].purchases[0].packs == 1
    assert not plan.best.stops[0].purchases[0].amount_estimated


def test_what_nobody_sells_is_told_and_does_not_enter_the_sums() -> None:
    radish = need("무 1개", "무", 1, "개")
    plan = plan_of(on_foot(CABBAGE, radish), offer(NEAR, "배추", 4_000, 1, "포기"))
    assert [(piece.text, piece.reason) for piece in plan.not_priced] == [
        ("무 1개", "반경 2km 안 판매처의 조사가격이 없습니다.")
    ]
    assert plan.best.uncovered_won == 0
    assert "무 1개" in plan.verdict


def test_an_amount_no_pack_can_be_compared_with_is_told() -> None:
    eggs = need("달걀 300g", "달걀", 300, "g")
    plan = plan_of(on_foot(eggs, CABBAGE), offer(NEAR, "달걀", 6_000, 30, "개"),
                   offer(NEAR, "배추", 4_000, 1, "포기"))  # fmt: skip
    assert [piece.text for piece in plan.not_priced] == ["달걀 300g"]
    assert "견줄 수 없습니다" in plan.not_priced[0].reason


def test_leaving_something_out_costs_the_dearest_price_and_a_trip_of_its_own() -> None:
    plan = plan_of(
        on_foot(CABBAGE, LETTUCE, max_stops=1),
        offer(NEAR, "배추", 4_000, 1, "포기"), offer(FAR, "상추", 1_000, 100, "g"),
        offer(BACK, "상추", 1_200, 100, "g"),
    )  # fmt: skip
    assert plan.best.not_bought == ("상추 250g",)
    there_and_back = 2 * 1_940 + 1_667  # 780 m at 67 m a minute, 10 minutes in the shop
    assert plan.best.uncovered_won == pytest.approx(3_600 + there_and_back, abs=4)
    assert "살 수 없습니다" in plan.verdict
    assert "한 곳만 간다면 가마트" in plan.verdict
    assert not plan.one_shop_is_enough


def test_no_price_at_all_is_an_answer_without_a_plan() -> None:
    plan = plan_of(on_foot(CABBAGE))
    assert plan.best is None
    assert "배추 1포기의 조사가격이 없습니다" in plan.verdict


def test_an_empty_list_asks_for_one() -> None:
    assert "살 것과 양" in plan_of(on_foot()).verdict


def test_sellers_beyond_the_radius_are_not_asked() -> None:
    plan = plan_of(on_foot(CABBAGE, radius_m=500), offer(NEAR, "배추", 9_000, 1, "포기"),
                   offer(FAR, "배추", 100, 1, "포기"))  # fmt: skip
    assert plan.candidates == 1


def test_a_sale_price_is_used_and_flagged() -> None:
    plan = plan_of(on_foot(CABBAGE), offer(NEAR, "배추", 2_000, 1, "포기", discount=Discount.SALE))
    assert plan.best.stops[0].purchases[0].discount is Discount.SALE
    assert any("행사 가격" in notice for notice in plan.notices)


@pytest.mark.parametrize(("heads", "packs", "won"), [(1, 1, 3_000), (2, 2, 3_000), (3, 3, 6_000)])
def test_one_plus_one_halves_the_price_only_when_two_are_needed(
    heads: int, packs: int, won: int
) -> None:
    asked = on_foot(need(f"배추 {heads}포기", "배추", heads, "포기"))
    plan = plan_of(asked, offer(NEAR, "배추", 3_000, 1, "포기", discount=Discount.ONE_PLUS_ONE))
    bought = plan.best.stops[0].purchases[0]
    assert (bought.packs, bought.won.mid, bought.leftover) == (packs, won, None)


def test_the_variety_asked_for_is_kept() -> None:
    belly = need("삼겹살 200g", "돼지고기", 200, "g", variety="삼겹살")
    plan = plan_of(on_foot(belly), offer(NEAR, "돼지고기", 900, 100, "g", variety="뒷다리"),
                   offer(NEAR, "돼지고기", 2_500, 100, "g", variety="삼겹살"))  # fmt: skip
    assert plan.best.goods.mid == 5_000


def test_an_unknown_variety_stands_in_only_with_a_remark() -> None:
    belly = need("삼겹살 200g", "돼지고기", 200, "g", variety="삼겹살")
    plan = plan_of(on_foot(belly), offer(NEAR, "돼지고기", 900, 100, "g", variety="뒷다리"),
                   offer(NEAR, "돼지고기", 2_000, 100, "g"))  # fmt: skip
    bought = plan.best.stops[0].purchases[0]
    assert bought.won.mid == 4_000
    assert "품종은 자료에 없음" in (bought.note or "")


def test_old_prices_rough_places_and_practice_data_are_told() -> None:
    rough = seller("마시장", 400, location_basis=LocationBasis.DONG, simulated=True)
    plan = plan_of(on_foot(CABBAGE), offer(rough, "배추", 4_000, 1, "포기", age_days=30,
                                           basis=Basis.ESTIMATED, simulated=True))  # fmt: skip
    told = " ".join(plan.notices)
    assert plan.simulated
    for word in ("연습용(가상)", "30일 전", "어림", "추정"):
        assert word in told


def test_comparisons_are_the_nearest_shop_and_the_cheapest_goods() -> None:
    plan = plan_of(
        on_foot(CABBAGE, LETTUCE),
        offer(NEAR, "배추", 5_000, 1, "포기"), offer(NEAR, "상추", 1_500, 100, "g"),
        offer(FAR, "배추", 4_600, 1, "포기"), offer(FAR, "상추", 1_400, 100, "g"),
        offer(seller("바상회", 50), "상추", 900, 100, "g"),
    )  # fmt: skip
    assert [c.plan.stops[0].seller.name for c in plan.comparisons] == ["가마트", "나시장"]
    assert plan.comparisons[1].best_saves_won > 0


def test_one_way_trips_have_no_way_home() -> None:
    plan = plan_of(on_foot(CABBAGE, returns_home=False), offer(NEAR, "배추", 4_000, 1, "포기"))
    assert plan.best.way_home is None


@pytest.mark.parametrize("stops", [0, 41])
def test_an_impossible_number_of_stops_is_refused(stops: int) -> None:
    with pytest.raises(InputError, match="1곳에서 40곳"):
        plan_of(on_foot(CABBAGE, max_stops=stops))


@pytest.mark.parametrize("mode", list(Mode))
def test_random_worlds_give_plans_that_hold(mode: Mode) -> None:
    chance = Random(mode.value)
    packs = {f"{grams}g": float(grams) for grams in (50, 100, 150, 300, 500)}
    for _ in range(60):
        asked = [need(f"{name} {grams}g", name, grams, "g")
                 for name in ("상추", "양파", "돼지고기")
                 if (grams := chance.randrange(50, 1_500, 50))]  # fmt: skip
        shops = [seller(f"{i:02}", chance.uniform(-1_900, 1_900)) for i in range(8)]
        offers = [
            offer(shop, wanted.item, chance.randrange(5, 60) * 100, grams, "g")
            for shop in shops for wanted in asked for grams in packs.values()
            if chance.random() < 0.3
        ]  # fmt: skip
        plan = plan_of(request(*asked, mode=mode), *offers)
        check_packs_cover(plan, {n.text: n.amount for n in asked}, packs)


def test_the_place_of_the_request_is_in_the_answer() -> None:
    assert plan_of(on_foot(CABBAGE)).request.place == HOME
