"""The chart of an item as the page draws it: lines as SVG for everybody, and the same numbers for
the island that draws them with a cursor. The table beside it says the same in words.

Won stand on the left, days below; the band of 평년 and the fan of the forecast (추정) lie behind
the surveyed prices. Coordinates are pixels of a picture of WIDTH × HEIGHT.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from altteul.forecast.chart import ItemChart

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 14, 30
EVERY_NORMAL: Final = 7
"""Days between two points of the 평년 band; it moves slowly."""
GAP_DAYS: Final = 14
"""Surveys farther apart are not joined by a line."""
STEPS: Final = (100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000)
MOST_LINES = 4

Point = tuple[float, float]


class Tick(NamedTuple):
    """A word at a place of an axis."""

    at: float
    text: str


class ChartDrawing(NamedTuple):
    """SVG paths (empty where there is nothing), the words at both axes, and `numbers` as JSON."""

    history: tuple[str, ...]
    normal_band: str
    normal: str
    fan: str
    expected: str
    today: float
    won: tuple[Tick, ...]
    months: tuple[Tick, ...]
    numbers: str


def chart_drawing(chart: ItemChart) -> ChartDrawing | None:
    """The drawing of a chart; None where there are fewer than two surveyed prices."""
    if len(chart.history) < 2:
        return None
    normal = chart.normal[::EVERY_NORMAL]
    first = chart.history[0].day
    last = max([chart.on, *(one.day for one in chart.fan)])
    won = [p.won for p in chart.history] + [w for p in normal for w in (p.low, p.high)]
    won += [w for one in chart.fan for w in (one.low_80, one.high_80)]
    step = next((s for s in STEPS if max(won) / s <= MOST_LINES), STEPS[-1])
    top = step * (max(won) // step + 1)
    at = _placing(first, last, top)
    inside = [p for p in normal if p.day <= last]
    fan = [(chart.observed_on, chart.price, chart.price, chart.price)] if chart.fan else []
    fan += [(one.day, one.low_80, one.mid, one.high_80) for one in chart.fan]
    return ChartDrawing(
        history=tuple(_line(at, part) for part in _parts(chart)),
        normal_band=_band(at, [(p.day, p.low, p.high) for p in inside]),
        normal=_line(at, [(p.day, p.mid) for p in inside]),
        fan=_band(at, [(day, low, high) for day, low, _, high in fan]),
        expected=_line(at, [(day, mid) for day, _, mid, _ in fan]),
        today=at(chart.on, 0)[0],
        won=tuple(Tick(at(first, w)[1], f"{w:,}") for w in range(0, top + 1, step)),
        months=tuple(_months(at, first, last)),
        numbers=_numbers(chart),
    )


def _placing(first: date, last: date, top: int) -> Callable[[date, int], Point]:
    days = max((last - first).days, 1)

    def at(day: date, won: int) -> Point:
        x = LEFT + (day - first).days / days * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - won / top * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)

    return at


def _parts(chart: ItemChart) -> list[list[tuple[date, int]]]:
    """The surveyed prices, parted where too long nobody surveyed."""
    parts: list[list[tuple[date, int]]] = [[]]
    for point in chart.history:
        before = parts[-1][-1][0] if parts[-1] else point.day
        if (point.day - before).days > GAP_DAYS:
            parts.append([])
        parts[-1].append((point.day, point.won))
    return parts


def _line(at: Callable[[date, int], Point], points: Iterable[tuple[date, int]]) -> str:
    return _path([at(day, won) for day, won in points])


def _band(at: Callable[[date, int], Point], rows: Sequence[tuple[date, int, int]]) -> str:
    there = [at(day, high) for day, _, high in rows]
    back = [at(day, low) for day, low, _ in reversed(rows)]
    return f"{_path([*there, *back])}z" if rows else ""


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def _months(at: Callable[[date, int], Point], first: date, last: date) -> Iterable[Tick]:
    """The first day of every third month."""
    day = first.replace(day=1)
    while (day := (day + timedelta(days=31)).replace(day=1)) <= last:
        if day.month % 3 == 0:
            yield Tick(at(day, 0)[0], f"{day.month}월")


def _numbers(chart: ItemChart) -> str:
    """Columns by day, gaps as null: price, 80 % range and middle of the forecast, 평년."""
    price = {p.day: p.won for p in chart.history}
    normal = {p.day: p.mid for p in chart.normal[::EVERY_NORMAL]}
    fan = {one.day: one for one in chart.fan}
    days = sorted({*price, *normal, *fan})
    return json.dumps(
        {
            "days": [day.isoformat() for day in days],
            "price": [price.get(day) for day in days],
            "low": [fan[day].low_80 if day in fan else None for day in days],
            "mid": [fan[day].mid if day in fan else None for day in days],
            "high": [fan[day].high_80 if day in fan else None for day in days],
            "normal": [normal.get(day) for day in days],
            "unit": chart.unit,
        },
        separators=(",", ":"),
    )
