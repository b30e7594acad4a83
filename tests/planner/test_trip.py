"""Ways and what they cost, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_world import HOME, M_PER_DEGREE

from altteul.planner.plan import Mode
from altteul.planner.trip import (
    TRANSIT_FARE,
    ModeCosts,
    Point,
    StraightLineTraveller,
    TravelCosts,
    straight_metres,
)

HERE = Point(HOME.lat, HOME.lng)


def north(metres: float, **facts: int) -> Point:
    return Point(HOME.lat + metres / M_PER_DEGREE, HOME.lng, **facts)


def test_straight_metres_of_seoul_city_hall_to_busan_city_hall() -> None:
    seoul, busan = Point(37.5663, 126.9779), Point(35.1798, 129.0750)
    assert straight_metres([seoul, busan])[0, 1] == pytest.approx(325_000, rel=0.005)


def test_walking_costs_only_time() -> None:
    ways = StraightLineTraveller().ways([HERE, north(1_000)], Mode.WALK, 10_000)
    assert ways.distance_m[0, 1] == 1_300
    assert ways.minutes[0, 1] == pytest.approx(1_300 / 67)
    assert ways.fare.sum() == 0
    assert ways.time_won(10_000)[0, 1] == round(1_300 / 67 * 10_000 / 60)


def test_a_bus_rider_pays_each_ride_and_walks_where_that_costs_less() -> None:
    ways = StraightLineTraveller().ways([HERE, north(300), north(4_000)], Mode.BUS, 10_000)
    assert ways.fare[0].tolist() == [0, 0, TRANSIT_FARE]
    assert ways.minutes[0, 2] == pytest.approx(12 + 5_600 / 283, abs=0.01)


def test_a_car_pays_fuel_by_the_kilometre() -> None:
    ways = StraightLineTraveller().ways([HERE, north(5_000)], Mode.CAR, 10_000)
    assert ways.fare[0, 1] == 980


def test_costs_can_be_replaced() -> None:
    crow = TravelCosts(walk=ModeCosts(detour=1.0, metres_per_minute=100, stop_minutes=0))
    ways = StraightLineTraveller(crow).ways([HERE, north(500)], Mode.WALK, 6_000)
    assert ways.won(6_000)[0, 1] == 500


def test_time_is_free_when_its_value_is_nothing() -> None:
    ways = StraightLineTraveller().ways([HERE, north(5_000)], Mode.WALK, 0)
    assert ways.won(0).sum() == 0


def test_two_shops_known_only_by_their_dong_are_not_next_door() -> None:
    roughly = north(800, blur_m=500, away_m=1_100)
    ways = StraightLineTraveller().ways([HERE, roughly, roughly], Mode.WALK, 10_000)
    assert ways.distance_m.tolist() == [[0, 1_430, 1_430], [1_430, 0, 650], [1_430, 650, 0]]


@pytest.mark.parametrize("mode", list(Mode))
def test_no_detour_is_cheaper_than_the_direct_way(mode: Mode) -> None:
    rng = np.random.default_rng(3)
    points = [north(*rng.uniform(-4_000, 4_000, 1)) for _ in range(12)]
    won = StraightLineTraveller().ways(points, mode, 10_000).won(10_000)
    over = won[:, :, None] + won[None, :, :]
    rounding = 5  # whole metres, then whole won, on each of three legs
    assert (won <= over.min(axis=1) + rounding).all()


def test_a_bus_rider_walks_a_short_leg_and_the_way_says_so() -> None:
    near, far = Point(37.5, 127.001), Point(37.5, 127.05)
    ways = StraightLineTraveller().ways((Point(37.5, 127.0), near, far), Mode.BUS, 10_000)
    assert ways.walked[0, 1]
    assert ways.fare[0, 1] == 0
    assert not ways.walked[0, 2]
    assert ways.fare[0, 2] > 0
    by_car = StraightLineTraveller().ways((Point(37.5, 127.0), near), Mode.CAR, 10_000)
    assert not by_car.walked.any()
