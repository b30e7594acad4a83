"""A solution in whole numbers → the shopping plan that people and programs read."""

from __future__ import annotations

from collections.abc import Iterable

from altteul.market.offer import WonRange
from altteul.planner.demand import Line, Option
from altteul.planner.directions import kakao_map, naver_map
from altteul.planner.outing import Outing
from altteul.planner.plan import Leg, Need, Purchase, ShoppingPlan, Stop
from altteul.planner.problem import Solution
from altteul.sources.observation import Discount

NOTHING = WonRange(low=0, mid=0, high=0)


def shopping_plan(outing: Outing, found: Solution) -> ShoppingPlan:
    """Write a solution out; all sums are taken from its parts."""
    stops = tuple(_stops(outing, found))
    home = _leg(outing, found.tour[-1] + 1, 0) if outing.trip.returns_home else None
    legs = [stop.leg for stop in stops] + ([home] if home else [])
    trip_won = sum(leg.fare + leg.time_won for leg in legs) + sum(s.stop_won for s in stops)
    goods = _total(stop.goods for stop in stops)
    return ShoppingPlan(
        stops=stops,
        way_home=home,
        goods=goods,
        trip_won=trip_won,
        trip_minutes=round(sum(g.minutes for g in legs) + sum(s.stop_minutes for s in stops), 1),
        trip_distance_m=sum(leg.distance_m for leg in legs),
        total=_plus(goods, WonRange(low=trip_won, mid=trip_won, high=trip_won)),
        not_bought=tuple(
            need.text
            for need, seller in zip(outing.demand.needs, found.bought_at, strict=True)
            if seller is None
        ),
        uncovered_won=found.uncovered,
        cost=goods.mid + trip_won + found.uncovered,
    )


def _stops(outing: Outing, found: Solution) -> Iterable[Stop]:
    here = 0
    for seller in found.tour:
        purchases = tuple(_bought_at(outing, found, seller))
        who = outing.demand.sellers[seller]
        yield Stop(
            seller=who,
            leg=_leg(outing, here, seller + 1),
            purchases=purchases,
            goods=_total(purchase.won for purchase in purchases),
            kakao_map=kakao_map(who),
            naver_map=naver_map(who),
            stop_minutes=outing.stop_minutes,
            stop_won=outing.stop_won,
        )
        here = seller + 1


def _bought_at(outing: Outing, found: Solution, seller: int) -> Iterable[Purchase]:
    for index, at in enumerate(found.bought_at):
        if at == seller:
            need, option = outing.demand.needs[index], outing.demand.options[index, seller]
            lines, amount, unit = option.lines()
            left = leftover(amount, unit, estimated=option.estimated)
            for line in lines:
                yield _purchase(need, option, line, left if line is lines[-1] else None)


def _leg(outing: Outing, start: int, end: int) -> Leg:
    ways, value = outing.ways, outing.trip.value_of_time
    return Leg(
        distance_m=int(ways.distance_m[start, end]),
        minutes=round(float(ways.minutes[start, end]), 1),
        fare=int(ways.fare[start, end]),
        time_won=int(ways.time_won(value)[start, end]),
    )


def _purchase(need: Need, option: Option, line: Line, left: str | None) -> Purchase:
    offer = line.offer
    return Purchase(
        need=need.text,
        item=offer.item,
        variety=offer.variety,
        pack_label=offer.pack.label,
        packs=line.packs,
        won=_times(offer.price, line.paid),
        pack_won=offer.price.mid,
        unit_price=offer.unit_price,
        leftover=left,
        amount_estimated=option.estimated,
        observed_on=offer.observed_on,
        age_days=offer.age_days,
        basis=offer.basis,
        source=offer.source,
        discount=offer.discount,
        note=_note(offer.note, option, line),
    )


def leftover(amount: float, unit: str, *, estimated: bool) -> str | None:
    """What remains of the packs ("7개", "약 1.2kg"); None when nothing worth telling."""
    if unit in ("g", "mL"):
        if round(amount) < 1:
            return None
        large = {"g": "kg", "mL": "L"}[unit]
        text = f"{amount / 1000:.3g}{large}" if amount >= 1000 else f"{amount:.0f}{unit}"
    else:
        if round(amount, 1) <= 0:
            return None
        text = f"{round(amount, 1):g}{unit}"
    return f"약 {text}" if estimated else text


def _note(said: str | None, option: Option, line: Line) -> str | None:
    words = [said] if said else []
    if line.offer.discount is Discount.ONE_PLUS_ONE:
        words.append(f"1+1: {line.paid}개 값")
    elif line.offer.discount is Discount.SALE:
        words.append("할인 가격")
    if option.variety_unknown:
        words.append("품종은 자료에 없음")
    return " · ".join(words) or None


def _total(ranges: Iterable[WonRange]) -> WonRange:
    total = NOTHING
    for one in ranges:
        total = _plus(total, one)
    return total


def _plus(a: WonRange, b: WonRange) -> WonRange:
    return WonRange(low=a.low + b.low, mid=a.mid + b.mid, high=a.high + b.high)


def _times(one: WonRange, times: int) -> WonRange:
    return WonRange(low=one.low * times, mid=one.mid * times, high=one.high * times)
