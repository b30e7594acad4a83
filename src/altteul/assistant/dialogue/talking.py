"""Several sentences of one talk → what they mean together, for every room that people touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.asking import Typed, read_typed
from altteul.assistant.dialogue.follow_up import follow_up
from altteul.assistant.understood import Understood

if TYPE_CHECKING:
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.catalog import Catalog
    from altteul.recipes.book import Book


def read_talk(
    said: Sequence[str], on: date, catalog: Catalog, book: Book, endpoint: Endpoint | None = None
) -> Typed:
    """Read the last of the sentences said on a day, put on those before it; raises nothing.

    The first may be a list. `said` holds one sentence at least.
    """
    # The Korean analyser takes a second or two to load, so a list must not wait for it.
    typed = read_typed(said[-1], on, catalog, book, endpoint)
    if typed.said is None and (len(said) > 1 or not typed.needs):
        from altteul.assistant.understanding import understand

        meaning = understand(said[-1], on, catalog, book)
        typed = _in_a_talk(typed, meaning, alone=len(said) == 1)
    return _after(said[:-1], typed, on, catalog, book)


def _in_a_talk(typed: Typed, meaning: Understood, *, alone: bool) -> Typed:
    """In a talk "배추" alone is a wish for the usual pack, said so, and no list gone wrong."""
    certain = meaning.needs and not any(need.guessed for need in meaning.needs)
    kept = not alone or certain or meaning.dishes or meaning.ask
    return typed.meaning(meaning) if kept else typed


def _after(earlier: Sequence[str], typed: Typed, on: date, catalog: Catalog, book: Book) -> Typed:
    if not earlier or typed.said is None:
        return typed
    from altteul.assistant.understanding import understand

    before, *others = (understand(sentence, on, catalog, book) for sentence in earlier)
    for meaning in others:
        before = follow_up(before, meaning)
    return Typed(said=follow_up(before, typed.said), notice=typed.notice)
