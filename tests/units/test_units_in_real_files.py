"""The labels and amounts of the public files: how many are read, and which are refused."""

from __future__ import annotations

import csv
import gzip
import time
import timeit
from pathlib import Path

import pytest

from altteul.errors import AmountError
from altteul.units import parse_amount, parse_pack


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_survey_unit_of_kamis_is_a_pack(shared_data: Path) -> None:
    lines = (shared_data / "kamis_product_codes.tsv").read_text(encoding="utf-8").splitlines()
    units = {line.split("\t")[11] for line in lines[1:]}
    assert len(units) > 40
    for unit in units - {""}:
        parse_pack(unit)
    with pytest.raises(AmountError, match="비어"):
        parse_pack("")  # 쪽마늘 wholesale: two rows state no unit


def test_the_labels_of_seoul_shops_are_read(shared_data: Path) -> None:
    survey = rows(shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz")
    refused = []
    for row in survey:
        try:
            parse_pack(row["unit"], note=row["etc"])
        except AmountError:
            refused.append(row["unit"])
    assert len(survey) == 664
    assert refused == ["1.5jg"]


def test_the_amounts_of_public_recipes_are_read(shared_data: Path) -> None:
    ingredients = rows(shared_data / "recipes" / "mafra_recipe_ingredients.csv.gz")
    refused = set()
    for row in ingredients:
        try:
            parse_amount(row["amount"])
        except AmountError:
            refused.add(row["amount"])
    assert len(ingredients) == 5923
    count = sum(row["amount"] in refused for row in ingredients)
    assert count <= 17, refused


def test_reading_an_amount_takes_less_than_a_tenth_of_a_millisecond(shared_data: Path) -> None:
    ingredients = rows(shared_data / "recipes" / "mafra_recipe_ingredients.csv.gz")
    texts = [row["amount"] for row in ingredients if row["amount"][:1] in "123456789"]
    timer = timeit.Timer(lambda: [_read(text) for text in texts], timer=time.process_time)
    assert min(timer.repeat(3, 1)) / len(texts) < 1e-4


def _read(text: str) -> None:
    try:
        parse_amount(text)
    except AmountError:
        return
