"""An answer in whole numbers → the shopping plan that people and programs read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from altteul.market.offer import WonRange
from altteul.planner.directions import kakao_map, naver_map
from altteul.planner.exact.model import Answer, arrivals
from altteul.planner.opening import clock_of
from altteul.planner.outing import Outing
from altteul.planner.plan import (
    AppliedDiscount,
    DayTrip,
    Leg,
    Mode,
    Order,
    ShoppingPlan,
    Stop,
)
from altteul.planner.purchasing import bought_in
from altteul.planner.shelf_prices import limits_worth

NOTHING = WonRange(low=0, mid=0, high=0)


def shopping_plan(outing: Outing, answer: Answer) -> ShoppingPlan:
    """Write an answer out; all sums are taken from its parts."""
    trips = [tuple(_stops(outing, answer, trip)) for trip in answer.trips]
    stops, home = _joined(outing, trips)
    orders = tuple(_order(outing, answer, column) for column in answer.orders)
    legs = [leg for stop in stops for leg in (stop.leg, stop.way_home) if leg]
    legs += [home] if home else []
    trip_won = sum(leg.fare + leg.time_won for leg in legs) + sum(s.stop_won for s in stops)
    waits = sum(s.stop_minutes + s.waits_minutes for s in stops)
    purchases = [p for one in (*stops, *orders) for p in one.purchases]
    goods = total(one.goods for one in (*stops, *orders))
    saved = sum(d.won for one in (*stops, *orders) for d in one.discounts)
    fees = sum(order.fee for order in orders)
    extra = trip_won + fees - saved
    limits = limits_worth(outing.belief, answer)
    paid = WonRange(low=max(0, goods.low + extra), mid=goods.mid + extra, high=goods.high + extra)
    return ShoppingPlan(
        stops=stops,
        way_home=home,
        goods=goods,
        trip_won=trip_won,
        trip_minutes=round(sum(leg.minutes for leg in legs) + waits, 1),
        trip_distance_m=sum(leg.distance_m for leg in legs),
        total=paid,
        not_bought=_not_bought(outing, answer),
        uncovered_won=answer.uncovered,
        cost=answer.cost - limits,
        trips=tuple(_day_trip(own, home) for own in _by_trip(stops, trips)),
        orders=orders,
        discount_won=saved,
        fees_won=fees,
        risk_won=sum(p.risk_won for p in purchases),
        dislike_won=sum(p.dislike_won for p in purchases),
        spoilage_won=_spoilage(outing, answer),
        leftover_won=sum(p.leftover_won for p in purchases),
        limits_won=limits,
    )


def _not_bought(outing: Outing, answer: Answer) -> tuple[str, ...]:
    pairs = zip(outing.demand.needs, answer.bought, strict=True)
    return tuple(need.text for need, at in pairs if at is None)


def _spoilage(outing: Outing, answer: Answer) -> int:
    found = 0
    for need, at in enumerate(answer.bought):
        if at is not None:
            number, day = outing.cell(need, *at)
            found += int(outing.cells.spoilage[number, day])
    return found


def _stops(outing: Outing, answer: Answer, trip: tuple[int, ...]) -> Iterable[Stop]:
    here = 0
    times = arrivals(outing.model, trip)
    for column, (clock, wait) in zip(trip, times, strict=True):
        seller = outing.visits[column][1]
        who = outing.demand.sellers[seller]
        purchases = tuple(bought_in(outing, answer, column))
        yield Stop(
            seller=who,
            leg=leg(outing, here, seller + 1),
            purchases=purchases,
            goods=total(purchase.won for purchase in purchases),
            kakao_map=kakao_map(who),
            naver_map=naver_map(who),
            stop_minutes=outing.stop_minutes,
            stop_won=outing.stop_won + outing.model.wait_won(wait),
            day=outing.day_of(column),
            arrives=clock_of(clock),
            waits_minutes=float(wait),
            discounts=_discounts(outing, answer, column),
        )
        here = seller + 1


def _joined(
    outing: Outing, trips: Sequence[tuple[Stop, ...]]
) -> tuple[tuple[Stop, ...], Leg | None]:
    """All stops, each but the last trip with its way home; and the last way home."""
    sellers = [seller.id for seller in outing.demand.sellers]
    stops: list[Stop] = []
    home: Leg | None = None
    for number, trip in enumerate(trips):
        last = sellers.index(trip[-1].seller.id) + 1
        home = leg(outing, last, 0) if outing.request.trip.returns_home else None
        if number < len(trips) - 1:
            trip = (*trip[:-1], trip[-1].model_copy(update={"way_home": home}))
        stops += trip
    return tuple(stops), home


def _by_trip(
    stops: Sequence[Stop], trips: Sequence[tuple[Stop, ...]]
) -> Iterable[tuple[Stop, ...]]:
    start = 0
    for trip in trips:
        yield tuple(stops[start : start + len(trip)])
        start += len(trip)


def _day_trip(stops: tuple[Stop, ...], last_home: Leg | None) -> DayTrip:
    home = stops[-1].way_home or last_home
    legs = [stop.leg for stop in stops] + ([home] if home else [])
    minutes = sum(g.minutes for g in legs) + sum(s.stop_minutes + s.waits_minutes for s in stops)
    weights = [p.weight_g for stop in stops for p in stop.purchases]
    known = [weight for weight in weights if weight is not None]
    assert stops[0].day is not None
    return DayTrip(
        day=stops[0].day,
        sellers=tuple(stop.seller.id for stop in stops),
        trip_won=sum(g.fare + g.time_won for g in legs) + sum(s.stop_won for s in stops),
        trip_minutes=round(minutes, 1),
        carried_kg=round(sum(known) / 1000, 2) if len(known) == len(weights) else None,
    )


def _order(outing: Outing, answer: Answer, column: int) -> Order:
    purchases = tuple(bought_in(outing, answer, column))
    order = outing.orders[column - len(outing.visits)]
    paid = sum(
        int(outing.model.paid[need, at[1], column])
        for need, at in enumerate(answer.bought)
        if at and at[0] == column
    )
    return Order(
        seller=outing.demand.sellers[order.seller],
        purchases=purchases,
        goods=total(purchase.won for purchase in purchases),
        fee=outing.model.orders[column - len(outing.visits)].fee(paid),
        arrives_on=order.arrives,
        discounts=_discounts(outing, answer, column),
    )


def _discounts(outing: Outing, answer: Answer, column: int) -> tuple[AppliedDiscount, ...]:
    model = outing.model
    seller = outing.demand.sellers.index(outing.seller_of(column))
    rate = outing.rates[seller]
    saved = sum(
        int(model.discount[need, at[1], column])
        for need, at in enumerate(answer.bought)
        if at and at[0] == column
    )
    saved = min(saved, int(model.cap[column]))
    return (AppliedDiscount(programme=rate.programme, won=saved),) if rate and saved else ()


def leg(outing: Outing, start: int, end: int) -> Leg:
    """The way between two points of the outing (0 is home)."""
    ways, value = outing.ways, outing.request.trip.value_of_time
    return Leg(
        distance_m=int(ways.distance_m[start, end]),
        minutes=round(float(ways.minutes[start, end]), 1),
        fare=int(ways.fare[start, end]),
        time_won=int(ways.time_won(value)[start, end]),
        mode=Mode.WALK if ways.walked[start, end] else outing.request.trip.mode,
    )


def total(ranges: Iterable[WonRange]) -> WonRange:
    """The sum of ranges."""
    found = list(ranges)
    return WonRange(
        low=sum(one.low for one in found),
        mid=sum(one.mid for one in found),
        high=sum(one.high for one in found),
    )
