"""A demand with days, ways and limits: the Model of the shopping, and what its numbers mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from altteul.history.seller import Seller
from altteul.planner.carrying import carry_g
from altteul.planner.cells import Cells, cells_of
from altteul.planner.demand import Demand, Option
from altteul.planner.discounts import Rate, rate_at
from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Model, OrderTerms, Won
from altteul.planner.later import PriceOutlook
from altteul.planner.naming import named, the_one
from altteul.planner.opening import OpeningRules, minutes_of
from altteul.planner.plan import DeliveryTerms, Request
from altteul.planner.trip import Point, TravelCosts, Traveller, Ways, minutes_won
from altteul.sources.seller import LocationBasis

if TYPE_CHECKING:
    from altteul.planner.shelf_prices import Belief

MOST_ORDERS = 3
"""Every set of orders is a search of its own."""

BLUR_M = {LocationBasis.DONG: 500, LocationBasis.DISTRICT: 1_500, LocationBasis.NONE: 1_500}
"""How far a seller may be from the middle of its 동 or district (about the radius of one in Seoul);
two sellers known only so are not next door to each other."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An order that can be made: from whom, on what terms, and the day it arrives."""

    seller: int
    terms: DeliveryTerms
    arrives: date


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
    visits = _visits(request, demand, days, rules)
    orders = _orders(request, demand, days)
    cells = cells_of(request, demand, days, rates, outlook)
    columns = [(seller, day) for day, seller in visits] + [(order.seller, 0) for order in orders]
    travel = _travel(request, ways, minutes, stop_won, len(demand.sellers))
    times = _visited(demand.sellers, visits, rules, ceil(minutes))
    model = Model(
        **_tables(cells, demand, columns, alone_won(travel, times)),
        **times,
        **travel,
        **_limits(request, demand, orders, visits, len(days)),
        cap=_caps(rates, columns),
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


def _visits(
    request: Request, demand: Demand, days: Sequence[date], rules: OpeningRules
) -> tuple[tuple[int, int], ...]:
    """(day, seller) for all sellers that can be visited on a day, day by day."""
    refused = {s.id for text in request.never for s in named(text, demand.sellers)}
    sold = {seller for _, _, seller in demand.options}
    return tuple(
        (number, index)
        for number, day in enumerate(days)
        for index, seller in enumerate(demand.sellers)
        if index in sold
        and seller.id not in refused
        and seller.lat is not None
        and rules.is_open(seller, day)
    )


def _orders(request: Request, demand: Demand, days: Sequence[date]) -> tuple[Delivered, ...]:
    """Orders that arrive in time, from at most MOST_ORDERS sellers: those who sell most of it."""
    refused = {s.id for text in request.never for s in named(text, demand.sellers)}
    terms = {
        index: DeliveryTerms(seller=seller.id, **dict(seller.delivery))
        for index, seller in enumerate(demand.sellers)
        if seller.delivery
    }
    for said in request.deliveries:
        for seller in named(said.seller, demand.sellers)[:1]:
            terms[demand.sellers.index(seller)] = said
    sells = Counter(seller for _, variant, seller in demand.options if variant == 0)
    found = [
        Delivered(index, known, days[0] + timedelta(days=known.days))
        for index, known in terms.items()
        if demand.sellers[index].id not in refused
    ]
    in_time = [one for one in found if one.arrives <= days[-1]]
    return tuple(sorted(in_time, key=lambda one: (-sells[one.seller], one.seller))[:MOST_ORDERS])


def _terms(terms: DeliveryTerms) -> OrderTerms:
    steps = sorted((step.goods_from, step.fee) for step in terms.fees)
    if not steps or steps[0][0] > 0:
        steps = [(0, 0), *steps]
    return OrderTerms(terms.minimum, tuple(steps))


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


def _visited(
    sellers: Sequence[Seller], visits: Sequence[tuple[int, int]], rules: OpeningRules, linger: int
) -> dict[str, Any]:
    """Where and when each visit can be made; one must be served before it closes."""
    hours = [rules.minutes(sellers[seller]) for _, seller in visits]
    return {
        "place": np.array([seller for _, seller in visits], dtype=np.intp),
        "day": np.array([day for day, _ in visits], dtype=np.intp),
        "opens": np.array([opens for opens, _ in hours], dtype=np.int64),
        "closes": np.array([closes - linger for _, closes in hours], dtype=np.int64),
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
        "orders": tuple(_terms(order.terms) for order in orders),
        "must": _musts(request, demand.sellers, visits),
        "max_stops": request.trip.max_stops,
        "max_days": days,
        "carry": carry_g(request.trip),
        "budget": request.budget,
    }


def _caps(rates: Sequence[Rate | None], columns: Sequence[tuple[int, int]]) -> Won:
    """The most that a discount saves in each column."""
    found = [rate.cap if (rate := rates[seller]) else NO_CAP for seller, _ in columns]
    return np.array(found, dtype=np.int64)


def _musts(
    request: Request, sellers: tuple[Seller, ...], visits: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    visited = sorted({seller for _, seller in visits})
    open_ones = [sellers[index] for index in visited]
    places = (sellers.index(the_one(text, open_ones)) for text in request.must)
    return tuple(dict.fromkeys(places))


def alone_won(travel: dict[str, Any], times: dict[str, Any]) -> Won:
    """Won of a trip to each visit alone, waiting included; shape (visits,)."""
    leg, place = travel["leg"], times["place"]
    arrives = travel["leaves"] + travel["minutes"][0, 1:][place]
    waits = np.maximum(0, times["opens"] - arrives)
    waited = (waits * travel["hour_won"] + 30) // 60
    alone: Won = leg[0, 1:][place] + travel["stop"][place] + leg[1:, 0][place] + waited
    return alone


def alone_of(model: Model) -> Won:
    """The same of a model."""
    travel = {name: getattr(model, name) for name in ("leg", "stop", "minutes", "leaves")}
    times = {"place": model.place, "opens": model.opens}
    return alone_won(travel | {"hour_won": model.hour_won}, times)


def uncovered_won(cost: Won, alone: Won) -> Won:
    """The price of coming home without a need, shape (needs,).

    The dearest way to buy it in reach and a separate trip to the nearest seller who has it: what it
    costs to get it after all, and never less than buying it at a stop that is made anyway.
    """
    sold = cost < NOT_SOLD
    dearest = np.where(sold, cost, 0).max(axis=(1, 2), initial=0)
    anywhere = sold[:, :, : len(alone)].any(axis=1)
    separate = np.where(anywhere, alone[None, :], NOT_SOLD).min(axis=1, initial=NOT_SOLD)
    uncovered: Won = dearest + np.where(separate < NOT_SOLD, separate, 0)
    return uncovered
