"""What goes into a dish, and what it costs where a plan was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from altteul.assistant.answering.about_plan import answer_plan
from altteul.assistant.answering.spoken_answer import SpokenAnswer, spoken_answer
from altteul.assistant.understood import Understood
from altteul.korean.particles import with_particle
from altteul.recipes.book import load_book

if TYPE_CHECKING:
    from altteul.assistant.request import ReadyRequest
    from altteul.planner.plan import Plan
    from altteul.recipes.dish import Dish

WHICH_DISH = "어떤 음식을 하실지 말씀해 주세요. 예를 들어 비빔밥, 미역국처럼요."


def answer_dish(
    understood: Understood, plan: Plan | None = None, ready: ReadyRequest | None = None
) -> SpokenAnswer:
    """The ingredients of the dishes; with a plan also where and for how much.

    Raises UnknownDishError with the nearest names for a dish that is not in the book.
    """
    dishes = [load_book().find(spoken.name) for spoken in understood.dishes]
    if not dishes:
        return spoken_answer((WHICH_DISH,)).model_copy(update={"question": True})
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
