"""The plan that is best both as it is written and for who keeps to its limits.

Estimates are wrong now and then. A tour with somewhere to turn to is then worth more than one that
only looks cheapest; how much more is what keeping to the limits saves (shelf_prices.py). It decides
among tours that cost hardly more as they are written, so that who does not look loses little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product

import numpy as np

from altteul.planner.asking import Asked
from altteul.planner.choosing import Choice, must_save
from altteul.planner.exact.model import Answer, Model, price, tour_won
from altteul.planner.shelf_prices import Belief, counted, follow

HARDLY_MORE = 2_000
"""Won that a plan may cost more as it is written (our rule)."""
MOST_SETS = 300

Trips = tuple[tuple[int, ...], ...]


def look_ahead(asked: Asked, choice: Choice) -> Choice:
    """The choice with what keeping to limits saves; the same one where nothing is estimated."""
    belief = asked.outing.belief
    if belief is None or not choice.answer.trips:
        return choice
    found = list(_found(asked, choice, belief))
    if not found:
        return choice
    trips = min(found)[-1]
    answer = choice.answer if trips == choice.answer.trips else answer_of(asked.model, trips)
    asked.prefer(answer, choice.until)
    return Choice(answer, answer.stops, choice.until)


def answer_of(model: Model, trips: Trips) -> Answer:
    """The answer of trips, each need where it is cheapest as it is written; ties go to the
    original, then to the first stop."""
    columns = [visit for trip in trips for visit in trip]
    bought: list[tuple[int, int] | None] = []
    for need in range(model.needs):
        own = model.cost[need][:, columns]
        option, place = np.unravel_index(int(own.argmin()), own.shape)
        sold = own[option, place] <= model.uncovered[need]
        bought.append((columns[int(place)], int(option)) if sold else None)
    return price(model, trips, (), tuple(bought))


def _found(asked: Asked, choice: Choice, belief: Belief) -> Iterator[tuple[int, int, int, Trips]]:
    """Tours with their charged cost, limits counted; stops and metres to break ties."""
    model = asked.model
    by_stops: dict[int, list[Trips]] = defaultdict(list)
    for members in _sets(asked, choice):
        for trips in _orders(model, members):
            by_stops[len(members)].append(trips)
    for stops, every in by_stops.items():
        tours = np.array([[visit for trip in trips for visit in trip] for trips in every])
        cells = np.minimum(model.cost.min(axis=1)[:, tours].min(axis=2), model.uncovered[:, None])
        goods = cells.sum(axis=0)
        worth = counted(belief, goods, follow(belief, tours))
        for trips, written, saved in zip(every, goods.tolist(), worth.tolist(), strict=True):
            yield written + _way(model, trips) - saved, stops, _metres(model, trips), trips


def _sets(asked: Asked, choice: Choice) -> list[tuple[int, ...]]:
    """The sets of stops that cost hardly more than the choice, the cheapest first; and the best
    for each number of stops."""
    model, until = asked.model, choice.until
    slack = HARDLY_MORE + must_save(model.max_stops, waits=True)
    near = asked.close(model.max_stops, until, choice.answer, slack).near
    sets: dict[tuple[int, ...], int] = {}
    for part in near:
        for row, cost in zip(part.members.tolist(), part.cost.tolist(), strict=True):
            members = tuple(sorted(visit for visit in row if visit < model.visits))
            sets[members] = cost + _charge(model, members)
    limit = choice.answer.cost + _charge(model, _visits(choice.answer)) + HARDLY_MORE
    close = sorted((cost, members) for members, cost in sets.items() if cost <= limit and members)
    chosen = [members for _, members in close[:MOST_SETS]]
    written = (asked.best(stops, until).best for stops in range(1, model.max_stops + 1))
    best = [tuple(sorted(_visits(answer))) for answer in written if answer and answer.trips]
    return list(dict.fromkeys([*chosen, *best]))


def _visits(answer: Answer) -> list[int]:
    return [visit for trip in answer.trips for visit in trip]


def _charge(model: Model, visits: Iterable[int]) -> int:
    """What a further stop and waiting must be worth."""
    days = [int(model.day[visit]) for visit in visits]
    return must_save(len(days), waits=any(day > 0 for day in days))


def _orders(model: Model, members: Sequence[int]) -> Iterator[Trips]:
    """The cheapest orders of visiting, day by day."""
    days = sorted({int(model.day[visit]) for visit in members})
    yield from product(
        *(_cheapest(model, [v for v in members if model.day[v] == day]) for day in days)
    )


def _cheapest(model: Model, visits: Sequence[int]) -> list[tuple[int, ...]]:
    won: dict[tuple[int, ...], int] = {}
    for tour in permutations(visits):
        try:
            won[tour] = tour_won(model, tour)
        except ValueError:
            continue
    least = min(won.values(), default=0)
    return [tour for tour, cost in won.items() if cost == least]


def _way(model: Model, trips: Trips) -> int:
    """Won of the trips and what they must be worth."""
    way = sum(tour_won(model, trip) for trip in trips)
    return way + _charge(model, [visit for trip in trips for visit in trip])


def _metres(model: Model, trips: Trips) -> int:
    points = [[0, *(int(model.place[v]) + 1 for v in trip), 0] for trip in trips]
    legs = (zip(row, row[1:], strict=False) for row in points)
    return sum(int(model.metres[a, b]) for row in legs for a, b in row)
