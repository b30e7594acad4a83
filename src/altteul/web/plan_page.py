"""What the page of a plan shows, from the plan and what was understood."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from altteul.assistant.answering import main_comparison
from altteul.assistant.answering.telling import Told
from altteul.assistant.asking import ReadyRequest
from altteul.catalog import Catalog
from altteul.korean.spoken_numbers import read_aloud
from altteul.planner.plan import Plan
from altteul.planner.verdict import counting_leftovers
from altteul.recipes.substitutes import load_swaps
from altteul.web.asked import Asked
from altteul.web.map_drawing import PlanMap, plan_map
from altteul.web.mending import mended
from altteul.web.sharing import share_text
from altteul.web.showing import ways
from altteul.web.understood_words import spoken_values, talk
from altteul.web.wishes import swap_notes
from altteul.web.words import PROGRAMME_WORDS, short_day
from altteul.web.words import day as day_words


def plan_values(
    asked: Asked, ready: ReadyRequest, plan: Plan, told: Told, catalog: Catalog
) -> dict[str, Any]:
    """The values of plan.html besides those of the form; `told` is the plan in words."""
    place = (ready.said.place if ready.said else None) or asked.near
    nearby = Asked(near=place, on=plan.request.on.isoformat()).query()
    against = main_comparison(plan)
    return {
        **spoken_values(ready, asked, catalog),
        "talk": talk(asked),
        "sentences": told.sentences,
        "worded_by": told.notice,
        "plan": plan,
        "headline": unbroken(told.headline),
        "when_said": _when(plan),
        "say": read_aloud(" ".join((told.headline, _when(plan), *told.sentences))),
        "share": share_text(plan, told.headline),
        "map": _map(plan),
        "against": against,
        "counted": counting_leftovers(against.plan, plan.best) if against and plan.best else "",
        "ways": ways(plan),
        "programmes": _programmes(plan),
        "swaps": swap_notes(plan, load_swaps()),
        "pieces": mended((*plan.request.unread, *plan.not_priced), asked, catalog),
        "item_link": lambda item: f"/item/{quote(item, safe='')}?{nearby}",
    }


def unbroken(sentence: str) -> str:
    """The sentence with "한 곳" never parted at the end of a line."""
    return sentence.replace(" 곳", "\N{NO-BREAK SPACE}곳")


def _programmes(plan: Plan) -> list[str]:
    """The discounts that the plan uses, by name."""
    stops = plan.best.stops if plan.best else ()
    used = [saved.programme for stop in stops for saved in stop.discounts]
    return [PROGRAMME_WORDS[one] for one in dict.fromkeys(used)]


def _when(plan: Plan) -> str:
    """That something is bought on another day than the first possible one."""
    days = [trip.day for trip in plan.best.trips] if plan.best else []
    later = [day_words(day) for day in days if day != plan.request.on]
    if not later:
        return ""
    if plan.not_today:
        return f"{short_day(plan.request.on)} 말고 {later[0]}에 사는 것이 나아요."
    return f"일부는 기다렸다가 {later[0]}에 사는 것이 나아요."


def _map(plan: Plan) -> PlanMap | None:
    if plan.best is None:
        return None
    home = plan.request.trip.returns_home
    return plan_map(plan.request.place, plan.best.stops, returns_home=home)
