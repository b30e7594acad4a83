"""The rule for faults: what it marks, what it leaves, and that offers and estimates both obey."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from estimate_world import city
from small_market import HERE, ON, SOURCE, price, shop

from altteul.market import Market
from altteul.market.estimate.carrying import STILL
from altteul.market.estimate.goods import goods_table
from altteul.market.estimate.offers import open_book
from altteul.market.faults import faults, without_faults
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Measure, Observation, Stage, observation_frame

MakeMarket = Callable[..., Market]


def days_ago(days: int) -> date:
    return ON - timedelta(days=days)


def times(goods: pl.DataFrame, row: int, factor: float) -> pl.DataFrame:
    moved = pl.when(pl.col("row") == row).then(pl.col("log_price") + np.log(factor))
    return goods.with_columns(log_price=moved.otherwise("log_price"))


@pytest.mark.parametrize(
    ("factor", "why"),
    [
        (10, "0이 하나 더 붙은 듯"),
        (0.1, "0이 하나 빠진 듯"),
        (30, "한 판 값을 한 개 값으로 적은 듯"),
        (5, "여러 개 든 봉지 값을 한 개 값으로 적은 듯"),
        (100, "다섯 배 넘게 벗어났고 까닭을 모름"),
    ],
)
def test_a_slip_is_marked_with_its_name_and_nothing_else_is(factor: float, why: str) -> None:
    found = faults(times(city(), 100, factor))
    assert [(row, one.why) for row, one in enumerate(found) if one] == [(100, why)]


def test_what_was_expected_is_near_the_price_before_the_slip() -> None:
    goods = city()
    fault = faults(times(goods, 100, 10))[100]
    assert fault is not None
    assert np.log(fault.expected) == pytest.approx(goods["log_price"][100], abs=0.4)


def test_a_dear_shop_is_not_a_fault() -> None:
    dear = pl.when(pl.col("seller") == "s7").then(pl.col("log_price") + np.log(4.5))
    assert faults(city().with_columns(log_price=dear.otherwise("log_price"))) == [None] * 480


def test_slips_of_one_price_in_twenty_are_nearly_all_found() -> None:
    goods, chance = city(sellers=60), np.random.default_rng(4)
    slipped = chance.random(goods.height) < 0.05
    factor = np.where(slipped, chance.choice([10, 0.1, 30], goods.height), 1.0)
    goods = goods.with_columns(log_price=pl.col("log_price") + pl.Series(np.log(factor)))
    found = np.array([one is not None for one in faults(goods)])
    assert found[slipped].mean() > 0.95
    assert found[~slipped].mean() < 0.002


def test_the_verdicts_do_not_depend_on_the_order_of_the_prices() -> None:
    goods = times(times(city(), 30, 10), 200, 0.1)
    mixed = goods.sample(fraction=1.0, shuffle=True, seed=3)
    marked = {row for row, one in zip(mixed["row"], faults(mixed), strict=True) if one}
    assert marked == {30, 200}


def test_three_prices_are_too_few_to_judge_one() -> None:
    goods = city(sellers=3, items=1)
    assert faults(times(goods, 0, 100)) == [None] * 3
    assert without_faults(goods.clear()).is_empty()


def test_a_marked_price_is_kept_and_shown_and_neither_offered_nor_estimated_with(
    make_market: MakeMarket,
) -> None:
    won = {"가": 3000, "나": 4000, "다": 5000, "라": 35_000}
    market = make_market(
        [shop(name) for name in won], [price(n, "배추", w) for n, w in won.items()]
    )
    report = market.price_report("배추", HERE, ON, 500)
    (marked,) = report.marked
    assert (marked.offer.seller.name, marked.offer.price.mid) == ("라", 35_000)
    assert "0이 하나 더 붙은 듯" in marked.sentence()
    assert "라" not in {offer.seller.name for offer in report.offers}
    history, catalog = market._history, market._catalog
    known = history.observations(stages=[Stage.RETAIL], measures=[Measure.PRICE])
    sellers = history.sellers().all()
    assert 35_000 in known["price"]
    assert goods_table(known, sellers, catalog).height == 4
    book = open_book(known, sellers, catalog, ON, lambda _region, _item: STILL)
    assert sorted(book.known["log_price"].exp().round()) == [3000, 4000, 5000]


def test_a_sort_that_is_set_apart_neither_moves_nor_is_judged_by_the_others(
    make_market: MakeMarket,
) -> None:
    """등심 at 14,000 won is no slip of 불고기 at 4,500, and says nothing of what 불고기 costs."""
    won = {"가": 4300, "나": 4500, "다": 4700, "라": 4900}
    meat = [beef(name, w, "불고기") for name, w in won.items()]
    steaks = [beef(name, w, "등심") for name, w in (("마", 14_000), ("바", 45_000))]
    market = make_market([shop(name) for name in (*won, "마", "바")], [*meat, *steaks])
    history, catalog = market._history, market._catalog
    known = history.observations(stages=[Stage.RETAIL], measures=[Measure.PRICE])
    goods = goods_table(known, history.sellers().all(), catalog)
    assert sorted(goods["item"].unique()) == ["소고기", "소고기 등심"]
    assert faults(goods) == [None] * 6
    book = open_book(known, history.sellers().all(), catalog, ON, lambda _region, _item: STILL)
    assert sorted(book.of("소고기")["log_price"].exp().round()) == [43, 45, 47, 49]
    # Without its sort the same price is more than four times off.
    unstated = known.with_columns(variety=pl.lit(None, pl.String()))
    unread = goods_table(unstated, history.sellers().all(), catalog)
    assert any(faults(unread))


def beef(seller: str, won: int, variety: str) -> Observation:
    return price(seller, "소고기", won, mass_g=100.0, variety=variety)


def test_of_two_sources_on_one_day_the_dearer_counts_and_the_other_is_said(
    make_market: MakeMarket,
) -> None:
    rows = [
        price("가", "배추", 3000, source="price_go_kr"),
        price("가", "배추", 3400),
        price("나", "배추", 2000, days_ago(3), source="price_go_kr"),
        price("나", "배추", 1500),
    ]
    for order in (rows, rows[::-1]):
        market = make_market([shop("가"), shop("나")], order)
        offers = market.offers(HERE, ON, items=["배추"], radius_m=500)
        found = [(offer.seller.name, offer.price.mid, offer.source) for offer in offers]
        assert found == [("나", 1500, SOURCE), ("가", 3400, SOURCE)]
        assert "price_go_kr 조사는 3,000원" in (offers[1].note or "")
        assert offers[0].note is None


def test_a_source_that_stands_still_says_so_in_the_answer(make_market: MakeMarket) -> None:
    old = price("가", "배추", 3000, days_ago(40), source="price_go_kr")
    market = make_market([shop("가"), shop("나")], [price("나", "배추", 3500)])
    market._history.record(Harvest("price_go_kr", observation_frame([old]), []), origin="test")
    report = market.price_report("배추", HERE, ON, 500)
    still = {source.key: source.still_days for source in report.sources}
    assert still == {"price_go_kr": 40, SOURCE: None}
    assert [n for n in report.notices if "40일째 새 조사가 없습니다" in n]
    assert market.standing_still(ON, [SOURCE]) == ()
