"""Records of the same shop are joined, with the reason kept; two shops never are."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from altteul.history.joining import join_records
from altteul.sources.observation import Channel
from altteul.sources.seller import SellerRecord

HERE = (37.6000, 127.0000)
M100 = (37.6009, 127.0000)
"""100 m north of HERE (0.0009° × 111.2 km)."""
M200 = (37.6018, 127.0000)
KM1 = (37.6090, 127.0000)
KM2 = (37.6180, 127.0000)
STORE = Channel.LARGE_STORE


def joined(*records: SellerRecord) -> bool:
    groups, _links = join_records(records, points_of(records))
    return len(groups) == 1


def points_of(records: tuple[SellerRecord, ...]) -> dict[str, tuple[float, float]]:
    return {r.key: (r.lat, r.lng) for r in records if r.lat is not None and r.lng is not None}


def test_one_market_in_two_feeds_is_joined_by_name_and_district(record: Any) -> None:
    assert joined(record("a:1", "공릉동 도깨비시장"), record("b:1", "공릉동도깨비시장", HERE))


def test_one_market_with_two_points_is_joined_when_they_are_near(record: Any) -> None:
    assert joined(record("a:1", "남문시장", HERE), record("b:1", "남문시장", M200, district=None))
    assert not joined(
        record("a:1", "남문시장", HERE), record("b:1", "남문시장", KM1, district=None)
    )


def test_one_name_in_one_district_is_joined_across_a_kilometre_but_doubtful(record: Any) -> None:
    records = record("a:1", "남문시장", HERE), record("b:1", "남문시장", KM1)
    groups, (link,) = join_records(records, points_of(records))
    assert (len(groups), link.doubtful) == (1, True)
    assert not joined(record("a:1", "남문시장", HERE), record("b:1", "남문시장", KM2))


@pytest.mark.parametrize(
    "other",
    [
        {"district": "중랑구"},
        {"region": "부산"},
        {"district": None},
        {"channel": STORE},
        {"simulated": True},
        {"name": "남문제일시장"},
    ],
)
def test_what_differs_in_district_channel_or_name_is_not_joined(
    record: Any, other: dict[str, Any]
) -> None:
    assert not joined(
        record("a:1", "남문시장"), record("b:1", other.pop("name", "남문시장"), **other)
    )


def test_two_branches_of_a_chain_are_never_joined(record: Any) -> None:
    one = record("a:1", "롯데슈퍼 코엑스점", HERE, channel=STORE)
    assert not joined(one, record("b:1", "롯데슈퍼봉은사로점", HERE, channel=STORE))
    assert not joined(one, record("b:1", "롯데슈퍼G코엑스2점", HERE, channel=STORE))
    assert not joined(one, record("b:1", "롯데마트 코엑스점", HERE, channel=STORE))


def test_a_third_feed_does_not_tie_two_branches_together(record: Any) -> None:
    records = (
        record("a:1", "이마트 강남역점", HERE, channel=STORE),
        record("b:1", "이마트 역점", M100, channel=STORE),
        record("c:1", "이마트 서울역점", M200, channel=STORE),
    )
    groups, _links = join_records(records, points_of(records))
    assert not any({"a:1", "c:1"} <= group for group in groups)


def test_a_branch_with_the_town_before_its_name_is_joined_within_300_m(record: Any) -> None:
    long = record("a:1", "롯데슈퍼부산연산점", HERE, channel=STORE)
    assert joined(long, record("b:1", "롯데슈퍼 연산점", M200, channel=STORE))
    assert not joined(long, record("b:1", "롯데슈퍼 연산점", KM1, channel=STORE))


def test_markets_at_one_spot_that_differ_in_the_word_for_their_kind_are_joined(
    record: Any,
) -> None:
    assert joined(record("a:1", "장위골목시장", HERE), record("b:1", "장위전통시장", HERE))
    assert not joined(record("a:1", "장위골목시장", HERE), record("b:1", "장위전통시장", M200))


def test_the_only_likeness_in_a_district_is_joined_but_doubtful(record: Any) -> None:
    lone = record("a:1", "우림시장")
    groups, (link,) = join_records([lone, record("b:1", "우림골목시장", HERE)], {"b:1": HERE})
    assert (len(groups), link.doubtful) == (1, True)
    two = [lone, record("b:1", "우림골목시장", HERE), record("b:2", "우림전통시장", KM1)]
    assert len(join_records(two, {"b:1": HERE, "b:2": KM1})[0]) == 3


def test_an_exact_name_wins_over_a_likeness(record: Any) -> None:
    records = (
        record("a:1", "수유재래시장", HERE),
        record("b:1", "수유시장", HERE),
        record("b:2", "수유재래시장", M100),
    )
    groups, _links = join_records(records, points_of(records))
    assert set(groups) == {frozenset({"a:1", "b:2"}), frozenset({"b:1"})}


def test_a_feed_that_lists_a_shop_twice_is_joined_only_at_one_spot(record: Any) -> None:
    name = "GS더프레시여의도점"
    one = record("a:1", name, HERE, channel=STORE)
    assert joined(one, record("a:2", name, HERE, channel=STORE))
    assert not joined(one, record("a:2", name, M100, channel=STORE))
    assert not joined(one, record("a:2", name, channel=STORE))


def test_a_branch_without_place_goes_to_the_only_placed_one_of_its_name(record: Any) -> None:
    lost = record("a:이마트 수색점", "이마트 수색점", channel=STORE, region=None, district=None)
    home = record("a:5", "이마트수색점", HERE, channel=STORE, district="은평구")
    assert joined(lost, home)
    twin = record("a:6", "이마트수색점", KM2, channel=STORE, district="마포구")
    assert len(join_records([lost, home, twin], points_of((home, twin)))[0]) == 3


def test_a_market_without_place_is_not_guessed(record: Any) -> None:
    lost = record("a:1", "중앙시장", region=None, district=None)
    assert not joined(lost, record("b:1", "중앙시장", HERE))


def test_the_groups_do_not_depend_on_the_order(record: Any) -> None:
    records = (
        record("a:1", "수유재래시장", HERE),
        record("b:2", "수유재래시장", M100),
        record("c:1", "수유시장", M100),
        record("a:2", "수유골목시장", M200),
    )
    found = {str(join_records(p, points_of(records))) for p in permutations(records)}
    assert len(found) == 1
