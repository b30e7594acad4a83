"""What of a sentence somebody takes back (`without`, `people` in the address) is taken out of what
was understood, never out of the text."""

from __future__ import annotations

from typing import Final

from altteul.assistant.understood import Understood
from altteul.catalog import Catalog
from altteul.errors import InputError
from altteul.web.asked import Asked

FIELDS: Final = ("date", "place", "budget", "mode", "max_stops", "prefer")
"""What may be taken back by its own name; items and dishes are taken back by theirs."""
KEPT: Final = "-"
"""Before the name of an item: leave it in after all ("깻잎 빼고" taken back)."""


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
