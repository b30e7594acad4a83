"""Links that mend a list: for each piece that was not read, the list with a nearest name in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from altteul.assistant.lists.shopping_list import read_list
from altteul.catalog import Catalog
from altteul.planner.plan import Unread
from altteul.web.asked import Asked

_WORD = re.compile(r"[^\W\d_]+")


class Link(NamedTuple):
    """A correction: the piece as it would read, and the address that asks again with it."""

    text: str
    href: str


class Piece(NamedTuple):
    """A piece that is not in the plan, why, and how it may be mended."""

    text: str
    reason: str
    links: tuple[Link, ...]


def mended(unread: Iterable[Unread], asked: Asked, catalog: Catalog) -> list[Piece]:
    """Each unread piece with a link for every suggestion that makes the piece readable."""
    return [_piece(piece, asked, catalog) for piece in unread]


def _piece(piece: Unread, asked: Asked, catalog: Catalog) -> Piece:
    texts = dict.fromkeys(_corrected(piece.text, name, catalog) for name in piece.suggestions)
    links = tuple(
        Link(text, f"/plan?{asked.query(need=asked.need.replace(piece.text, text, 1))}")
        for text in texts
        if text and piece.text in asked.need
    )
    return Piece(piece.text, piece.reason, links)


def _corrected(text: str, suggestion: str, catalog: Catalog) -> str | None:
    """The piece with the suggestion in the place of the word nearest to it, if that reads."""
    words = list(_WORD.finditer(text))
    nearest = max(words, key=lambda word: fuzz.ratio(word[0], suggestion), default=None)
    tries = [suggestion]
    if nearest and any(c.isdecimal() for c in text):
        tries.insert(0, text[: nearest.start()] + suggestion + text[nearest.end() :])
    elif nearest and len(words) > 1:
        tries.insert(0, " ".join([suggestion, *(w[0] for w in words if w is not nearest)]))
    for candidate in tries:
        needs, unread = read_list(candidate, catalog)
        if needs and not unread:
            return candidate
    return None
