"""The documents that go into the planner: needs, a place, days, a trip, and what is wished for.

Every field beyond needs, place and day has a default, so that a plain list is a whole request.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from pydantic import Field

from altteul.frozen import Frozen
from altteul.market.offer import Place
from altteul.sources.observation import Channel
from altteul.sources.seller import Delivery

LEAVES_AT = time(10, 0)
"""When one leaves home unless said otherwise: large stores may not open before ten (유통산업발전법
제12조의2, 영업시간 제한)."""


class Mode(StrEnum):
    """How one travels."""

    WALK = "walk"
    BUS = "bus"
    CAR = "car"


class Risk(StrEnum):
    """How much doubt about a price weighs: 안전하게, 보통, 모험."""

    SAFE = "safe"
    NORMAL = "normal"
    BOLD = "bold"


class Estimates(StrEnum):
    """Whether estimated prices (추정) of unsurveyed sellers may enter a plan."""

    NEVER = "never"
    MISSING = "missing"
    ALWAYS = "always"


class Trip(Frozen):
    """How the shopping is done; the value of time is won per hour.

    The default value of time is a stated assumption, near Korea's minimum wage of 2026
    (10,320 won an hour). `carry_kg` is what one can carry on one trip (None: by `mode`, see
    docs/topics/planner.md); `leaves_at` is when one leaves home on each day.
    """

    mode: Mode = Mode.BUS
    value_of_time: int = 10_000
    max_stops: int = 3
    radius_m: int | None = None
    returns_home: bool = True
    carry_kg: float | None = Field(default=None, gt=0)
    leaves_at: time = LEAVES_AT


class NeedSubstitute(Frozen):
    """Something that may be bought instead: `ratio` grams of it stand for one gram of the need's
    item; `dislike_won` is what one would pay to have the original all the same."""

    item: str
    variety: str | None = None
    ratio: float = Field(default=1.0, gt=0)
    dislike_won: int = Field(default=0, ge=0)


class Need(Frozen):
    """An amount of an item. `text` is what was said. The amount is in `unit` as spoken
    ("포기", "g"); low and high differ when it was said loosely (두어 포기).

    `preferences` are words on the goods ("국산", "유기농"): offers that say otherwise are left
    out; `substitutes` may be bought instead.
    """

    text: str
    item: str
    variety: str | None = None
    amount_low: float
    amount: float
    amount_high: float
    unit: str
    assumed_amount: bool = False
    substitutes: tuple[NeedSubstitute, ...] = ()
    preferences: tuple[str, ...] = ()


class Unread(Frozen):
    """A piece of the list that is not planned, why, and the nearest names."""

    text: str
    reason: str
    suggestions: tuple[str, ...] = ()


class Programme(StrEnum):
    """A discount that the shopper has: 온누리상품권, 지역화폐 (지역사랑상품권), 경로 우대."""

    ONNURI = "onnuri"
    LOCAL_CURRENCY = "local_currency"
    SENIOR = "senior"


class ShopperDiscount(Frozen):
    """A programme that the shopper uses; None takes the programme's usual rate and cap.

    `percent` is what is saved on goods paid with it, `cap_won` the most it saves on one plan at
    one seller.
    """

    programme: Programme
    percent: float | None = Field(default=None, gt=0, le=50)
    cap_won: int | None = Field(default=None, ge=0)


class DeliveryTerms(Delivery):
    """The terms of a seller (by id) who delivers: no way to go."""

    seller: str


class Request(Frozen):
    """What somebody wants: needs, a place, days, a trip, and limits.

    `on` is the first possible day and `latest` the last one (None: `on` alone), at most a week.
    `used_on` is when the goods are used: until then they may spoil (None: as they are bought).
    `budget` is won for goods and delivery. `must` and `never` are sellers by id or name;
    `channels` the only sorts of shop that are gone to or ordered from (none: all of them).
    """

    needs: tuple[Need, ...]
    place: Place
    on: date
    trip: Trip = Trip()
    unread: tuple[Unread, ...] = ()
    latest: date | None = None
    used_on: date | None = None
    budget: int | None = Field(default=None, ge=0)
    risk: Risk = Risk.NORMAL
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    discounts: tuple[ShopperDiscount, ...] = ()
    deliveries: tuple[DeliveryTerms, ...] = ()
    estimates: Estimates = Estimates.NEVER
