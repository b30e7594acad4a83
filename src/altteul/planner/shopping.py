"""The documents of one way to shop: what is bought where, the legs between, and the sums."""

from __future__ import annotations

from datetime import date, time

from altteul.frozen import Frozen
from altteul.history.seller import Seller
from altteul.market.offer import Basis, UnitPrice, WonRange
from altteul.planner.request import Mode, Programme
from altteul.sources.observation import Discount


class Purchase(Frozen):
    """So many packs of one offer for one need. Won are for all packs together.

    Goods sold loose (`weighed`) are one pack of just the amount that is needed. `instead_of` is
    the need's item where a substitute is bought. `leftover_won` is what the leftover is worth,
    `risk_won` what the doubt about the price weighs.
    """

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
    simulated: bool = False
    weighed: bool = False
    instead_of: str | None = None
    dislike_won: int = 0
    leftover_won: int = 0
    risk_won: int = 0
    weight_g: float | None = None


class AppliedDiscount(Frozen):
    """What a programme of the shopper saves at one seller, in won."""

    programme: Programme
    won: int


class Leg(Frozen):
    """The way to a stop (or home): metres, minutes, and what it costs in won; `mode` is on foot
    where a bus rider walks because that costs less."""

    distance_m: int
    minutes: float
    fare: int
    time_won: int
    mode: Mode


class Bought(Frozen):
    """What is bought from one seller, with the shopper's discounts there."""

    seller: Seller
    purchases: tuple[Purchase, ...]
    goods: WonRange
    discounts: tuple[AppliedDiscount, ...] = ()


class Stop(Bought):
    """One seller, the way there, what is bought, and keyless links for directions.

    `stop_minutes` go by at the stop itself (parking, entering, paying); `stop_won` is their price.
    `day` and `arrives` tell when one is there, `waits_minutes` how long before it opens (its price
    is in `stop_won`). Where a day's trip ends, `way_home` leads home before the next day's.
    """

    leg: Leg
    kakao_map: str
    naver_map: str
    stop_minutes: float = 0.0
    stop_won: int = 0
    day: date | None = None
    arrives: time | None = None
    waits_minutes: float = 0.0
    way_home: Leg | None = None


class Order(Bought):
    """What a seller delivers: no way to go. `arrives_on` is the day it comes."""

    fee: int
    arrives_on: date


class DayTrip(Frozen):
    """The trip of one day: its sellers' ids in order, won, minutes, and kilograms carried home
    (None where a weight is not known)."""

    day: date
    sellers: tuple[str, ...]
    trip_won: int
    trip_minutes: float
    carried_kg: float | None


class ShoppingPlan(Frozen):
    """One way to do the shopping. `total` is what is paid: goods - discounts + delivery + trip.

    `not_bought` are priced needs that this way leaves out; their price of not being covered is in
    `uncovered_won` and inside `cost`, the number that plans are ranked by: `total.mid` +
    `uncovered_won` + `risk_won` + `dislike_won` + `spoilage_won` - `leftover_won` - `limits_won`
    (what looking at the price tags of estimated goods is expected to save, as far as it counts).
    Stops stand in order of visiting, day after day (`trips`).
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
    trips: tuple[DayTrip, ...] = ()
    orders: tuple[Order, ...] = ()
    discount_won: int = 0
    fees_won: int = 0
    risk_won: int = 0
    dislike_won: int = 0
    spoilage_won: int = 0
    leftover_won: int = 0
    limits_won: int = 0
