"""Places are found as people write them, and refused with the choices when that is not one."""

from __future__ import annotations

import pytest

from altteul.errors import NoDataError, PlaceError
from altteul.history.seller import Seller
from altteul.market.places import Gazetteer
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis

WHERE = [
    ("서울", "노원구", "공릉동", 37.62, 127.07),
    ("서울", "노원구", "공릉동", 37.63, 127.08),
    ("서울", "노원구", "상계동", 37.66, 127.06),
    ("서울", "서대문구", "홍제1동", 37.58, 126.94),
    ("서울", "중구", "신당동", 37.56, 127.01),
    ("부산", "중구", "남포동1가", 35.09, 129.03),
    ("서울", "강남구", "신사동", 37.52, 127.02),
    ("서울", "은평구", "신사동", 37.59, 126.91),
    ("경기", "수원시 팔달구", "지동", 37.27, 127.01),
    ("경기", "수원시 영통구", "매탄동", 37.26, 127.04),
    ("경기", "광주시", "경안동", 37.41, 127.25),
    ("광주", "서구", "양동", 35.15, 126.90),
    ("대구", "북구", "노원동3가", 35.89, 128.57),
    ("강원", "고성군", "간성읍", 38.38, 128.47),
    ("경남", "고성군", "고성읍", 34.97, 128.32),
    ("세종", "세종시", "조치원읍", 36.60, 127.30),
]


def seller(number: int, region: str, district: str, dong: str, lat: float, lng: float) -> Seller:
    return Seller(
        id=f"s{number}",
        name=f"{dong} 시장",
        channel=Channel.TRADITIONAL_MARKET,
        region=region,
        district=district,
        dong=dong,
        lat=lat,
        lng=lng,
        location_basis=LocationBasis.EXACT,
    )


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer(seller(n, *where) for n, where in enumerate(WHERE))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("노원구 공릉동", "서울 노원구 공릉동"),
        ("공릉동", "서울 노원구 공릉동"),
        ("공릉2동", "서울 노원구 공릉동"),
        ("서울특별시 노원구 공릉제1동", "서울 노원구 공릉동"),
        ("서울 노원구 공릉동 617-2", "서울 노원구 공릉동"),
        ("공릉1동 산 12번지", "서울 노원구 공릉동"),
        ("홍제1동", "서울 서대문구 홍제동"),
        ("서대문구 홍제제2동", "서울 서대문구 홍제동"),
        ("노원구공릉동 근처", "서울 노원구 공릉동"),
        ("노원구", "서울 노원구"),
        ("서울 노원구", "서울 노원구"),
        ("노원", "서울 노원구"),
        ("노원동3가", "대구 북구 노원동3가"),
        ("수원", "경기 수원시"),
        ("경기도 수원시", "경기 수원시"),
        ("수원 영통구", "경기 수원시 영통구"),
        ("영통", "경기 수원시 영통구"),
        ("서울 중구", "서울 중구"),
        ("부산광역시 중구", "부산 중구"),
        ("강남 신사동", "서울 강남구 신사동"),
        ("경남 고성", "경남 고성군"),
        ("경기 광주", "경기 광주시"),
        ("세종", "세종 세종시"),
        ("세종특별자치시 조치원읍", "세종 세종시 조치원읍"),
    ],
)
def test_a_place_is_found_as_people_write_it(places: Gazetteer, text: str, name: str) -> None:
    assert places.find(text).name == name


def test_a_place_lies_at_the_median_of_its_sellers(places: Gazetteer) -> None:
    dong, district = places.find("공릉동"), places.find("노원구")
    assert (dong.lat, dong.lng) == pytest.approx((37.625, 127.075))
    assert (district.lat, district.lng) == pytest.approx((37.63, 127.07))
    assert (dong.basis, district.basis) == (LocationBasis.DONG, LocationBasis.DISTRICT)
    assert (dong.region, dong.district, dong.dong) == ("서울", "노원구", "공릉동")
    assert (district.district, district.dong) == ("노원구", None)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("중구", ["서울 중구", "부산 중구"]),
        ("신사동", ["서울 강남구 신사동", "서울 은평구 신사동"]),
        ("고성", ["강원 고성군", "경남 고성군"]),
        ("서울", ["서울 노원구", "서울 강남구"]),
        ("광주", ["경기 광주시", "광주 서구"]),
    ],
)
def test_an_ambiguous_or_wide_name_lists_the_choices(
    places: Gazetteer, text: str, choices: list[str]
) -> None:
    with pytest.raises(PlaceError) as refused:
        places.find(text)
    assert all(choice in str(refused.value) for choice in choices)


@pytest.mark.parametrize(
    ("text", "near"), [("공능동", "공릉동"), ("노언구", "노원구"), ("상게동", "상계동")]
)
def test_an_unknown_name_gets_the_nearest_names(places: Gazetteer, text: str, near: str) -> None:
    with pytest.raises(PlaceError, match=near):
        places.find(text)


@pytest.mark.parametrize("text", ["뉴욕", "", "  ", "!!", "구", "동"])
def test_nonsense_is_refused_with_a_way_out(places: Gazetteer, text: str) -> None:
    with pytest.raises(PlaceError, match=r"37\.62,127\.07"):
        places.find(text)


@pytest.mark.parametrize("text", ["37.62,127.07", "37.62, 127.07", " 37.62 127.07 "])
def test_a_coordinate_is_a_place_with_the_names_of_its_neighbour(
    places: Gazetteer, text: str
) -> None:
    place = places.find(text)
    assert (place.lat, place.lng, place.basis) == (37.62, 127.07, LocationBasis.EXACT)
    assert (place.district, place.dong) == ("노원구", "공릉동")


@pytest.mark.parametrize("text", ["127.07,37.62", "0,0", "48.85,2.35", "91,500"])
def test_a_coordinate_outside_korea_is_refused(places: Gazetteer, text: str) -> None:
    with pytest.raises(PlaceError, match="한국 밖"):
        places.find(text)


def test_a_coordinate_far_from_any_seller_has_no_neighbour(places: Gazetteer) -> None:
    assert places.find("33.4,126.5").district is None


def test_a_seller_of_one_name_is_a_place(places: Gazetteer) -> None:
    place = places.find("매탄동 시장 근처")
    assert (place.name, place.dong) == ("매탄동 시장", "매탄동")


def test_without_sellers_the_answer_is_what_to_do() -> None:
    with pytest.raises(NoDataError, match="altteul import"):
        Gazetteer([]).find("노원구")
