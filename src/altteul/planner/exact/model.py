"""The shopping as arrays: what each need costs in each column, the ways between, the limits.

A column is a visit (a place on a day) or an order (a seller who delivers). The mathematics stand in
docs/topics/planner.md under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Won = npt.NDArray[np.int64]
Index = npt.NDArray[np.intp]

NOT_SOLD = np.iinfo(np.int64).max // 1024
"""The price of a need in a column that does not sell it: never taken, never 0."""

NO_CAP = NOT_SOLD
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """A seller who delivers takes orders from `minimum` won on; `fees` are (won from, fee), the
    first from 0."""

    minimum: int
    fees: tuple[tuple[int, int], ...] = ((0, 0),)

    def fee(self, won: int) -> int:
        """The fee for an order of so many won."""
        return next(fee for start, fee in reversed(self.fees) if won >= start)

    @property
    def least_fee(self) -> int:
        """The fee that no order undercuts."""
        return min(fee for _, fee in self.fees)


@dataclass(frozen=True, slots=True)
class Model:
    """Needs x options x columns in won and grams, the ways, and the limits.

    cost       (needs, options, columns): what buying weighs: won after discount, doubt, dislike,
               spoilage, less the worth of leftovers; NOT_SOLD where there is none
    paid       same shape: won paid for it after discount
    grams      same shape: what it weighs in the bag
    discount   same shape: won of discount that `cost` and `paid` have taken off already
    uncovered  (needs,): what it costs to come home without it
    place, day (visits,): the place and day of each visit; visits are the first columns
    opens, closes (visits,): minutes of the day between which one must arrive
    leg, minutes, metres (places + 1, places + 1): won, minutes, metres from row to column, 0 is
               home; the column of home is 0 when one does not return; metres only break ties
    stop, stop_minutes (places,): won and minutes of each stop
    cap        (columns,): the most won of discount in the column, NO_CAP without
    orders     the terms of the columns after the visits
    must       places that have to be visited

    Places and visits stand in a fixed order, so that the smaller index wins a tie.
    """

    cost: Won
    paid: Won
    grams: Won
    discount: Won
    uncovered: Won
    place: Index
    day: Index
    opens: Won
    closes: Won
    leg: Won
    minutes: Won
    metres: Won
    stop: Won
    stop_minutes: Won
    cap: Won
    orders: tuple[OrderTerms, ...] = ()
    must: tuple[int, ...] = ()
    leaves: int = 10 * 60
    hour_won: int = 0
    max_stops: int = 3
    max_days: int = 7
    carry: int | None = None
    budget: int | None = None

    def __post_init__(self) -> None:
        needs, _, columns = self.cost.shape
        visits, points = len(self.place), len(self.stop) + 1
        wanted = {
            "paid": self.cost.shape,
            "grams": self.cost.shape,
            "discount": self.cost.shape,
            "uncovered": (needs,),
            "day": (visits,),
            "opens": (visits,),
            "closes": (visits,),
            "leg": (points, points),
            "minutes": (points, points),
            "metres": (points, points),
            "stop_minutes": (points - 1,),
            "cap": (columns,),
        }
        wrong = [name for name, shape in wanted.items() if getattr(self, name).shape != shape]
        if wrong or columns != visits + len(self.orders):
            raise ValueError(f"arrays do not fit {needs} needs and {columns} columns: {wrong}")
        never_negative = (self.cost, self.paid, self.grams, self.uncovered, self.leg, self.stop)
        if min(array.min(initial=0) for array in never_negative) < 0:
            raise ValueError("won, grams and minutes cannot be negative")

    @property
    def needs(self) -> int:
        """How many needs."""
        return int(self.cost.shape[0])

    @property
    def visits(self) -> int:
        """How many visits can be made."""
        return len(self.place)

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.stop)

    def wait_won(self, minutes: int) -> int:
        """The price of waiting before a place opens, half a won rounded up."""
        return (minutes * self.hour_won + 30) // 60


@dataclass(frozen=True, slots=True)
class Answer:
    """Trips (visits in order, one tuple a day), orders (columns), and for each need the column and
    option it is bought in (None: nowhere). Won as `price` adds them up."""

    trips: tuple[tuple[int, ...], ...]
    orders: tuple[int, ...]
    bought: tuple[tuple[int, int] | None, ...]
    goods: int
    uncovered: int
    trip: int
    fees: int
    lost_discount: int
    metres: int

    @property
    def cost(self) -> int:
        """All that is minimised, in won."""
        return self.goods + self.uncovered + self.trip + self.fees + self.lost_discount

    @property
    def stops(self) -> int:
        """How many visits."""
        return sum(map(len, self.trips))

    @property
    def rank(self) -> tuple[object, ...]:
        """Less is better: cost, then less left out, fewer stops, trips and orders, less distance,
        smaller ids."""
        left = sum(at is None for at in self.bought)
        used = self.stops, len(self.trips), len(self.orders)
        return self.cost, left, used, self.metres, self.trips


def price(
    model: Model,
    trips: tuple[tuple[int, ...], ...],
    orders: tuple[int, ...],
    bought: tuple[tuple[int, int] | None, ...],
) -> Answer:
    """Add up an answer; ValueError where it is late, too heavy, too dear or below a minimum."""
    cells = [(need, at) for need, at in enumerate(bought) if at is not None]
    fees = sum(_order_fee(model, column, cells) for column in orders)
    lost = sum(_lost_discount(model, c, cells) for c in {at[0] for _, at in cells})
    paid = sum(int(model.paid[i, j, c]) for i, (c, j) in cells)
    if model.budget is not None and paid + lost + fees > model.budget:
        raise ValueError(f"{paid + lost + fees} won are above the budget")
    for trip in trips:
        weight = sum(int(model.grams[i, j, c]) for i, (c, j) in cells if c in trip)
        if model.carry is not None and weight > model.carry:
            raise ValueError(f"{weight} g are more than can be carried")
    return Answer(
        trips=trips,
        orders=orders,
        bought=bought,
        goods=sum(int(model.cost[i, j, c]) for i, (c, j) in cells),
        uncovered=sum(int(w) for w, at in zip(model.uncovered, bought, strict=True) if at is None),
        trip=sum(tour_won(model, trip) for trip in trips),
        fees=fees,
        lost_discount=lost,
        metres=sum(_along(model.metres, [int(model.place[v]) for v in trip]) for trip in trips),
    )


def tour_won(model: Model, trip: tuple[int, ...]) -> int:
    """Won of one day's trip; ValueError when a place is closed on arrival."""
    places = [int(model.place[visit]) for visit in trip]
    waits = sum(model.wait_won(wait) for _, wait in arrivals(model, trip))
    return _along(model.leg, places) + sum(int(model.stop[p]) for p in places) + waits


