"""What a plan tells of itself: steps that add up, prices that would turn it, near-equal ways."""

from __future__ import annotations

from datetime import timedelta

from asked_and_planned import (
    CABBAGE,
    FAR,
    LETTUCE,
    NEAR,
    Foreseen,
    asked,
    cabbages,
    plan_of,
    visited,
)
from small_world import DAY, need, offer

from altteul.planner.plan import (
    Lever,
    NeedSubstitute,
    Plan,
)


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


def bought(plan: Plan) -> set[tuple[str, str]]:
    assert plan.best
    return {(p.need, stop.seller.name) for stop in plan.best.stops for p in stop.purchases}


def test_under_a_budget_a_told_price_is_where_the_plan_turns() -> None:
    offers = [
        offer(NEAR, "배추", 5_000, 1, "포기"), offer(FAR, "배추", 1_500, 1, "포기"),
        offer(NEAR, "상추", 2_000, 100, "g"), offer(FAR, "상추", 2_500, 100, "g"),
    ]  # fmt: skip
    for budget in (11_300, 12_400):
        asking = asked(CABBAGE, LETTUCE, budget=budget)
        plan = plan_of(asking, *offers)
        rises = [s for s in plan.sensitivity if s.rises and s.item == "배추"]
        assert rises
        for won, same in ((rises[0].changes_at_won, True), (rises[0].changes_at_won + 10, False)):
            dearer = offer(NEAR, "배추", won, 1, "포기")
            changed = plan_of(asking, dearer, *offers[1:])
            assert (bought(changed) == bought(plan)) == same, (budget, won)


def test_not_all_prices_are_tried_under_limits_and_that_is_said() -> None:
    needs = tuple(need(f"배추 {number}포기", "배추", number, "포기") for number in range(1, 9))
    offers = cabbages(1_000, 1_100)
    plan = plan_of(asked(*needs, budget=38_500), *offers)
    assert any("8가지 가운데 6가지만" in notice for notice in plan.notices)
    free = plan_of(asked(*needs), *offers)
    assert not any("가지 가운데" in notice for notice in free.notices)
