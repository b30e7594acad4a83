"""What stands behind `altteul plan`: a list or a sentence, made ready for the planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from altteul.errors import InputError
from altteul.planner.plan import Request, Trip

if TYPE_CHECKING:
    from altteul.assistant.understood import Understood
    from altteul.cli.opening import Opened
    from altteul.recipes.shopping import PantryNeed

WHERE = '어디서 장을 보실지 적어 주세요. 예: --near "노원구 공릉동"'


@dataclass(frozen=True, slots=True)
class Ready:
    """A request with what was assumed and what is taken to be at home."""

    request: Request
    assumptions: tuple[str, ...] = ()
    pantry: tuple[PantryNeed, ...] = ()


def make_ready(text: str, opened: Opened, near: str | None, on: date, trip: Trip) -> Ready:
    """Read a list, or else a sentence said on the day `on`; the sentence's own words win.

    Raises InputError without a place, or where the words ask for something else than a plan.
    """
    from altteul.assistant.shopping_list import read_list

    needs, unread = read_list(text, opened.catalog)
    if unread and (said := _sentence(text, opened, on)) is not None:
        return _of_sentence(said, opened, near, on, trip)
    if near is None:
        raise InputError(WHERE)
    place = opened.market.place(near)
    return Ready(Request(needs=needs, unread=unread, place=place, on=on, trip=trip))


def _sentence(text: str, opened: Opened, on: date) -> Understood | None:
    from altteul.assistant.list_or_sentence import is_sentence
    from altteul.assistant.shopping_list import read_list
    from altteul.assistant.understanding import understand
    from altteul.recipes.book import load_book

    said = understand(text, on, opened.catalog, load_book())
    return said if is_sentence(text, read_list(text, opened.catalog)[0], said) else None


def _of_sentence(said: Understood, opened: Opened, near: str | None, on: date, trip: Trip) -> Ready:
    from altteul.assistant.request import to_request
    from altteul.assistant.understood import Intent
    from altteul.recipes.book import load_book

    if said.intent is not Intent.PLAN:
        raise InputError("장보기를 묻는 말이 아닙니다. 살 것을 적어 주세요. 예: 배추 1포기")
    if said.ask:
        raise InputError(said.ask)
    if not (said.place or near):
        raise InputError(WHERE)
    default = None if said.place or near is None else opened.market.place(near)
    made = to_request(said, opened.catalog, load_book(), opened.market, default, on)
    stops = min(trip.max_stops, said.max_stops or trip.max_stops)
    trip = trip.model_copy(update={"mode": said.mode or trip.mode, "max_stops": stops})
    request = made.request.model_copy(update={"trip": trip})
    return Ready(request, made.assumptions, made.pantry)
