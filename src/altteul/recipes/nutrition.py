"""Nutrition beside a substitute: rounded reference values, read from data/nutrition.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from pydantic import Field

from altteul.catalog import load_catalog
from altteul.errors import StorageError
from altteul.frozen import Frozen

SOURCE = "국가표준식품성분표 수준의 어림값(참고)"


class Nutrition(Frozen):
    """What 100 g of the edible part hold: kcal, and grams of the rest; rounded."""

    kcal: float = Field(ge=0, le=900)
    protein: float = Field(ge=0, le=100)
    carbohydrate: float = Field(ge=0, le=100)
    fibre: float = Field(ge=0, le=100)


@lru_cache(maxsize=1)
def load_nutrition() -> Mapping[str, Nutrition]:
    """Item → nutrition; StorageError names an entry that is no item or no four numbers."""
    file = resources.files("altteul.recipes") / "data" / "nutrition.toml"
    groups: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({
        item: _read(item, numbers) for group in groups.values() for item, numbers in group.items()
    })  # fmt: skip


def _read(item: str, numbers: Any) -> Nutrition:
    try:
        if item not in load_catalog().items:
            raise ValueError("no item of the catalog")
        kcal, protein, carbohydrate, fibre = numbers
        return Nutrition(kcal=kcal, protein=protein, carbohydrate=carbohydrate, fibre=fibre)
    except (TypeError, ValueError) as error:
        raise StorageError(f"nutrition.toml의 '{item}'이(가) 잘못되었습니다: {error}") from None
