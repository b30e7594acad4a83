"""The answer as plain text, to be sent to somebody or drawn as a picture."""

from __future__ import annotations

from altteul.planner.plan import Plan, Purchase, ShoppingPlan
from altteul.web.words import bought, short_day, won, won_range


def share_text(plan: Plan, headline: str) -> str:
    """Where, what and for how much, one thing a line; the days of the prices stand below."""
    best = plan.best
    if best is None or not (best.stops or best.orders):
        return headline
    lines = [headline.replace("\N{NO-BREAK SPACE}", " ")]
    for number, stop in enumerate(best.stops, start=1):
        day = f", {short_day(stop.day)}" if stop.day and stop.day != plan.request.on else ""
        lines += [f"{number}. {stop.seller.name}{day}", *map(_line, stop.purchases)]
    for order in best.orders:
        lines += [f"배달: {order.seller.name}", *map(_line, order.purchases)]
    lines += [f"모두 {won(best.total.mid)}", f"(물건값 {won(best.goods.mid)}, 나머지는 오가는 값)"]
    if best.total.low != best.total.high:
        lines.append(f"적게는 {won(best.total.low)}, 많게는 {won(best.total.high)}")
    lines += [f"뺀 것: {piece.text}" for piece in plan.not_priced]
    lines.append(f"※ {_days(best)}에 조사한 값이라 가게에서는 다를 수 있어요.")
    if plan.simulated:
        lines.append("※ 연습용(가상) 값이에요. 진짜 값이 아니에요.")
    return "\n".join(lines)


def _line(purchase: Purchase) -> str:
    estimated = " (추정)" if purchase.basis.value == "estimated" else ""
    return f"· {bought(purchase)} {won_range(purchase.won)}{estimated}"


def _days(best: ShoppingPlan) -> str:
    days = sorted({p.observed_on for part in (*best.stops, *best.orders) for p in part.purchases})
    first, last = short_day(days[0]), short_day(days[-1])
    return first if first == last else f"{first}~{last}"
