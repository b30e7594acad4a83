"""What may stand in for an item, by what it does in the dish; read from data/substitutes.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from altteul.catalog import load_catalog
from altteul.errors import StorageError, UnknownItemError


@dataclass(frozen=True, slots=True)
class Substitute:
    """`ratio` grams of `item` stand in for one gram of the original; `taste` is what changes.

    `allergens` are those that the original does not have (식약처's list of allergenic foods):
    they must be said whenever the swap is offered.
    """

    item: str
    variety: str | None
    ratio: float
    taste: str
    uses: tuple[str, ...]
    allergens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swaps:
    """The table of substitutes and of allergens."""

    by_item: Mapping[str, tuple[Substitute, ...]]
    allergens: Mapping[str, frozenset[str]]

    def instead_of(self, item: str, use: str | None = None) -> tuple[Substitute, ...]:
        """What may replace an item where it serves `use` (김치, 쌈, 나물 …; None: any use).

        In the order of the book, best first; one entry for each item.
        """
        chosen = [s for s in self.by_item.get(item, ()) if use is None or use in s.uses]
        return tuple({substitute.item: substitute for substitute in reversed(chosen)}.values())[
            ::-1
        ]

    def uses_of(self, item: str) -> tuple[str, ...]:
        """The uses for which the table knows a substitute of the item."""
        uses = (use for substitute in self.by_item.get(item, ()) for use in substitute.uses)
        return tuple(dict.fromkeys(uses))


@lru_cache(maxsize=1)
def load_swaps() -> Swaps:
    """Read the table once; StorageError names an item that the catalog does not know."""
    file = resources.files("altteul.recipes") / "data" / "substitutes.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    allergens = _allergens(written["allergens"])
    by_item: dict[str, list[Substitute]] = {}
    for swap in written["swap"]:
        original, sort = _named(swap["item"])
        for name, ratio, taste in swap["by"]:
            item, variety = _named(name)
            if (item, variety) == (original, sort):
                raise StorageError(f"substitutes.toml의 '{name}'은(는) 자기 자신을 대신합니다.")
            new = allergens.get(item, frozenset()) - allergens.get(original, frozenset())
            by_item.setdefault(original, []).append(
                Substitute(item, variety, ratio, taste, tuple(swap["uses"]), tuple(sorted(new)))
            )
    return Swaps(
        MappingProxyType({item: tuple(found) for item, found in by_item.items()}),
        MappingProxyType(allergens),
    )


def _allergens(written: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for allergen, names in written.items():
        for name in names:
            found.setdefault(_named(name)[0], set()).add(allergen)
    return {item: frozenset(of) for item, of in found.items()}


def _named(name: str) -> tuple[str, str | None]:
    try:
        found = load_catalog().find(name)
    except UnknownItemError as error:
        raise StorageError(f"substitutes.toml의 '{name}'이(가) 잘못되었습니다: {error}") from None
    return found.item.name, found.variety.name if found.variety else None
