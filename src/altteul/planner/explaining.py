"""What the best plan is made of, and what comes close; all by exact re-solves."""

from __future__ import annotations

from collections.abc import Iterator

from altteul.planner.asking import Asked
from altteul.planner.choosing import Choice
from altteul.planner.days import weekday
from altteul.planner.plan import Alternative, Gain, Lever, ShoppingPlan
from altteul.planner.writing import shopping_plan
from altteul.planner.wrong_prices import SLACK

NEARLY_AS_GOOD = 0.05
MOST_SWAPS = 3
"""Swaps told one by one; further ones are told together."""


def decomposition(asked: Asked, choice: Choice, best: ShoppingPlan) -> tuple[Gain, ...]:
    """From one shop on the first day, everything as written and without discounts, to the best
    plan: what each lever that it uses saves, in a fixed order, so that the won add up."""
    return tuple(_Steps(asked, choice, best).gains())


class _Steps:
    """The levers of the best answer are allowed one after the other."""

    def __init__(self, asked: Asked, choice: Choice, best: ShoppingPlan) -> None:
        self._asked = asked
        self._answer = choice.answer
        self._best = best
        self._stops, self._until = 1, 0
        self._swaps: set[int] = set()
        self._discounts = False
        self._orders: tuple[int, ...] = ()
        self._known = [choice.answer]
        self._cost = self._solve()

    def gains(self) -> Iterator[Gain]:
        """The steps that change something."""
        for lever, text in self._levers():
            before = self._cost
            # With all its levers allowed nothing beats an answer that is the best.
            known = self._all_allowed() and not self._asked.prefers_dearer
            self._cost = self._answer.cost if known else self._solve()
            if before is not None and self._cost is not None:
                saves = before - self._cost
                yield Gain(lever=lever, text=f"{text} {_signed(-saves)}", saves_won=saves)
        looking = 0 if self._cost is None else self._cost - self._best.cost
        if self._best.limits_won and looking:
            text = f"추정한 값을 가게에서 보고 사면 {_signed(-looking)}(추정)"
            yield Gain(lever=Lever.ESTIMATES, text=text, saves_won=looking)

    def _all_allowed(self) -> bool:
        """Whether the levers so far are all that the best answer uses."""
        answer, day = self._answer, self._asked.model.day
        last = max((int(day[v]) for trip in answer.trips for v in trip), default=0)
        return (
            self._stops >= answer.stops
            and self._until >= last
            and self._swaps >= {need for need, at in enumerate(answer.bought) if at and at[1] > 0}
            and (self._discounts or not self._best.discount_won)
            and set(self._orders) >= set(answer.orders)
        )

    def _solve(self) -> int | None:
        answer = self._asked.with_less(
            self._stops,
            self._until,
            swaps=self._swaps,
            discounts=self._discounts,
            orders=self._orders,
            known=self._known,
        )
        self._known = [self._answer, *([answer] if answer else [])]
        return answer.cost if answer else None

    def _levers(self) -> Iterator[tuple[Lever, str]]:
        """Each lever that the best answer uses, allowed as it is named."""
        answer, outing = self._answer, self._asked.outing
        if answer.stops > 1:
            self._stops = answer.stops
            names = " → ".join(stop.seller.name for stop in self._best.stops)
            yield Lever.STOPS, f"{names} {answer.stops}곳을 들르면"
        days = [outing.day_of(visit) for trip in answer.trips for visit in trip]
        if days and max(days) > outing.days[0]:
            self._until = outing.days.index(max(days))
            yield Lever.WAITING, f"{weekday(max(days))}까지 기다리면"
        yield from self._swapping()
        if self._best.discount_won:
            self._discounts = True
            yield Lever.DISCOUNT, "할인 수단을 쓰면"
        if answer.orders:
            self._orders = answer.orders
            names = ", ".join(order.seller.name for order in self._best.orders)
            yield Lever.DELIVERY, f"{names}에서 배달받으면"

    def _swapping(self) -> Iterator[tuple[Lever, str]]:
        """The largest swaps one by one, the others together."""
        swapped = [need for need, at in enumerate(self._answer.bought) if at and at[1] > 0]
        swaps = sorted(swapped, key=self._worth_swapping, reverse=True)
        for need in swaps[:MOST_SWAPS]:
            self._swaps = {*self._swaps, need}
            at = self._answer.bought[need]
            variant = self._asked.outing.demand.variants[need][at[1] if at else 0]
            yield Lever.SUBSTITUTE, f"{variant.instead_of} 대신 {variant.name}"
        if rest := swaps[MOST_SWAPS:]:
            self._swaps = {*self._swaps, *rest}
            yield Lever.SUBSTITUTE, f"그 밖에 {len(rest)}가지를 바꿔 사면"

    def _worth_swapping(self, need: int) -> int:
        """What a swap saves at the stops of the best answer; for the order of telling only."""
        model, at = self._asked.model, self._answer.bought[need]
        assert at is not None
        stops = [visit for trip in self._answer.trips for visit in trip]
        original = int(model.cost[need, 0, stops].min(initial=int(model.uncovered[need])))
        return original - int(model.cost[need, at[1], at[0]])


def alternatives(asked: Asked, choice: Choice, best: ShoppingPlan) -> tuple[Alternative, ...]:
    """For each seller of the plan the best plan without it, where that is nearly as good."""
    outing, limit = asked.outing, max(SLACK, round(best.cost * NEARLY_AS_GOOD))
    told: dict[frozenset[str], Alternative] = {}
    for stop in best.stops:
        seller = outing.demand.sellers.index(stop.seller)
        if seller in asked.model.must:
            continue
        found = asked.without(
            seller, choice.answer, max(1, choice.stops), choice.until, best.cost + limit
        )
        answer = found.best
        if answer is None or not answer.trips or not found.proved:
            continue
        plan = shopping_plan(outing, answer)
        key = frozenset(one.seller.id for one in plan.stops)
        better = plan.cost < best.cost
        if key not in told and not better and set(plan.not_bought) == set(best.not_bought):
            told[key] = _alternative(plan, best)
    return tuple(sorted(told.values(), key=lambda one: one.costs_more_won))


def _alternative(plan: ShoppingPlan, best: ShoppingPlan) -> Alternative:
    there = {stop.seller.id for stop in plan.stops}
    gone = tuple(dict.fromkeys(s.seller.name for s in best.stops if s.seller.id not in there))
    more = plan.cost - best.cost
    names = " → ".join(stop.seller.name for stop in plan.stops)
    return Alternative(
        plan=plan,
        costs_more_won=more,
        without=gone,
        text=f"{', '.join(gone)} 대신 {names}: {more:,}원 더 듭니다",
    )


def _signed(won: int) -> str:
    return f"{won:+,}원"
