"""The public recipes: nearly every row names an item, something at home, or nothing sold."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from altteul.catalog import load_catalog
from altteul.errors import FileError
from altteul.recipes.dish import Dish
from altteul.recipes.grid import Sort, dishes_of, read_grid, read_ingredient
from altteul.recipes.shopping import shopping_for

CATALOG = load_catalog()


def dish(*parts: tuple[str, str]) -> Dish:
    rows = [{"recipe_code": "1", "name": name, "amount": amount} for name, amount in parts]
    (made,) = dishes_of([{"recipe_code": "1", "recipe": "시험", "serving": "4인분"}], rows, CATALOG)
    return made


def grams_to_buy(*part: str) -> tuple[float, float]:
    (need,) = shopping_for([(dish((part[0], part[1])), None)], CATALOG).to_buy
    return need.amount.quantity.low, need.amount.quantity.high


def test_nearly_every_public_row_is_understood(shared_data: Path) -> None:
    file = shared_data / "recipes" / "mafra_recipe_ingredients.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        sorts = Counter(read_ingredient(r["name"], CATALOG).sort for r in csv.DictReader(rows))
    assert sum(sorts.values()) == 5_923
    assert sorts[Sort.UNKNOWN] / 5_923 <= 0.03


def test_the_first_public_recipe_is_bibimbap_for_four(shared_data: Path) -> None:
    folder = shared_data / "recipes"
    dishes = read_grid(
        folder / "mafra_recipes.csv.gz", folder / "mafra_recipe_ingredients.csv.gz", CATALOG
    )
    (bibimbap,) = [made for made in dishes if made.name == "나물비빔밥"]
    amounts = {(i.item, i.variety): i.amount for i in bibimbap.ingredients}
    assert bibimbap.servings == 4
    assert amounts[("쌀", None)] == "4컵"
    assert amounts[("소고기", "안심")] == "200g"
    assert {"쌀", "소금", "참기름", "설탕"} <= {i.item for i in bibimbap.pantry}


def test_a_repeated_ingredient_adds_up() -> None:
    (need,) = shopping_for([(dish(("콩나물", "100g"), ("콩나물", "50g")), None)], CATALOG).to_buy
    assert need.amount.quantity.mid == pytest.approx(150 / CATALOG.item("콩나물").edible)


@pytest.mark.parametrize(
    ("name", "amount", "low", "high"),
    [
        ("건고사리", "10g", 60, 80),
        ("불린미역", "100g", 100 / 12, 100 / 8),
        ("시금치", "90g", 90 / CATALOG.item("시금치").edible, 90 / CATALOG.item("시금치").edible),
    ],
)
def test_trimmed_dried_and_soaked_become_what_shops_sell(
    name: str, amount: str, low: float, high: float
) -> None:
    assert grams_to_buy(name, amount) == pytest.approx((low, high))


def test_a_row_may_name_several_things() -> None:
    read = read_ingredient("[양념장] 소금, 후추", CATALOG)
    assert read.sort is Sort.PANTRY
    assert len(read.items) == 2


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "recipes.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"recipes\.csv"):
        read_grid(file, file, CATALOG)
