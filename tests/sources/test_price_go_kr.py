from __future__ import annotations

from datetime import date

import pytest

from altteul.sources import price_go_kr
from altteul.sources.files import read_file
from altteul.sources.price_go_kr_replies import fridays, read_reply
from altteul.sources.price_go_kr_stores import branch, same_branch, wrong_place
from altteul.sources.seller import LocationBasis
from altteul.sources.steps import Period
from altteul.sources.trouble import FeedError, Trouble


@pytest.fixture
def stores(shared_data, catalog):
    return read_file(shared_data / "sellers" / "price_go_kr_stores.csv.gz", catalog)


@pytest.fixture
def lowest(shared_data, catalog):
    return read_file(shared_data / "sellers" / "price_go_kr_lowest_2026.csv", catalog)


def of(harvest, key):
    return next(s for s in harvest.sellers if s.key == f"price_go_kr:{key}")


@pytest.mark.parametrize("key", [1683, 914, 34, 749, 876, 954, 1297, 153, 82, 740])
def test_a_store_on_a_car_park_a_bank_or_a_cafe_loses_that_place(stores, key):
    store = of(stores, key)
    assert store.lat is None
    assert store.address is None
    assert store.location_basis is LocationBasis.NONE


def test_a_branch_mapped_to_another_branch_loses_that_place(stores):
    assert of(stores, 746).name == "롯데슈퍼수유점"
    assert of(stores, 746).lat is None


def test_a_store_at_its_place_has_region_district_and_dong(stores):
    store = of(stores, 786)
    assert (store.name, store.region, store.district, store.dong) == (
        "이마트연수점",
        "인천",
        "연수구",
        "동춘동",
    )
    assert store.location_basis is LocationBasis.EXACT


def test_the_real_stores_are_all_accounted_for(stores):
    assert len(stores.sellers) + stores.dropped_by_reason()["본사라서 매장이 아님"] == 615
    located = sum(s.lat is not None for s in stores.sellers)
    assert located > 500
    assert not [s for s in stores.sellers if "본사" in s.name]


@pytest.mark.parametrize(
    ("name", "place", "address", "same"),
    [
        ("롯데슈퍼G대림점", "롯데슈퍼프레시 대림점", "서울 영등포구 대림동 784", True),
        ("롯데슈퍼안산본오점", "롯데슈퍼 상록수점", "경기 안산시 상록구 본오동 874", True),
        ("롯데슈퍼대치4동점", "롯데슈퍼 G은마점", "서울 강남구 대치동 316", True),
        ("이마트가든5점", "이마트 가든파이브점", "서울 송파구 문정동 628", True),
        ("롯데슈퍼수유점", "롯데슈퍼 방학점", "서울 도봉구 방학동 271-2", False),
        ("롯데슈퍼이천점", "롯데슈퍼프레시 송정점", "경기 이천시 송정동 317-3", False),
        ("GS더프레시원동점", "GS더프레시 중원동점", "경기 오산시 청학동 1", True),
        ("롯데슈퍼중동점", "롯데슈퍼 계산점", "인천 계양구 계산동 1", False),
    ],
)
def test_whether_a_place_is_the_branch(name, place, address, same):
    assert same_branch(name, place, address) is same


def test_an_unknown_kind_of_place_is_refused_too():
    place = {
        "lat": "37.5",
        "lng": "127.0",
        "place_name": "이마트가나점",
        "category_name": "새 분류",
    }
    assert wrong_place("이마트가나점", place) == "모르는 종류의 곳에 이어진 위치"
    assert branch("(주)농협하나로유통 수원점") == "수원"


def test_the_lowest_price_is_a_price_of_the_store_where_it_was_seen(lowest):
    rows = lowest.observations.filter(item="배추").sort("date")
    first = rows.row(0, named=True)
    assert first["seller"].startswith("price_go_kr:")
    assert (first["measure"], first["count_unit"]) == ("price", "포기")
    assert "조사 최저가" in first["note"]
    assert set(rows["date"]) == {date(2026, 6, 12), date(2026, 6, 26), date(2026, 7, 10),
                                 date(2026, 7, 24), date(2026, 8, 7)}  # fmt: skip


def test_packs_and_forms_of_fresh_goods_are_read(lowest):
    found = lowest.observations
    assert found.filter(item="양파").select("mass_g", "count", "count_unit").unique().rows() == [
        (1500.0, 1.0, "망")
    ]
    assert set(found.filter(item="오징어")["variety"]) == {"생물", "냉동"}
    assert set(found.filter(item="소고기")["grade"]) == {"1등급", "1+등급"}
    assert found.filter(item="깻잎")["mass_g"].unique().to_list() == [100.0]


