"""A demand with days, ways and limits: the Model of the shopping, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from altteul.history.seller import Seller
from altteul.planner.carrying import carry_g
from altteul.planner.cells import Cells, cells_of
from altteul.planner.columns import (
    Delivered,
    caps_of,
    musts_of,
    orders_of,
    terms_of,
    times_of,
    visits_on,
)
from altteul.planner.demand import Demand
from altteul.planner.discounts import Rate, rate_at
from altteul.planner.exact.model import Index, Model, Won
from altteul.planner.going_without import alone_won, uncovered_won
from altteul.planner.later import PriceOutlook
from altteul.planner.opening import OpeningRules, minutes_of
from altteul.planner.options import Option
from altteul.planner.plan import Request
from altteul.planner.trip import Point, TravelCosts, Traveller, Ways, minutes_won
from altteul.sources.seller import LocationBasis

if TYPE_CHECKING:
    from altteul.planner.shelf_prices import Belief

BLUR_M = {LocationBasis.DONG: 500, LocationBasis.DISTRICT: 1_500, LocationBasis.NONE: 1_500}
"""How far a seller may be from the middle of its 동 or district (about the radius of one in Seoul);
two sellers known only so are not next door to each other."""


@dataclass(frozen=True, slots=True)
class Outing:
    """All that an answer needs to be written out as a shopping plan.

    Columns of `model` are the visits (day, seller), then the orders; `cells` tells what stands
    behind a number. `belief` is what is believed of prices that show only at the shelf (None where
    limits do not help, see shelf_prices.py).
    """

    request: Request
    days: tuple[date, ...]
    demand: Demand
    ways: Ways
    stop_minutes: float
    stop_won: int
    visits: tuple[tuple[int, int], ...]
    orders: tuple[Delivered, ...]
    rates: tuple[Rate | None, ...]
    cells: Cells
    model: Model
    belief: Belief | None = None

    def seller_of(self, column: int) -> Seller:
        """Whom a column stands for."""
        if column < len(self.visits):
            return self.demand.sellers[self.visits[column][1]]
        return self.demand.sellers[self.orders[column - len(self.visits)].seller]

    def day_of(self, column: int) -> date:
        """The day of a visit; an order is made on the first day."""
        return self.days[self.visits[column][0] if column < len(self.visits) else 0]

    def cell(self, need: int, column: int, variant: int) -> tuple[int, int]:
        """The number of the option and of the day in `cells`."""
        at = column - len(self.visits)
        seller = self.orders[at].seller if at >= 0 else self.visits[column][1]
        day = 0 if at >= 0 else self.visits[column][0]
        return self.cells.number[need, variant, seller], day

    def cheapest_cells(self, variants: Index) -> tuple[Index, Index]:
        """The same for every need in every visit as a variant, shape (needs, visits); any number
        where the seller does not have it so."""
        keys = np.array(self.cells.keys, dtype=np.intp).reshape(-1, 3)
        number = np.zeros(keys.max(axis=0, initial=0) + 1, dtype=np.intp)
        number[*keys.T] = np.arange(len(keys))
        days, sellers = np.array(self.visits, dtype=np.intp).reshape(-1, 2).T
        needs = np.arange(len(variants))[:, None]
        return number[needs, variants, sellers], np.broadcast_to(days, variants.shape)

    def option_of(self, need: int, column: int, variant: int) -> Option:
        """How a need is got in a column."""
        at = column - len(self.visits)
        seller = self.orders[at].seller if at >= 0 else self.visits[column][1]
        return self.demand.options[need, variant, seller]


def window(request: Request) -> tuple[date, ...]:
    """The days on which one can shop."""
    latest = request.latest or request.on
    return tuple(request.on + timedelta(days=n) for n in range((latest - request.on).days + 1))


def outing_for(
    request: Request,
    demand: Demand,
    traveller: Traveller,
    costs: TravelCosts,
    rules: OpeningRules,
    outlook: PriceOutlook | None,
) -> Outing:
    """The outing from the request's place to the sellers of the demand."""
    trip, days = request.trip, window(request)
    home = Point(request.place.lat, request.place.lng)
    points = [home, *map(_where, demand.sellers, demand.away_m)]
    ways = traveller.ways(points, trip.mode, trip.value_of_time)
    minutes = costs.of(trip.mode).stop_minutes
    stop_won = int(minutes_won(np.array(minutes), trip.value_of_time))
    rates = tuple(rate_at(seller, request.discounts) for seller in demand.sellers)
    visits = visits_on(request, demand, days, rules)
    orders = orders_of(request, demand, days)
    cells = cells_of(request, demand, days, rates, outlook)
    columns = [(seller, day) for day, seller in visits] + [(order.seller, 0) for order in orders]
    travel = _travel(request, ways, minutes, stop_won, len(demand.sellers))
    times = times_of(demand.sellers, visits, rules, ceil(minutes))
    model = Model(
        **_tables(cells, demand, columns, alone_won(travel, times)),
        **times,
        **travel,
        **_limits(request, demand, orders, visits, len(days)),
        cap=caps_of(rates, columns),
    )
    return Outing(
        request, days, demand, ways, minutes, stop_won, visits, orders, rates, cells, model
    )


def _where(seller: Seller, away_m: int) -> Point:
    if seller.lat is None or seller.lng is None:
        # Somebody who only delivers: nobody goes there.
        return Point(0.0, 0.0)
    if seller.location_basis is LocationBasis.EXACT:
        return Point(seller.lat, seller.lng)
    return Point(seller.lat, seller.lng, BLUR_M[seller.location_basis], away_m)


def _tables(
    cells: Cells,
    demand: Demand,
    columns: Sequence[tuple[int, int]],
    alone: Won,
) -> dict[str, Any]:
    """What every need costs in every column, and without any; `alone` (visits,) is won of a trip
    to each visit alone."""
    tables = cells.tables(len(demand.needs), columns)
    uncovered = uncovered_won(tables.cost, alone)
    return {
        "cost": tables.cost,
        "paid": tables.paid,
        "grams": tables.grams,
        "discount": tables.discount,
        "uncovered": uncovered,
    }


def _travel(
    request: Request, ways: Ways, stop_minutes: float, stop_won: int, sellers: int
) -> dict[str, Any]:
    """The ways in won, whole minutes and metres, and what a stop costs."""
    trip = request.trip
    leg, metres = ways.won(trip.value_of_time), ways.distance_m.copy()
    if not trip.returns_home:
        leg[:, 0] = metres[:, 0] = 0
    return {
        "leg": leg,
        "minutes": np.ceil(ways.minutes).astype(np.int64),
        "metres": metres,
        "stop": np.full(sellers, stop_won, dtype=np.int64),
        "stop_minutes": np.full(sellers, ceil(stop_minutes), dtype=np.int64),
        "leaves": minutes_of(trip.leaves_at),
        "hour_won": trip.value_of_time,
    }


def _limits(
    request: Request,
    demand: Demand,
    orders: Sequence[Delivered],
    visits: Sequence[tuple[int, int]],
    days: int,
) -> dict[str, Any]:
    return {
        "orders": tuple(terms_of(order.terms) for order in orders),
        "must": musts_of(request, demand.sellers, visits),
        "max_stops": request.trip.max_stops,
        "max_days": days,
        "carry": carry_g(request.trip),
        "budget": request.budget,
    }
