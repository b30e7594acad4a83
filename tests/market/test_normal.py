"""The normal price by hand, and that nothing later than the day is ever used."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altteul.market.normal import NormalRule, level_around, normal_on, normals

Prices = dict[date, float]


def arrays(prices: Prices) -> tuple[np.ndarray, np.ndarray]:
    days = sorted(prices)
    return np.array(days, dtype="datetime64[D]"), np.array([prices[d] for d in days])


def around(day: date, level: float) -> Prices:
    """Five survey days around a calendar day whose mean is `level`."""
    return {day + timedelta(days=n): level + 10 * n for n in range(-2, 3)}


def five_years(levels: list[float]) -> Prices:
    return {
        day: won
        for back, level in enumerate(reversed(levels), start=1)
        for day, won in around(date(2026 - back, 5, 20), level).items()
    }


def test_highest_and_lowest_year_are_left_out() -> None:
    found = normal_on(*arrays(five_years([1000, 5000, 3000, 2000, 4000])), date(2026, 5, 20))
    assert found is not None
    assert (found.won, found.years) == (3000, (2021, 2022, 2023, 2024, 2025))


def test_the_plain_rule_averages_all_years() -> None:
    series = arrays(five_years([1000, 5000, 3000, 2000, 9000]))
    found = normal_on(*series, date(2026, 5, 20), NormalRule.PLAIN)
    assert found is not None
    assert found.won == 4000


@pytest.mark.parametrize(
    ("levels", "won"), [([700], 700), ([700, 900], 800), ([700, 900, 8000], 900)]
)
def test_few_years_are_used_and_named(levels: list[float], won: float) -> None:
    found = normal_on(*arrays(five_years(levels)), date(2026, 5, 20))
    assert found is not None
    assert found.won == pytest.approx(won)
    assert len(found.years) == len(levels)


def test_without_an_earlier_year_there_is_none() -> None:
    this_year = around(date(2026, 5, 1), 1000) | around(date(2026, 5, 20), 1000)
    assert normal_on(*arrays(this_year), date(2026, 5, 20)) is None


def test_a_year_without_survey_around_the_day_does_not_count() -> None:
    prices = five_years([1000, 2000]) | around(date(2023, 8, 1), 9_000)
    found = normal_on(*arrays(prices), date(2026, 5, 20))
    assert found is not None
    assert found.years == (2024, 2025)


def test_more_than_five_years_back_is_not_used() -> None:
    prices = five_years([1000] * 5) | around(date(2020, 5, 20), 9_000)
    found = normal_on(*arrays(prices), date(2026, 5, 20), NormalRule.PLAIN)
    assert found is not None
    assert found.won == 1000


def test_the_29th_of_february_is_held_against_the_28th() -> None:
    found = normal_on(*arrays(around(date(2023, 2, 28), 500)), date(2024, 2, 29))
    assert found is not None
    assert found.won == 500


@st.composite
def survey(draw: st.DrawFn) -> Prices:
    gaps = draw(st.lists(st.integers(1, 9), min_size=5, max_size=120))
    day, prices = date(2021, 1, 1), {}
    for gap in gaps:
        day += timedelta(days=gap)
        prices[day] = float(draw(st.integers(100, 9999)))
    return prices


def five_nearest(prices: Prices, target: date) -> float | None:
    """Brute force: sort all survey days by distance (earlier first) and take five."""
    if not min(prices) <= target <= max(prices):
        return None
    nearest = sorted(prices, key=lambda d: (abs((d - target).days), d))[:5]
    near = [prices[d] for d in nearest if abs((d - target).days) <= 10]
    return sum(near) / len(near) if len(near) >= 3 else None


@given(survey(), st.integers(-20, 700))
def test_the_level_is_the_mean_of_the_five_nearest_survey_days(prices: Prices, later: int) -> None:
    target = date(2021, 1, 1) + timedelta(days=later)
    level = level_around(*arrays(prices), np.array([target], dtype="datetime64[D]"))[0]
    expected = five_nearest(prices, target)
    assert np.isnan(level) if expected is None else level == pytest.approx(expected)


@given(survey(), st.integers(300, 800))
def test_a_later_price_never_changes_a_normal_price(prices: Prices, later: int) -> None:
    on = date(2021, 1, 1) + timedelta(days=later)
    target = np.array([on], dtype="datetime64[D]")
    known = {day: won for day, won in prices.items() if day <= on}
    if len(known) >= 5:
        with_later = normals(*arrays(prices), target)
        assert np.array_equal(with_later, normals(*arrays(known), target), equal_nan=True)
