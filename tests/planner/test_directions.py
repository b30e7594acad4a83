"""Links that open the right place without a key."""

from __future__ import annotations

from small_world import seller

from altteul.planner.directions import kakao_map, naver_map
from altteul.sources.seller import LocationBasis


def test_directions_to_an_exact_place_carry_name_and_coordinates() -> None:
    link = kakao_map(seller("Tom's, 마트"))
    assert link == "https://map.kakao.com/link/to/Tom%27s%20%20%EB%A7%88%ED%8A%B8,37.6,127.0"
    assert link.count(",") == 2


def test_a_roughly_known_place_is_searched_instead() -> None:
    rough = seller("시장", district="노원구", location_basis=LocationBasis.DONG)
    words = "%EB%85%B8%EC%9B%90%EA%B5%AC%20%EC%8B%9C%EC%9E%A5"
    assert kakao_map(rough) == f"https://map.kakao.com/link/search/{words}"
    assert naver_map(rough) == f"https://map.naver.com/p/search/{words}"
