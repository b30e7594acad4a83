"""Names that stay out: left out, at home, taken back; a family is what the dishes have of it."""

from __future__ import annotations

import re

from altteul.assistant.mentions.mention import Mention
from altteul.catalog import Catalog
from altteul.catalog.loading import read_families
from altteul.recipes.book import Book
from altteul.units import ItemKind

KINDS = {
    "고기": ItemKind.MEAT, "생선": ItemKind.FISH, "해물": ItemKind.FISH, "해산물": ItemKind.FISH,
    "버섯": ItemKind.MUSHROOM,
}  # fmt: skip
"""Families that are a kind of goods."""
_REFUSED = re.compile(r"(?:은|는)?\s*말(?:고|구)[요]?\s+")
_PUT_RIGHT = re.compile(r"(?:^|\s)(?:아니[야다요]?|아)[,.]?\s*$")


def kept(named: list[Mention]) -> list[Mention]:
    """Without what was taken back, also where it was said before ('볶음밥 아 볶음밥 말고 김밥')."""
    gone = [m for m in named if m.given_up]
    return [m for m in named if not (m.given_up or said_again(m, gone))]


def said_again(mention: Mention, left_out: list[Mention]) -> bool:
    """'상추 깻잎, 아 깻잎은 빼고': what is left out later is not wanted."""
    return any(
        m.hit.start > mention.hit.start
        and (m.hit.word == mention.hit.word or m.hit.name == mention.hit.name)
        for m in left_out
    )


def is_closing(mention: Mention, plain: str) -> bool:
    """'비빔밥 고사리 말고': nothing comes instead."""
    return mention.replaced and bool(
        re.fullmatch(r"(?:은|는)?\s*말고[요]?[.!]?\s*", plain[mention.hit.end :])
    )


def is_refused(mention: Mention, goods: list[Mention], plain: str) -> bool:
    """'수박 말고 참외 다섯 개': other goods are wanted, and these are not. What was asked for
    before is put right ('오이 세 개 아니다 오이 말고 가지'), not refused."""
    item = mention.hit.name.item
    if item is None or mention.portion or not _REFUSED.match(plain[mention.hit.end :]):
        return False
    if _PUT_RIGHT.search(plain[: mention.hit.start]):
        return False
    others = [m for m in goods if m is not mention and m.hit.name.item]
    same = [m for m in others if m.hit.name.item and m.hit.name.item.item == item.item]
    return not same and any(m.hit.start > mention.hit.start for m in others)


def excluded_names(
    left_out: list[Mention], dishes: list[str], book: Book, catalog: Catalog
) -> tuple[str, ...]:
    """The items that stay out, in order; of a family those that the dishes have."""
    names: dict[str, None] = {}
    if any(mention.hit.name.item for mention in left_out):
        # "견과류 알레르기라 땅콩은 빼고": the family is why, the goods are what.
        left_out = [m for m in left_out if not (m.hit.name.family and m.allergy)]
    for mention in left_out:
        if mention.hit.name.item:
            names[mention.hit.name.item.item.name] = None
        elif mention.hit.name.family:
            names |= dict.fromkeys(_of_family(mention.hit.name.family, dishes, book, catalog))
    return tuple(names)


def _of_family(family: str, dishes: list[str], book: Book, catalog: Catalog) -> list[str]:
    """'고기는 빼고 비빔밥': the meats that the dishes have; without dishes the word itself."""
    kind = KINDS.get(family)
    members = read_families(catalog.items).get(family, ())
    found = [
        part.item
        for dish in dishes
        for part in book.find(dish).to_buy
        if catalog.item(part.item).kind is kind or part.item in members
    ]
    return list(dict.fromkeys(found)) or [family]