def arrivals(model: Model, trip: tuple[int, ...]) -> list[tuple[int, int]]:
    """Minute of arrival and minutes of waiting at each visit; ValueError when it is closed."""
    clock, here, found = model.leaves, 0, []
    for visit in trip:
        there = int(model.place[visit]) + 1
        clock += int(model.minutes[here, there])
        wait = max(0, int(model.opens[visit]) - clock)
        if clock > model.closes[visit]:
            raise ValueError(f"visit {visit} is closed at minute {clock}")
        found.append((clock, wait))
        clock += wait + int(model.stop_minutes[there - 1])
        here = there
    return found


def _order_fee(model: Model, column: int, cells: list[tuple[int, tuple[int, int]]]) -> int:
    won = sum(int(model.paid[i, j, c]) for i, (c, j) in cells if c == column)
    terms = model.orders[column - model.visits]
    if won < terms.minimum or won == 0:
        raise ValueError(f"an order of {won} won is below the minimum")
    return terms.fee(won)


def _lost_discount(model: Model, column: int, cells: list[tuple[int, tuple[int, int]]]) -> int:
    """Discount above the column's cap, which `cost` and `paid` had taken off."""
    won = sum(int(model.discount[i, j, c]) for i, (c, j) in cells if c == column)
    return max(0, won - int(model.cap[column]))


def _along(matrix: Won, places: list[int]) -> int:
    points = [0, *(place + 1 for place in places), 0]
    return sum(int(matrix[a, b]) for a, b in zip(points, points[1:], strict=False))
