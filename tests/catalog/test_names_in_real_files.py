"""The names that public files use: how many are found, and which are not."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from altteul.catalog import Catalog
from altteul.errors import UnknownItemError


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def unknown(catalog: Catalog, names: set[str]) -> set[str]:
    missing = set()
    for name in names:
        try:
            catalog.find(name)
        except UnknownItemError:
            missing.add(name)
    return missing


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("kamis_seoul_retail_2021_202506", "item"),
        ("kamis_wholesale_67items_202106_202206", "item_name"),
        ("national_retail_13items_2014_202408", "item"),
        ("wholesale_tenday_2018_2021", "item"),
    ],
)
def test_every_item_of_the_price_files_is_known(
    catalog: Catalog, shared_data: Path, file: str, column: str
) -> None:
    names = {row[column] for row in rows(shared_data / "prices" / f"{file}.csv.gz")}
    assert len(names) >= 10
    assert not unknown(catalog, names)


def test_wholesale_codes_and_names_mean_the_same_item(catalog: Catalog, shared_data: Path) -> None:
    table = rows(shared_data / "prices" / "kamis_wholesale_67items_202106_202206.csv.gz")
    for code, kind, name in {(r["item_code"], r["kind_code"], r["item_name"]) for r in table}:
        found = catalog.by_kamis(code, kind)
        assert found is not None, (code, kind)
        bundle = name in ("파", "호박", "풋고추")  # one code, several items
        assert bundle or found[0].name == catalog.find(name).item.name


SHOP_ITEMS = {
    "고등어": "고등어", "달걀": "달걀", "달걀(10개)": "달걀", "달걀(30개)": "달걀",
    "닭고기": "닭고기", "닭고기(중간)": "닭고기", "닭고기(토종닭)": "닭고기", "동태": "명태",
    "돼지고기": "돼지고기", "돼지고기(삼겹살)": "돼지고기", "명태": "명태", "무": "무",
    "무(세척무, 중)": "무", "배": "배", "배(신고)": "배", "배추": "배추", "사과": "사과",
    "사과(부사)": "사과", "상추": "상추", "쇠고기": "소고기", "쇠고기(육우,불고기)": "소고기",
    "쇠고기(한우1등급)": "소고기", "양파": "양파", "양파(작은망)": "양파", "오이": "오이",
    "오징어": "오징어", "조기": "조기", "호박": "애호박",
}  # fmt: skip


def test_every_name_of_the_seoul_shops_means_the_right_item(
    catalog: Catalog, shared_data: Path
) -> None:
    survey = rows(shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz")
    assert {row["name"] for row in survey} == set(SHOP_ITEMS)
    assert {name: catalog.find(name).item.name for name in SHOP_ITEMS} == SHOP_ITEMS


def test_nearly_every_ingredient_of_the_public_recipes_is_an_item(
    catalog: Catalog, shared_data: Path
) -> None:
    table = rows(shared_data / "recipes" / "mafra_recipe_ingredients.csv.gz")
    counts = Counter(row["name"] for row in table)
    missing = unknown(catalog, set(counts))
    assert len(counts) == 713
    assert len(missing) <= 18, missing
    assert sum(counts[name] for name in missing) / len(table) <= 0.005
