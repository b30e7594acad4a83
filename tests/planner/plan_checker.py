"""Checks a finished plan against its request and the offers, sharing no code with the planner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from altteul.market.offer import Offer
from altteul.planner.plan import Plan, Purchase, ShoppingPlan
from altteul.sources.observation import Discount

# Won of trip that leg times rounded to 0.1 minute may differ by, per leg.
ROUNDING = 1


def check_plan(plan: Plan, offers: Sequence[Offer]) -> None:
    """Raises AssertionError where a plan breaks a rule, a sum or a promise."""
    if plan.best is None:
        assert not plan.by_stops
        assert not plan.comparisons
        return
    others = [comparison.plan for comparison in plan.comparisons]
    for way in [plan.best, *(saving.plan for saving in plan.by_stops), *others]:
        check_way(way, plan, offers)
    _check_savings(plan)
    _check_coverage(plan)


def check_way(way: ShoppingPlan, plan: Plan, offers: Sequence[Offer]) -> None:
    """One way of shopping: stops, legs, goods and sums."""
    trip = plan.request.trip
    assert 1 <= len(way.stops) <= trip.max_stops
    assert len({stop.seller.id for stop in way.stops}) == len(way.stops)
    assert (way.way_home is not None) == trip.returns_home
    for stop in way.stops:
        assert stop.goods.mid == sum(p.won.mid for p in stop.purchases)
        for purchase in stop.purchases:
            _check_purchase(purchase, stop.seller.id, offers)
    legs = [stop.leg for stop in way.stops] + ([way.way_home] if way.way_home else [])
    stops_won = sum(stop.stop_won for stop in way.stops)
    assert way.trip_won == sum(leg.fare + leg.time_won for leg in legs) + stops_won
    assert way.trip_distance_m == sum(leg.distance_m for leg in legs)
    for end in ("low", "mid", "high"):
        goods = sum(getattr(stop.goods, end) for stop in way.stops)
        assert getattr(way.goods, end) == goods
        assert getattr(way.total, end) == goods + way.trip_won
    assert way.goods.low <= way.goods.mid <= way.goods.high
    assert way.cost == way.total.mid + way.uncovered_won
    assert (way.uncovered_won > 0) == bool(way.not_bought)
    for leg in legs:
        assert abs(leg.time_won - leg.minutes * trip.value_of_time / 60) <= (
            0.05 * trip.value_of_time / 60 + ROUNDING
        )


def _check_purchase(purchase: Purchase, seller: str, offers: Sequence[Offer]) -> None:
    """The purchase is really on offer there, at that price, in whole packs."""
    same = [
        o
        for o in offers
        if (o.seller.id, o.item, o.variety, o.pack.label, o.price.mid, o.observed_on)
        == (seller, purchase.item, purchase.variety, purchase.pack_label, purchase.pack_won,
            purchase.observed_on)
    ]  # fmt: skip
    assert same, f"{purchase.item} {purchase.pack_label} is not on offer at {seller}"
    assert purchase.packs >= 1
    paid = purchase.packs
    if purchase.discount is Discount.ONE_PLUS_ONE:
        paid = (purchase.packs + 1) // 2
    assert purchase.won.mid == paid * purchase.pack_won
    assert any(o.discount == purchase.discount for o in same)


def _check_savings(plan: Plan) -> None:
    assert plan.best is not None
    for before, after in pairwise(plan.by_stops):
        assert after.saves_won == before.plan.cost - after.plan.cost >= 0
    for saving in plan.by_stops:
        assert len(saving.plan.stops) <= saving.max_stops
    assert any(s.worth_it and s.plan == plan.best for s in plan.by_stops)
    alone = len(plan.best.stops) == 1 and not plan.best.not_bought
    assert plan.one_shop_is_enough == alone
    for comparison in plan.comparisons:
        assert len(comparison.plan.stops) == 1
        assert comparison.best_saves_won == comparison.plan.cost - plan.best.cost >= 0


def _check_coverage(plan: Plan) -> None:
    """Every need is bought, left out with its price, or told to have no price: once."""
    assert plan.best is not None
    bought = {p.need for stop in plan.best.stops for p in stop.purchases}
    unpriced = {piece.text for piece in plan.not_priced}
    left_out = set(plan.best.not_bought)
    assert bought | unpriced | left_out == {need.text for need in plan.request.needs}
    assert not bought & unpriced
    assert not bought & left_out
    assert not unpriced & left_out


def check_packs_cover(plan: Plan, amounts: dict[str, float], packs: dict[str, float]) -> None:
    """Packs cover each need: `amounts` by need text, `packs` by pack label, in one unit."""
    assert plan.best is not None
    purchases = [p for stop in plan.best.stops for p in stop.purchases]
    for text in {p.need for p in purchases}:
        held = sum(packs[p.pack_label] * p.packs for p in purchases if p.need == text)
        assert held >= amounts[text] * (1 - 1e-9)
