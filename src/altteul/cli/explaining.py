"""How a plan explains itself on the command line: days, gains, alternatives, fragile prices."""

from __future__ import annotations

from altteul.cli.output import say, table
from altteul.planner.days import weekday
from altteul.planner.plan import Order, Plan


def show_orders(orders: tuple[Order, ...]) -> None:
    """What is delivered."""
    for order in orders:
        rows = [
            (p.need, f"{p.pack_label} × {p.packs}", f"{p.won.mid:,}원", p.note or "")
            for p in order.purchases
        ]
        title = (
            f"배달 {order.seller.name} ({weekday(order.arrives_on)} 도착) · "
            f"{order.goods.mid:,}원 + 배달비 {order.fee:,}원"
        )
        table(title, ("살 것", "포장", ">값", "비고"), rows)


def show_reasons(answer: Plan) -> None:
    """What the plan saves by what, the days, what comes close, and what it hangs on."""
    _show_days(answer)
    if answer.decomposition:
        say("무엇으로 아끼나: " + ", ".join(gain.text for gain in answer.decomposition))
    for other in answer.alternatives:
        say(f"비슷한 길 · {other.text}")
    for price in answer.sensitivity:
        say(f"값이 틀리면 · {price.text}")


def _show_days(answer: Plan) -> None:
    rows = [
        (
            f"{weekday(day.until)}까지",
            ", ".join(dict.fromkeys(weekday(trip.day) for trip in day.plan.trips)),
            " → ".join(stop.seller.name for stop in day.plan.stops),
            f"{day.plan.total.mid:,}원",
            f"{day.saves_won:,}원 아낌" if day.saves_won > 0 else "",
        )
        for day in answer.by_days
    ]
    if len(rows) > 1:
        table("언제 살까", ("기다리기", "사는 날", "어디", ">모두", "하루 더 기다리면"), rows)
