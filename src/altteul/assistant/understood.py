"""What a sentence means: the document that `altteul understand --json` prints.

Absent is null (or an empty list); nothing is invented. Names of items and dishes are those of the
catalog and the book; units are as spoken ("근", "판", "원" for 만 원어치).
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - the field is named date
from enum import StrEnum

from pydantic import Field

from altteul.frozen import Frozen
from altteul.planner.plan import Mode


class Intent(StrEnum):
    """What somebody wants to know."""

    PLAN = "plan"
    PRICE = "price"
    WHEN = "when"
    WHY = "why"
    SUBSTITUTE = "substitute"
    DISH = "dish"
    SEASON = "season"
    RECORD = "record"
    HELP = "help"
    OUT_OF_SCOPE = "out_of_scope"


class SpokenNeed(Frozen):
    """An item with the amount as it was said; a loose number (두어) is its lower whole number.

    `variety`, `low` and `high` serve planning and are not printed.
    """

    item: str
    amount: float | None = None
    unit: str | None = None
    variety: str | None = Field(default=None, exclude=True)
    low: float | None = Field(default=None, exclude=True)
    high: float | None = Field(default=None, exclude=True)
    guessed: str | None = Field(default=None, exclude=True)
    """The word that was taken for the item where it is only near its names."""


class SpokenDish(Frozen):
    """A dish of the book and for how many.

    `batch_amount` and `batch_unit` keep "김장 스무 포기" for planning; `background`: it only says
    what a stated list is for ("팥죽 쑤려고요, 팥 두 되만"). None of these is printed.
    """

    name: str
    servings: float | None = None
    batch_amount: float | None = Field(default=None, exclude=True)
    batch_unit: str | None = Field(default=None, exclude=True)
    background: bool = Field(default=False, exclude=True)


class Understood(Frozen):
    """A sentence, read. `ask` is one short question where it can be read in two ways.

    `until`: any day up to `date` will do ("금요일까지"). `unknown` are goods with an amount that
    are in no catalog ("휴지 두 통"). `loose_servings` ("4인분으로") and `loose_amount`
    ("세 포기로") were said of what was named before; `adds` marks "잡채도" and "추가해 줘".
    `more_people`: `people` come on top of those known ("두 명 더 온대"). None of these is printed;
    they serve `follow_up` and planning.
    """

    intent: Intent
    needs: tuple[SpokenNeed, ...] = ()
    dishes: tuple[SpokenDish, ...] = ()
    people: int | None = None
    date: Day | None = None
    place: str | None = None
    budget: int | None = None
    mode: Mode | None = None
    max_stops: int | None = None
    exclude: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    ask: str | None = None
    loose_servings: float | None = Field(default=None, exclude=True)
    loose_amount: float | None = Field(default=None, exclude=True)
    loose_unit: str | None = Field(default=None, exclude=True)
    adds: bool = Field(default=False, exclude=True)
    unknown: tuple[str, ...] = Field(default=(), exclude=True)
    until: bool = Field(default=False, exclude=True)
    more_people: bool = Field(default=False, exclude=True)
    avoid: tuple[str, ...] = Field(default=(), exclude=True)
    """Sorts of shop that are not wanted ("온라인은 빼고")."""
    several_days: bool = Field(default=False, exclude=True)
    """Days after `date` were named as well."""
    strange_dishes: tuple[str, ...] = Field(default=(), exclude=True)
    """Dishes that were named and are in no book: they are told as not known."""
    use: str | None = Field(default=None, exclude=True)
    """What a substitute is wanted for, as the table of substitutes calls it (김치, 쌈, 국거리)."""

    @property
    def cooked(self) -> tuple[SpokenDish, ...]:
        """The dishes whose ingredients are to be bought: those that a stated list is for are not
        bought on top of it."""
        return tuple(dish for dish in self.dishes if not (dish.background and self.needs))
