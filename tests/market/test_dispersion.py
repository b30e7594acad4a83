"""The range by reach, which channel is cheaper, and what looking around is worth, by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from math import erfc

import numpy as np
import pytest
from small_market import HERE, ON, price, shop

from altteul.errors import UnknownItemError
from altteul.market import Market
from altteul.market.dispersion import permutation_chance
from altteul.sources.observation import Channel

MakeMarket = Callable[..., Market]
MARKET = Channel.TRADITIONAL_MARKET


def test_each_reach_tells_its_range_and_what_looking_is_worth(make_market: MakeMarket) -> None:
    far = {"가": (500, 3000), "나": (1500, 5000), "다": (5000, 2000), "라": (11_000, 2400)}
    sellers = [shop(name, north) for name, (north, _) in far.items()]
    rows = [price(name, "배추", won) for name, (_, won) in far.items()]
    found = make_market(sellers, rows).dispersion("배추", HERE, ON)
    told = [
        (r.mode, r.spread.won.low, r.spread.won.high, r.random_won, r.worth_won, r.worth_percent)
        for r in found.by_reach
    ]
    assert told == [
        ("walk", 3000, 5000, 4000, 1000, 25),
        ("bus", 2000, 5000, 3333, 1333, 40),
        ("car", 2000, 5000, 3100, 1100, 35),
    ]
    assert found.per == "1포기"
    assert found.sentences()[0] == (
        "걸어서(2,000m): 3,000~5,000원/1포기, 2곳. 아무 데나 가면 평균 4,000원, "
        "가장 싼 곳은 1,000원(25%) 쌈"
    )


def test_a_reach_without_a_shop_is_left_out(make_market: MakeMarket) -> None:
    market = make_market([shop("먼", 5000)], [price("먼", "배추", 3000)])
    found = market.dispersion("배추", HERE, ON)
    assert [reach.mode for reach in found.by_reach] == ["bus", "car"]
    assert "한 곳뿐" in found.sentences()[0]
    assert market.dispersion("무", HERE, ON).by_reach == ()


def channels(make_market: MakeMarket, markets: list[int], stores: list[int]) -> Market:
    sellers = [shop(f"시장{n}", channel=MARKET) for n in range(len(markets))]
    sellers += [shop(f"마트{n}") for n in range(len(stores))]
    rows = [price(f"시장{n}", "배추", won) for n, won in enumerate(markets)]
    rows += [price(f"마트{n}", "배추", won) for n, won in enumerate(stores)]
    return make_market(sellers, rows)


def test_the_cheaper_channel_is_named_where_the_shops_tell_it(make_market: MakeMarket) -> None:
    market = channels(make_market, [2000, 2100, 2200, 2300], [3000, 3200, 3400, 3600])
    found = market.dispersion("배추", HERE, ON)
    (one,) = found.channels
    assert (one.channel, one.other, one.sure) == (MARKET, Channel.LARGE_STORE, True)
    # Of the 70 ways to choose four of eight two differ as much: these four, and the other four.
    assert one.chance == pytest.approx(2 / 70, abs=1e-4)
    below = 1 - (2000 * 2100 * 2200 * 2300 / (3000 * 3200 * 3400 * 3600)) ** 0.25
    assert one.percent == round(100 * below)
    assert found.cheaper_channel is MARKET
    assert "전통시장 쪽이 대형마트보다" in found.sentences()[-1]


def test_shops_that_overlap_tell_nothing(make_market: MakeMarket) -> None:
    market = channels(make_market, [2000, 3500, 2500], [2400, 2600, 3400])
    found = market.dispersion("배추", HERE, ON)
    assert not found.channels[0].sure
    assert found.cheaper_channel is None
    assert "알 수 없습니다" in found.sentences()[-1]


def test_two_shops_of_a_channel_are_too_few(make_market: MakeMarket) -> None:
    market = channels(make_market, [2000, 2000], [9000, 9000, 9000])
    assert market.dispersion("배추", HERE, ON).channels == ()


def test_the_chance_is_that_of_all_shuffles() -> None:
    chance = np.random.default_rng(2)
    first, second = chance.normal(0, 1, 3), chance.normal(0.8, 1, 3)
    every = [*first, *second]
    seen = abs(first.mean() - second.mean())
    shuffled = [abs(np.mean(p[:3]) - np.mean(p[3:])) for p in permutations(every)]
    expected = np.mean([value >= seen - 1e-12 for value in shuffled])
    assert permutation_chance(first, second) == pytest.approx(expected)


def test_many_shops_are_drawn_and_agree_with_the_normal_curve() -> None:
    chance = np.random.default_rng(5)
    first, second = chance.normal(0, 1, 40), chance.normal(0.45, 1, 40)
    found = permutation_chance(first, second)
    spread = np.concatenate([first, second]).std(ddof=1) * (2 / 40) ** 0.5
    z = abs(first.mean() - second.mean()) / spread
    assert found == pytest.approx(erfc(z / 2**0.5), abs=0.03)


def test_an_unknown_item_is_named(make_market: MakeMarket) -> None:
    market = make_market([shop("가")], [price("가", "배추", 3000)])
    with pytest.raises(UnknownItemError):
        market.dispersion("배츄우우", HERE, ON)
