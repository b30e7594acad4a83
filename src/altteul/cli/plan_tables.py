"""A plan as lines and tables for people: stops, orders, the total, what else would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from altteul.cli.explaining import show_orders, show_reasons
from altteul.cli.output import say, table
from altteul.korean.going import MODE_WORDS
from altteul.planner.days import weekday

if TYPE_CHECKING:
    from altteul.planner.plan import Comparison, Plan, ShoppingPlan, Stop, StopSaving, Unread


def unread_line(piece: Unread) -> str:
    """What could not be read, why, and what was perhaps meant."""
    near = f" (혹시 {', '.join(piece.suggestions)}?)" if piece.suggestions else ""
    return f"{piece.text}: {piece.reason}{near}"


def show_plan(answer: Plan) -> None:
    """Print a plan for people; nothing where there is none."""
    if answer.best:
        _show(answer, answer.best)


def _show(answer: Plan, best: ShoppingPlan) -> None:
    say(answer.verdict)
    for number, stop in enumerate(best.stops, start=1):
        _show_stop(number, stop, several=bool(answer.by_days))
    show_orders(best.orders)
    _show_total(best)
    _show_choices(answer, best)
    show_reasons(answer)
    if answer.best:
        _show_swaps(answer.best)
    for piece in answer.not_priced:
        say(f"가격 없음 · {unread_line(piece)}")
    for notice in answer.notices:
        say(f"※ {notice}")
    for used in answer.sources:
        say(f"출처: {used.title} ({used.oldest} ~ {used.newest} 조사)")


def _show_swaps(best: ShoppingPlan) -> None:
    """What changes with a substitute, and the allergens it brings: always said."""
    bought = [p for one in (*best.stops, *best.orders) for p in one.purchases if p.instead_of]
    if not bought:
        return
    from altteul.recipes.substitutes import load_swaps

    for purchase in bought:
        known = load_swaps().instead_of(purchase.instead_of or "")
        for swap in known:
            if swap.item == purchase.item:
                new = f" 알레르기 주의: {', '.join(swap.allergens)}." if swap.allergens else ""
                say(f"※ {purchase.instead_of} 대신 {swap.item}: {swap.taste}.{new}")


def _show_stop(number: int, stop: Stop, *, several: bool) -> None:
    rows = [
        (
            f"{p.need} → {p.item}" if p.instead_of else p.need,
            f"{p.pack_label} × {p.packs}",
            f"{p.won.mid:,}원",
            f"{p.unit_price.won.mid:,}원/{p.unit_price.per}" + (" 추정" * p.unit_price.estimated),
            f"{p.observed_on} ({p.age_days}일 전)",
            p.note or "",
        )
        for p in stop.purchases
    ]
    way = f"{stop.leg.distance_m:,}m, {MODE_WORDS[stop.leg.mode]} {stop.leg.minutes:.0f}분"
    when = f"{weekday(stop.day)} {stop.arrives:%H:%M} " if several and stop.day else ""
    title = f"{number}. {when}{stop.seller.name} ({way}) · {stop.goods.mid:,}원"
    table(title, ("살 것", "포장", ">값", ">단위가격", "조사일", "비고"), rows)


def _show_total(best: ShoppingPlan) -> None:
    span = "" if best.total.low == best.total.high else f" ({best.total.low:,}~{best.total.high:,})"
    discount = f" - 할인 {best.discount_won:,}원" if best.discount_won else ""
    fees = f" + 배달비 {best.fees_won:,}원" if best.fees_won else ""
    say(
        f"물건값 {best.goods.mid:,}원{discount}{fees} + 다니는 값 {best.trip_won:,}원"
        f"({best.trip_minutes:.0f}분) = {best.total.mid:,}원{span}"
    )
    if best.leftover_won:
        say(f"남는 것 가운데 두고 쓸 것이 {best.leftover_won:,}원어치 있습니다(추정).")


def _show_choices(answer: Plan, best: ShoppingPlan) -> None:
    fewer = (None, *answer.by_stops)
    rows = [
        (f"{way.max_stops}곳까지", *_way(way.plan), _saving(before, way))
        for before, way in zip(fewer, answer.by_stops, strict=False)
    ]
    rows += [
        (other.name, *_way(other.plan), _dearer(other, best))
        for other in answer.comparisons
        if other.best_saves_won
    ]
    if rows:
        table("견주어 보기", ("방법", "어디", "빠지는 것", ">모두", "얼마나 다른가"), rows)


def _way(way: ShoppingPlan) -> tuple[str, str, str]:
    names = " → ".join(one.seller.name for one in (*way.stops, *way.orders))
    return names, ", ".join(way.not_bought), f"{way.total.mid:,}원"


def _dearer(other: Comparison, best: ShoppingPlan) -> str:
    """Won are compared only between ways that buy the same things."""
    if set(other.plan.not_bought) != set(best.not_bought):
        return "산 것이 달라 값을 견줄 수 없음"
    return f"{other.best_saves_won:,}원 더 듦"


def _saving(before: StopSaving | None, way: StopSaving) -> str:
    """What the stops beyond those of `before` save, or how much more they let one buy."""
    if before is None:
        return ""
    more_goods = len(before.plan.not_bought) - len(way.plan.not_bought)
    if set(before.plan.not_bought) != set(way.plan.not_bought):
        return f"{more_goods}가지 더 삼" if more_goods > 0 else "산 것이 달라 값을 견줄 수 없음"
    stops = way.max_stops - before.max_stops
    more = "한 곳" if stops == 1 else f"{stops}곳까지"
    saves = way.saves_won
    return f"{more} 더 들러 {saves:,}원 아낌" if saves > 0 else "더 들러도 아끼지 못함"
