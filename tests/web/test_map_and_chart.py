"""The drawings of the server: a map of the stops and the course of a price, by their geometry."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from math import hypot

import pytest

from altteul.forecast.ahead import DayAhead
from altteul.forecast.chart import ItemChart, NormalPoint, PricePoint
from altteul.market.offer import Place
from altteul.web.map_drawing import HEIGHT, LEAST_APART, WIDTH, plan_map
from altteul.web.price_chart import chart_drawing
from altteul.web.spread import strip

HOME = Place(name="집", lat=37.6, lng=127.0)
ON = date(2026, 5, 29)


class _Seller:
    def __init__(self, name: str, lat: float | None, lng: float | None) -> None:
        self.name, self.lat, self.lng = name, lat, lng


class _Stop:
    def __init__(self, name: str, lat: float | None, lng: float | None) -> None:
        self.seller = _Seller(name, lat, lng)


def drawn(*stops: tuple[str, float | None, float | None]):  # type: ignore[no-untyped-def]
    return plan_map(HOME, [_Stop(*stop) for stop in stops], returns_home=True)  # type: ignore[arg-type]


def test_north_is_up_and_east_is_right() -> None:
    made = drawn(("북", 37.61, 127.0), ("동", 37.6, 127.01))
    home, north, east = made.signs
    assert north.y < home.y
    assert abs(north.x - home.x) < 0.2
    assert east.x > home.x
    assert [sign.text for sign in made.signs] == ["", "1", "2"]


def test_the_scale_is_that_of_the_distances() -> None:
    made = drawn(("북", 37.61, 127.0))  # 1,113 m north
    home, north = made.signs
    pixels_a_metre = made.scale_x / made.scale_m
    assert hypot(home.x - north.x, home.y - north.y) / pixels_a_metre == pytest.approx(
        1113, rel=0.02
    )


def test_stops_next_door_do_not_cover_each_other_or_leave_the_picture() -> None:
    made = drawn(("가", 37.6, 127.0), ("나", 37.60001, 127.0), ("멀리", 37.65, 127.05))
    first, second = made.signs[0], made.signs[1]
    assert hypot(first.x - second.x, first.y - second.y) >= LEAST_APART - 0.2
    assert all(0 < s.x < WIDTH and 0 < s.y < HEIGHT for s in made.signs)


def test_no_map_without_a_place() -> None:
    assert drawn(("어딘가", None, None)) is None


def chart(days: int = 40, gap: int = 0) -> ItemChart:
    history = [PricePoint(day=ON - timedelta(days=n), won=3_000 + 10 * n) for n in range(days)]
    history = [p for n, p in enumerate(reversed(history)) if not 10 <= n < 10 + gap]
    fan = tuple(
        DayAhead(
            horizon=n, day=ON + timedelta(days=n), expected=3_000, low_95=2_000, low_80=2_500,
            low_50=2_800, mid=3_000, high_50=3_200, high_80=3_500, high_95=4_000,
            p_cheaper=0.5, p_loss=0.1, proved=True,
        )
        for n in range(1, 29)
    )  # fmt: skip
    normal = tuple(
        NormalPoint(day=ON + timedelta(days=n), low=2_000, mid=2_500, high=3_000, years=3)
        for n in range(-days, 29)
    )
    return ItemChart(
        item="배추", variety=None, region="서울", channel=None, unit="1포기", source="practice",
        on=ON, price=3_000, observed_on=ON, made_on=ON, history=tuple(history), normal=normal,
        fan=fan, marks=(), table=(), sentence="", simulated=True,
    )  # fmt: skip


def heights(path: str) -> list[float]:
    return [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", path)]


def test_a_higher_price_stands_higher_and_the_fan_begins_at_the_last_price() -> None:
    made = chart_drawing(chart())
    assert made is not None
    (line,) = made.history
    assert heights(line) == sorted(heights(line))  # the price falls, so y grows
    assert heights(made.expected)[0] == heights(line)[-1]
    assert all(0 <= y <= 220 for y in heights(made.fan) + heights(made.normal_band))


def test_days_without_a_survey_are_a_gap_and_not_a_line() -> None:
    made = chart_drawing(chart(gap=20))
    assert made is not None
    assert len(made.history) == 2


def test_the_island_gets_the_same_numbers_with_gaps_as_nothing() -> None:
    made = chart_drawing(chart(days=10))
    assert made is not None
    numbers = json.loads(made.numbers)
    today = numbers["days"].index(ON.isoformat())
    assert numbers["price"][today] == 3_000
    assert numbers["mid"][today] is None
    assert (numbers["low"][-1], numbers["mid"][-1], numbers["high"][-1]) == (2_500, 3_000, 3_500)
    assert {len(numbers[name]) for name in ("price", "low", "mid", "high", "normal")} == {
        len(numbers["days"])
    }


def test_one_price_is_no_course() -> None:
    assert chart_drawing(chart(days=1)) is None


def test_the_strip_still_stacks_dots_that_touch() -> None:
    made = strip([(1_000, "online"), (1_001, "online"), (2_000, "online")], 1_001, None)
    assert len({dot.y for dot in made.dots}) == 2
