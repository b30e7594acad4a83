"""The morphemes of a sentence by kiwipiepy, with the catalog and the book as user dictionary.

Loading takes about a second and happens once, at the first sentence that is no plain list. The
large dictionary of proper names is left out: it triples the loading time and knows no produce.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiwipiepy import Kiwi

_LOCK = Lock()
_RARE = -14.2
"""Log likelihood of a word; rarer ones are as likely a slip of a commoner word."""
_GRAMMAR = ("V", "E", "J", "IC", "MA", "MM", "NP", "NR", "NNB")


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme with its part of speech (세종 tag set) and its place in the text."""

    form: str
    tag: str
    start: int
    end: int
    known: bool = False
    """Whether it stands in the analyser's own dictionary (names of food are ours, not its)."""

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a proper name."""
        return self.tag in ("NNG", "NNP")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The morphemes of a text, in order."""

    morphemes: tuple[Morpheme, ...]

    @property
    def stems(self) -> str:
        """Verbs as '사/V', adjectives as '비싸/A', all else by its form, parted by spaces."""
        return " ".join(_stem(m) for m in self.morphemes)

    def noun_at(self, start: int) -> bool:
        """Whether a noun begins at this position."""
        return any(m.start == start and m.is_noun for m in self.morphemes)

    def noun_until(self, start: int, end: int) -> bool:
        """Whether nothing but nouns stands between two positions."""
        inside = [m for m in self.morphemes if start <= m.start < end]
        return bool(inside) and inside[0].start == start and all(m.is_noun for m in inside)

    def common_word(self, start: int, end: int) -> bool:
        """Whether an everyday word of no food stands exactly here (거리, 근데), or begins here and
        goes on (양반 for 양)."""
        return any(
            m.start == start and m.end >= end and m.known and m.tag[0] in "NM"
            for m in self.morphemes
        )

    def is_common_noun(self, start: int, end: int) -> bool:
        """Whether exactly this is an everyday noun and no proper name."""
        return any(
            (m.start, m.end) == (start, end) and m.known and m.tag == "NNG" for m in self.morphemes
        )

    def grammar_at(self, start: int) -> bool:
        """Whether a word that names nothing begins here (말고, 아니, 우리, 정말)."""
        return any(m.start == start and m.tag.startswith(_GRAMMAR) for m in self.morphemes)

    def verb_at(self, start: int) -> bool:
        """Whether a verb, an adjective or an ending begins at this position."""
        return any(m.start == start and m.tag[0] in "VEJ" for m in self.morphemes)


def _stem(morpheme: Morpheme) -> str:
    if morpheme.tag.startswith(("VV", "VX")):
        return f"{morpheme.form}/V"
    return f"{morpheme.form}/A" if morpheme.tag.startswith("VA") else morpheme.form


def analyse(text: str) -> Sentence:
    """The morphemes of a text (about 1 ms for a sentence)."""
    with _LOCK:
        tokens = _analyser().tokenize(text)
    ours = _our_words()
    return Sentence(
        tuple(
            Morpheme(
                str(t.form),
                str(t.tag),
                t.start,
                t.start + t.len,
                known=not t.oov and t.score > _RARE and t.form not in ours,
            )
            for t in tokens
        )
    )


def spaced(text: str) -> str:
    """The text with spaces between its words ("내일손님네명" → "내일 손님 네 명")."""
    with _LOCK:
        return str(_analyser().space(text))


@lru_cache(maxsize=1)
def _analyser() -> Kiwi:
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=1, load_default_dict=False, load_multi_dict=False, load_typo_dict=False)
    for name in _names():
        kiwi.add_user_word(name, "NNP", 0.0)
    return kiwi


@lru_cache(maxsize=1)
def _our_words() -> frozenset[str]:
    return frozenset(_names())


def _names() -> Iterable[str]:
    from altteul.assistant.names.naming import load_lexicon

    return (name for name in load_lexicon().names if len(name) > 1)
