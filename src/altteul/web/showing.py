"""The plan page's tables: every way to do the shopping, side by side, in the planner's numbers."""

from __future__ import annotations

from typing import NamedTuple

from altteul.planner.plan import Plan, ShoppingPlan
from altteul.planner.verdict import counting_leftovers
from altteul.web.words import places, won


class Way(NamedTuple):
    """A line of "다르게 사면": won in all, and how long its bar is (0 to 100).

    `said` tells the difference to the best plan only where the same things are bought; the sum of
    a shop that lacks three of them proves nothing.
    """

    name: str
    sellers: str
    won: int
    said: str
    left_out: str
    share: int
    chosen: bool


def ways(plan: Plan) -> list[Way]:
    """The best plan of one, two, three stops and the comparisons, without repeating a plan."""
    if plan.best is None:
        return []
    one, *further = plan.by_stops
    named = [("한 곳에서만", one.plan)]
    named += [
        (f"{places(choice.max_stops)}까지", choice.plan)
        for choice in further
        if len(choice.plan.stops) == choice.max_stops
    ]
    named += [(comparison.name, comparison.plan) for comparison in plan.comparisons]
    dearest = max(way.total.mid for _, way in named) or 1
    joined: list[tuple[str, ShoppingPlan]] = []
    for name, way in named:
        same = next((n for n, (_, known) in enumerate(joined) if known == way), None)
        if same is None:
            joined.append((name, way))
        else:
            joined[same] = (f"{joined[same][0]}, {name}", way)
    return [_way(name, way, plan.best, dearest) for name, way in joined]


def _way(name: str, way: ShoppingPlan, best: ShoppingPlan, dearest: int) -> Way:
    chosen = way == best
    more = way.cost - best.cost
    comparable = set(way.not_bought) == set(best.not_bought)
    counted = counting_leftovers(way, best)
    word = "더 들어요" if more > 0 else "덜 들어요"
    return Way(
        name=name,
        sellers=" → ".join(stop.seller.name for stop in way.stops),
        won=way.total.mid,
        said=f"{counted}{won(abs(more))} {word}" if comparable and more else "",
        left_out=", ".join(way.not_bought),
        share=round(100 * way.total.mid / dearest),
        chosen=chosen,
    )
