"""Limits along a tour beside integrals, simulated shoppers and every other choice of limits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from altteul.planner.shelf_prices import NOWHERE, Belief, at_most, follow, likely_below

DRAWS = 400_000


def belief(
    expected: list[list[float]], deviation: list[list[float]], elsewhere: list[float]
) -> Belief:
    needs = len(expected)
    return Belief(
        expected=np.array(expected),
        deviation=np.array(deviation),
        elsewhere=np.array(elsewhere),
        instead=np.full(needs, -1),
        uncovered=np.full(needs, 9_000.0),
        risk=0.5,
    )


def drawn(expected: float, deviation: float, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed).standard_normal(DRAWS)
    return expected * np.exp(deviation * chance - deviation**2 / 2)


@pytest.mark.parametrize("deviation", [0.05, 0.3, 0.8])
@pytest.mark.parametrize("limit", [500.0, 1_000.0, 2_500.0])
def test_the_mean_up_to_a_limit_is_the_integral(deviation: float, limit: float) -> None:
    def weighed(z: float) -> float:
        price = 1_000.0 * np.exp(deviation * z - deviation**2 / 2)
        return float(min(price, limit) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))

    turn = (np.log(limit / 1_000.0) + deviation**2 / 2) / deviation
    integral, _ = quad(weighed, -9, 9, points=[np.clip(turn, -9, 9)], limit=200)
    found = at_most(np.array([1_000.0]), np.array([deviation]), np.array([limit]))
    assert found[0] == pytest.approx(integral, rel=1e-6)


def test_a_surveyed_price_and_one_that_is_not_sold_are_certain() -> None:
    asked = np.array([1_000.0, 1_000.0, np.inf]), np.zeros(3), np.array([800.0, 1_500.0, 700.0])
    assert at_most(*asked).tolist() == [800.0, 1_000.0, 700.0]
    assert likely_below(*asked).tolist() == [0.0, 1.0, 0.0]


def test_how_likely_a_price_is_below_its_limit() -> None:
    prices = drawn(1_000.0, 0.3, 1)
    found = likely_below(np.array([1_000.0]), np.array([0.3]), np.array([900.0]))
    assert found[0] == pytest.approx(float((prices <= 900.0).mean()), abs=0.004)


def test_limits_by_hand() -> None:
    """At the last stop the limit is what it costs elsewhere, before it what going on costs."""
    known = belief([[3_000.0, 3_300.0]], [[0.2, 0.0]], [4_000.0])
    found = follow(known, np.array([[0, 1], [1, 0]]))
    assert found.limits[0, :, 0].tolist() == [3_300.0, 4_000.0]
    going_on = float(at_most(np.array([3_000.0]), np.array([0.2]), np.array([4_000.0]))[0])
    assert found.limits[1, :, 0] == pytest.approx([going_on, 4_000.0])
    # Knowing the sure price last, the estimate can be looked at first: that order costs less.
    assert found.expected[0] < found.expected[1] < 3_000.0


def test_what_nobody_else_has_is_bought_at_any_price_or_not_at_all() -> None:
    known = belief([[3_000.0, np.inf]], [[0.4, 0.0]], [NOWHERE])
    found = follow(known, np.array([[0], [1]]))
    assert found.expected == pytest.approx([3_000.0, 9_000.0])
    assert found.variance[1] == 0.0


def test_who_keeps_to_the_limits_pays_what_is_told() -> None:
    """Three stops, three needs, 400,000 shoppers; and other limits are not better."""
    expected = [[3_000.0, 3_100.0, 3_300.0], [900.0, np.inf, 1_000.0], [7_000.0, 6_500.0, 6_800.0]]
    deviation = [[0.25, 0.3, 0.0], [0.4, 0.0, 0.2], [0.1, 0.35, 0.0]]
    elsewhere = [3_900.0, 1_800.0, 9_500.0]
    known = belief(expected, deviation, elsewhere)
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        found = follow(known, np.array([order]))
        paid = shopped(known, order, found.limits[0])
        assert found.expected[0] == pytest.approx(paid.mean(), rel=0.002)
        assert found.variance[0] ** 0.5 == pytest.approx(paid.std(), rel=0.01)
        for factor in (0.9, 1.1):
            assert shopped(known, order, found.limits[0] * factor).mean() > paid.mean() - 1.0


def shopped(known: Belief, order: list[int], limits: np.ndarray) -> np.ndarray:
    """What each shopper pays who goes along the order and keeps to the limits."""
    total = np.zeros(DRAWS)
    for need in range(len(known.elsewhere)):
        paid = np.full(DRAWS, np.nan)
        for stop, visit in enumerate(order):
            price = known.expected[need, visit]
            if not np.isfinite(price):
                continue
            prices = drawn(price, known.deviation[need, visit], 10 * need + visit)
            takes = np.isnan(paid) & (prices <= limits[stop, need])
            paid[takes] = prices[takes]
        total += np.where(np.isnan(paid), known.elsewhere[need], paid)
    return total
