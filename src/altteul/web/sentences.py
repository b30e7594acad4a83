"""The answer in words: what to buy where, what it costs, what it saves. Every number is the
planner's own; nothing is computed here but sums that the plan states."""

from __future__ import annotations

from altteul.planner.plan import Comparison, Plan, ShoppingPlan
from altteul.web.words import (
    MODE_WORDS,
    about_won,
    duration,
    places,
    with_particle,
    won,
)


def headline(plan: Plan) -> str:
    """One sentence: where to go. "한 곳" is not parted at the end of a line."""
    return _headline(plan).replace(" 곳", "\N{NO-BREAK SPACE}곳")


def _headline(plan: Plan) -> str:
    if plan.best is None or not plan.best.stops:
        return "이 목록은 가까운 곳에서 조사된 값이 없어 어디가 싼지 말할 수 없어요."
    names = [stop.seller.name for stop in plan.best.stops]
    if len(names) == 1:
        everything = "" if _leaves_out(plan) else " 다"
        return f"{names[0]} 한 곳에서{everything} 사시면 돼요."
    return f"{places(len(names))}에서 나누어 사시면 돼요."


def sentences(plan: Plan) -> list[str]:
    """What follows the headline: the order of the stops, the sum and the way, the saving."""
    if plan.best is None or not plan.best.stops:
        return ["다른 날이나 더 넓은 곳으로 다시 물어봐 주세요."]
    said = [_order(plan.best), _sum(plan.best, plan), _saving(plan)]
    missing = _leaves_out(plan)
    if missing:
        said.append(f"{with_particle(missing, '은/는')} 값을 알 수 없어 빼고 셈했어요.")
    return [sentence for sentence in said if sentence]


def _order(best: ShoppingPlan) -> str:
    if len(best.stops) == 1:
        return ""
    first, *between, last = (stop.seller.name for stop in best.stops)
    middle = f"{', '.join(between)}에 들른 뒤 " if between else ""
    return f"먼저 {first}, 다음에 {middle}{with_particle(last, '으로/로')} 가세요."


def _sum(best: ShoppingPlan, plan: Plan) -> str:
    way = MODE_WORDS[plan.request.trip.mode]
    minutes = duration(best.trip_minutes)
    return f"물건값은 {about_won(best.goods)}, {way} 다녀오는 데 {minutes}쯤 걸려요."


def _saving(plan: Plan) -> str:
    against = main_comparison(plan)
    if against is None:
        return ""
    if against.best_saves_won <= 0:
        return "더 돌아다녀도 이보다 아끼는 길은 없어요."
    return (
        f"{with_particle(against.name, '과/와')} 견주면 오가는 시간과 찻삯까지 쳐서 "
        f"{won(against.best_saves_won)} 아껴요."
    )


def main_comparison(plan: Plan) -> Comparison | None:
    """The comparison that the page speaks of: the first that buys the same things."""
    if plan.best is None:
        return None
    bought = set(plan.best.not_bought)
    return next((c for c in plan.comparisons if set(c.plan.not_bought) == bought), None)


def _leaves_out(plan: Plan) -> str:
    left = [piece.text for piece in plan.not_priced]
    left += plan.best.not_bought if plan.best else ()
    shown = ", ".join(left[:3])
    return f"{shown} 등 {len(left)}가지" if len(left) > 3 else shown
