"""Reading with a model what the grammar could not: a tool call, validated, nothing invented.

An item or dish must be in the catalog or the book, a number or place must stand in the sentence.
What the grammar has read stays; the model only fills what is empty.
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - the field is named date
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from altteul.assistant.language_model.endpoint import Endpoint, ModelFailedError
from altteul.assistant.language_model.fencing import DATA_IS_NO_ORDER, fenced
from altteul.assistant.language_model.numbers_said import numbers_said
from altteul.assistant.understood import Intent, SpokenDish, SpokenNeed, Understood
from altteul.catalog import Catalog
from altteul.errors import InputError
from altteul.frozen import Frozen
from altteul.planner.plan import Mode
from altteul.recipes.book import Book

TOOL = "read_request"
LONGEST_SENTENCE = 500
MOST_THINGS = 60
DAYS_AHEAD = 366
LEAST_CERTAIN = 1.0
"""Only exact names and aliases of the catalog; a near name would be a guess upon a guess."""

ORDERS = (
    "한국어 장보기 문장을 읽어 read_request 도구를 한 번 부르세요. 문장에 없는 것은 비워 두고, "
    "지어내지 마세요. 품목과 음식은 문장에 나온 이름을 흔한 표준 이름으로 적으세요. "
    + DATA_IS_NO_ORDER
)
NOTICE = "말씀을 알아듣는 데 언어 모델({name})을 썼어요. 다르게 알아들었으면 고쳐 주세요."
NOT_READ = frozenset({Intent.OUT_OF_SCOPE, Intent.HELP})


class ModelReading(Frozen):
    """A sentence read with the help of a model, and the notice that must be shown with it."""

    understood: Understood
    notice: str


class _Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    item: str = Field(max_length=40)
    amount: float | None = Field(default=None, gt=0, le=100_000)
    unit: str | None = Field(default=None, max_length=10)


class _Dish(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=40)
    servings: float | None = Field(default=None, gt=0, le=1_000)


class _Read(BaseModel):
    """The arguments of the tool, before names and numbers are checked."""

    model_config = ConfigDict(extra="forbid")
    intent: Intent
    needs: list[_Thing] = Field(default=[], max_length=MOST_THINGS)
    dishes: list[_Dish] = Field(default=[], max_length=MOST_THINGS)
    people: int | None = Field(default=None, ge=1, le=1_000)
    date: Day | None = None
    place: str | None = Field(default=None, max_length=80)
    budget: int | None = Field(default=None, ge=1, le=100_000_000)
    mode: Mode | None = None
    max_stops: int | None = Field(default=None, ge=1, le=3)
    exclude: list[str] = Field(default=[], max_length=MOST_THINGS)


def read_with_model(
    sentence: str,
    on: Day,
    understood: Understood | None,
    endpoint: Endpoint | None,
    catalog: Catalog,
    book: Book,
) -> ModelReading | None:
    """The sentence read with the model; None whenever that gives nothing that holds.

    `understood` is what the grammar read, None where it read nothing. `on` is the day it was said.
    """
    if endpoint is None or not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
        return None
    try:
        read = _asked(sentence, on, endpoint)
    except (ModelFailedError, ValidationError):
        return None
    found = _checked(read, sentence, on, catalog, book)
    merged = _merged(understood, found)
    if merged is None or merged == understood:
        return None
    return ModelReading(understood=merged, notice=NOTICE.format(name=endpoint.name))


def _asked(sentence: str, on: Day, endpoint: Endpoint) -> _Read:
    question = fenced({"said_on": on.isoformat(), "sentence": sentence})
    messages = [{"role": "system", "content": ORDERS}, {"role": "user", "content": question}]
    reply = endpoint.ask(messages, tool=_tool())
    if len(reply.tool_calls) != 1 or reply.tool_calls[0].name != TOOL:
        raise ModelFailedError("another tool, or none")
    return _Read.model_validate_json(reply.tool_calls[0].arguments)


def _tool() -> dict[str, Any]:
    return {
        "name": TOOL,
        "description": "문장에서 읽은 장보기 요청",
        "parameters": _Read.model_json_schema(),
    }


def _checked(read: _Read, sentence: str, on: Day, catalog: Catalog, book: Book) -> Understood:
    """Only what the catalog, the book and the sentence itself bear out."""
    numbers = {value for value, _ in numbers_said(sentence)}
    return Understood(
        intent=read.intent,
        needs=tuple(n for thing in read.needs if (n := _need(thing, numbers, catalog))),
        dishes=tuple(d for dish in read.dishes if (d := _dish(dish, numbers, book))),
        people=read.people if _said(read.people, numbers) else None,
        date=read.date if read.date and on <= read.date <= _last(on) else None,
        place=read.place if read.place and _bare(read.place) in _bare(sentence) else None,
        budget=read.budget if _said(read.budget, numbers) else None,
        mode=read.mode,
        max_stops=read.max_stops if _said(read.max_stops, numbers) else None,
        exclude=tuple(name for text in read.exclude if (name := _item(text, catalog))),
    )


def _need(thing: _Thing, numbers: set[str], catalog: Catalog) -> SpokenNeed | None:
    name = _item(thing.item, catalog)
    if name is None:
        return None
    if thing.unit is None or not _said(thing.amount, numbers):
        return SpokenNeed(item=name)
    return SpokenNeed(item=name, amount=thing.amount, unit=thing.unit)


def _dish(dish: _Dish, numbers: set[str], book: Book) -> SpokenDish | None:
    try:
        name = book.find(dish.name).name
    except InputError:
        return None
    return SpokenDish(name=name, servings=dish.servings if _said(dish.servings, numbers) else None)


def _item(text: str, catalog: Catalog) -> str | None:
    try:
        found = catalog.find(text)
    except InputError:
        return None
    return found.item.name if found.score >= LEAST_CERTAIN else None


def _said(number: float | None, numbers: set[str]) -> bool:
    return number is not None and f"{number:.10g}" in numbers


def _last(on: Day) -> Day:
    return on + timedelta(days=DAYS_AHEAD)


def _bare(text: str) -> str:
    return "".join(text.split())


def _merged(grammar: Understood | None, model: Understood) -> Understood | None:
    """The grammar's reading with what the model adds; None where nothing was found at all."""
    if not (model.needs or model.dishes) and model.intent in {*NOT_READ, Intent.PLAN}:
        return None
    if grammar is None or grammar.intent in NOT_READ:
        return model
    empty = {
        name: getattr(model, name)
        for name in Understood.model_fields
        if name not in ("intent", "ask") and not getattr(grammar, name)
    }
    if grammar.needs or grammar.dishes:
        # One list: what the grammar found in a sentence is not mixed with the model's guesses.
        empty = {name: value for name, value in empty.items() if name not in ("needs", "dishes")}
    return grammar.model_copy(update=empty)