def test_goods_that_are_no_groceries_are_dropped_and_empty_rows_too(lowest):
    reasons = lowest.dropped_by_reason()
    assert sum(reasons.values()) + lowest.observations.height == 5682
    assert set(reasons) == {
        "품목표에 없는 상품",
        "가격이나 점포가 비어 있음",
        "편의점 본사의 값이라 매장이 없음",
    }
    assert not {"샴푸", "치약"} & set(lowest.observations["item"])


def test_a_discount_of_the_real_file_is_flagged(lowest):
    cabbage = lowest.observations.filter(item="양배추", date=date(2026, 8, 7))
    assert cabbage["discount"].to_list() == ["sale"]


def test_the_csv_of_a_day_names_its_stores(replies, catalog):
    harvest = read_file(replies / "written_price_go_kr_day.csv", catalog)
    rows = harvest.observations.sort("item")
    assert rows["item"].to_list() == ["배추", "양파"]
    assert rows["discount"].to_list() == ["sale", "one_plus_one"]
    assert rows["price"].to_list() == [4480, 3990]
    assert [s.key for s in harvest.sellers] == ["price_go_kr:가나마트공릉점"]
    assert harvest.dropped_by_reason() == {"품목표에 없는 상품": 1}


def test_the_fridays_of_a_period_newest_first():
    period = Period(date(2026, 9, 4), date(2026, 9, 20))
    assert fridays(period) == [date(2026, 9, 18), date(2026, 9, 11), date(2026, 9, 4)]
    assert fridays(Period(date(2026, 9, 19), date(2026, 9, 20))) == []


def test_x_is_the_latitude_and_y_the_longitude(feed, transport, settings, catalog, saved):
    feed.say(saved("written_price_go_kr_stores.xml"))
    period = Period(date(2026, 9, 25), date(2026, 9, 25))
    harvest = price_go_kr.steps(period, settings, catalog)[0].run(transport)
    store, without = harvest.sellers
    assert (store.lat, store.lng) == (37.6255, 127.073)
    assert (store.district, store.dong) == ("노원구", "공릉동")
    assert (without.lat, without.location_basis) == (None, LocationBasis.NONE)
    assert [d.text for d in harvest.dropped] == ["편의점(본사)"]


def answers(saved, answer, prices):
    def reply(asked):
        name = "written_price_go_kr_products.xml" if "ProductInfoSvc" in asked.path else prices
        return answer(saved(name))

    return reply


def test_prices_of_a_friday_flag_discount_and_one_plus_one(
    feed, transport, settings, catalog, saved, answer
):
    feed.answer = answers(saved, answer, "written_price_go_kr_prices.xml")
    period = Period(date(2026, 9, 25), date(2026, 9, 25))
    rows = price_go_kr.steps(period, settings, catalog)[1].run(transport).observations
    assert rows.select("item", "price", "seller", "discount").rows() == [
        ("애호박", 1490, "price_go_kr:9001", None),
        ("애호박", 990, "price_go_kr:9002", "one_plus_one"),
        ("애호박", 1090, "price_go_kr:9004", "sale"),
    ]
    asked = [a.query for a in feed.asked if "goodId" in a.query]
    assert [(q["goodId"], q["goodInspectDay"]) for q in asked] == [("701", "20260925")]


def test_a_friday_without_survey_is_empty(feed, transport, settings, catalog, saved, answer):
    feed.answer = answers(saved, answer, "written_price_go_kr_empty.xml")
    period = Period(date(2026, 9, 18), date(2026, 9, 18))
    harvest = price_go_kr.steps(period, settings, catalog)[1].run(transport)
    assert harvest.observations.is_empty()


@pytest.mark.parametrize(("code", "trouble"), [("01", Trouble.REQUEST), ("90", Trouble.KEY)])
def test_error_codes_are_told(code, trouble):
    with pytest.raises(FeedError, match=f"코드 {code}") as caught:
        read_reply(f"<response><resultCode>{code}</resultCode><result/></response>")
    assert caught.value.trouble is trouble


def test_another_shape_is_told_as_changed():
    with pytest.raises(FeedError) as caught:
        read_reply("<answer><list/></answer>")
    assert caught.value.trouble is Trouble.CHANGED
