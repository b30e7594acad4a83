from __future__ import annotations

from datetime import date

import pytest

from altteul.sources import traditional_markets
from altteul.sources.files import read_file
from altteul.sources.seller import LocationBasis
from altteul.sources.steps import Period


@pytest.fixture
def real(shared_data, catalog):
    return read_file(shared_data / "sellers" / "traditional_markets_cp949.csv", catalog)


@pytest.fixture
def fetched(feed, transport, settings, catalog, saved):
    feed.say(saved("written_traditional_markets.json"))
    period = Period(date(2026, 11, 1), date(2026, 11, 1))
    (step,) = traditional_markets.steps(period, settings, catalog)
    return step.run(transport)


def test_the_cp949_file_is_read_whole(real):
    dropped = real.dropped_by_reason()["농·축·수산물을 팔지 않는 시장"]
    assert len(real.sellers) + dropped == 1388
    assert real.observations.is_empty()
    assert len({s.key for s in real.sellers}) == len(real.sellers)


def test_markets_without_coordinates_are_kept(real):
    without = [s for s in real.sellers if s.lat is None]
    assert len(without) == real.dropped_by_reason()["위치(위도·경도)가 없음, 시장은 남김"]
    assert {s.location_basis for s in without} == {LocationBasis.NONE}
    assert "함창시장" in {s.name for s in without}


def test_days_of_a_five_day_market_are_last_digits(real):
    days = {s.open_days for s in real.sellers}
    assert {(), (2, 7), (0, 5), (4, 9), (3, 8), (1, 6), (2, 4, 7, 9)} == days


def test_every_real_market_has_its_region_and_district(real):
    assert all(s.region and s.district for s in real.sellers)
    assert sum(s.dong is None for s in real.sellers) < 40


@pytest.mark.parametrize(
    ("kind", "cycle", "days"),
    [
        ("상설장", "매일", ()),
        ("5일장", "5일+10일", (0, 5)),
        ("상설장+5일장", "2일+7일", ()),
        ("5일장", "", None),
        ("5일장", "32일", None),
    ],
)
def test_open_days(kind, cycle, days):
    assert traditional_markets.open_days(kind, cycle) == days


def test_a_reply_without_wrapper_is_read(fetched):
    market, fair = fetched.sellers
    assert market.key == "traditional_markets:서울/노원구/가나시장"
    assert market.goods == ("농산물", "수산물")
    assert market.vouchers == ("온누리상품권", "지역상품권")
    assert (fair.region, fair.district, fair.open_days) == ("전북", "순창군", (0, 5))
    assert fetched.dropped_by_reason()["농·축·수산물을 팔지 않는 시장"] == 1
