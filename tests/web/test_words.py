"""Won, distances, days and particles as a person says them."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.catalog import load_catalog
from altteul.market.offer import WonRange
from altteul.web import words
from altteul.web.assets import Assets
from altteul.web.pictures import DRAWINGS, PICTURES, UNKNOWN, picture
from altteul.web.spread import TOUCHING, strip


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "그날"), (1, "하루 전"), (13, "13일 전"), (14, "2주 전"), (60, "2달 전"), (800, "2년 전")],
)
def test_an_age_is_said_roughly(days: int, said: str) -> None:
    assert words.age(days) == said


def test_a_day_carries_its_weekday() -> None:
    assert words.day(date(2021, 5, 31)) == "2021년 5월 31일(월)"


def test_a_range_that_is_one_number_is_one_number() -> None:
    assert words.won_range(WonRange(low=5, mid=5, high=5)) == "5원"
    assert words.won_range(WonRange(low=3_980, mid=6_700, high=11_100)) == "3,980~11,100원"


@pytest.mark.parametrize(
    ("metres", "said"), [(44, "40m"), (994, "990m"), (996, "1km"), (1_240, "1.2km")]
)
def test_a_distance_is_rounded(metres: float, said: str) -> None:
    assert words.distance(metres) == said


@pytest.mark.parametrize(("minutes", "said"), [(0.2, "1분"), (60, "1시간"), (65, "1시간 5분")])
def test_a_duration_is_said_in_hours_and_minutes(minutes: float, said: str) -> None:
    assert words.duration(minutes) == said


def test_every_drawing_is_a_file_of_the_package() -> None:
    for name in DRAWINGS:
        assert Assets().address(f"drawings/{name}.svg")


def test_items_that_look_alike_in_writing_have_their_own_picture() -> None:
    assert picture("배").emoji != picture("배추").emoji
    assert picture("파") != picture("파프리카")
    assert picture("콩") != picture("콩나물")


def test_every_item_of_the_catalog_that_is_produce_has_a_picture() -> None:
    items = [i for i in load_catalog().items.values() if i.category != "none"]
    assert len(items) > 60
    assert all(picture(i.name, i.category).emoji != UNKNOWN for i in items)
    assert sum(i.name in PICTURES for i in items) > 0.8 * len(items)


def test_dots_of_the_strip_never_touch() -> None:
    drawn = strip([(1_000 + n % 7, "large_store") for n in range(40)], 1_003, 1_010)
    assert len(drawn.dots) == 40
    for one in drawn.dots:
        others = [dot for dot in drawn.dots if dot is not one and dot.y == one.y]
        assert all(abs(dot.x - one.x) >= TOUCHING for dot in others)


def test_the_strip_spans_from_the_least_to_the_most() -> None:
    drawn = strip([(2_000, "online"), (1_000, "online")], 1_500, 3_000)
    assert (drawn.low, drawn.high) == (1_000, 3_000)
    assert drawn.dots[0].x == 12
    assert drawn.normal_x == 348
    assert drawn.middle_x == 96.0
