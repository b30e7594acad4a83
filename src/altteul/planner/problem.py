"""The shopping as whole numbers: what each need costs at each seller, and the ways between.

Nothing here knows of items, shops or won ranges; `demand.py` makes a Problem of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Won = npt.NDArray[np.int64]

NOT_SOLD = np.iinfo(np.int64).max // 1024
"""The price of a need at a seller who does not sell it: never taken, never 0."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Needs × sellers in won, with the trip.

    price      shape (needs, sellers): the cheapest whole packs that cover the need, or NOT_SOLD
    uncovered  shape (needs,): what it costs to come home without it
    leg        shape (sellers + 1, sellers + 1): won from row to column, 0 is home; the column of
               home is 0 when one does not return
    stop       shape (sellers,): won for each stop made
    distance   like leg, in metres; only breaks ties

    Sellers stand in the order of their ids, so that the smaller index wins a tie.
    """

    price: Won
    uncovered: Won
    leg: Won
    stop: Won
    distance: Won

    def __post_init__(self) -> None:
        needs, sellers = self.price.shape
        square = (sellers + 1, sellers + 1)
        shapes = (self.uncovered.shape, self.leg.shape, self.stop.shape, self.distance.shape)
        if shapes != ((needs,), square, (sellers,), square):
            raise ValueError(f"arrays do not fit {needs} needs and {sellers} sellers: {shapes}")
        if min(a.min(initial=0) for a in (self.price, self.uncovered, self.leg, self.stop)) < 0:
            raise ValueError("won cannot be negative")

    @property
    def needs(self) -> int:
        """How many needs."""
        return int(self.price.shape[0])

    @property
    def sellers(self) -> int:
        """How many candidate sellers."""
        return int(self.price.shape[1])


@dataclass(frozen=True, slots=True)
class Solution:
    """A tour in visiting order and where each need is bought (a seller's index; None: nowhere)."""

    tour: tuple[int, ...]
    bought_at: tuple[int | None, ...]
    goods: int
    uncovered: int
    trip: int
    distance: int

    @property
    def cost(self) -> int:
        """Goods, trip and the price of what is not covered, in won."""
        return self.goods + self.uncovered + self.trip

    @property
    def rank(self) -> tuple[int, int, int, tuple[int, ...]]:
        """Less is better: cost, then fewer stops, then less distance, then seller ids."""
        return self.cost, len(self.tour), self.distance, self.tour


def solution(problem: Problem, tour: tuple[int, ...]) -> Solution:
    """The best purchases for a tour: each need where it is cheapest, the first such stop."""
    prices = problem.price[:, list(tour)]
    best = prices.argmin(axis=1)
    bought: list[int | None] = []
    goods = uncovered = 0
    for need, (position, left) in enumerate(zip(best, problem.uncovered, strict=True)):
        won = int(prices[need, position])
        if won <= left:
            bought.append(tour[position])
            goods += won
        else:
            bought.append(None)
            uncovered += int(left)
    trip = tour_won(problem, tour)
    return Solution(tour, tuple(bought), goods, uncovered, trip, tour_metres(problem, tour))


def tour_won(problem: Problem, tour: tuple[int, ...]) -> int:
    """Won for the legs and stops of a tour, home included where one returns."""
    return _along(problem.leg, tour) + sum(int(problem.stop[seller]) for seller in tour)


def tour_metres(problem: Problem, tour: tuple[int, ...]) -> int:
    """Metres of a tour."""
    return _along(problem.distance, tour)


def _along(matrix: Won, tour: tuple[int, ...]) -> int:
    points = [0, *(seller + 1 for seller in tour), 0]
    return sum(int(matrix[a, b]) for a, b in zip(points, points[1:], strict=False))
