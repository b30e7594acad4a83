"""The catalog: every item, found by name, by KAMIS code or in running text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType

from altteul.catalog.finding import Finder, Found
from altteul.catalog.loading import read_families, read_items
from altteul.catalog.model import Item, SurveyUnit, Variety
from altteul.errors import UnknownItemError


class Catalog:
    """Every item by its canonical name; build it with `load_catalog()`."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: Mapping[str, Item] = MappingProxyType({item.name: item for item in items})

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.items, read_families(self.items))

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], tuple[Item, Variety | None]]:
        return {
            (kind.item_code, kind.kind_code): (item, item.variety(kind.variety or ""))
            for item in self.items.values()
            for kind in item.kamis
        }

    def item(self, name: str) -> Item:
        """Return the item of that canonical name; UnknownItemError with the nearest names."""
        try:
            return self.items[name]
        except KeyError:
            raise UnknownItemError(name, tuple(self.suggest(name))) from None

    def find(self, text: str) -> Found:
        """Return the item a person means by `text`.

        Exact names and aliases first, then spelling, then a near name with a clear margin;
        a name of one syllable is never guessed. UnknownItemError carries up to three names.
        """
        return self._finder.find(text)

    def suggest(self, text: str, n: int = 3) -> list[str]:
        """Return up to `n` canonical names nearest to `text`, best first."""
        return self._finder.suggest(text, n)

    def longest_in(self, text: str) -> list[tuple[int, int, Found]]:
        """Return the items named in running text as (start, end, found), in order."""
        return self._finder.longest_in(text)

    def by_kamis(
        self, item_code: str, kind_code: str | None = None
    ) -> tuple[Item, Variety | None] | None:
        """Return item and variety of KAMIS codes; '1' is read as '01'.

        Without a kind, the item of the code's leading kind (246 is 대파); None if unknown.
        """
        if kind_code is not None and (found := self._by_code.get((item_code, kind_code.zfill(2)))):
            return found
        kinds = sorted(kind for code, kind in self._by_code if code == item_code)
        if not kinds:
            return None
        leading = {self._by_code[item_code, kind][0].name for kind in kinds}
        if kind_code is not None and len(leading) > 1:
            return None
        variety = self._common_variety(item_code, kinds) if kind_code is None else None
        return self._by_code[item_code, kinds[0]][0], variety

    def _common_variety(self, item_code: str, kinds: list[str]) -> Variety | None:
        varieties = [self._by_code[item_code, kind][1] for kind in kinds]
        return varieties[0] if all(variety == varieties[0] for variety in varieties) else None


def survey_unit(item: Item, stage: str, on: date, kind_code: str | None = None) -> str | None:
    """Return the unit KAMIS quotes for an item at a stage (retail, wholesale, eco) on a day.

    Units change (깻잎 100g → 50g on 2026-07-14). Without a kind, the first surveyed kind's unit;
    None if the stage does not survey the item.
    """
    dated = [s for s in item.surveys if s.stage == stage and s.holds_on(on)]
    if found := next((s for s in dated if kind_code in (None, s.kind_code)), None):
        return found.unit
    units = [k.units[stage] for k in item.kamis if stage in k.units and _is(k.kind_code, kind_code)]
    return units[0] if units else None


def _is(code: str, wanted: str | None) -> bool:
    return wanted is None or code == wanted.zfill(2)


@lru_cache(maxsize=1)
def load_catalog() -> Catalog:
    """Read and validate the catalog's data files once for the process."""
    return Catalog(read_items())


__all__ = ["Catalog", "Found", "SurveyUnit", "load_catalog", "survey_unit"]
