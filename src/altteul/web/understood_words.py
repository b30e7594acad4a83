"""What was understood, shown back as pieces that can be taken back or changed by a link.

What somebody takes back (`without`, `people` in the address) is taken out of what was understood,
never out of the text.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from altteul.assistant.asking import ReadyRequest
from altteul.assistant.understood import SpokenDish, SpokenNeed, Understood
from altteul.catalog import Catalog
from altteul.errors import InputError
from altteul.korean.going import MODE_WORDS
from altteul.recipes.shopping import PantryNeed
from altteul.web.asked import MOST_PEOPLE, Asked
from altteul.web.words import day, places, won

FIELDS: Final = ("date", "place", "budget", "mode", "max_stops", "prefer")
"""What may be taken back by its own name; items and dishes are taken back by theirs."""
KEPT: Final = "-"
"""Before the name of an item: leave it in after all ("깻잎 빼고" taken back)."""


class Piece(NamedTuple):
    """One thing that was understood; `href` asks again without it."""

    label: str
    text: str
    href: str


class Change(NamedTuple):
    """Another value for something, and the address that asks with it."""

    text: str
    href: str


def pieces(said: Understood, asked: Asked) -> list[Piece]:
    """Everything that was understood, in the order in which one checks it."""

    def piece(label: str, text: str, *tokens: str) -> Piece:
        return Piece(label, text, f"/plan?{asked.taking_back(*tokens)}")

    found = [piece("음식", _dish(dish), dish.name) for dish in said.dishes]
    found += [piece("살 것", _need(need), need.item) for need in said.needs]
    found += [
        piece("뺄 것", name, KEPT + name) for name in said.exclude if name not in taken(asked)
    ]
    if said.date:
        found.append(piece("언제", day(said.date), "date"))
    if said.place:
        found.append(piece("어디", said.place, "place"))
    if said.budget:
        found.append(piece("예산", won(said.budget), "budget"))
    if said.mode:
        found.append(piece("다니기", MODE_WORDS[said.mode], "mode"))
    if said.max_stops:
        found.append(piece("들를 곳", f"{places(said.max_stops)}까지", "max_stops"))
    if said.prefer:
        found.append(piece("바라는 것", ", ".join(said.prefer), "prefer"))
    return found


def talk(asked: Asked) -> list[Piece]:
    """What was said after the first question; each sentence can be taken back."""
    return [
        Piece("", sentence, f"/plan?{asked.unsaying(number)}")
        for number, sentence in enumerate(asked.sentences)
    ]


def people_changes(said: Understood, asked: Asked) -> list[Change]:
    """One person fewer and more, where something is cooked for people."""
    count = said.people or next((int(d.servings) for d in said.dishes if d.servings), None)
    if not said.dishes or count is None:
        return []
    others = [n for n in (count - 1, count + 1) if 1 <= n <= MOST_PEOPLE]
    return [Change(f"{n}명이면?", f"/plan?{asked.query(people=str(n))}") for n in others]


def taken(asked: Asked) -> list[str]:
    """What was taken back already."""
    return [word for word in asked.without.split(",") if word]


def said_again(said: Understood) -> frozenset[str]:
    """The words of `Asked.without` (and "people") that a sentence speaks of, so that what was
    taken back or chosen before no longer counts."""
    names = [need.item for need in said.needs] + [dish.name for dish in said.dishes]
    names += [KEPT + name for name in said.exclude]
    return frozenset([*names, *(f for f in (*FIELDS, "people") if getattr(said, f))])


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


def _dish(dish: SpokenDish) -> str:
    if dish.batch_amount is not None:
        return f"{dish.name} {dish.batch_amount:g}{dish.batch_unit or ''}"
    return f"{dish.name} {dish.servings:g}인분" if dish.servings else dish.name


def _need(need: SpokenNeed) -> str:
    name = " ".join(filter(None, (need.item, need.variety)))
    if need.amount is None:
        return name
    amount = (
        f"{need.amount:,.0f}원어치" if need.unit == "원" else f"{need.amount:g}{need.unit or '개'}"
    )
    return f"{name} {amount}"


def spoken_values(ready: ReadyRequest, asked: Asked, catalog: Catalog) -> dict[str, Any]:
    """What the page of a plan shows of a sentence; nothing of it for a plain list."""
    said = ready.said
    if said is None:
        return {"heard": [], "changes": [], "assumptions": (),
                "ingredients": [], "pantry": []}  # fmt: skip
    named = {need.item for need in said.needs}
    used = [need for need in ready.request.needs if said.dishes and need.item not in named]
    return {
        "heard": pieces(said, asked),
        "changes": people_changes(said, asked),
        "assumptions": ready.assumptions,
        "ingredients": [Piece("", n.text, f"/plan?{asked.taking_back(n.item)}") for n in used],
        "pantry": [_at_home(need, asked, catalog) for need in ready.pantry],
    }


def _at_home(need: PantryNeed, asked: Asked, catalog: Catalog) -> Piece:
    """Something taken to be at home; the link puts a usual pack of it on the list."""
    bought = f"{need.item} {catalog.item(need.item).default_pack.label}"
    href = f"/plan?{asked.query(need=f'{asked.need}, {bought}')}"
    return Piece(" + ".join(need.amounts), need.item, href)
