"""The public recipe grid of the agriculture ministry (농정원): dishes from its rows.

Fields and shapes: Grid_20150827000000000226_1 (recipes) and …227_1 (ingredients) of
data.mafra.go.kr, read from the API's replies or from the two CSV files made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import polars as pl

from altteul.catalog import Catalog, Found, Item
from altteul.errors import AmountError, FileError, UnknownItemError
from altteul.recipes.dish import Dish, Ingredient
from altteul.units import ItemKind, ToTaste, parse_amount

SOURCE = "농정원 레시피"
ROLES = {"주재료": "주재료", "부재료": "부재료", "양념": "양념"}
RECIPE_COLUMNS = {"recipe_code": "RECIPE_ID", "recipe": "RECIPE_NM_KO", "serving": "QNT"}
INGREDIENT_COLUMNS = {"recipe_code": "RECIPE_ID", "name": "IRDNT_NM", "amount": "IRDNT_CPCTY"}

_SERVINGS = re.compile(r"(\d+)\s*인분")
# "[양념장] 다진파", "소금, 후추", "식용유/소금": a heading, or several things in one row.
_HEADING = re.compile(r"^\s*[\[(][^\])]*[\])]\s*")
_SEVERAL = re.compile(r"\s*[,/·]\s*|\s+각각$")
# Words for a mixture or a sort that names nothing a shop could price.
NOT_SOLD_AS_PRODUCE = frozenset(
    {
        "양념",
        "양념장",
        "버섯",
        "떡",
        "채소",
        "야채",
        "견과류",
        "다짐육",
        "고명",
        "갈비",
        "소스",
        "육수",
    }
)


class Sort(StrEnum):
    """What a row of ingredients turned out to be."""

    ITEM = "item"
    PANTRY = "pantry"
    NOT_SOLD = "not_sold"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of ingredients: what was written, and the items it names (none for the last two)."""

    written: str
    sort: Sort
    items: tuple[Found, ...]


def read_ingredient(written: str, catalog: Catalog) -> ReadRow:
    """What an ingredient's name of the grid means; a row may name several things."""
    name = _HEADING.sub("", written).strip()
    if name in NOT_SOLD_AS_PRODUCE:
        return ReadRow(written, Sort.NOT_SOLD, ())
    found = _find_all(name, catalog)
    if not found:
        return ReadRow(written, Sort.UNKNOWN, ())
    sorts = {_sort(each.item) for each in found}
    chosen = Sort.ITEM if Sort.ITEM in sorts else min(sorts)
    return ReadRow(written, chosen, found)


def _find_all(name: str, catalog: Catalog) -> tuple[Found, ...]:
    try:
        return (catalog.find(name),)
    except UnknownItemError:
        parts = [part for part in _SEVERAL.split(name) if part]
    if len(parts) < 2:
        return ()
    try:
        return tuple(catalog.find(part) for part in parts)
    except UnknownItemError:
        return ()


def _sort(item: Item) -> Sort:
    if item.pantry:
        return Sort.PANTRY
    return Sort.NOT_SOLD if item.kind is ItemKind.NOT_FOOD else Sort.ITEM


def read_grid(recipes: Path, ingredients: Path, catalog: Catalog) -> list[Dish]:
    """Dishes from the grid's two CSV files (API column names, or the lower-case ones).

    A repeated ingredient of a recipe is kept twice and so adds up; a row that names no item is
    left out. Raises FileError naming the file that cannot be read.
    """
    return dishes_of(
        _rows(recipes, RECIPE_COLUMNS), _rows(ingredients, INGREDIENT_COLUMNS), catalog
    )


def dishes_of(
    recipes: Iterable[Mapping[str, str]],
    ingredients: Iterable[Mapping[str, str]],
    catalog: Catalog,
) -> list[Dish]:
    """Dishes from rows with the keys recipe_code, recipe, serving / recipe_code, name, amount."""
    parts: dict[str, list[Ingredient]] = {}
    for row in ingredients:
        parts.setdefault(row["recipe_code"], []).extend(_ingredients(row, catalog))
    dishes = []
    for recipe in recipes:
        servings = _SERVINGS.search(recipe["serving"] or "")
        made_of = parts.get(recipe["recipe_code"])
        if servings and made_of:
            dishes.append(
                Dish(
                    name=recipe["recipe"].strip(),
                    servings=int(servings[1]),
                    ingredients=tuple(made_of),
                    source=SOURCE,
                    as_bought=False,
                )
            )
    return dishes


def _ingredients(row: Mapping[str, str], catalog: Catalog) -> list[Ingredient]:
    read = read_ingredient(row["name"], catalog)
    if read.sort in (Sort.NOT_SOLD, Sort.UNKNOWN):
        return []
    amount = (row["amount"] or "").strip()
    return [
        Ingredient(
            item=found.item.name,
            variety=found.variety.name if found.variety else None,
            amount=amount,
            role=ROLES.get(row.get("role", ""), "부재료"),
            pantry=found.item.pantry or _unmeasured(amount, found.item),
            written=read.written,
            prepared=found.prepared,
        )
        for found in read.items
    ]


def _unmeasured(amount: str, item: Item) -> bool:
    """Left to the cook's taste, or in no measure that can be read: nothing to buy by."""
    try:
        return isinstance(parse_amount(amount, item_kind=item.kind), ToTaste)
    except AmountError:
        return True


def _rows(file: Path, columns: Mapping[str, str]) -> Sequence[Mapping[str, str]]:
    try:
        table = pl.read_csv(file, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FileError(
            f"{file.name}: 레시피 파일을 읽을 수 없습니다. CSV인지 살펴봐 주세요."
        ) from error
    table = table.rename({theirs: ours for ours, theirs in columns.items()}, strict=False)
    if missing := set(columns) - set(table.columns):
        raise FileError(f"{file.name}: {', '.join(sorted(missing))} 칸이 없습니다.")
    return table.to_dicts()
