"""Which name of the catalog and the book a misspelt word sounds most like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from altteul.assistant.names.naming import HOMONYMS, Lexicon, Name, load_lexicon
from altteul.assistant.names.sounding import difference, outline

_APART = 0.15
"""Another name that is nearly as near makes a word ambiguous."""
_SELDOM = 0.1
"""What a short name of goods that are seldom bought costs more."""
_COMPARED = 8


def nearest(said: str, lexicon: Lexicon) -> Iterator[tuple[float, str]]:
    """The name that sounds most like a word with its cost, if no other thing is about as near."""
    near = sorted(_costs(said, lexicon))
    if not near:
        return
    cost, key = near[0]
    others = [
        other for c, other in near[1:] if c < cost + _APART and not _same(lexicon.names, key, other)
    ]
    if not others:
        yield cost, key


def _same(names: Mapping[str, Name], one: str, other: str) -> bool:
    first, second = names[one], names[other]
    if first.item and second.item:
        return first.item.item.name == second.item.item.name
    return first.dish is not None and first.dish == second.dish


def _costs(said: str, lexicon: Lexicon) -> list[tuple[float, str]]:
    costs = []
    for length in (len(said), len(said) - 1, len(said) + 1):
        if length < 2 or (length != len(said) and len(said) < 4):
            continue
        index = _outlines(length)
        near = process.extract(
            outline(said), index, scorer=Levenshtein.distance, score_cutoff=2, limit=_COMPARED
        )
        for _, _, key in near:
            item = lexicon.names[key].item
            seldom = item is not None and item.item.category == "none" and length == 2
            costs.append((difference(said, key) + (_SELDOM if seldom else 0.0), key))
    return costs


@lru_cache(maxsize=16)
def _outlines(length: int) -> dict[str, str]:
    """The names of so many syllables with their outlines; no names that are other words too."""
    return {
        key: outline(key)
        for key, name in load_lexicon().names.items()
        if len(key) == length >= (2 if name.item else 3)
        and key not in HOMONYMS
        and (name.item or name.dish)
    }
