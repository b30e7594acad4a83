"""The registry as a whole: ids that stay, a directory that finds, real files that join."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from altteul.history.directory import Sellers
from altteul.history.geometry import EARTH_RADIUS_M, distance_m, distances_m
from altteul.history.history import History
from altteul.history.seller import Seller
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis

POINT = (37.62269001, 127.0762455)


def test_an_id_stays_when_another_feed_describes_the_same_shop(
    history: History, record: Any
) -> None:
    history.record(Harvest("s", sellers=[record("s:96", "공릉동 도깨비시장")]), origin="a")
    before = history.sellers().by_id("s:96")
    history.record(Harvest("m", sellers=[record("m:1", "공릉동도깨비시장", POINT)]), origin="b")
    after = history.sellers().by_id("s:96")
    assert before is not None
    assert after is not None
    assert (before.location_basis, after.location_basis) == ("none", "exact")
    assert after.sources == ("m:1", "s:96")
    assert history.sellers().by_id("m:1") == after


def test_two_sellers_that_turn_out_to_be_one_keep_the_older_id(
    history: History, record: Any
) -> None:
    apart = [record("a:1", "남문시장", POINT), record("b:1", "남문시장", district=None)]
    history.record(Harvest("x", sellers=apart), origin="a")
    assert {seller.id for seller in history.sellers().all()} == {"a:1", "b:1"}
    history.record(Harvest("x", sellers=[record("b:1", "남문시장")]), origin="b")
    assert [seller.id for seller in history.sellers().all()] == ["a:1"]
    joins = {join.record: join for join in history.sellers().joins()}
    assert joins["b:1"].seller == "a:1"
    assert joins["b:1"].reason == "이름과 시군구가 같음: 노원구"


def test_prices_carry_the_joined_seller_and_are_found_by_any_of_its_names(
    history: History, harvest: Any, record: Any
) -> None:
    sellers = record("m:1", "도깨비시장", POINT), record("seoul:96", "도깨비시장")
    history.record(harvest({"seller": "seoul:96"}, {"seller": "m:1"}), origin="prices")
    assert set(history.observations()["seller"]) == {"seoul:96", "m:1"}
    history.record(harvest(sellers=sellers), origin="sellers")
    for name in ("m:1", "seoul:96"):
        assert history.observations(sellers=[name])["seller"].to_list() == ["m:1", "m:1"]


def test_a_newer_record_leaves_standing_what_it_does_not_tell(
    history: History, record: Any
) -> None:
    history.record(Harvest("s", sellers=[record("s:1", "남문시장", POINT)]), origin="file")
    history.record(Harvest("s", sellers=[record("s:1", "남문 시장")]), origin="feed")
    (seller,) = history.sellers().all()
    assert (seller.name, seller.lat, seller.location_basis) == ("남문 시장", POINT[0], "exact")


def test_the_same_sellers_again_write_nothing(history: History, record: Any) -> None:
    harvest = Harvest("s", sellers=[record("s:1", "남문시장", POINT)])
    history.record(harvest, origin="a")
    version = history._registry.folder.version()
    history.record(harvest, origin="b")
    assert history._registry.folder.version() == version
    assert [one.sellers for one in history.imports()] == [1, 1]


def test_within_finds_what_a_full_search_finds_nearest_first() -> None:
    chance = random.Random(7)
    sellers = [
        Seller(
            id=f"s:{i}", name="x", channel=Channel.ONLINE,
            lat=37.0 + chance.random(), lng=126.5 + chance.random(),
        )
        for i in range(5000)
    ]  # fmt: skip
    directory = Sellers([*sellers, Seller(id="s:none", name="x", channel=Channel.ONLINE)])
    for radius in (0.0, 300.0, 5_000.0, 40_000.0):
        place = 37.0 + chance.random(), 126.5 + chance.random()
        found = directory.within(*place, radius)
        far = [(distance_m(place, (s.lat or 0, s.lng or 0)), s.id) for s in sellers]
        expected = sorted((metres, name) for metres, name in far if metres <= radius)
        assert [seller.id for seller, _ in found] == [name for _, name in expected]
        assert [metres for _, metres in found] == pytest.approx([m for m, _ in expected])


def test_distance_agrees_with_a_published_one() -> None:
    # Rosetta Code, "Haversine formula": Nashville BNA – Los Angeles LAX, 2887.2599506 km on a
    # globe of radius 6372.8 km.
    published = 2_887_259.9506 * EARTH_RADIUS_M / 6_372_800
    assert distance_m((36.12, -86.67), (33.94, -118.40)) == pytest.approx(published, rel=1e-9)
    arrays = distances_m(36.12, -86.67, np.array([33.94]), np.array([-118.40]))
    assert arrays == pytest.approx([published], rel=1e-9)


def test_a_district_is_told_apart_by_its_province(record: Any, history: History) -> None:
    both = [record("s:1", "가시장", district="중구"),
            record("s:2", "나시장", district="중구", region="부산")]  # fmt: skip
    history.record(Harvest("s", sellers=both), origin="a")
    sellers = history.sellers()
    assert [s.id for s in sellers.in_district("중구")] == ["s:1", "s:2"]
    assert [s.id for s in sellers.in_district("중구", "부산")] == ["s:2"]


@pytest.fixture
def real(shared_data: Path, history: History) -> Sellers:
    """The sellers of the three real registers, imported in the order of the README."""
    from altteul.catalog import load_catalog
    from altteul.sources.files import read_file

    catalog = load_catalog()
    for name in (
        "seoul_shop_prices_202105_13gu.csv.gz",
        "traditional_markets_cp949.csv",
        "price_go_kr_stores.csv.gz",
    ):
        history.record(read_file(shared_data / "sellers" / name, catalog), origin=name)
    return history.sellers()


def surveyed(sellers: Sellers) -> list[Seller]:
    return [s for s in sellers.all() if any(key.startswith("seoul_shops:") for key in s.sources)]


def test_of_the_38_surveyed_shops_23_get_exact_coordinates(real: Sellers) -> None:
    found = surveyed(real)
    counted = Counter(seller.location_basis for seller in found)
    assert len(found) == 38
    assert counted[LocationBasis.EXACT] == 23
    assert counted[LocationBasis.NONE] == 0


def test_the_market_whose_coordinates_lie_in_another_district_gets_its_own(real: Sellers) -> None:
    # 우림시장 (중랑구) is given the point of the 우림시장 in 관악구, 15 km away.
    seller = real.by_id("seoul_shops:90")
    assert seller is not None
    assert seller.lat is not None
    assert seller.lng is not None
    assert distance_m((37.4704, 126.9210), (seller.lat, seller.lng)) > 10_000
    assert distance_m((37.5968, 127.0983), (seller.lat, seller.lng)) < 300


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seoul_shops:102", "traditional_markets:서울/양천구/목동깨비시장 (목3동시장)"),
        ("seoul_shops:96", "traditional_markets:서울/노원구/공릉동도깨비시장"),
        ("seoul_shops:16", "price_go_kr:100"),
        ("seoul_shops:218", "price_go_kr:78"),
    ],
)
def test_shops_known_to_be_the_same_are_joined(real: Sellers, one: str, other: str) -> None:
    assert real.by_id(one) is not None
    assert real.by_id(one) == real.by_id(other)


def test_no_two_branches_of_the_real_register_are_joined(real: Sellers) -> None:
    from altteul.history.names import name_form

    names = {join.record: join.seller for join in real.joins() if join.record.startswith("price")}
    repeated = [seller for seller, count in Counter(names.values()).items() if count > 1]
    assert len(repeated) <= 3
    for seller in repeated:
        found = real.by_id(seller)
        assert found is not None
        assert name_form(found.name).chain is not None
