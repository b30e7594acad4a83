"""One question in words → one answer in words: whatever was asked, after what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from altteul.assistant.answering import Foreseen, SpokenAnswer, answer
from altteul.assistant.answering.telling import tell
from altteul.assistant.asking import NoPlaceError, Typed, make_ready
from altteul.assistant.dialogue.talking import read_talk
from altteul.assistant.understood import Intent, Understood
from altteul.planner.plan import Trip

if TYPE_CHECKING:
    from altteul.assistant.language_model.endpoint import Endpoint
    from altteul.catalog import Catalog
    from altteul.forecast.record import RecordReport
    from altteul.forecast.verdict import Verdict
    from altteul.history import History
    from altteul.market import Market
    from altteul.recipes.book import Book
    from altteul.settings import Settings

PLACELESS = frozenset({Intent.HELP, Intent.OUT_OF_SCOPE, Intent.RECORD, Intent.SEASON})
RADIUS_M = 5_000


@dataclass(frozen=True, slots=True)
class Rooms:
    """What an answer is made from."""

    settings: Settings
    history: History
    market: Market
    catalog: Catalog
    book: Book
    endpoint: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What was understood, the answer, and the notices that a model took part."""

    said: Understood | None
    answer: SpokenAnswer
    notices: tuple[str, ...] = ()


def converse(
    text: str, near: str | None, on: date, rooms: Rooms, earlier: Sequence[str] = ()
) -> Answered:
    """Answer what was asked on a day, `earlier` being the sentences said before in this talk.

    Raises NoPlaceError where a place is needed and none is known, and the errors of the rooms.
    """
    typed = read_talk((*earlier, text), on, rooms.catalog, rooms.book, rooms.endpoint)
    said = typed.said
    if said is None or (_is_planned(said) and not said.ask):
        return _planned(typed, near, on, rooms)
    place_name = said.place or near
    if place_name is None and said.intent not in PLACELESS and not said.ask:
        raise NoPlaceError(said)
    place = rooms.market.place(place_name) if place_name else None
    told = answer(
        said,
        market=rooms.market,
        catalog=rooms.catalog,
        place=place,
        on=on,
        foreseen=Foreseen(_verdict(said, place_name, on, rooms), _record(said, rooms)),
    )
    return Answered(said, told, tuple(filter(None, [typed.notice])))


def _is_planned(said: Understood) -> bool:
    """Whether a plan answers it: also what a dish costs to make."""
    cost = said.intent is Intent.PRICE and said.dishes and not said.needs
    return said.intent is Intent.PLAN or bool(cost)


def _planned(typed: Typed, near: str | None, on: date, rooms: Rooms) -> Answered:
    from altteul.planner import make_plan

    if not (near or (typed.said and typed.said.place)):
        raise NoPlaceError(typed.said)
    ready = make_ready(typed, near, on, Trip(), rooms.market, rooms.catalog, rooms.book).checked()
    plan = make_plan(ready.request, rooms.market, rooms.catalog)
    told = tell(plan, ready, rooms.catalog, rooms.endpoint)
    return Answered(typed.said, told.answer, tuple(filter(None, [ready.notice, told.notice])))


def _verdict(said: Understood, near: str | None, on: date, rooms: Rooms) -> Verdict | None:
    if said.intent is not Intent.WHEN or not said.needs or near is None:
        return None
    from altteul.assistant.answering.advising import chart_near, verdict_of

    place = rooms.market.place(near)
    report = rooms.market.price_report(said.needs[0].item, place, on, RADIUS_M)
    chart = chart_near(report, rooms.history, rooms.settings.home)
    return verdict_of(chart, on, rooms.catalog)


def _record(said: Understood, rooms: Rooms) -> RecordReport | None:
    if said.intent is not Intent.RECORD:
        return None
    from altteul.forecast.record import record_summary

    return record_summary(rooms.settings.state_database)
