from __future__ import annotations

import pytest

from altteul.sources.addresses import Address, district_of, read_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("서울 노원구 공릉동 617-2", Address("서울", "노원구", "공릉동")),
        ("서울특별시 영등포구 영등포동4가 434-5", Address("서울", "영등포구", "영등포동4가")),
        ("경기 성남시 분당구 정자동 9", Address("경기", "성남시 분당구", "정자동")),
        ("강원특별자치도 철원군 동송읍 이평리 704-16", Address("강원", "철원군", "동송읍")),
        ("세종특별자치시 고운동 1400", Address("세종", "세종시", "고운동")),
        ("부산광역시 수영구 민락동181-72", Address("부산", "수영구", "민락동")),
        ("전북특별차치도 순창군 순창읍 남계리 1", Address("전북", "순창군", "순창읍")),
        ("서울특별시 노원구 공릉로 10", Address("서울", "노원구", None)),
        ("경상북도 청도군 청도군 풍각면 송서리", Address("경북", "청도군", None)),
        ("어딘가 12", Address()),
        ("", Address()),
        (None, Address()),
    ],
)
def test_addresses_are_read_as_far_as_they_say(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("name", "district"), [("노원", "노원구"), ("중구", "중구"), ("중", "중구")]
)
def test_short_district_names(name, district):
    assert district_of(name) == district
