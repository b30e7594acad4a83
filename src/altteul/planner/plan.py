"""The documents of the planner: Request in, Plan out. `altteul plan --json` prints a Plan.

The JSON is a contract (docs/topics/plan-json.md): fields are added, never renamed or removed,
within one `schema_version`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from altteul.frozen import Frozen
from altteul.history.seller import Seller
from altteul.market.offer import Basis, Place, UnitPrice, WonRange
from altteul.sources.observation import Discount

SCHEMA_VERSION = "altteul.plan/1"


class Mode(StrEnum):
    """How one travels."""

    WALK = "walk"
    BUS = "bus"
    CAR = "car"


class Trip(Frozen):
    """How the shopping is done; the value of time is won per hour.

    The default value of time is a stated assumption, near Korea's minimum wage of 2026
    (10,320 won an hour).
    """

    mode: Mode = Mode.BUS
    value_of_time: int = 10_000
    max_stops: int = 3
    radius_m: int | None = None
    returns_home: bool = True


class Need(Frozen):
    """An amount of an item. `text` is what was said. The amount is in `unit` as spoken
    ("포기", "g"); low and high differ when it was said loosely (두어 포기)."""

    text: str
    item: str
    variety: str | None = None
    amount_low: float
    amount: float
    amount_high: float
    unit: str
    assumed_amount: bool = False


class Unread(Frozen):
    """A piece of the list that is not planned, why, and the nearest names."""

    text: str
    reason: str
    suggestions: tuple[str, ...] = ()


class Request(Frozen):
    """What somebody wants: needs, a place, a day, a trip."""

    needs: tuple[Need, ...]
    place: Place
    on: date
    trip: Trip = Trip()
    unread: tuple[Unread, ...] = ()


class Purchase(Frozen):
    """So many packs of one offer for one need. Won are for all packs together."""

    need: str
    item: str
    variety: str | None
    pack_label: str
    packs: int
    won: WonRange
    pack_won: int
    unit_price: UnitPrice
    leftover: str | None
    amount_estimated: bool
    observed_on: date
    age_days: int
    basis: Basis
    source: str
    discount: Discount | None
    note: str | None


class Leg(Frozen):
    """The way to a stop (or home): metres, minutes, and what it costs in won."""

    distance_m: int
    minutes: float
    fare: int
    time_won: int


class Stop(Frozen):
    """One seller, the way there, what is bought, and keyless links for directions.

    `stop_minutes` go by at the stop itself (parking, entering, paying); `stop_won` is their price.
    """

    seller: Seller
    leg: Leg
    purchases: tuple[Purchase, ...]
    goods: WonRange
    kakao_map: str
    naver_map: str
    stop_minutes: float = 0.0
    stop_won: int = 0


class ShoppingPlan(Frozen):
    """One way to do the shopping. `total` is goods + trip, in won.

    `not_bought` are priced needs that this way leaves out; their price of not being covered is in
    `uncovered_won` and inside `cost`, the number that plans are ranked by.
    """

    stops: tuple[Stop, ...]
    way_home: Leg | None
    goods: WonRange
    trip_won: int
    trip_minutes: float
    trip_distance_m: int
    total: WonRange
    not_bought: tuple[str, ...] = ()
    uncovered_won: int = 0
    cost: int


class StopSaving(Frozen):
    """The best plan with at most so many stops, and what the last stop more saves net."""

    max_stops: int
    plan: ShoppingPlan
    saves_won: int
    worth_it: bool


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
    """The answer: the best plan, what each further stop saves, comparisons, and coverage."""

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
