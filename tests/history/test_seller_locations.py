"""Coordinates that cannot be are dropped with a reason; missing ones are estimated, and said so."""

from __future__ import annotations

from typing import Any

from altteul.history.location import believable_points
from altteul.history.merging import Arrived, merge_records
from altteul.history.seller import Seller
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis, SellerRecord

NOWON = (37.65, 127.07)
GWANAK = (37.47, 126.93)


def near(point: tuple[float, float], step: float) -> tuple[float, float]:
    return point[0] + 0.004 * step, point[1] + 0.003 * step


def districts(record: Any) -> list[SellerRecord]:
    """Five markets each in 노원구 and 관악구."""
    return [
        record(f"m:{name}{i}", f"{name}{i}시장", near(middle, i), district=name, dong=dong)
        for name, middle, dong in (("노원구", NOWON, "중계1동"), ("관악구", GWANAK, "신림동"))
        for i in range(5)
    ]


def merged(records: list[SellerRecord]) -> dict[str, Seller]:
    sellers, _joins = merge_records([Arrived(r, i) for i, r in enumerate(records)])
    return {seller.id: seller for seller in sellers}


def test_a_point_amid_another_district_is_refused(record: Any) -> None:
    stray = record("s:90", "우림시장", near(GWANAK, 2), district="노원구")
    points, refused = believable_points([*districts(record), stray])
    assert set(refused) == {"s:90"}
    assert "노원구" in refused["s:90"]
    assert "s:90" not in points


def test_a_lone_market_far_out_in_a_wide_county_is_believed(record: Any) -> None:
    far = record("s:1", "임계시장", (37.65, 127.45), district="노원구")
    across_the_river = record("m:x", "감곡시장", (37.651, 127.455), district="음성군")
    _points, refused = believable_points([*districts(record), far, across_the_river])
    assert refused == {}


def test_a_point_in_another_part_of_the_country_is_refused(record: Any) -> None:
    stray = record("s:1", "제주에찍힌시장", (33.5, 126.5))
    assert set(believable_points([*districts(record), stray])[1]) == {"s:1"}


def test_two_sellers_of_a_district_prove_nothing_against_a_third(record: Any) -> None:
    few = [record(f"m:{i}", f"{i}시장", near(NOWON, i)) for i in range(2)]
    assert believable_points([*few, record("s:1", "먼시장", GWANAK)])[1] == {}


def test_a_seller_without_point_stands_at_the_median_of_the_dong_it_names(record: Any) -> None:
    store = record("s:1", "홈플러스 중계점", channel=Channel.LARGE_STORE)
    found = merged([*districts(record), store])["s:1"]
    assert (found.location_basis, found.dong) == (LocationBasis.DONG, "중계동")
    assert (found.lat, found.lng) == near(NOWON, 2)


def test_a_seller_that_names_no_dong_stands_at_the_median_of_its_district(record: Any) -> None:
    found = merged([*districts(record), record("s:1", "세이브 마트", district="관악구")])["s:1"]
    assert (found.location_basis, found.dong) == (LocationBasis.DISTRICT, None)
    assert (found.lat, found.lng) == near(GWANAK, 2)


def test_a_branch_called_like_its_district_is_not_put_into_the_dong_of_that_name(
    record: Any,
) -> None:
    dong = record("m:1", "용산시장", (37.54, 126.98), district="용산구", dong="용산동2가")
    store = record("s:1", "하나로마트 용산점", district="용산구", channel=Channel.LARGE_STORE)
    assert merged([dong, store])["s:1"].location_basis is LocationBasis.DISTRICT


def test_a_seller_of_an_unknown_district_has_no_place(record: Any) -> None:
    found = merged([*districts(record), record("s:1", "용문시장", district="용산구")])["s:1"]
    assert (found.location_basis, found.lat, found.lng) == (LocationBasis.NONE, None, None)


def test_an_online_mall_has_no_place(record: Any) -> None:
    mall = record("s:1", "온라인몰", channel=Channel.ONLINE)
    assert merged([*districts(record), mall])["s:1"].location_basis is LocationBasis.NONE


def test_a_market_takes_the_point_of_the_official_list(record: Any) -> None:
    shop = record("a:1", "도깨비시장", NOWON)
    listed = record("z:1", "도깨비시장", near(NOWON, 0.2), address="서울 노원구 동일로180길 37")
    found = merged([shop, listed])["a:1"]
    assert (found.lat, found.lng) == near(NOWON, 0.2)
    assert found.address == "서울 노원구 동일로180길 37"
