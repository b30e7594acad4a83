"""The data files: complete, consistent, and refused when they contradict themselves."""

from __future__ import annotations

import shutil
import time
from importlib import resources
from pathlib import Path

import pytest

from altteul.catalog import Catalog, load_catalog
from altteul.catalog.loading import read_items
from altteul.errors import StorageError

BEYOND_KAMIS = """
    숙주 고사리 도라지 두부 청포묵 도토리묵 고추장 된장 간장 국간장 참기름 들기름 식용유 설탕
    식초 물엿 쌈장 멸치액젓 당면 떡국떡 어묵 단무지 햄 맛살 소면 밀가루 부침가루 취나물 쑥갓 쑥
    냉이 달래 더덕 옥수수 매실 밤 대추 잣 은행 곶감 북어 조개 낙지 문어 주꾸미 미더덕 부세
    오리고기 오이지
"""


@pytest.mark.parametrize("name", BEYOND_KAMIS.split())
def test_dishes_find_what_the_survey_lacks(catalog: Catalog, name: str) -> None:
    item = catalog.item(name)
    assert item.weights or item.density or item.base == "g"
    assert item.keeps is not None


def test_every_item_can_be_stored_bought_and_compared(catalog: Catalog) -> None:
    for item in catalog.items.values():
        pack = item.default_pack
        assert pack.mass_g or pack.volume_ml or pack.count, item.name
        assert item.keeps is not None, item.name
        assert item.keeps.longest > 0, item.name


def test_an_item_counted_in_pieces_knows_the_weight_of_a_piece(catalog: Catalog) -> None:
    for item in catalog.items.values():
        if item.base not in ("g", "mL"):
            assert item.base in item.weights, item.name


def test_every_weight_names_where_it_comes_from(catalog: Catalog) -> None:
    sources = {w.source for item in catalog.items.values() for w in item.weights.values()}
    assert sources == {"S", "K", "KAMIS", "규격", "서울", "참가격"}


def test_kinds_a_cook_would_not_swap_are_items_of_their_own(catalog: Catalog) -> None:
    apart = "대파 쪽파 애호박 주키니 단호박 풋고추 청양고추 꽈리고추 오이맛고추 통마늘 깐마늘"
    assert all(catalog.item(name).name == name for name in apart.split())


def test_seasons_cultivars_and_cuts_are_varieties(catalog: Catalog) -> None:
    assert [v.name for v in catalog.item("배추").varieties] == ["봄", "여름", "가을", "월동"]
    assert catalog.item("돼지고기").variety("목살") == catalog.item("돼지고기").variety("목심")
    assert catalog.item("사과").variety("부사") == catalog.item("사과").variety("후지")


def test_a_season_may_run_over_the_new_year(catalog: Catalog) -> None:
    strawberries = catalog.item("딸기")
    assert strawberries.season == {12, 1, 2, 3, 4, 5}
    assert strawberries.in_season(1) is True
    assert strawberries.in_season(7) is False
    assert catalog.item("설탕").in_season(7) is None


def test_loading_takes_at_most_sixty_milliseconds() -> None:
    def seconds() -> float:
        start = time.process_time()
        read_items()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) <= 0.060


def test_the_catalog_is_read_once() -> None:
    assert load_catalog() is load_catalog()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with resources.as_file(resources.files("altteul.catalog") / "data") as folder:
        shutil.copytree(folder, tmp_path / "data")
    return tmp_path / "data"


def item(name: str, line: str) -> str:
    return f'["{name}"]\nkind = "vegetable"\n{line}\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (item("새것", 'aliases = "알타리"'), "also a name of 총각무"),
        (item("새것", 'weights = "개 30/20/40 [K]"'), "out of order"),
        (item("새것", 'weights = "개 20/30/40"'), "source"),
        (item("새것", 'weights = "뭉텅이 2/3/4 [K]"'), "count units"),
        (item("새것", 'season = "0-13"'), "no month"),
        (item("새것", 'color = "green"'), "color"),
        (item("새것", 'base = "뭉텅이"'), "base"),
        (item("새것", 'varieties = "봄"\napart = "등심"'), "apart"),
        (item("배추", ""), "twice"),
        ("nonsense = [", "새파일.toml"),
    ],
)
def test_a_broken_data_file_is_refused_by_name(data: Path, text: str, complaint: str) -> None:
    (data / "새파일.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=complaint):
        read_items(data)


def test_a_kamis_row_of_no_item_is_refused(data: Path) -> None:
    table = data / "kamis_kinds.tsv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows + "200\t999\t없음\t00\t없음\t없는품목\t\t04@1kg\t\t\n", encoding="utf-8")
    with pytest.raises(StorageError, match="없는품목"):
        read_items(data)
