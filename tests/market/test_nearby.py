"""Sellers near a place and how dear each is, by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import stdev

import pytest
from small_market import HERE, ON, price, shop

from altteul.market import Market

MakeMarket = Callable[..., Market]
ITEMS = ("배추", "양배추", "무", "오이", "애호박")
BASE = 2_000
UNIT = {"배추": "포기"}
TIMES = {"싼": (0.8, 0.82, 0.78, 0.8, 0.85), "가": (1.0,) * 5, "비싼": (1.3, 1.25, 1.2, 1.4, 1.3)}


def street(make_market: MakeMarket) -> Market:
    sellers = [shop("싼", 900), shop("가", 100), shop("비싼", 500), shop("빈", 50)]
    rows = [
        price(
            name, item, round(BASE * factor), count=1, count_unit="개" if item != "배추" else "포기"
        )
        for name, factors in TIMES.items()
        for item, factor in zip(ITEMS, factors, strict=True)
    ]
    return make_market(sellers, rows)


def test_sellers_stand_by_distance_with_what_was_surveyed(make_market: MakeMarket) -> None:
    found = street(make_market).nearby(HERE, ON + timedelta(days=2), radius_m=1_000)
    told = [(one.seller.name, one.distance_m, one.items) for one in found.sellers]
    assert told == [("빈", 50, 0), ("가", 100, 5), ("비싼", 500, 5), ("싼", 900, 5)]
    assert {one.surveyed_on for one in found.sellers} == {None, ON}
    assert found.sellers[0].level is None


def test_the_level_is_the_shrunken_mean_against_the_middle(make_market: MakeMarket) -> None:
    found = street(make_market).nearby(HERE, ON, radius_m=1_000)
    level = {one.seller.name: one.level for one in found.sellers}
    cheap = level["싼"]
    assert cheap is not None
    away = [log(factor) for factor in TIMES["싼"]]
    mean, half = sum(away) / 9, 1.2816 * stdev(away) / sqrt(5)
    assert cheap.percent == round(100 * (exp(mean) - 1))
    assert (cheap.low, cheap.high) == tuple(
        round(100 * (exp(mean + s * half) - 1)) for s in (-1, 1)
    )
    assert (cheap.sure, cheap.items) == (True, 5)
    assert cheap.words() == "11% 쌈 (5개 품목)"
    assert level["비싼"] is not None
    assert level["비싼"].percent > 0
    assert level["가"] is not None
    assert level["가"].words() == "보통이거나 모름 (5개 품목)"


def test_sellers_out_of_reach_neither_show_nor_count(make_market: MakeMarket) -> None:
    found = street(make_market).nearby(HERE, ON, radius_m=600)
    assert [one.seller.name for one in found.sellers] == ["빈", "가", "비싼"]
    assert all(one.level is None for one in found.sellers)


@pytest.mark.parametrize("near", ["노원구", "서울 노원구"])
def test_real_sellers_of_nowon_have_levels(real_market: Market, near: str) -> None:
    found = real_market.nearby(real_market.place(near), date(2021, 5, 31), radius_m=12_000)
    levels = [one.level for one in found.sellers if one.level]
    assert len(levels) >= 12
    assert all(level.low <= level.percent <= level.high for level in levels)
    assert any(level.sure and level.percent > 0 for level in levels)
