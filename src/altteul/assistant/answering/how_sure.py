"""How far the prices of a plan can be relied on, in plain sentences."""

from __future__ import annotations

from altteul.market.notices import OLD_DAYS
from altteul.market.offer import Basis
from altteul.planner.plan import Purchase, ShoppingPlan


def doubts(best: ShoppingPlan) -> str:
    """What in a plan is an estimate; empty where nothing is."""
    every = _purchases(best)
    if any(p.basis is Basis.ESTIMATED for p in every):
        return "조사하지 않은 곳의 값은 어림한 값(추정)이에요."
    if any(p.amount_estimated for p in every):
        return "무게나 개수는 보통 크기로 어림한 것(추정)이 있어요."
    return ""


def _purchases(best: ShoppingPlan) -> list[Purchase]:
    return [p for one in (*best.stops, *best.orders) for p in one.purchases]


def age(best: ShoppingPlan) -> str:
    """The day of the oldest price, and that shops may ask others."""
    oldest = max(_purchases(best), key=lambda p: p.age_days)
    day = f"{oldest.observed_on.month}월 {oldest.observed_on.day}일"
    if oldest.age_days >= OLD_DAYS:
        return f"{day}에 조사한 오래된 값도 있으니 가시기 전에 한번 물어보세요."
    return (
        f"{day} 뒤로 조사한 값이라 가게에서는 다를 수 있어요."
        if oldest.age_days
        else (f"{day}에 조사한 값이라 가게에서는 다를 수 있어요.")
    )
