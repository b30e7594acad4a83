"""The price report by hand: spread, region, normal price, and what is said beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from small_market import HERE, ON, price, regional, shop

from altteul.errors import UnknownItemError
from altteul.market import Market
from altteul.market.offer import HowUnusual
from altteul.sources.observation import Channel, Observation

MakeMarket = Callable[..., Market]


def five_days(item: str, won: int, middle: date, **more: object) -> list[Observation]:
    return [regional(item, won, middle + timedelta(days=n), **more) for n in range(-2, 3)]


def last_year(back: int) -> date:
    return date(ON.year - back, ON.month, ON.day)


def test_the_spread_counts_each_seller_once_with_its_lowest_unit_price(
    make_market: MakeMarket,
) -> None:
    asked = (("가", 10, 3500), ("가", 30, 7500), ("나", 30, 9000), ("다", 10, 4000))
    rows = [price(n, "달걀", won, count=count, count_unit="개") for n, count, won in asked]
    report = make_market([shop(n) for n in "가나다"], rows).price_report("계란", HERE, ON, 500)
    assert report.spread is not None
    won = report.spread.won
    assert (won.low, won.mid, won.high, report.spread.sellers) == (250, 300, 400, 3)
    assert (report.spread.cheapest.seller.name, report.spread.dearest.seller.name) == ("가", "다")


def test_channels_have_spreads_of_their_own(make_market: MakeMarket) -> None:
    sellers = [shop("가"), shop("나", channel=Channel.TRADITIONAL_MARKET), shop("다")]
    rows = [price(n, "배추", w) for n, w in (("가", 3000), ("나", 2000), ("다", 5000))]
    report = make_market(sellers, rows).price_report("배추", HERE, ON, 500)
    assert [(c.channel, c.spread.won.mid) for c in report.channels] == [
        (Channel.TRADITIONAL_MARKET, 2000), (Channel.LARGE_STORE, 4000)
    ]  # fmt: skip


def test_a_published_normal_price_comes_before_a_computed_one(make_market: MakeMarket) -> None:
    rows = [*five_days("배추", 3000, last_year(1)), regional("배추", 6000, ON)]
    rows.append(regional("배추", 4000, ON, "normal", region="전국"))
    report = make_market([shop("가")], rows).price_report("배추", HERE, ON, 500)
    assert report.normal is not None
    assert (report.normal.won, report.normal.published) == (4000, True)
    assert report.unusual is HowUnusual.VERY_DEAR
    assert "서울 평균 6,000원/1포기" in (report.compared or "")


def test_a_published_normal_price_of_another_season_is_not_used(make_market: MakeMarket) -> None:
    rows = [regional("배추", 4000, ON - timedelta(days=11), "normal"), regional("배추", 6000, ON)]
    report = make_market([shop("가")], rows).price_report("배추", HERE, ON, 500)
    assert (report.normal, report.unusual) == (None, HowUnusual.UNKNOWN)


def test_a_computed_normal_price_names_its_years(make_market: MakeMarket) -> None:
    rows = [
        o for back, won in ((1, 3000), (2, 5000)) for o in five_days("배추", won, last_year(back))
    ]
    market = make_market([shop("가")], [*rows, regional("배추", 2000, ON)])
    normal = market.normal_price("배추", ON, region="서울")
    report = market.price_report("배추", HERE, ON, 500)
    assert normal is not None
    assert (normal.won, normal.published, normal.years) == (4000, False, (2024, 2025))
    assert report.normal == normal
    assert report.unusual is HowUnusual.CHEAP
    assert "2년만 있음" in report.normal_note


def test_ten_eggs_are_never_held_against_thirty(make_market: MakeMarket) -> None:
    thirty = five_days("달걀", 7000, last_year(1), count=30, count_unit="개")
    ten_now = regional("달걀", 3500, ON, count=10, count_unit="개")
    report = make_market([shop("가")], [*thirty, ten_now]).price_report("달걀", HERE, ON, 500)
    assert report.unusual is HowUnusual.UNKNOWN


def test_prices_per_kg_of_another_surveyed_unit_are_another_series(make_market: MakeMarket) -> None:
    def grapes(won: int, on: date, unit: str) -> Observation:
        return regional("포도", won, on, mass_g=1000, note=f"1kg(1L)당 환산가격, 표시 단위 {unit}")

    then = [grapes(20_000, last_year(1) + timedelta(days=n), "2kg") for n in range(-2, 3)]
    report = make_market([shop("가")], [*then, grapes(8000, ON, "1kg")]).price_report(
        "포도", HERE, ON, 500
    )
    assert report.unusual is HowUnusual.UNKNOWN


def test_without_a_current_mean_the_sellers_median_is_compared(make_market: MakeMarket) -> None:
    rows = [*five_days("배추", 4000, last_year(1)), price("가", "배추", 4100)]
    report = make_market([shop("가")], rows).price_report("배추", HERE, ON, 500)
    assert report.unusual is HowUnusual.ORDINARY
    assert "가운데값 4,100원" in (report.compared or "")


def test_a_report_without_any_price_says_so(make_market: MakeMarket) -> None:
    report = make_market([shop("가")], [price("가", "배추", 1000)]).price_report(
        "무", HERE, ON, 500
    )
    assert (report.spread, report.offers, report.normal) == (None, (), None)
    assert "조사가격이 없습니다" in report.sentences()[0]


def test_a_variety_leaves_others_out_but_not_the_unnamed(make_market: MakeMarket) -> None:
    rows = [price("가", "돼지고기", 2500, mass_g=100, variety="삼겹살"),
            price("나", "돼지고기", 1200, mass_g=100, variety="목심"),
            price("다", "돼지고기", 2000, mass_g=100)]  # fmt: skip
    report = make_market([shop(n) for n in "가나다"], rows).price_report("삼겹살", HERE, ON, 500)
    assert (report.item, report.variety) == ("돼지고기", "삼겹살")
    assert [o.price.mid for o in report.offers] == [2000, 2500]
    assert any("알 수 없는 값이 1개" in notice for notice in report.notices)


def test_every_source_is_named_with_licence_and_dates(make_market: MakeMarket) -> None:
    rows = [price("가", "배추", 1000, ON - timedelta(days=3)), price("나", "배추", 2000)]
    report = make_market([shop("가"), shop("나")], rows).price_report("배추", HERE, ON, 500)
    (source,) = report.sources
    assert (source.oldest, source.newest) == (ON - timedelta(days=3), ON)
    assert source.licence
    assert source.attribution
    assert any("참고용" in notice for notice in report.notices)


def test_simulated_prices_are_labelled(make_market: MakeMarket) -> None:
    sellers = [shop("가", simulated=True)]
    rows = [price("가", "배추", 1000, simulated=True)]
    report = make_market(sellers, rows).price_report("배추", HERE, ON, 500)
    assert report.simulated
    assert "연습용(가상)" in report.notices[0]


def test_an_unknown_item_is_refused(make_market: MakeMarket) -> None:
    with pytest.raises(UnknownItemError):
        make_market([shop("가")], [price("가", "배추", 1000)]).price_report("뷁뷁", HERE, ON, 500)


def test_a_source_that_stands_still_says_so(make_market: MakeMarket) -> None:
    market = make_market([shop("가")], [price("가", "배추", 1000)])
    (fresh,), (late,) = market.freshness(ON + timedelta(days=5)), market.freshness(date(2027, 1, 1))
    assert (fresh.age_days, fresh.late) == (5, False)
    assert (late.newest, late.late) == (ON, True)
    assert market.freshness(ON - timedelta(days=1)) == ()
