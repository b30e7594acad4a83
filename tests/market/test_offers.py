"""Offers of sellers near a place: the newest believable price, its age, its unit price."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from small_market import HERE, ON, price, shop

from altteul.market import Market
from altteul.sources.observation import Channel, Discount
from altteul.sources.seller import Delivery, FeeStep, LocationBasis

MakeMarket = Callable[..., Market]


def days_ago(days: int) -> date:
    return ON - timedelta(days=days)


def test_the_newest_price_of_the_same_goods_counts(make_market: MakeMarket) -> None:
    old, new = price("가", "배추", 3000, days_ago(20)), price("가", "배추", 4000, days_ago(3))
    (offer,) = make_market([shop("가")], [old, new]).offers(HERE, ON, radius_m=500)
    assert (offer.price.mid, offer.observed_on, offer.age_days) == (4000, days_ago(3), 3)


def test_a_price_from_the_future_is_never_offered(make_market: MakeMarket) -> None:
    market = make_market(
        [shop("가")], [price("가", "배추", 3000), price("가", "배추", 9, ON + timedelta(1))]
    )
    assert [o.price.mid for o in market.offers(HERE, ON, radius_m=500)] == [3000]
    assert market.offers(HERE, ON - timedelta(1), radius_m=500) == []


@pytest.mark.parametrize(("age", "offered"), [(45, True), (46, False)])
def test_a_price_older_than_45_days_is_not_offered(
    make_market: MakeMarket, age: int, offered: bool
) -> None:
    market = make_market([shop("가")], [price("가", "배추", 3000, days_ago(age))])
    assert bool(market.offers(HERE, ON, radius_m=500)) is offered


def test_varieties_and_packs_are_offers_of_their_own(make_market: MakeMarket) -> None:
    eggs = {"count_unit": "개"}
    rows = [
        price("가", "달걀", 3500, count=10, **eggs),
        price("가", "달걀", 7500, count=30, **eggs),
        price("가", "달걀", 9000, count=30, variety="유정란", **eggs),
    ]
    offers = make_market([shop("가")], rows).offers(HERE, ON, items=["달걀"], radius_m=500)
    assert [(o.unit_price.won.mid, o.unit_price.per) for o in offers] == [
        (250, "1개"), (300, "1개"), (350, "1개")
    ]  # fmt: skip


def test_only_sellers_within_the_radius_offer(make_market: MakeMarket) -> None:
    sellers = [shop("가까운", 300), shop("먼", 900)]
    rows = [price("가까운", "배추", 3000), price("먼", "배추", 2000)]
    market = make_market(sellers, rows)
    assert [o.distance_m for o in market.offers(HERE, ON, radius_m=899)] == [300]
    assert [o.distance_m for o in market.offers(HERE, ON, radius_m=901)] == [900, 300]


def test_a_stated_mass_gives_an_exact_price_for_100_g(make_market: MakeMarket) -> None:
    market = make_market([shop("가")], [price("가", "양파", 3400, mass_g=1700)])
    (offer,) = market.offers(HERE, ON, radius_m=500)
    assert (offer.unit_price.won.low, offer.unit_price.won.high) == (200, 200)
    assert (offer.unit_price.per, offer.unit_price.estimated) == ("100g", False)


def test_an_estimated_weight_gives_a_range_around_an_exact_price(make_market: MakeMarket) -> None:
    market = make_market([shop("가")], [price("가", "배추", 5000, mass_g=2500)])
    (offer,) = market.offers(HERE, ON, radius_m=500)
    won = offer.unit_price.won
    assert offer.price.low == offer.price.high == 5000
    assert won.low < won.mid < won.high
    assert (offer.unit_price.per, offer.unit_price.estimated) == ("1포기", True)


@pytest.mark.parametrize(
    ("day", "open_"), [(2, True), (7, True), (17, True), (20, False), (30, False)]
)
def test_a_five_day_market_offers_only_on_its_days(
    make_market: MakeMarket, day: int, open_: bool
) -> None:
    market_days = shop("오일장", channel=Channel.TRADITIONAL_MARKET, open_days=(2, 7))
    market = make_market([market_days], [price("오일장", "배추", 3000, date(2026, 5, 2))])
    assert bool(market.offers(HERE, date(2026, 5, day), radius_m=500)) is open_
    assert market.offers(HERE, date(2026, 5, day), radius_m=500, closed_too=True)


def test_a_zero_too_many_is_kept_out_and_counted(make_market: MakeMarket) -> None:
    won = {"가": 3000, "나": 4000, "다": 5000, "라": 35_000, "마": 500}
    rows = [price(name, "배추", w) for name, w in won.items()]
    market = make_market([shop(name) for name in won], rows)
    report = market.price_report("배추", HERE, ON, 500)
    assert [o.price.mid for o in report.offers] == [3000, 4000, 5000]
    assert report.doubtful == 2
    assert any("조사 오류" in notice for notice in report.notices)


def test_two_prices_are_too_few_to_doubt_either(make_market: MakeMarket) -> None:
    rows = [price("가", "배추", 3000), price("나", "배추", 30_000)]
    market = make_market([shop("가"), shop("나")], rows)
    assert len(market.offers(HERE, ON, radius_m=500)) == 2


def test_discounts_are_flagged(make_market: MakeMarket) -> None:
    row = price("가", "배추", 1000, discount=Discount.ONE_PLUS_ONE)
    report = make_market([shop("가")], [row]).price_report("배추", HERE, ON, 500)
    assert report.offers[0].discount is Discount.ONE_PLUS_ONE
    assert report.spread is not None
    assert report.spread.discounted == 1
    assert any("1+1" in notice for notice in report.notices)


def test_a_seller_known_by_its_district_is_not_next_door(make_market: MakeMarket) -> None:
    located = [
        shop("북", 1000, dong="가동"),
        shop("남", -1000, dong="나동"),
        shop("중", 0, dong="다동"),
    ]
    lost = shop("모름", dong=None, lat=None, lng=None, location_basis=LocationBasis.NONE)
    market = make_market([*located, lost], [price("모름", "배추", 3000)])
    assert market.offers(HERE, ON, radius_m=900) == []
    (offer,) = market.offers(HERE, ON, radius_m=1100)
    assert (offer.seller.location_basis, offer.distance_m) == (LocationBasis.DISTRICT, 1000)


def test_a_new_import_is_seen_at_once(make_market: MakeMarket) -> None:
    market = make_market([shop("가")], [price("가", "배추", 3000, days_ago(1))])
    assert market.offers(HERE, ON, radius_m=500)[0].price.mid == 3000
    make_market([], [price("가", "배추", 2500)])
    assert market.offers(HERE, ON, radius_m=500)[0].price.mid == 2500


def test_items_come_in_the_order_asked_and_by_unit_price(make_market: MakeMarket) -> None:
    rows = [
        price("가", "배추", 3000),
        price("나", "배추", 2000),
        price("가", "양파", 900, mass_g=300),
    ]
    market = make_market([shop("가"), shop("나")], rows)
    offers = market.offers(HERE, ON, items=["양파", "무", "배추"], radius_m=500)
    assert [(o.item, o.price.mid) for o in offers] == [
        ("양파", 900),
        ("배추", 2000),
        ("배추", 3000),
    ]
    assert {o.item for o in market.offers(HERE, ON, radius_m=500)} == {"양파", "배추"}


def test_who_delivers_offers_wherever_one_is_and_is_in_nobodys_reach(
    make_market: MakeMarket,
) -> None:
    terms = Delivery(minimum=10_000, fees=(FeeStep(goods_from=0, fee=3_000),), days=1)
    nowhere = {"dong": None, "district": None, "lat": None, "lng": None}
    mall = shop("몰", channel=Channel.ONLINE, delivery=terms, **nowhere)
    silent = shop("말없는 몰", channel=Channel.ONLINE, **nowhere)
    sellers = [mall.model_copy(update={"location_basis": LocationBasis.NONE}), silent, shop("가")]
    rows = [price("몰", "배추", 2500), price("말없는 몰", "배추", 2000), price("가", "배추", 3000)]
    market = make_market(sellers, rows)
    (offer,) = market.delivered_offers(ON, items=["배추", "무"])
    assert (offer.seller.name, offer.price.mid, offer.distance_m) == ("몰", 2500, 0)
    assert offer.seller.delivery == terms
    assert [o.price.mid for o in market.offers_of(["말없는 몰"], ON, items=["배추"])] == [2000]
    assert [o.seller.name for o in market.offers(HERE, ON, radius_m=50_000)] == ["가"]
