"""Distances on the globe and the middle of a set of points; coordinates are WGS84 degrees."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG)."""

Degrees = NDArray[np.float64]


def distances_m(lat: float, lng: float, lats: Degrees, lngs: Degrees) -> Degrees:
    """Metres along the great circle from one point to each of the others (haversine)."""
    a, b = np.radians(lat), np.radians(lats)
    half = np.sin((b - a) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(lngs - lng) / 2) ** 2
    metres: Degrees = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return metres


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres between two points (lat, lng); the same formula for one pair, without arrays."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(half, 1.0)))


def median_point(points: Degrees) -> tuple[float, float]:
    """The median latitude and longitude of an n × 2 array: one wrong point moves it little."""
    lat, lng = np.median(points, axis=0)
    return float(lat), float(lng)
