"""What goes into a dish, and what it costs where a plan was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.answering.about_plan import answer_plan
from altteul.assistant.answering.spoken_answer import SpokenAnswer, spoken_answer
from altteul.assistant.questions import NOT_IN_THE_BOOK
from altteul.assistant.request import LARGE_MAKING
from altteul.assistant.understood import Understood
from altteul.catalog import load_catalog
from altteul.korean.particles import with_particle
from altteul.recipes.book import load_book

if TYPE_CHECKING:
    from altteul.assistant.request import ReadyRequest
    from altteul.planner.plan import Plan
    from altteul.recipes.dish import Dish

SUGGESTED = 5


def answer_dish(
    understood: Understood,
    on: date,
    plan: Plan | None = None,
    ready: ReadyRequest | None = None,
) -> SpokenAnswer:
    """The ingredients of the dishes; with a plan also where and for how much. Without a dish what
    can be made of the goods that were named, else of what is in season on the day.

    Raises UnknownDishError with the nearest names for a dish that is not in the book.
    """
    dishes = [load_book().find(spoken.name) for spoken in understood.dishes]
    if not dishes:
        return _suggested(understood, on)
    needed = [_ingredients(dish) for dish in dishes]
    if plan is None:
        return spoken_answer(needed, [_at_home(dish) for dish in dishes])
    bought = answer_plan(plan, ready, understood)
    return bought.model_copy(update={"long": " ".join([bought.long, *needed])})


def _ingredients(dish: Dish) -> str:
    made = dish.batch or f"{dish.servings}인분"
    listed = ", ".join(f"{i.written} {i.amount}" for i in dish.to_buy)
    return f"{dish.name} {made}에는 {with_particle(listed, '이/가')} 들어요."


def _at_home(dish: Dish) -> str:
    names = ", ".join(i.written for i in dish.pantry)
    return f"{with_particle(names, '은/는')} 집에 있다고 봤어요." if names else ""


def _suggested(understood: Understood, on: date) -> SpokenAnswer:
    """Dishes to cook, or that a dish is not known."""
    if understood.strange_dishes:
        names = with_particle(", ".join(understood.strange_dishes), "은/는")
        return spoken_answer((f"{names} {NOT_IN_THE_BOOK}",))
    goods = {need.item for need in understood.needs}
    known = _everyday(set(understood.exclude))
    made = [dish for dish in known if goods & {part.item for part in dish.to_buy}]
    if made:
        made.sort(key=lambda dish: -len(goods & {part.item for part in dish.to_buy}))
        with_it = with_particle("·".join(need.item for need in understood.needs), "으로/로")
        names = with_particle(", ".join(d.name for d in made[:SUGGESTED]), "을/를")
        return spoken_answer((f"{with_it} {names} 할 수 있어요.",))
    names = with_particle(", ".join(d.name for d in _in_season(known, on)), "은/는")
    said = f"{on.month}월이 제철인 것으로 하는 {names} 어떠세요?"
    return spoken_answer((said, "음식 이름을 말씀해 주시면 재료를 어디서 사면 싼지 알려 드려요."))


def _everyday(without: set[str]) -> list[Dish]:
    """The dishes of the book for everyday meals that need nothing of what is left out."""
    return [
        dish
        for dish in load_book().dishes.values()
        if not dish.batch
        and dish.servings < LARGE_MAKING
        and dish.to_buy
        and not without & {part.item for part in dish.to_buy}
    ]


def _in_season(dishes: Sequence[Dish], on: date) -> list[Dish]:
    """Those of whose goods most are in season, no two led by the same goods."""
    items = load_catalog().items

    def share(dish: Dish) -> float:
        parts = [items[part.item] for part in dish.to_buy]
        return sum(part.in_season(on.month) is True for part in parts) / (len(parts) + 1)

    chosen: dict[str, Dish] = {}
    for dish in sorted(dishes, key=share, reverse=True):
        chosen.setdefault(dish.to_buy[0].item, dish)
    return list(chosen.values())[:SUGGESTED]
