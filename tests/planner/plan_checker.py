"""Checks a finished plan against its request and the offers, sharing no code with the planner.

What docs/topics/planner.md promises is worked out anew here: prices and portions, days and hours,
weights, discounts, fees, sums, coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil

from altteul.market.offer import Offer
from altteul.planner.later import PriceOutlook
from altteul.planner.plan import (
    DayTrip,
    Leg,
    Need,
    Order,
    Plan,
    Programme,
    Purchase,
    Request,
    ShoppingPlan,
    Stop,
)
from altteul.sources.observation import Channel, Discount

# Won of trip that leg times rounded to 0.1 minute may differ by, per leg.
ROUNDING = 1
OPEN = {
    Channel.TRADITIONAL_MARKET: (time(9), time(19)),
    Channel.LARGE_STORE: (time(10), time(22)),
    Channel.LOCAL_FOOD: (time(9), time(18)),
}
PERCENT = {Programme.ONNURI: 10, Programme.LOCAL_CURRENCY: 5}
CAP = {Programme.ONNURI: 200_000, Programme.LOCAL_CURRENCY: 25_000}


def check_plan(plan: Plan, offers: Sequence[Offer], outlook: PriceOutlook | None = None) -> None:
    """Raises AssertionError where a plan breaks a rule, a sum or a promise."""
    if plan.best is None:
        assert not plan.by_stops
        assert not plan.comparisons
        return
    compared = [comparison.plan for comparison in plan.comparisons]
    ways = [plan.best, *(s.plan for s in plan.by_stops), *(d.plan for d in plan.by_days)]
    ways += [alternative.plan for alternative in plan.alternatives]
    for way in ways:
        check_way(way, plan.request, offers, outlook)
        _check_musts(way, plan.request)
    for way in compared:
        check_way(way, plan.request, offers, outlook)
    _check_savings(plan)
    _check_explanations(plan)
    _check_coverage(plan)


def check_way(
    way: ShoppingPlan,
    request: Request,
    offers: Sequence[Offer],
    outlook: PriceOutlook | None = None,
) -> None:
    """One way of shopping: days, stops, legs, goods, limits and sums."""
    trip = request.trip
    assert way.stops or way.orders
    assert len(way.stops) <= trip.max_stops
    visits = [(stop.day, stop.seller.id) for stop in way.stops]
    assert len(set(visits)) == len(visits)
    homes = [stop.way_home for stop in way.stops] + [way.way_home]
    if way.stops:
        assert sum(home is not None for home in homes) == len(way.trips) * trip.returns_home
    start = 0
    for day_trip in way.trips:
        stops = way.stops[start : start + len(day_trip.sellers)]
        start += len(stops)
        _check_trip(day_trip, stops, way, request)
    assert start == len(way.stops)
    for stop in way.stops:
        assert stop.day is not None
        _check_goods(stop, stop.day, request, offers, outlook)
    for order in way.orders:
        _check_order(order, request, offers, outlook)
    _check_sums(way, request)
    words = [word.replace(" ", "") for word in request.never]
    names = [stop.seller.name.replace(" ", "") for stop in way.stops]
    assert not any(word in name for word in words for name in names)


def _check_trip(
    day_trip: DayTrip, stops: Sequence[Stop], way: ShoppingPlan, request: Request
) -> None:
    last = request.latest or request.on
    assert request.on <= day_trip.day <= last
    assert day_trip.sellers == tuple(stop.seller.id for stop in stops)
    clock = datetime.combine(day_trip.day, request.trip.leaves_at)
    for stop in stops:
        assert stop.day == day_trip.day
        _check_is_open(stop, day_trip.day)
        # Legs are told to a tenth of a minute; the clock goes by whole minutes, rounded up.
        arrival = datetime.combine(day_trip.day, stop.arrives or time())
        assert abs((arrival - clock).total_seconds() / 60 - ceil(stop.leg.minutes)) <= 1
        assert stop.way_home is None or stop is stops[-1]
        opens, closes = OPEN.get(stop.seller.channel, (time(0), time(23, 59)))
        wait = max(0.0, (datetime.combine(day_trip.day, opens) - arrival).total_seconds() / 60)
        assert stop.waits_minutes == wait
        leaves = arrival + timedelta(minutes=wait + ceil(stop.stop_minutes))
        assert leaves <= datetime.combine(day_trip.day, closes)
        clock = leaves
    legs = [stop.leg for stop in stops]
    legs += [
        home
        for home in [stops[-1].way_home or (way.way_home if stops[-1] is way.stops[-1] else None)]
        if home
    ]
    stops_won = sum(stop.stop_won for stop in stops)
    assert day_trip.trip_won == sum(leg.fare + leg.time_won for leg in legs) + stops_won
    if request.trip.carry_kg is not None and day_trip.carried_kg is not None:
        assert day_trip.carried_kg <= request.trip.carry_kg + 0.02


def _check_is_open(stop: Stop, day: date) -> None:
    seller = stop.seller
    if seller.open_days:
        assert day.day % 10 in {d % 10 for d in seller.open_days}
    exempt = any(word in seller.name for word in ("하나로", "농협", "백화점"))
    if seller.channel is Channel.LARGE_STORE and not exempt and day.weekday() == 6:
        assert (day.day + 6) // 7 not in (2, 4)


def _check_goods(
    one: Stop | Order,
    day: date,
    request: Request,
    offers: Sequence[Offer],
    outlook: PriceOutlook | None,
) -> None:
    assert one.goods.mid == sum(p.won.mid for p in one.purchases)
    for purchase in one.purchases:
        _check_purchase(purchase, one.seller.id, day, request, offers, outlook)
    goods = one.goods.mid
    for applied in one.discounts:
        said = next(d for d in request.discounts if d.programme is applied.programme)
        percent = PERCENT[applied.programme] if said.percent is None else said.percent
        cap = CAP[applied.programme] if said.cap_won is None else said.cap_won
        assert applied.won <= cap
        assert goods * percent / 100 - len(one.purchases) <= applied.won or applied.won == cap
        assert applied.won <= goods * percent / 100


def _check_purchase(
    purchase: Purchase,
    seller: str,
    day: date,
    request: Request,
    offers: Sequence[Offer],
    outlook: PriceOutlook | None,
) -> None:
    """The purchase is really on offer there, at that price, and is what was asked for."""
    need = next(n for n in request.needs if n.text == purchase.need)
    assert purchase.item in _permitted(need)
    assert (purchase.instead_of is None) == (purchase.item == need.item)
    own = [
        o
        for o in offers
        if (o.seller.id, o.item, o.variety, o.observed_on)
        == (seller, purchase.item, purchase.variety, purchase.observed_on)
    ]
    change = outlook.change(purchase.item, own[0].seller.channel, day) if outlook and own else None
    ratio = 1.0 if change is None or day <= request.on else change.mid
    if purchase.weighed:
        priced = [round(_portion(o, purchase.pack_label) * ratio) for o in own]
    else:
        priced = [round(o.price.mid * ratio) for o in own if o.pack.label == purchase.pack_label]
    assert purchase.pack_won in priced, f"{purchase.item} {purchase.pack_label} at {seller}"
    assert purchase.packs >= 1
    paid = purchase.packs
    if purchase.discount is Discount.ONE_PLUS_ONE:
        paid = (purchase.packs + 1) // 2
    assert purchase.won.mid == paid * purchase.pack_won
    assert purchase.won.low <= purchase.won.mid <= purchase.won.high
    assert any(o.discount == purchase.discount for o in own)


def _permitted(need: Need) -> set[str]:
    return {need.item, *(substitute.item for substitute in need.substitutes)}


def _portion(offer: Offer, label: str) -> int:
    """The price of a portion by weight, rounded up to 10 won."""
    size = float(label.removesuffix("kg")) * 1000 if label.endswith("kg") else float(label[:-1])
    return ceil(round(offer.price.mid * size / offer.pack.amount_mid / 10, 6)) * 10


def _check_order(
    order: Order, request: Request, offers: Sequence[Offer], outlook: PriceOutlook | None
) -> None:
    _check_goods(order, request.on, request, offers, outlook)
    terms = next((t for t in request.deliveries if t.seller == order.seller.id), None)
    known = terms or order.seller.delivery
    assert known is not None
    paid = order.goods.mid - sum(d.won for d in order.discounts)
    assert paid >= known.minimum
    assert order.arrives_on == request.on + timedelta(days=known.days)
    assert order.arrives_on <= (request.latest or request.on)
    steps = sorted((step.goods_from, step.fee) for step in known.fees)
    assert order.fee == ([0] + [fee for start, fee in steps if start <= paid])[-1]


def _check_sums(way: ShoppingPlan, request: Request) -> None:
    homes = [stop.way_home for stop in way.stops if stop.way_home]
    legs: list[Leg] = [stop.leg for stop in way.stops] + homes
    legs += [way.way_home] if way.way_home else []
    stops_won = sum(stop.stop_won for stop in way.stops)
    assert way.trip_won == sum(leg.fare + leg.time_won for leg in legs) + stops_won
    assert way.trip_won == sum(trip.trip_won for trip in way.trips)
    assert way.trip_distance_m == sum(leg.distance_m for leg in legs)
    both = (*way.stops, *way.orders)
    for end in ("low", "mid", "high"):
        assert getattr(way.goods, end) == sum(getattr(one.goods, end) for one in both)
    assert way.goods.low <= way.goods.mid <= way.goods.high
    assert way.discount_won == sum(d.won for one in both for d in one.discounts)
    assert way.fees_won == sum(order.fee for order in way.orders)
    paid = way.goods.mid - way.discount_won + way.fees_won
    assert way.total.mid == paid + way.trip_won
    if request.budget is not None:
        assert paid <= request.budget
    purchases = [p for one in both for p in one.purchases]
    for part in ("risk_won", "dislike_won", "leftover_won"):
        assert getattr(way, part) == sum(getattr(p, part) for p in purchases)
    extra = way.uncovered_won + way.risk_won + way.dislike_won + way.spoilage_won
    assert way.cost == way.total.mid + extra - way.leftover_won - way.limits_won
    assert (way.uncovered_won > 0) == bool(way.not_bought)
    value = request.trip.value_of_time
    for leg in legs:
        assert abs(leg.time_won - leg.minutes * value / 60) <= 0.05 * value / 60 + ROUNDING


def _check_musts(way: ShoppingPlan, request: Request) -> None:
    for must in request.must:
        plain = must.replace(" ", "")
        assert any(
            must == s.seller.id or plain in s.seller.name.replace(" ", "") for s in way.stops
        )


def _check_savings(plan: Plan) -> None:
    assert plan.best is not None
    for before, after in pairwise(plan.by_stops):
        assert after.saves_won == before.plan.cost - after.plan.cost >= 0
    for saving in plan.by_stops:
        assert len(saving.plan.stops) <= saving.max_stops
    assert any(s.worth_it and s.plan == plan.best for s in plan.by_stops)
    for early, late in pairwise(plan.by_days):
        assert late.saves_won == early.plan.cost - late.plan.cost >= 0
    for day in plan.by_days:
        assert all(trip.day <= day.until for trip in day.plan.trips)
    alone = len(plan.best.stops) == 1 and not plan.best.not_bought and not plan.best.orders
    assert plan.one_shop_is_enough == alone
    if plan.best.stops:
        assert plan.not_today == (plan.best.stops[0].day != plan.request.on)


def _check_explanations(plan: Plan) -> None:
    assert plan.best is not None
    for comparison in plan.comparisons:
        assert len(comparison.plan.stops) == 1
        assert comparison.best_saves_won == comparison.plan.cost - plan.best.cost
    here = {stop.seller.id for stop in plan.best.stops}
    for alternative in plan.alternatives:
        assert alternative.costs_more_won == alternative.plan.cost - plan.best.cost >= 0
        assert {stop.seller.id for stop in alternative.plan.stops} != here
    for one in plan.sensitivity:
        assert (one.changes_at_won > one.won) == one.rises


def _check_coverage(plan: Plan) -> None:
    """Every need is bought, left out with its price, or told to have no price: once."""
    assert plan.best is not None
    both = (*plan.best.stops, *plan.best.orders)
    bought = {p.need for one in both for p in one.purchases}
    unpriced = {piece.text for piece in plan.not_priced}
    left_out = set(plan.best.not_bought)
    assert bought | unpriced | left_out == {need.text for need in plan.request.needs}
    assert not bought & unpriced
    assert not bought & left_out
    assert not unpriced & left_out
    assert set(plan.left_out) <= left_out


def check_packs_cover(plan: Plan, amounts: dict[str, float], packs: dict[str, float]) -> None:
    """Packs cover each need: `amounts` by need text, `packs` by pack label, in one unit."""
    assert plan.best is not None
    purchases = [p for stop in plan.best.stops for p in stop.purchases]
    for text in {p.need for p in purchases}:
        held = sum(
            (p.weight_g or 0.0) if p.weighed else packs[p.pack_label] * p.packs
            for p in purchases
            if p.need == text
        )
        assert held >= amounts[text] * (1 - 1e-9)
