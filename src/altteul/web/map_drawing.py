"""The plain map of a plan: where one starts, the stops in their order, the way between them as
straight lines, and a scale. Drawn here as SVG; no tile, no script, no third party."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Final, NamedTuple

from altteul.market.offer import Place
from altteul.planner.plan import Stop

WIDTH, HEIGHT, EDGE = 360, 250, 42
LEAST_APART: Final = 34.0
"""Pixels between two signs, so that both can be read."""
METRES_PER_DEGREE: Final = 111_320.0
LEAST_SPAN_M: Final = 300.0
SCALES: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


class Sign(NamedTuple):
    """A point on the map: what is written in it, whose it is, SVG and WGS84 coordinates."""

    text: str
    name: str
    x: float
    y: float
    lat: float
    lng: float


class PlanMap(NamedTuple):
    """What the template draws: the start first, then the stops; `scale_m` metres are `scale_x`."""

    signs: tuple[Sign, ...]
    route: str
    scale_m: int
    scale_x: float


def plan_map(place: Place, stops: Sequence[Stop], *, returns_home: bool) -> PlanMap | None:
    """The map of a way; None without a stop whose place is known."""
    known = [(s.seller.name, s.seller.lat, s.seller.lng) for s in stops]
    points = [(place.name, place.lat, place.lng)]
    points += [(name, lat, lng) for name, lat, lng in known if lat is not None and lng is not None]
    if len(points) < 2:
        return None
    metres, per_metre = _fitted([(lat, lng) for _, lat, lng in points])
    placed = _apart([(WIDTH / 2 + x * per_metre, HEIGHT / 2 - y * per_metre) for x, y in metres])
    signs = tuple(
        Sign(str(number) if number else "", name, round(x, 1), round(y, 1), lat, lng)
        for number, ((name, lat, lng), (x, y)) in enumerate(zip(points, placed, strict=True))
    )
    path = [*signs, signs[0]] if returns_home else list(signs)
    route = "M" + "L".join(f"{sign.x} {sign.y}" for sign in path)
    scale = max((m for m in SCALES if m * per_metre <= WIDTH / 3), default=SCALES[0])
    return PlanMap(signs, route, scale, round(scale * per_metre, 1))


def _fitted(points: Sequence[tuple[float, float]]) -> tuple[list[tuple[float, float]], float]:
    """East and north of the middle in metres, and how many pixels a metre takes."""
    lat = (min(a for a, _ in points) + max(a for a, _ in points)) / 2
    lng = (min(b for _, b in points) + max(b for _, b in points)) / 2
    east = METRES_PER_DEGREE * cos(radians(lat))
    metres = [((b - lng) * east, (a - lat) * METRES_PER_DEGREE) for a, b in points]
    wide = max(2 * max(abs(x) for x, _ in metres), LEAST_SPAN_M)
    high = max(2 * max(abs(y) for _, y in metres), LEAST_SPAN_M)
    return metres, min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)


def _apart(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points, those too near to an earlier one moved just clear of it."""
    placed: list[tuple[float, float]] = []
    for x, y in points:
        for other_x, other_y in placed:
            gap = hypot(x - other_x, y - other_y)
            if gap < LEAST_APART:
                along = ((x - other_x) / gap, (y - other_y) / gap) if gap > 1 else (1.0, 0.0)
                x, y = other_x + along[0] * LEAST_APART, other_y + along[1] * LEAST_APART
        placed.append((_inside(x, WIDTH), _inside(y, HEIGHT)))
    return placed


def _inside(value: float, size: int) -> float:
    return min(max(value, 20), size - 20)
