"""What was said → what the planner plans, with every assumption stated in Korean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from altteul.assistant.needed import Needed, needed
from altteul.assistant.questions import NOT_IN_THE_BOOK
from altteul.assistant.sorts_of_shop import CHANNELS, shops_for
from altteul.assistant.understood import SpokenDish, Understood
from altteul.errors import InputError
from altteul.korean.particles import with_particle
from altteul.planner.cooking import needs_of
from altteul.planner.plan import Request, Trip, Unread
from altteul.recipes.dish import Dish
from altteul.recipes.shopping import PantryNeed, shopping_for

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.market import Market
    from altteul.market.offer import Place
    from altteul.recipes.book import Book

USUAL_PEOPLE = 2
"""Eaters where nobody said how many: a stated assumption, said beside every plan that uses it."""
LARGE_MAKING = 6
"""Dishes made for so many or more (김장, 차례상, 장아찌) are taken as the book makes them."""
NEAR_DAYS = 14
"""A day farther off is planned with the prices known today."""
MOST_DAYS = 6
"""Days after the first on which one may still shop: the planner's week."""


class NothingReadError(InputError):
    """No piece of what was typed could be read; `unread` tells why for each."""

    def __init__(self, unread: tuple[Unread, ...]) -> None:
        self.unread = unread
        super().__init__("목록에서 알아본 것이 없어요. 품목과 양을 적어 주세요. 예: 배추 1포기")


@dataclass(frozen=True, slots=True)
class ReadyRequest:
    """A request for the planner; of a sentence also what it means, what is taken to be at home,
    and what was assumed."""

    request: Request
    pantry: tuple[PantryNeed, ...] = ()
    assumptions: tuple[str, ...] = ()
    said: Understood | None = None
    notice: str = ""
    """That a model read the sentence; it must be shown. Empty where none did."""

    def checked(self) -> ReadyRequest:
        """The same; NothingReadError where nothing is left to plan."""
        if not self.request.needs:
            raise NothingReadError(self.request.unread)
        return self


def to_request(
    understood: Understood,
    catalog: Catalog,
    book: Book,
    market: Market,
    default_place: Place | None,
    on: date,
    trip: Trip = Trip(),  # noqa: B008 - frozen
) -> ReadyRequest:
    """Make what was said on a day plannable; nothing that was said is dropped in silence.

    How one travels is `trip` but for what was said of it. Raises PlaceError for an unknown place,
    InputError without any place.
    """
    place = _place(understood, market, default_place)
    day, latest, notes = _days(understood, on)
    trip = _trip(understood, trip)
    dishes, about_dishes = _dishes(understood, book)
    said = [
        needed(need, catalog, market, place, day, trip)
        for need in understood.needs
        if need.item not in understood.exclude
    ]
    apart = {each.need.item for each in said if each.need}
    shopping = shopping_for(dishes, catalog, exclude={*understood.exclude, *apart})
    wished = tuple(word for word in understood.prefer if word not in CHANNELS)
    needs = (*(each.need for each in said if each.need), *needs_of(shopping))
    shops = shops_for(understood, {need.item for need in needs}, market, place, day, trip)
    request = Request(
        needs=tuple(need.model_copy(update={"preferences": wished}) for need in needs),
        place=place,
        on=day,
        latest=latest,
        budget=understood.budget,
        trip=trip,
        channels=shops.channels,
        unread=(
            *(each.unread for each in said if each.unread),
            *_unknown(understood, catalog),
        ),
    )
    notes += [*_guesses(understood), *about_dishes, *_notes(said), *shops.notes]
    return ReadyRequest(request, shopping.pantry, tuple(notes), understood)


def _place(understood: Understood, market: Market, default_place: Place | None) -> Place:
    if understood.place:
        return market.place(understood.place)
    if default_place is None:
        raise InputError("어디서 장을 보실지 알려 주세요. '노원구 공릉동'처럼 말씀하시면 됩니다.")
    return default_place


def _days(understood: Understood, on: date) -> tuple[date, date | None, list[str]]:
    """The first day to shop, the last one where there are several, and what was assumed.

    "내일" is that day; "금요일까지" is any day from today on, a week at most.
    """
    said = understood.date
    if said is None or said <= on:
        return on, None, _several(understood)
    if understood.until:
        latest = min(said, on + timedelta(days=MOST_DAYS))
        return on, latest, [] if said - on <= timedelta(days=NEAR_DAYS) else [_far(said)]
    if said - on <= timedelta(days=NEAR_DAYS):
        return said, None, _several(understood)
    return on, None, [_far(said)]


def _several(understood: Understood) -> list[str]:
    day = understood.date
    if day is None or not understood.several_days:
        return []
    return [
        f"여러 날을 말씀하셔서, 가장 이른 {day.month}월 {day.day}일에 다 사는 것으로 보았습니다."
    ]


def _far(said: date) -> str:
    return f"{said.month}월 {said.day}일은 아직 멀어 지금까지 조사된 가격으로 보았습니다."


def _trip(understood: Understood, trip: Trip) -> Trip:
    stops = min(understood.max_stops or trip.max_stops, trip.max_stops)
    return trip.model_copy(update={"mode": understood.mode or trip.mode, "max_stops": stops})


def _dishes(
    understood: Understood, book: Book
) -> tuple[list[tuple[Dish, float | None]], list[str]]:
    """The dishes with their servings, and what was assumed about those without."""
    chosen: list[tuple[Dish, float | None]] = []
    notes = []
    for spoken in understood.cooked:
        dish = book.find(spoken.name)
        servings = _of_batch(spoken, dish) if dish.batch else spoken.servings or understood.people
        if servings is None and (dish.batch or dish.servings >= LARGE_MAKING):
            made = dish.batch or f"{dish.servings}인분"
            taken = with_particle(made, "으로/로")
            notes.append(f"{dish.name}의 양을 말씀하지 않아 {taken} 보았습니다.")
        elif servings is None:
            servings = USUAL_PEOPLE
            notes.append(f"몇 명인지 말씀하지 않아 {dish.name} {USUAL_PEOPLE}인분으로 보았습니다.")
        chosen.append((dish, servings))
    listed = [spoken.name for spoken in understood.dishes if spoken not in understood.cooked]
    notes += [f"{name} 재료는 말씀하신 것만 담았습니다." for name in listed]
    return chosen, notes


def _of_batch(spoken: SpokenDish, dish: Dish) -> float | None:
    """'김장 스무 포기' in servings, where the book measures the dish by 포기."""
    made = re.search(r"(\d+(?:\.\d+)?)\s*(\S+)$", dish.batch or "")
    if spoken.batch_amount is None or not made or made[2] != spoken.batch_unit:
        return None
    return dish.servings * spoken.batch_amount / float(made[1])


def _unknown(understood: Understood, catalog: Catalog) -> list[Unread]:
    goods = [
        Unread(
            text=text,
            reason="모르는 품목입니다.",
            suggestions=tuple(catalog.suggest(text.split()[0])),
        )
        for text in understood.unknown
    ]
    dishes = [Unread(text=name, reason=NOT_IN_THE_BOOK) for name in understood.strange_dishes]
    return [*goods, *dishes]


def _guesses(understood: Understood) -> list[str]:
    """Words that were taken for something near them are said, never replaced in silence."""
    return [
        f"'{need.guessed}'{with_particle(need.guessed, '은/는')[len(need.guessed) :]} "
        f"{with_particle(need.item, '으로/로')} 알아들었습니다."
        for need in understood.needs
        if need.guessed and need.guessed not in need.item
    ]


def _notes(said: list[Needed]) -> list[str]:
    return [each.assumption for each in said if each.assumption]
