"""The documents of the planner: Request in, Plan out. `altteul plan --json` prints a Plan.

The JSON is a contract (docs/topics/plan-json.md): fields are added, never renamed or removed,
within one `schema_version`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from altteul.frozen import Frozen
from altteul.planner.request import (
    DeliveryTerms,
    Estimates,
    Mode,
    Need,
    NeedSubstitute,
    Programme,
    Request,
    Risk,
    ShopperDiscount,
    Trip,
    Unread,
)
from altteul.planner.shopping import (
    AppliedDiscount,
    DayTrip,
    Leg,
    Order,
    Purchase,
    ShoppingPlan,
    Stop,
)
from altteul.sources.seller import FeeStep

__all__ = [
    "SCHEMA_VERSION",
    "Alternative",
    "AppliedDiscount",
    "Comparison",
    "DaySaving",
    "DayTrip",
    "DeliveryTerms",
    "Estimates",
    "FeeStep",
    "Gain",
    "Leg",
    "Lever",
    "Mode",
    "Need",
    "NeedSubstitute",
    "Order",
    "Plan",
    "Programme",
    "Purchase",
    "Request",
    "Risk",
    "Sensitivity",
    "ShopperDiscount",
    "ShoppingPlan",
    "Status",
    "Stop",
    "StopSaving",
    "Trip",
    "Unread",
    "UsedSource",
]

SCHEMA_VERSION = "altteul.plan/1"


class StopSaving(Frozen):
    """The best plan with at most so many stops, and what the last stop more saves net."""

    max_stops: int
    plan: ShoppingPlan
    saves_won: int
    worth_it: bool


class DaySaving(Frozen):
    """The best plan that ends at the latest on a day, and what the last day more saves net."""

    until: date
    plan: ShoppingPlan
    saves_won: int
    worth_it: bool


class Lever(StrEnum):
    """What a plan does beyond one shop today with everything as written."""

    STOPS = "stops"
    WAITING = "waiting"
    SUBSTITUTE = "substitute"
    DISCOUNT = "discount"
    DELIVERY = "delivery"
    ESTIMATES = "estimates"


class Gain(Frozen):
    """One step from one shop today to the best plan; the won of all steps add up. `text` is for
    people ("목요일까지 기다리면 -900원")."""

    lever: Lever
    text: str
    saves_won: int


class Alternative(Frozen):
    """A plan nearly as good that goes elsewhere; `costs_more_won` is above the best one's cost."""

    plan: ShoppingPlan
    costs_more_won: int
    without: tuple[str, ...]
    text: str


class Sensitivity(Frozen):
    """One price that would change the plan if it were wrong: from `changes_at_won` on (for all
    packs together, now `won`). `rises` tells in which direction."""

    need: str
    item: str
    seller: str
    day: date
    won: int
    changes_at_won: int
    rises: bool
    text: str


class Comparison(Frozen):
    """A way people would shop otherwise, and how much the best plan saves against it, net."""

    name: str
    plan: ShoppingPlan
    best_saves_won: int


class Status(StrEnum):
    """Whether the plan was proved to be the best."""

    PROVED = "proved"
    GAP = "gap"


class UsedSource(Frozen):
    """A source behind the prices of this answer, with the span of its survey dates."""

    key: str
    title: str
    oldest: date
    newest: date


class Plan(Frozen):
    """The answer: the best plan, what each further stop or day saves, what it is made of, what
    comes close, comparisons, and coverage.

    `left_out` are needs that the budget or the carry limit leaves out; `not_today` tells that
    nothing is to be bought on the first possible day.
    """

    schema_version: str = SCHEMA_VERSION
    request: Request
    best: ShoppingPlan | None
    by_stops: tuple[StopSaving, ...]
    comparisons: tuple[Comparison, ...]
    one_shop_is_enough: bool
    verdict: str
    not_priced: tuple[Unread, ...]
    status: Status
    gap_percent: float
    candidates: int
    sources: tuple[UsedSource, ...]
    simulated: bool
    notices: tuple[str, ...]
    by_days: tuple[DaySaving, ...] = ()
    decomposition: tuple[Gain, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    left_out: tuple[str, ...] = ()
    not_today: bool = False
