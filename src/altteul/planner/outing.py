"""A demand with the ways between its sellers: the Problem of a day's shopping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from altteul.history.seller import Seller
from altteul.planner.demand import Demand
from altteul.planner.plan import Request, Trip
from altteul.planner.problem import NOT_SOLD, Problem, Won
from altteul.planner.trip import Point, TravelCosts, Traveller, Ways, minutes_won
from altteul.sources.seller import LocationBasis

BLUR_M = {LocationBasis.DONG: 500, LocationBasis.DISTRICT: 1_500, LocationBasis.NONE: 1_500}
"""How far a seller may be from the middle of its 동 or district (about the radius of one in Seoul);
two sellers known only so are not next door to each other."""


@dataclass(frozen=True, slots=True)
class Outing:
    """All that a solution needs to be written out as a shopping plan."""

    trip: Trip
    demand: Demand
    ways: Ways
    stop_minutes: float
    stop_won: int
    problem: Problem


def outing_for(
    request: Request, demand: Demand, traveller: Traveller, costs: TravelCosts
) -> Outing:
    """The outing from the request's place to the sellers of the demand."""
    trip = request.trip
    home = Point(request.place.lat, request.place.lng)
    points = [home, *map(_where, demand.sellers, demand.away_m)]
    ways = traveller.ways(points, trip.mode, trip.value_of_time)
    minutes = costs.of(trip.mode).stop_minutes
    stop_won = int(minutes_won(np.array(minutes), trip.value_of_time))
    problem = _problem(trip, demand, ways, stop_won)
    return Outing(trip, demand, ways, minutes, stop_won, problem)


def _where(seller: Seller, away_m: int) -> Point:
    if seller.lat is None or seller.lng is None:
        raise ValueError(f"{seller.id} has no place")
    if seller.location_basis is LocationBasis.EXACT:
        return Point(seller.lat, seller.lng)
    return Point(seller.lat, seller.lng, BLUR_M[seller.location_basis], away_m)


def _problem(trip: Trip, demand: Demand, ways: Ways, stop_won: int) -> Problem:
    price = np.full((len(demand.needs), len(demand.sellers)), NOT_SOLD, dtype=np.int64)
    for (need, seller), option in demand.options.items():
        price[need, seller] = option.won
    leg, distance = ways.won(trip.value_of_time), ways.distance_m.copy()
    if not trip.returns_home:
        leg[:, 0] = distance[:, 0] = 0
    stop = np.full(len(demand.sellers), stop_won, dtype=np.int64)
    return Problem(price, uncovered_won(price, leg, stop), leg, stop, distance)


def uncovered_won(price: Won, leg: Won, stop: Won) -> Won:
    """The price of coming home without a need, shape (needs,).

    The dearest offer in reach and a separate trip to the nearest seller who has it: what it costs
    to get it after all, and never less than buying it at a stop that is made anyway.
    """
    sold = price < NOT_SOLD
    dearest = np.where(sold, price, 0).max(axis=1)
    there_and_back = leg[0, 1:] + stop + leg[1:, 0]
    separate = np.where(sold, there_and_back[None, :], NOT_SOLD).min(axis=1)
    uncovered: Won = dearest + separate
    return uncovered
