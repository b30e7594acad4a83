"""What the best plan is made of, and what comes close; all by exact re-solves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from altteul.planner.asking import Asked
from altteul.planner.choosing import Choice
from altteul.planner.days import weekday
from altteul.planner.near_sets import NearSets
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


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What a step of the decomposition may use."""

    stops: int = 1
    until: int = 0
    swaps: frozenset[int] = frozenset()
    discounts: bool = False
    orders: tuple[int, ...] = ()


class _Steps:
    """The levers of the best answer are allowed one after the other."""

    def __init__(self, asked: Asked, choice: Choice, best: ShoppingPlan) -> None:
        self._asked = asked
        self._answer = choice.answer
        self._best = best

    def gains(self) -> Iterator[Gain]:
        """The steps that change something."""
        levers = list(self._levers())
        costs = self._costs([_Allowed(), *(allowed for _, _, allowed in levers)])
        for (lever, text, _), (before, after) in zip(levers, pairwise(costs), strict=True):
            if before is not None and after is not None:
                saves = before - after
                yield Gain(lever=lever, text=f"{text} {_signed(-saves)}", saves_won=saves)
        looking = 0 if costs[-1] is None else costs[-1] - self._best.cost
        if self._best.limits_won and looking:
            text = f"추정한 값을 가게에서 보고 사면 {_signed(-looking)}(추정)"
            yield Gain(lever=Lever.ESTIMATES, text=text, saves_won=looking)

    def _costs(self, steps: list[_Allowed]) -> list[int | None]:
        """The least cost of each step. From the last back: whatever a step costs, one that allows
        less does not cost less."""
        costs: list[int | None] = []
        known, floor = [self._answer], 0
        for step in reversed(steps):
            if not costs and self._suffices(step):
                costs.append(self._answer.cost)
                proved = all(found.proved for found in self._asked.founds)
                floor = self._answer.cost if proved else 0
                continue
            found = self._asked.with_less(
                step.stops,
                step.until,
                swaps=step.swaps,
                discounts=step.discounts,
                orders=step.orders,
                known=known,
                floor=floor,
            )
            costs.append(found.best.cost if found.best else None)
            known = [self._answer, *([found.best] if found.best else [])]
            floor = max(floor, found.bound)
        return costs[::-1]

    def _suffices(self, step: _Allowed) -> bool:
        """Whether a step allows all that the best answer uses: then nothing beats it."""
        answer, day = self._answer, self._asked.model.day
        last = max((int(day[v]) for trip in answer.trips for v in trip), default=0)
        return (
            not self._asked.prefers_dearer
            and step.stops >= answer.stops
            and step.until >= last
            and step.swaps >= {need for need, at in enumerate(answer.bought) if at and at[1] > 0}
            and (step.discounts or not self._best.discount_won)
            and set(step.orders) >= set(answer.orders)
        )

    def _levers(self) -> Iterator[tuple[Lever, str, _Allowed]]:
        """Each lever that the best answer uses, and what is allowed from there on."""
        answer, outing, step = self._answer, self._asked.outing, _Allowed()
        if answer.stops > 1:
            step = replace(step, stops=answer.stops)
            names = " → ".join(stop.seller.name for stop in self._best.stops)
            yield Lever.STOPS, f"{names} {answer.stops}곳을 들르면", step
        days = [outing.day_of(visit) for trip in answer.trips for visit in trip]
        if days and max(days) > outing.days[0]:
            step = replace(step, until=outing.days.index(max(days)))
            yield Lever.WAITING, f"{weekday(max(days))}까지 기다리면", step
        for text, needs in self._swapping():
            step = replace(step, swaps=step.swaps | needs)
            yield Lever.SUBSTITUTE, text, step
        if self._best.discount_won:
            step = replace(step, discounts=True)
            yield Lever.DISCOUNT, "할인 수단을 쓰면", step
        if answer.orders:
            step = replace(step, orders=answer.orders)
            names = ", ".join(order.seller.name for order in self._best.orders)
            yield Lever.DELIVERY, f"{names}에서 배달받으면", step

    def _swapping(self) -> Iterator[tuple[str, frozenset[int]]]:
        """The largest swaps one by one, the others together."""
        swapped = [need for need, at in enumerate(self._answer.bought) if at and at[1] > 0]
        swaps = sorted(swapped, key=self._worth_swapping, reverse=True)
        for need in swaps[:MOST_SWAPS]:
            at = self._answer.bought[need]
            variant = self._asked.outing.demand.variants[need][at[1] if at else 0]
            yield f"{variant.instead_of} 대신 {variant.name}", frozenset({need})
        if rest := swaps[MOST_SWAPS:]:
            yield f"그 밖에 {len(rest)}가지를 바꿔 사면", frozenset(rest)

    def _worth_swapping(self, need: int) -> int:
        """What a swap saves at the stops of the best answer; for the order of telling only."""
        model, at = self._asked.model, self._answer.bought[need]
        assert at is not None
        stops = [visit for trip in self._answer.trips for visit in trip]
        original = int(model.cost[need, 0, stops].min(initial=int(model.uncovered[need])))
        return original - int(model.cost[need, at[1], at[0]])


def near_sets(asked: Asked, choice: Choice, best: ShoppingPlan) -> NearSets:
    """The sets of stops within which alternatives and prices that turn the plan are looked for."""
    ceiling = max(_nearly_as_good(best), choice.answer.cost + SLACK)
    return NearSets(asked, choice.answer, choice.stops, choice.until, ceiling)


def _nearly_as_good(best: ShoppingPlan) -> int:
    return best.cost + max(SLACK, round(best.cost * NEARLY_AS_GOOD))


def alternatives(asked: Asked, near: NearSets, best: ShoppingPlan) -> tuple[Alternative, ...]:
    """For each seller of the plan the best plan without it, where that is nearly as good."""
    outing, ceiling = asked.outing, _nearly_as_good(best)
    told: dict[frozenset[str], Alternative] = {}
    for stop in best.stops:
        seller = outing.demand.sellers.index(stop.seller)
        if seller in asked.model.must:
            continue
        found = near.without(seller, ceiling)
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
