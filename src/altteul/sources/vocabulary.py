"""A source's words → items and packs of the catalog; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

from altteul.catalog import Catalog
from altteul.catalog.model import Item
from altteul.errors import AmountError, UnknownItemError
from altteul.units import Pack, parse_pack


@dataclass(frozen=True, slots=True)
class Named:
    """An item of the catalog, and the variety where the words name one."""

    item: Item
    variety: str | None = None


def named(catalog: Catalog, words: str) -> Named | None:
    """The item that the words name; None if unknown or only similar to a known name."""
    try:
        found = catalog.find(words)
    except UnknownItemError:
        return None
    if found.how == "fuzzy":
        return None
    return Named(found.item, found.variety.name if found.variety else None)


def coded(catalog: Catalog, item_code: str, kind_code: str | None = None) -> Named | None:
    """The item of KAMIS codes; None if the catalog does not know them."""
    found = catalog.by_kamis(item_code, kind_code)
    return Named(found[0], found[1].name if found[1] else None) if found else None


def variety_in(item: Item, words: str) -> str | None:
    """The variety that the words mention, longest name first; None if they mention none."""
    names = [(name, v.name) for v in item.varieties for name in (v.name, *v.aliases)]
    for name, variety in sorted(names, key=lambda pair: -len(pair[0])):
        if len(name) > 1 and name in words:
            return variety
    return None


def packed(label: str, item: Item, note: str = "") -> Pack | None:
    """What a price of this unit buys; None if the label cannot be read with certainty."""
    try:
        return parse_pack(label, item_kind=item.kind, note=note)
    except AmountError:
        return None
