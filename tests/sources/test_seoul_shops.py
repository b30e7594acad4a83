from __future__ import annotations

import statistics
from datetime import date

import pytest

from altteul.sources import seoul_shops
from altteul.sources.files import read_file
from altteul.sources.seller import LocationBasis
from altteul.sources.seoul_districts import DISTRICT_OFFICES
from altteul.sources.seoul_replies import read_reply
from altteul.sources.steps import Period
from altteul.sources.trouble import FeedError, Trouble


@pytest.fixture
def written(replies, catalog):
    return read_file(replies / "written_seoul_shops.csv", catalog)


@pytest.fixture
def real(shared_data, catalog):
    return read_file(shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz", catalog)


def test_a_month_stands_for_its_last_day(written):
    assert written.observations["date"].unique().to_list() == [date(2021, 2, 28)]
    assert seoul_shops.last_day_of("2021-05") == date(2021, 5, 31)
    assert written.dropped_by_reason()["조사 달을 읽을 수 없음"] == 1


def test_a_sale_is_flagged_and_the_remark_kept(written):
    apple = written.observations.filter(item="사과").row(0, named=True)
    assert (apple["discount"], apple["origin"], apple["note"]) == ("sale", "국산", "국내산,세일")
    assert apple["seller"] == "seoul_shops:1"


def test_ten_pieces_for_the_price_of_one_are_doubted(written):
    assert written.observations.filter(item="사과").height == 1
    assert written.dropped_by_reason()["여러 개 값이 한 개 값과 같음(단위 의심)"] == 1


def test_buse_under_the_heading_of_jogi_is_another_fish(written):
    buse = written.observations.filter(item="부세").row(0, named=True)
    assert (buse["origin"], buse["price"]) == ("수입", 4000)
    assert written.observations.filter(item="조기").is_empty()


def test_the_brand_ansim_is_not_the_cut_ansim(written):
    beef = written.observations.filter(item="소고기").row(0, named=True)
    assert beef["variety"] is None


def test_a_misspelt_cut_is_read(written):
    pork = written.observations.filter(item="돼지고기").row(0, named=True)
    assert (pork["variety"], pork["mass_g"]) == ("삼겹살", 600.0)


def test_the_remark_tells_how_many_are_in_a_pack(written):
    squid = written.observations.filter(item="오징어").row(0, named=True)
    assert (squid["count"], squid["count_unit"]) == (2.0, "마리")


def test_what_cannot_be_taken_is_counted_with_its_reason(written):
    reasons = written.dropped_by_reason()
    assert reasons["판매 단위를 읽을 수 없음"] == 1
    assert reasons["가격이 0이거나 없음"] == 1
    assert reasons["팔지 않음(없음·입고안됨)"] == 1
    assert reasons["같은 줄이 또 나옴"] == 1
    assert reasons["판매처의 종류나 이름이 없음"] == 1
    where = next(d.where for d in written.dropped if "1.5jg" in d.text)
    assert where == "written_seoul_shops.csv 7번째 줄"


def test_coordinates_far_from_the_district_are_refused_but_the_shop_kept(written):
    shop = next(s for s in written.sellers if s.key == "seoul_shops:2")
    assert (shop.district, shop.lat, shop.location_basis) == ("강남구", None, LocationBasis.NONE)
    assert written.dropped_by_reason()["위치가 그 구에서 너무 멂, 판매처는 남김"] == 1


def test_nearly_every_real_row_becomes_a_price(real):
    read = real.observations.height
    assert read + sum(n for r, n in real.dropped_by_reason().items() if "판매처는" not in r) == 664
    unreadable = real.dropped_by_reason()["판매 단위를 읽을 수 없음"]
    assert unreadable / 664 < 0.01
    assert "품목표에 없는 품목" not in real.dropped_by_reason()


def test_the_real_shops_are_38_in_13_districts_on_the_last_of_may(real):
    assert len(real.sellers) == 38
    assert len({s.district for s in real.sellers}) == 13
    assert real.observations["date"].unique().to_list() == [date(2021, 5, 31)]
    first = next(s for s in real.sellers if s.key == "seoul_shops:96")
    assert (first.name, first.district) == ("공릉동 도깨비시장", "노원구")


def test_the_real_market_of_jungnang_does_not_lie_in_geumcheon(real):
    market = next(s for s in real.sellers if s.name == "우림시장")
    assert market.district == "중랑구"
    assert market.lat is None


def test_a_real_head_of_cabbage_costs_what_the_file_says(real):
    rows = real.observations.filter(item="배추", seller="seoul_shops:96")
    assert rows.select("price", "count", "count_unit").row(0) == (5000, 1.0, "포기")


def test_the_district_offices_lie_amid_the_stores_of_their_districts(shared_data, catalog):
    stores = read_file(shared_data / "sellers" / "price_go_kr_stores.csv.gz", catalog).sellers
    for district, (lat, lng) in DISTRICT_OFFICES.items():
        inside = [s for s in stores if s.region == "서울" and s.district == district and s.lat]
        if inside:
            assert abs(statistics.mean(s.lat for s in inside) - lat) < 0.04
            assert abs(statistics.mean(s.lng for s in inside) - lng) < 0.05


def test_a_reply_gives_both_channels(feed, transport, settings, catalog, saved):
    feed.say(saved("written_seoul_shops.json"))
    (step,) = seoul_shops.steps(Period(date(2026, 9, 28), date(2026, 9, 30)), settings, catalog)
    harvest = step.run(transport)
    rows = harvest.observations.sort("item")
    assert rows["item"].to_list() == ["배추", "부세", "상추"]
    assert rows["channel"].to_list() == ["traditional_market", "traditional_market", "large_store"]
    assert rows["discount"].to_list() == [None, None, "sale"]
    assert set(rows["date"]) == {date(2026, 9, 28)}
    assert harvest.dropped_by_reason()["가격이 0이거나 없음"] == 1


def test_the_pages_of_a_month_are_asked_for_with_at_most_1000_rows(
    feed, transport, settings, catalog, saved
):
    feed.say(
        saved("written_seoul_shops.json").replace('"list_total_count":5', '"list_total_count":9')
    )
    (step,) = seoul_shops.steps(Period(date(2026, 9, 28), date(2026, 9, 28)), settings, catalog)
    step.run(transport)
    paths = [asked.path.split("ListNecessariesPricesService")[1] for asked in feed.asked]
    assert paths == ["/1/1000/ / /2026-09", "/6/1005/ / /2026-09"]


def test_a_month_without_rows_is_empty():
    assert read_reply("서울", '{"RESULT":{"CODE":"INFO-200","MESSAGE":"없음"}}') == ([], 0)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ('{"RESULT":{"CODE":"INFO-100","MESSAGE":"인증키가 유효하지 않습니다."}}', Trouble.KEY),
        ("<RESULT><CODE>INFO-100</CODE><MESSAGE>x</MESSAGE></RESULT>", Trouble.KEY),
        ('{"RESULT":{"CODE":"ERROR-500"}}', Trouble.DOWN),
        ('{"RESULT":{"CODE":"ERROR-336"}}', Trouble.REQUEST),
        ('{"ListNecessariesPricesService":{"RESULT":{"CODE":"INFO-000"}}}', Trouble.CHANGED),
        ('{"something":1}', Trouble.CHANGED),
    ],
)
def test_every_error_code_is_told(text, trouble):
    with pytest.raises(FeedError) as caught:
        read_reply("서울", text)
    assert caught.value.trouble is trouble
