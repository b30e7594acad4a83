"""The planner's whole question answered naively: every tour of every day, every assignment.

Written from the words of docs/topics/planner.md; shares no code with the search.
"""

from __future__ import annotations

from itertools import combinations, permutations, product

from altteul.planner.exact.model import NOT_SOLD, Answer, Model

Way = tuple[int, int]
"""(won, metres) of a trip."""


def least_cost(model: Model, stops: int | None = None) -> int | None:
    """The least cost of any allowed answer; None where nothing is allowed."""
    found = [
        cost for visits in _sets(model, stops or model.max_stops) for cost in _costs(model, visits)
    ]
    return min(found, default=None)


def checked_cost(model: Model, answer: Answer) -> int | None:
    """The cost of an answer worked out anew; None where it breaks a limit."""
    visits = tuple(visit for trip in answer.trips for visit in trip)
    days = [{int(model.day[visit]) for visit in trip} for trip in answer.trips]
    if len(visits) > model.max_stops or not _allowed(model, visits):
        return None
    if any(len(day) != 1 for day in days) or len({day.pop() for day in days}) != len(days):
        return None
    ways = [_trip(model, trip) for trip in answer.trips]
    columns = {at[0] for at in answer.bought if at}
    way = tuple((at[1], at[0]) if at else None for at in answer.bought)
    goods = _total(model, way, answer.orders)
    if None in ways or goods is None or not columns <= {*visits, *answer.orders}:
        return None
    return goods + sum(won for won in ways if won is not None)


def _sets(model: Model, stops: int) -> list[tuple[int, ...]]:
    whole = range(len(model.place))
    return [s for size in range(stops + 1) for s in combinations(whole, size) if _allowed(model, s)]


def _allowed(model: Model, visits: tuple[int, ...]) -> bool:
    places = {int(model.place[v]) for v in visits}
    days = {int(model.day[v]) for v in visits}
    return set(model.must) <= places and len(days) <= model.max_days


def _costs(model: Model, visits: tuple[int, ...]) -> list[int]:
    trip = 0
    for day in {int(model.day[v]) for v in visits}:
        own = [v for v in visits if model.day[v] == day]
        ways = [won for tour in permutations(own) if (won := _trip(model, tour)) is not None]
        if not ways:
            return []
        trip += min(ways)
    first = len(model.place)
    ordered = range(first, first + len(model.orders))
    return [
        trip + goods
        for size in range(len(model.orders) + 1)
        for orders in combinations(ordered, size)
        if (goods := _goods(model, visits, orders)) is not None
    ]


def _trip(model: Model, tour: tuple[int, ...]) -> int | None:
    won, clock, here = 0, model.leaves, 0
    for visit in tour:
        there = int(model.place[visit]) + 1
        won += int(model.leg[here, there]) + int(model.stop[there - 1])
        clock += int(model.minutes[here, there])
        if clock > model.closes[visit]:
            return None
        if clock < model.opens[visit]:
            waited = int(model.opens[visit]) - clock
            won += (2 * waited * model.hour_won + 60) // 120
            clock = int(model.opens[visit])
        clock += int(model.stop_minutes[there - 1])
        here = there
    return won + int(model.leg[here, 0])


def _goods(model: Model, visits: tuple[int, ...], orders: tuple[int, ...]) -> int | None:
    choices = []
    for need in range(len(model.uncovered)):
        ways: list[tuple[int, int] | None] = [None]
        for column in (*visits, *orders):
            for option in range(model.cost.shape[1]):
                if model.cost[need, option, column] < NOT_SOLD:
                    ways.append((option, column))
        choices.append(ways)
    totals = [t for way in product(*choices) if (t := _total(model, way, orders)) is not None]
    return min(totals, default=None)


def _total(
    model: Model, way: tuple[tuple[int, int] | None, ...], orders: tuple[int, ...]
) -> int | None:
    won = paid = 0
    weight: dict[int, int] = {}
    discount: dict[int, int] = {}
    ordered = dict.fromkeys(orders, 0)
    for need, at in enumerate(way):
        if at is None:
            won += int(model.uncovered[need])
            continue
        option, column = at
        won += int(model.cost[need, option, column])
        paid += int(model.paid[need, option, column])
        discount[column] = discount.get(column, 0) + int(model.discount[need, option, column])
        if column in ordered:
            ordered[column] += int(model.paid[need, option, column])
        else:
            day = int(model.day[column])
            weight[day] = weight.get(day, 0) + int(model.grams[need, option, column])
    for column, saved in discount.items():
        if saved > model.cap[column]:
            won += saved - int(model.cap[column])
            paid += saved - int(model.cap[column])
    for column, bought in ordered.items():
        terms = model.orders[column - len(model.place)]
        if bought == 0 or bought < terms.minimum:
            return None
        fee = [fee for start, fee in terms.fees if start <= bought][-1]
        won += fee
        paid += fee
    if model.budget is not None and paid > model.budget:
        return None
    if model.carry is not None and max(weight.values(), default=0) > model.carry:
        return None
    return won
