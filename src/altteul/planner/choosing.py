"""Which plan is recommended, what each further stop or day saves, and what people do otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from altteul.planner.asking import Asked
from altteul.planner.exact.model import NOT_SOLD, Answer
from altteul.planner.plan import Comparison, DaySaving, ShoppingPlan, StopSaving
from altteul.planner.writing import shopping_plan

WORTH_A_STOP = 500
"""Won that each further stop must save beyond its trip before it is recommended (our rule)."""
WORTH_WAITING = 500
"""Won that waiting must save before it is recommended (our rule)."""

NEAREST = "가까운 한 곳"
CHEAPEST = "물건값이 가장 싼 한 곳"


@dataclass(frozen=True, slots=True)
class Choice:
    """The recommended answer, and until which day (a number) it looks ahead."""

    answer: Answer
    stops: int
    until: int


def must_save(stops: int, *, waits: bool = False) -> int:
    """Won that so many stops, and waiting, must save beside one stop today to be recommended."""
    return WORTH_A_STOP * max(0, stops - 1) + WORTH_WAITING * waits


def choose(asked: Asked) -> Choice | None:
    """The answer that is best after each stop beyond the first was charged WORTH_A_STOP, and
    waiting WORTH_WAITING; something goes before nothing. None where nothing is allowed."""
    choices = []
    for until in dict.fromkeys((0, asked.last)):
        for stops in range(asked.model.max_stops, 0, -1):
            answer = asked.best(stops, until).best
            if answer is None:
                continue
            waits = any(asked.model.day[v] > 0 for trip in answer.trips for v in trip)
            charged = answer.cost + must_save(answer.stops, waits=waits)
            nothing = not (answer.trips or answer.orders)
            choice = Choice(answer, answer.stops, until)
            choices.append((nothing, charged, answer.stops, until, choice))
    return min(choices, key=lambda choice: choice[:4])[4] if choices else None


def stop_savings(asked: Asked, choice: Choice, best: ShoppingPlan) -> tuple[StopSaving, ...]:
    """The best plan for at most 1, 2, … stops; a further stop is worth it if the plan with it
    stays ahead of all with fewer after each stop was charged WORTH_A_STOP more."""
    savings: list[StopSaving] = []
    answers: list[Answer] = []
    ahead: int | None = None
    for stops in range(1, asked.model.max_stops + 1):
        one = asked.best(stops, choice.until).best
        if one is None or not (one.trips or one.orders):
            continue
        plan = _written(asked, one, answers, savings, choice, best)
        charged = plan.cost + must_save(one.stops)
        worth_it = one.stops == min(stops, one.stops) and (ahead is None or charged < ahead)
        ahead = charged if worth_it or ahead is None else ahead
        before = savings[-1].plan if savings else None
        savings.append(
            StopSaving(
                max_stops=stops,
                plan=plan,
                saves_won=before.cost - plan.cost if before else 0,
                worth_it=worth_it,
            )
        )
        answers.append(one)
    return tuple(savings)


def _written(
    asked: Asked,
    one: Answer,
    answers: list[Answer],
    savings: list[StopSaving],
    choice: Choice,
    best: ShoppingPlan,
) -> ShoppingPlan:
    """The plan of an answer; one that was written already is taken as it is."""
    if one == choice.answer:
        return best
    if answers and answers[-1] == one:
        return savings[-1].plan
    return shopping_plan(asked.outing, one)


def day_savings(asked: Asked, choice: Choice, best: ShoppingPlan) -> tuple[DaySaving, ...]:
    """The best plan that ends on each day of the window; waiting is worth it if it stays ahead of
    all that end earlier after waiting was charged WORTH_WAITING."""
    if asked.last == 0:
        return ()
    # From the last day back: an answer that ends earlier is at once that of the days between.
    for until in range(asked.last, -1, -1):
        asked.best(asked.model.max_stops, until)
    savings: list[DaySaving] = []
    ahead: int | None = None
    before: Answer | None = None
    for until, day in enumerate(asked.outing.days):
        one = asked.best(asked.model.max_stops, until).best
        if one is None or not (one.trips or one.orders):
            continue
        if before == one:
            plan = savings[-1].plan
        else:
            plan = best if one == choice.answer else shopping_plan(asked.outing, one)
        charged = plan.cost + WORTH_WAITING * (until > 0)
        worth_it = one != before and (ahead is None or charged < ahead)
        ahead = charged if worth_it or ahead is None else ahead
        saves = savings[-1].plan.cost - plan.cost if savings else 0
        savings.append(DaySaving(until=day, plan=plan, saves_won=saves, worth_it=worth_it))
        before = one
    return tuple(savings)


def comparisons(asked: Asked, best: ShoppingPlan) -> Iterable[Comparison]:
    """The nearest shop that sells most of the list, and the shop with the cheapest goods."""
    for name, seller in ((NEAREST, nearest_shop(asked)), (CHEAPEST, cheapest_shop(asked))):
        answer = None if seller is None else asked.only(seller, asked.last)
        if answer and answer.trips:
            plan = shopping_plan(asked.outing, answer)
            yield Comparison(name=name, plan=plan, best_saves_won=plan.cost - best.cost)


def _first_day(asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """The sellers visited on the first day on which anybody is open, and their columns."""
    model = asked.model
    columns = np.flatnonzero(model.day == model.day.min(initial=0))
    return model.place[columns], columns


def nearest_shop(asked: Asked) -> int | None:
    """The nearest seller of more than half of the needs, else of as many as any sells."""
    model = asked.model
    places, columns = _first_day(asked)
    if not len(places):
        return None
    sold = (model.cost[:, :, columns] < NOT_SOLD).any(axis=1).sum(axis=0)
    enough = min(int(sold.max()), model.needs // 2 + 1)
    metres = model.metres[0, 1:][places]
    good = np.flatnonzero(sold >= enough).tolist()
    return int(places[min(good, key=lambda i: (metres[i], places[i]))])


def cheapest_shop(asked: Asked) -> int | None:
    """The seller whose goods cost least, what it does not sell at its uncovered price."""
    model = asked.model
    places, columns = _first_day(asked)
    if not len(places):
        return None
    cells = model.cost[:, :, columns].min(axis=1)
    goods = np.minimum(cells, model.uncovered[:, None]).sum(axis=0)
    metres = model.metres[0, 1:][places]
    order = sorted(range(len(places)), key=lambda i: (goods[i], metres[i], places[i]))
    return int(places[order[0]])
