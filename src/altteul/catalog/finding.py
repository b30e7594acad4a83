"""Find the item a person means: exact, other name, spelling, then near with a clear margin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from altteul.catalog.model import Item, Variety
from altteul.catalog.names import folded, jamo, key_of, split_brackets, without_preparation
from altteul.catalog.scanning import scan_names
from altteul.errors import UnknownItemError
from altteul.units import shown

_NO_FOOD = frozenset({"휴지", "화장지", "없음"})
"""Words that are no food and sound like a name: 휴지 like 후지 (apples), 없음 like 얼음."""
How = Literal["exact", "alias", "dialect", "misspelling", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Found:
    """An item with how it was found; `score` 1.0 is certain, `prepared` a cooking word aside."""

    item: Item
    variety: Variety | None
    how: How
    score: float
    prepared: str | None = None


_HANGUL = re.compile(r"[가-힣]")
# Jamo edits that are still read as the same word, by number of syllables of the query.
_EDITS = {2: 1, 3: 1, 4: 2, 5: 2}
_MARGIN = 2
_LONGEST_QUERY = 40  # letters; nobody names an item at greater length


class Finder:
    """Names of all items, indexed; holds no state besides."""

    def __init__(self, items: Mapping[str, Item], families: Mapping[str, Sequence[str]]) -> None:
        self._items = items
        self._families = families
        self._names: dict[str, Found] = {}
        for item in items.values():
            self._add_item(item)
        self._longest = max(map(len, self._names), default=0)

    def _add_item(self, item: Item) -> None:
        self._names[key_of(item.name)] = Found(item, None, "exact", 1.0)
        spoken: tuple[tuple[How, tuple[str, ...]], ...] = (
            ("alias", item.aliases),
            ("dialect", item.dialect),
            ("misspelling", item.misspellings),
        )
        for how, names in spoken:
            for name in names:
                self._names.setdefault(key_of(name), Found(item, None, how, 1.0))
        for variety in item.varieties:
            self._add_variety(item, variety)

    def _add_variety(self, item: Item, variety: Variety) -> None:
        found = Found(item, variety, "alias", 1.0)
        names = (variety.name, *variety.aliases)
        for name in variety.alone:
            self._names[key_of(name)] = found
        for name in names:
            self._names.setdefault(key_of(name + item.name), found)
            self._names.setdefault(key_of(item.name + name), found)

    @cached_property
    def _folded(self) -> dict[str, Found | None]:
        """Sound-alike spellings; None where two items would share one."""
        spellings: dict[str, Found | None] = {}
        for key, found in self._names.items():
            kept = spellings.setdefault(folded(key), found)
            if kept is not None and kept.item.name != found.item.name:
                spellings[folded(key)] = None
        return spellings

    @cached_property
    def _jamo(self) -> dict[str, str]:
        return {key: jamo(key) for key in self._names if len(key) >= 2}

    def find(self, text: str) -> Found:
        """Return what `text` names; UnknownItemError with up to three suggestions."""
        key = key_of(text)
        if found := self._names.get(key):
            return found
        head, inside = split_brackets(text)
        key = key_of(head) or key_of(text)
        if len(key) > _LONGEST_QUERY:
            raise UnknownItemError(shown(text))
        several = re.search(r"[,/]", head) is not None
        if key in _NO_FOOD:
            raise UnknownItemError(shown(text))
        found = None if several else self._named(key) or self._near(key)
        if found is None or key in self._families:
            raise UnknownItemError(shown(text), tuple(self.suggest(text)))
        return self._with_variety(found, inside) if inside else found

    def _named(self, key: str) -> Found | None:
        return self._names.get(key) or self._prepared(key) or self._sounding(key)

    def _prepared(self, key: str, depth: int = 1) -> Found | None:
        """Return the name with one or two cooking words set aside ('곱게 다진 마늘')."""
        for rest, word in without_preparation(key):
            if found := self._names.get(rest):
                return Found(found.item, found.variety, "alias", 0.95, prepared=word)
        for rest, word in without_preparation(key) if depth < 2 else ():
            if found := self._prepared(rest, depth + 1):
                return Found(found.item, found.variety, "alias", 0.9, prepared=word)
        return None

    def _sounding(self, key: str) -> Found | None:
        if len(key) < 2 or (found := self._folded.get(folded(key))) is None:
            return None
        return Found(found.item, found.variety, "misspelling", 0.95)

    def _near(self, key: str) -> Found | None:
        """Return a name within a few jamo edits, if no other item is nearly as near."""
        if len(key) < 2 or not _HANGUL.search(key):
            return None
        edits = _EDITS.get(len(key), 2)
        near = process.extract(
            jamo(key),
            self._jamo,
            scorer=Levenshtein.distance,
            score_cutoff=edits + _MARGIN,
            limit=12,
        )
        if not near or near[0][1] > edits:
            return None
        best = self._names[near[0][2]]
        for _, distance, name in near[1:]:
            other = self._names[name].item.name
            if other != best.item.name and distance < near[0][1] + _MARGIN:
                return None
        score = 1.0 - near[0][1] / max(len(jamo(key)), 1)
        return Found(best.item, best.variety, "fuzzy", score)

    def _with_variety(self, found: Found, inside: tuple[str, ...]) -> Found:
        for word in inside:
            for variety in found.item.varieties:
                names = (variety.name, *variety.aliases)
                if word in names or any(word == name + found.item.name for name in names):
                    return Found(found.item, variety, found.how, found.score, found.prepared)
        return found

    def suggest(self, text: str, n: int = 3) -> list[str]:
        """Return the nearest canonical names, best first."""
        key = key_of(split_brackets(text)[0]) or key_of(text)
        if key in self._families:
            return list(self._families[key])[:n]
        letters = jamo(key[:_LONGEST_QUERY])
        near = process.extract(
            letters, self._jamo, scorer=Levenshtein.normalized_similarity, limit=12
        )
        ranked = [name for _, score, name in near if score >= 0.5]
        ranked += [name for name in self._names if len(key) >= 2 and key in name]
        cuts = [item.name for item in self._items.values() if item.variety(key)]
        leading = [key[:end] for end in range(min(len(key), self._longest), 1, -1)]
        ranked = [name for name in leading if name in self._names][:1] + ranked
        names = dict.fromkeys([*cuts, *(self._names[name].item.name for name in ranked)])
        return list(names)[:n]

    def longest_in(self, text: str) -> list[tuple[int, int, Found]]:
        """Scan running text, longest name first, at the starts of words only."""
        return scan_names(text, self._spoken, self._longest)

    def _spoken(self, key: str) -> Found | None:
        """Look up a stretch of a sentence; long ones are not worth sounding out."""
        return self._names.get(key) or (self._sounding(key) if len(key) <= 6 else None)
