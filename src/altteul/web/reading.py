"""What stands in the one box: a plain list, or a sentence with what is wished in it.

A list is read at once, without the Korean analyser. What of a sentence somebody takes back
(`without`, `people` in the address) is taken out of what was understood, never out of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from altteul.assistant.list_or_sentence import is_sentence
from altteul.assistant.shopping_list import read_list
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Intent, Understood
from altteul.catalog import Catalog
from altteul.catalog.loading import read_families
from altteul.errors import InputError
from altteul.planner.plan import Need, Unread
from altteul.recipes.book import Book
from altteul.web.asked import Asked

FIELDS: Final = ("date", "place", "budget", "mode", "max_stops", "prefer")
"""What may be taken back by its own name; items and dishes are taken back by theirs."""
KEPT: Final = "-"
"""Before the name of an item: leave it in after all ("깻잎 빼고" taken back)."""

_CHOICES: Final = {"갈비": ("소갈비", "돼지갈비")}
"""Where a word of a family is put before, not replaced by, the name of the item."""


@dataclass(frozen=True, slots=True)
class Read:
    """A list (`said` is None), or a sentence with what it means."""

    needs: tuple[Need, ...]
    unread: tuple[Unread, ...]
    said: Understood | None


class ElsewhereError(InputError):
    """A sentence that asks for something other than a plan; `said` is what was understood."""

    def __init__(self, said: Understood) -> None:
        self.said = said
        super().__init__(
            "장보기를 묻는 말이 아니에요. 살 것을 적어 주세요. 예: 배추 1포기, 달걀 30개"
        )


class WhichError(InputError):
    """A word that may be several things; `word` stands in the text, `choices` may replace it."""

    def __init__(self, said: Understood, word: str, choices: tuple[str, ...]) -> None:
        self.said = said
        self.word = word
        self.choices = choices
        super().__init__(said.ask or f"어떤 {word}인가요?")


def read(asked: Asked, on: date, catalog: Catalog, book: Book) -> Read:
    """Read what was typed on a day. Raises InputError where nothing was typed or is left,
    ElsewhereError and WhichError."""
    text = asked.checked_list()
    needs, unread = read_list(text, catalog)
    if not unread:
        return Read(needs, unread, None)
    said = understand(text, on, catalog, book)
    if not is_sentence(text, needs, said):
        return Read(needs, unread, None)
    said = without(said, asked, catalog)
    if said.intent is not Intent.PLAN:
        raise ElsewhereError(said)
    if said.ask:
        word = next((n.item for n in said.needs if n.item not in catalog.items), "")
        if word and word in text:
            raise WhichError(said, word, choices_for(word, catalog))
    return Read((), (), said)


def choices_for(word: str, catalog: Catalog) -> tuple[str, ...]:
    """What a word for a family (고기, 버섯) may mean."""
    return _CHOICES.get(word) or tuple(read_families(catalog.items).get(word, ()))


def without(said: Understood, asked: Asked, catalog: Catalog) -> Understood:
    """What was understood, less what was taken back, for the people chosen since."""
    dropped = {word.strip() for word in asked.without.split(",") if word.strip()}
    if not dropped and not asked.people:
        return said
    people = asked.headcount() if asked.people else said.people
    dishes = tuple(dish for dish in said.dishes if dish.name not in dropped)
    if asked.people:
        changed = {"servings": float(people or 0), "batch_amount": None, "batch_unit": None}
        dishes = tuple(dish.model_copy(update=changed) for dish in dishes)
    needs = tuple(need for need in said.needs if need.item not in dropped)
    if (said.needs or said.dishes) and not (needs or dishes):
        raise InputError("다 빼셔서 살 것이 남지 않았어요. 살 것을 다시 적어 주세요.")
    exclude = [name for name in said.exclude if KEPT + name not in dropped]
    exclude += [name for name in dropped if name in catalog.items and name not in exclude]
    empty = {name: () if name == "prefer" else None for name in FIELDS if name in dropped}
    update = {"people": people, "dishes": dishes, "needs": needs, "exclude": tuple(exclude)}
    return said.model_copy(update=update | empty)
