"""At the shelf: what to buy here and where to go on, now that the prices of this stop are seen.

A plan with estimates is made before any price tag was read. Who has read the first ones knows more,
and the rest of the way is planned anew: for every way on (none, one or two further stops, then
home) a need is bought here if it costs at most what going on is expected to cost, and the way that
is cheapest in all is taken. What a later stop is worth is reckoned as in shelf_prices.py, with
limits at every later shelf. At the next stop it is asked again (a rolling horizon: Bertsekas 2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

import numpy as np

from altteul.planner.choosing import must_save
from altteul.planner.exact.model import Index, Model, Won, tour_won
from altteul.planner.shelf_prices import NOWHERE, Belief, Reals, ahead_of

FURTHER = 2
"""So many further stops are looked ahead; at the next stop one looks again."""
MOST_CLOSED = 200
"""Ways that turn out to be closed on arrival are passed over, at most so many."""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """What is best from a stop on.

    buys       (needs,): whether each need is bought here
    tour       the visits to go on with, in order; empty: home
    limits     (needs,): the most won at which a need is bought here; what going on costs
    expected   won from here on: ways, stops and goods
    """

    buys: np.ndarray
    tour: tuple[int, ...]
    limits: Reals
    expected: float


def go_on(
    belief: Belief, model: Model, been: Sequence[int], wanted: np.ndarray, here: Reals
) -> GoingOn:
    """The best way on from the last of the visits `been`.

    `wanted` (needs,) tells what is still to be bought, `here` (needs,) what it costs at this shelf
    in won, inf where it is not to be had. Stops are counted with those that were made; a further
    one must save what any stop of a plan must (choosing.py), and so must a trip on purpose.
    """
    least = min(_ways_on(belief, model, been, wanted, here), key=lambda way: way[0])
    _, expected, tour, limits = least
    buys = wanted & np.isfinite(here) & (here <= limits)
    return GoingOn(buys, tour, limits, expected)


def _ways_on(
    belief: Belief, model: Model, been: Sequence[int], wanted: np.ndarray, here: Reals
) -> Iterator[tuple[float, float, tuple[int, ...], Reals]]:
    """The cheapest way on for each number of further stops: charged and true won, tour, limits."""
    for stops in range(min(FURTHER, model.max_stops - len(been)) + 1):
        tours = _tours(model, been, stops)
        if not len(tours):
            continue
        ahead = ahead_of(belief, tours)
        each = np.minimum(here[:, None], ahead)
        each = np.where(each >= NOWHERE / 2, belief.uncovered[:, None], each)[wanted]
        won = each.sum(axis=0) + _way(model, been[-1], tours)
        found = _open(model, been, tours, won)
        if found is not None:
            tour = tuple(tours[found].tolist())
            errands = stops or _errands(belief, wanted, here)
            charged = float(won[found]) + must_save(errands + 1)
            yield charged, float(won[found]), tour, ahead[:, found]


def _errands(belief: Belief, wanted: np.ndarray, here: Reals) -> int:
    """How many surveyed sellers one goes to on purpose who goes home now."""
    left = wanted & (here > belief.elsewhere) & (belief.instead >= 0)
    return len(np.unique(belief.instead[left]))


def _tours(model: Model, been: Sequence[int], stops: int) -> Index:
    """All orders of so many further visits on the same day to places where one was not yet."""
    day, gone = model.day[been[-1]], model.place[list(been)]
    free = np.flatnonzero((model.day == day) & ~np.isin(model.place, gone)).tolist()
    every = list(permutations(free, stops))
    return np.array(every, dtype=np.intp).reshape(len(every), stops)


def _way(model: Model, here: int, tours: Index) -> Won:
    """Won of the ways and stops from a visit along tours and home."""
    count = len(tours)
    start, home = np.full((count, 1), model.place[here] + 1), np.zeros((count, 1), dtype=np.intp)
    points = np.concatenate([start, model.place[tours] + 1, home], axis=1)
    ways: Won = model.leg[points[:, :-1], points[:, 1:]].sum(axis=1)
    stops: Won = model.stop[model.place[tours]].sum(axis=1)
    return ways + stops


def _open(model: Model, been: Sequence[int], tours: Index, won: Reals) -> int | None:
    """The cheapest tour whose places are open on arrival; the way home always is."""
    for number in islice(np.argsort(won, kind="stable").tolist(), MOST_CLOSED):
        try:
            tour_won(model, (*been, *tours[number].tolist()))
        except ValueError:
            continue
        return int(number)
    return 0 if tours.shape[1] == 0 else None
