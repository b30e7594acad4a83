"""What it costs to go from place to place: time, fare, fuel, and the minutes at each stop.

Every figure is a stated assumption of `TravelCosts` and can be replaced; the distance is the
straight line times a detour factor until a `Traveller` that knows the roads is given instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from pydantic import Field

from altteul.frozen import Frozen
from altteul.planner.plan import Mode

Matrix = npt.NDArray[np.int64]
Minutes = npt.NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

TRANSIT_FARE = 1_550
"""One ride, adult, card: Seoul subway base fare since 2025-06-28 (a city bus is 1,500 won).
Free transfers are not modelled: each leg that is ridden pays."""

CAR_WON_PER_KM = 140
"""Fuel: about 1,680 won a litre of petrol at 12 km a litre (assumption; depreciation left out)."""

WALKING_M_PER_MINUTE = 67.0
"""4 km/h, an adult carrying shopping (assumption)."""


class ModeCosts(Frozen):
    """What a kilometre and a stop cost in one way of travelling.

    `detour` turns the straight line into the way; `wait_minutes` and `fare` are per leg;
    `stop_minutes` is spent at each stop besides the way (parking, entering, paying).
    """

    detour: float = Field(ge=1.0)
    metres_per_minute: float = Field(gt=0)
    wait_minutes: float = Field(default=0.0, ge=0)
    fare: int = Field(default=0, ge=0)
    won_per_km: int = Field(default=0, ge=0)
    stop_minutes: float = Field(ge=0)


class TravelCosts(Frozen):
    """The assumptions for each mode (docs/topics/planner.md); replace any of them.

    Detours of 1.3-1.4 are the usual ratio of way to straight line in dense street nets. City buses
    move at about 17 km/h with their halts, cars in Seoul at about 22 km/h. Waiting for a bus counts
    the walk to the halt.
    """

    walk: ModeCosts = ModeCosts(detour=1.3, metres_per_minute=WALKING_M_PER_MINUTE, stop_minutes=10)
    bus: ModeCosts = ModeCosts(
        detour=1.4, metres_per_minute=283, wait_minutes=12, fare=TRANSIT_FARE, stop_minutes=10
    )
    car: ModeCosts = ModeCosts(
        detour=1.4, metres_per_minute=367, won_per_km=CAR_WON_PER_KM, stop_minutes=15
    )

    def of(self, mode: Mode) -> ModeCosts:
        """The assumptions for one mode."""
        return {Mode.WALK: self.walk, Mode.BUS: self.bus, Mode.CAR: self.car}[mode]


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees. A point known only roughly is at least `blur_m` from every other point and
    at least `away_m` from home."""

    lat: float
    lng: float
    blur_m: int = 0
    away_m: int = 0


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way between points, row → column: metres, minutes and fare or fuel in won.

    The arrays are square, shape (points, points), with zeros on the diagonal; `walked` tells where
    a bus rider goes on foot.
    """

    distance_m: Matrix
    minutes: Minutes
    fare: Matrix
    walked: npt.NDArray[np.bool_]

    def time_won(self, value_of_time: int) -> Matrix:
        """The minutes in won, rounded for each leg; `value_of_time` is won per hour."""
        return minutes_won(self.minutes, value_of_time)

    def won(self, value_of_time: int) -> Matrix:
        """Fare and time together, in won for each leg."""
        return self.fare + self.time_won(value_of_time)


class Traveller(Protocol):
    """Whoever knows the ways between points; a road router may stand here."""

    def ways(self, points: Sequence[Point], mode: Mode, value_of_time: int) -> Ways:
        """The ways between all points (the first is home); may differ by direction."""
        ...


class StraightLineTraveller:
    """Straight line times the mode's detour; a bus rider walks where that costs less."""

    def __init__(self, costs: TravelCosts | None = None) -> None:
        self._costs = costs or TravelCosts()

    def ways(self, points: Sequence[Point], mode: Mode, value_of_time: int) -> Ways:
        """The ways between all points; `value_of_time` decides between walking and the bus."""
        line = _no_nearer(straight_metres(points), points)
        chosen = _ways_by(line, self._costs.of(mode), walked=mode is Mode.WALK)
        if mode is not Mode.BUS:
            return chosen
        walked = _ways_by(line, self._costs.walk, walked=True)
        return _cheaper(walked, chosen, value_of_time)


def minutes_won(minutes: Minutes, value_of_time: int) -> Matrix:
    """Minutes in whole won, half a won rounded up."""
    return np.floor(minutes * value_of_time / 60 + 0.5).astype(np.int64)


def straight_metres(points: Sequence[Point]) -> Minutes:
    """Great-circle metres between all points (haversine), shape (points, points)."""
    lat = np.radians([point.lat for point in points])
    lng = np.radians([point.lng for point in points])
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    half_lng = np.sin((lng[:, None] - lng[None, :]) / 2) ** 2
    arc = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lng
    metres: Minutes = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(arc, 0.0, 1.0)))
    return metres


def _no_nearer(line: Minutes, points: Sequence[Point]) -> Minutes:
    """The lines, stretched to the least distance of points that are known only roughly."""
    blur = np.array([point.blur_m for point in points], dtype=np.float64)
    away = np.array([point.away_m for point in points], dtype=np.float64)
    apart: Minutes = np.maximum(line, np.maximum(blur[:, None], blur[None, :]))
    apart[0, :] = np.maximum(apart[0, :], away)
    apart[:, 0] = np.maximum(apart[:, 0], away)
    np.fill_diagonal(apart, 0.0)
    return apart


def _ways_by(line: Minutes, costs: ModeCosts, *, walked: bool) -> Ways:
    metres = np.rint(line * costs.detour).astype(np.int64)
    moving = metres > 0
    minutes = metres / costs.metres_per_minute + costs.wait_minutes * moving
    fuel = (metres * costs.won_per_km + 500) // 1000
    return Ways(metres, minutes, fuel + costs.fare * moving, np.full(line.shape, walked))


def _cheaper(walked: Ways, ridden: Ways, value_of_time: int) -> Ways:
    walks = walked.won(value_of_time) <= ridden.won(value_of_time)
    return Ways(
        np.where(walks, walked.distance_m, ridden.distance_m),
        np.where(walks, walked.minutes, ridden.minutes),
        np.where(walks, walked.fare, ridden.fare),
        walks,
    )
