"""The project's own book of everyday dishes, read from data/dishes/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from altteul.catalog import Catalog, load_catalog
from altteul.errors import InputError, StorageError, UnknownItemError
from altteul.recipes.dish import TO_BUY_ROLES, Dish, Ingredient

SOURCE = "알뜰 음식책"
PANTRY_ROLE = "양념"


class UnknownDishError(InputError):
    """No dish of that name; `suggestions` are the nearest names, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.suggestions = suggestions
        nearest = f" 혹시 {', '.join(suggestions)}인가요?" if suggestions else ""
        super().__init__(f"'{name}'은(는) 음식책에 없습니다.{nearest}")


class Book:
    """Dishes by name and alias; names are compared without spaces."""

    def __init__(self, dishes: Iterable[Dish]) -> None:
        self.dishes: Mapping[str, Dish] = MappingProxyType({dish.name: dish for dish in dishes})
        self._by_key: dict[str, Dish] = {}
        for dish in self.dishes.values():
            for name in (dish.name, *dish.aliases):
                taken = self._by_key.setdefault(_key(name), dish)
                if taken is not dish:
                    raise StorageError(
                        f"음식책에서 '{name}'이(가) {taken.name}과 {dish.name}에 모두 있습니다. "
                        "음식책 자료를 고쳐 주세요."
                    )

    def names(self) -> Mapping[str, str]:
        """Every name and alias without spaces → the dish's name."""
        return {key: dish.name for key, dish in self._by_key.items()}

    def find(self, text: str) -> Dish:
        """The dish of that name or alias; UnknownDishError with up to three near names."""
        if found := self._by_key.get(_key(text)):
            return found
        raise UnknownDishError(text.strip(), self.suggest(text))

    def suggest(self, text: str, n: int = 3) -> tuple[str, ...]:
        """The names of up to `n` dishes that are written most like the text."""
        from rapidfuzz import fuzz, process

        near = process.extract(_key(text), self._by_key.keys(), scorer=fuzz.ratio, limit=8)
        names = dict.fromkeys(self._by_key[key].name for key, score, _ in near if score >= 45)
        return tuple(names)[:n]


def _key(name: str) -> str:
    return "".join(name.split())


@lru_cache(maxsize=1)
def load_book() -> Book:
    """Read the book once for the process; StorageError names what is wrong in its files."""
    return Book(_read(load_catalog()))


def _read(catalog: Catalog) -> Iterator[Dish]:
    folder = resources.files("altteul.recipes") / "data" / "dishes"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for name, written in tomllib.loads(file.read_text(encoding="utf-8")).items():
                yield _dish(name, written, catalog, file.name)


def _dish(name: str, written: Mapping[str, Any], catalog: Catalog, file: str) -> Dish:
    cuts = written.get("varieties", {})
    try:
        rows: list[list[str]] = written["needs"]
        ingredients = [_ingredient(row, catalog, cuts) for row in rows]
        ingredients += [_pantry(line, catalog) for line in written.get("pantry", [])]
    except (UnknownItemError, ValueError, KeyError) as error:
        raise StorageError(f"음식책 {file}의 '{name}'이(가) 잘못되었습니다: {error}") from None
    return Dish(
        name=name,
        aliases=tuple(written.get("aliases", ())),
        servings=written["servings"],
        batch=written.get("batch"),
        serves=written.get("serves"),
        ingredients=tuple(ingredients),
        source=SOURCE,
    )


def _ingredient(row: list[str], catalog: Catalog, cuts: Mapping[str, str]) -> Ingredient:
    name, amount, role = row
    if role not in TO_BUY_ROLES:
        raise ValueError(f"'{role}'은(는) 없는 쓰임새입니다.")
    found = catalog.find(name)
    variety = cuts.get(name) or (found.variety.name if found.variety else None)
    return Ingredient(item=found.item.name, variety=variety, amount=amount, role=role, written=name)


def _pantry(line: str, catalog: Catalog) -> Ingredient:
    name, amount = line.rsplit(" ", 1)
    found = catalog.find(name)
    return Ingredient(
        item=found.item.name,
        variety=found.variety.name if found.variety else None,
        amount=amount,
        role=PANTRY_ROLE,
        pantry=True,
        written=name,
    )
