"""The one home for "what somebody typed or said → a request ready for the planner".

Every room that people touch goes through it: `read_typed` reads a list or else a sentence,
`check` says in an error of its own why there is nothing to plan yet, `make_ready` makes the rest
plannable. A plain list is read at once, without loading the Korean analyser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.lists.list_or_sentence import is_sentence
from altteul.assistant.lists.shopping_list import read_list
from altteul.assistant.questions import SEVERAL
from altteul.assistant.request import NothingReadError, ReadyRequest, to_request
from altteul.assistant.understood import Intent, Understood
from altteul.catalog.loading import read_families
from altteul.errors import InputError
from altteul.planner.plan import Need, Request, Trip, Unread

if TYPE_CHECKING:
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.recipes.book import Book

__all__ = [
    "ElsewhereError",
    "NoPlaceError",
    "NothingReadError",
    "ReadyRequest",
    "Typed",
    "WhichError",
    "check",
    "choices_for",
    "make_ready",
    "read_typed",
]

_CHOICES = {"갈비": ("소갈비", "돼지갈비"), **SEVERAL}
"""Where a word of a family is put before, not replaced by, the name of the item."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: a list (`said` is None), or a sentence with what it means."""

    needs: tuple[Need, ...] = ()
    unread: tuple[Unread, ...] = ()
    said: Understood | None = None
    notice: str = ""
    """That a model read the sentence; it must be shown. Empty where none did."""

    def meaning(self, said: Understood) -> Typed:
        """The same with a meaning that was corrected since (something taken back)."""
        return replace(self, said=said)


class NoPlaceError(InputError):
    """Everything was understood but for the place; `said` is what a sentence means."""

    def __init__(self, said: Understood | None) -> None:
        self.said = said
        super().__init__("어디서 장을 보실지만 알려 주세요.")


class ElsewhereError(InputError):
    """A sentence that asks for something other than a plan; `said` is what was understood."""

    def __init__(self, said: Understood) -> None:
        self.said = said
        super().__init__(
            "장보기를 묻는 말이 아니에요. 살 것을 적어 주세요. 예: 배추 1포기, 달걀 30개"
        )


class WhichError(InputError):
    """A word that may be several things; `word` stands in the text, `choices` may replace it.

    `word` is empty where the question is about no word of the text.
    """

    def __init__(self, said: Understood, word: str, choices: tuple[str, ...]) -> None:
        self.said = said
        self.word = word
        self.choices = choices
        super().__init__(said.ask or f"어떤 {word}인가요?")


def read_typed(
    text: str, on: date, catalog: Catalog, book: Book, endpoint: Endpoint | None = None
) -> Typed:
    """Read a list, or else a sentence said on the day `on`; raises nothing.

    A language model, where one is set, is asked only about what the grammar could not read.
    """
    needs, unread = read_list(text, catalog)
    if not unread:
        return Typed(needs)
    # The Korean analyser takes a second or two to load, so a list must not wait for it.
    from altteul.assistant.understanding import understand

    said = understand(text, on, catalog, book)
    if endpoint and not needs and _unreadable(said):
        from altteul.assistant.language_model.reading import read_with_model

        found = read_with_model(text, on, said, endpoint, catalog, book)
        if found and found.understood.intent is Intent.PLAN:
            return Typed(said=found.understood, notice=found.notice)
    return Typed(said=said) if is_sentence(text, needs, said) else Typed(needs, unread)


def _unreadable(said: Understood) -> bool:
    """Whether the grammar found nothing that could be planned or answered."""
    nothing = not (said.needs or said.dishes or said.exclude or said.ask)
    return said.intent is Intent.OUT_OF_SCOPE or (said.intent is Intent.PLAN and nothing)


_NEGATIVE = re.compile(r"(?<!\S)[-−]\d\S*")


def check(typed: Typed, text: str, near: str | None, catalog: Catalog) -> None:
    """Raise why a plan cannot be made of it yet: ElsewhereError, WhichError, NoPlaceError;
    InputError for an amount below zero."""
    said = typed.said
    if said and (negative := _NEGATIVE.search(text)):
        raise InputError(f"'{negative[0]}'에 음수가 있어요. 0보다 큰 수로 적어 주세요.")
    if said and said.intent is not Intent.PLAN:
        raise ElsewhereError(said)
    if said and said.ask:
        word = next((n.item for n in said.needs if n.item not in catalog.items), "")
        shown = word if word in text else ""
        raise WhichError(said, shown, choices_for(shown, catalog))
    if not (near or (said and said.place)):
        raise NoPlaceError(said)


def choices_for(word: str, catalog: Catalog) -> tuple[str, ...]:
    """What a word for a family (고기, 버섯) may mean."""
    return _CHOICES.get(word) or tuple(read_families(catalog.items).get(word, ()))


def make_ready(
    typed: Typed,
    near: str | None,
    on: date,
    trip: Trip,
    market: Market,
    catalog: Catalog,
    book: Book,
) -> ReadyRequest:
    """Make what `check` let pass plannable; the place, day and way of the words win over the given.

    Raises PlaceError for an unknown place, NoPlaceError without any.
    """
    said = typed.said
    default = market.place(near) if near and not (said and said.place) else None
    if said is not None:
        ready = to_request(said, catalog, book, market, default, on, trip)
        return replace(ready, notice=typed.notice)
    if default is None:
        raise NoPlaceError(None)
    return ReadyRequest(
        Request(needs=typed.needs, unread=typed.unread, place=default, on=on, trip=trip)
    )
