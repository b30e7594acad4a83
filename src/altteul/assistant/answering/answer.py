"""One answer for whatever was asked: by intent, from the market's and the planner's documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.answering import about_items
from altteul.assistant.answering.about_dish import answer_dish
from altteul.assistant.answering.about_plan import answer_plan
from altteul.assistant.answering.spoken_answer import SpokenAnswer, spoken_answer
from altteul.assistant.understood import Intent, Understood

if TYPE_CHECKING:
    from altteul.assistant.request import ReadyRequest
    from altteul.catalog import Catalog
    from altteul.forecast.record import RecordReport
    from altteul.forecast.verdict import Verdict
    from altteul.market import Market
    from altteul.market.offer import Place
    from altteul.planner.plan import Plan

RADIUS_M = 5_000
MOST_COMPARED = 4
"""Items whose prices are told in one answer."""
WHICH_ITEM = "어떤 것이 궁금하신지 말씀해 주세요. 예를 들어 배추, 달걀처럼요."
WHERE = "어디 계신지 말씀해 주세요. 예를 들어 노원구 공릉동처럼요."
HELP = (
    "무엇을 사실지, 어디 계신지 말씀해 주시면 어디가 가장 싼지 알려 드려요.",
    "이렇게 물어보세요. 내일 비빔밥 사 인분 재료를 어디서 사지? 배추 값이 얼마야? "
    "시금치 대신 뭐가 좋아?",
)
OUT_OF_SCOPE = (
    "그것은 알뜰이 모르는 일이에요.",
    "알뜰은 먹을거리를 어디서 사면 싼지 알려 드려요.",
)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the forecast room knows of what was asked; None where it knows nothing."""

    verdict: Verdict | None = None
    record: RecordReport | None = None


def answer(  # noqa: PLR0913 - documents that may be there or not
    understood: Understood,
    *,
    market: Market,
    catalog: Catalog,
    place: Place | None,
    on: date,
    plan: Plan | None = None,
    ready: ReadyRequest | None = None,
    use: str | None = None,
    foreseen: Foreseen | None = None,
) -> SpokenAnswer:
    """Answer what was understood. `ready` and `plan` are its request and the plan of that, where
    they were made; `use` is what a substitute is for (김치, 쌈 …). `foreseen` is what
    the forecast room knows, for "when" and "record". `place` may be None where no price is asked.

    Raises the errors of the rooms (UnknownItemError, NoDataError), which are sentences themselves.
    """
    if understood.ask:
        asked = spoken_answer((understood.ask,))
        return asked.model_copy(update={"question": True})
    if understood.intent is Intent.PLAN and plan is not None:
        return answer_plan(plan, ready, understood)
    only_dishes = understood.dishes and not understood.needs
    if understood.intent is Intent.DISH or (only_dishes and understood.intent is not Intent.WHY):
        return answer_dish(understood, on, plan, ready)
    if understood.intent is Intent.RECORD:
        return about_items.answer_record(foreseen.record if foreseen else None)
    return _about_items(understood, market, catalog, place, on, use, foreseen)


def _about_items(
    understood: Understood,
    market: Market,
    catalog: Catalog,
    place: Place | None,
    on: date,
    use: str | None,
    foreseen: Foreseen | None,
) -> SpokenAnswer:
    fixed = {
        Intent.HELP: lambda: spoken_answer(HELP[:1], HELP[1:]),
        Intent.OUT_OF_SCOPE: lambda: spoken_answer(OUT_OF_SCOPE),
    }
    if understood.intent in fixed:
        return fixed[understood.intent]()
    items = [catalog.item(need.item) for need in understood.needs]
    if understood.intent is Intent.SEASON:
        if not items:
            return about_items.answer_what_is_in_season(list(catalog.items.values()), on.month)
        return about_items.answer_season(items, on.month)
    if not items:
        return spoken_answer((WHICH_ITEM,)).model_copy(update={"question": True})
    if place is None:
        return spoken_answer((WHERE,)).model_copy(update={"question": True})
    first = understood.needs[0]
    spoken = " ".join(filter(None, (first.item, first.variety)))
    if understood.intent is Intent.SUBSTITUTE:
        from altteul.planner.substitution import advise
        from altteul.recipes.substitutes import load_swaps

        return about_items.answer_substitute(
            advise(
                spoken,
                use or understood.use or _use_in_dish(understood, first.item),
                place,
                on,
                market,
                catalog,
                load_swaps(),
                radius_m=RADIUS_M,
            )
        )
    report = market.price_report(spoken, place, on, RADIUS_M)
    if understood.intent is Intent.WHEN:
        return about_items.answer_when(report, foreseen.verdict if foreseen else None)
    if understood.intent is Intent.WHY:
        return about_items.answer_why(report, items[0], on.month)
    if len(understood.needs) > 1:
        named = understood.needs[:MOST_COMPARED]
        return about_items.answer_prices(
            [market.price_report(need.item, place, on, RADIUS_M) for need in named]
        )
    return about_items.answer_price(report, first)


def _use_in_dish(understood: Understood, item: str) -> str | None:
    """What the item is for in the dish that was named beside it; None where none is known."""
    from altteul.recipes.book import load_book
    from altteul.recipes.substitutes import load_swaps

    known = load_swaps().uses_of(item)
    for spoken in understood.dishes:
        dish = load_book().find(spoken.name)
        for ingredient in dish.to_buy:
            if ingredient.item == item and dish.use_of(ingredient) in known:
                return dish.use_of(ingredient)
    return None
