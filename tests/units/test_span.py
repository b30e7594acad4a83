"""Quantities with uncertainty."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from altteul.units import Span

VALUES = st.floats(0, 1e6, allow_nan=False)
SPANS = st.tuples(VALUES, VALUES, VALUES).map(lambda values: Span(*sorted(values)))


@given(SPANS, SPANS)
def test_every_value_of_the_parts_lies_in_sum_and_product(one: Span, other: Span) -> None:
    for a in (one.low, one.mid, one.high):
        for b in (other.low, other.mid, other.high):
            assert (one + other).low <= a + b <= (one + other).high
            assert (one * other).low <= a * b <= (one * other).high


@given(SPANS, SPANS)
def test_a_quotient_holds_every_possible_ratio(one: Span, other: Span) -> None:
    assume(other.low > 1e-3)
    ratio = one / other
    for a in (one.low, one.high):
        for b in (other.low, other.high):
            assert ratio.low <= a / b <= ratio.high


def test_a_weight_of_three_heads_of_cabbage() -> None:
    assert Span.exact(3) * Span(1800, 2500, 3500) == Span(5400, 7500, 10500)
    assert Span(1800, 2500, 3500).scaled(0.5) == Span(900, 1250, 1750)


@pytest.mark.parametrize("values", [(2, 1, 3), (1, 3, 2), (-1, 0, 1), (0, 0, float("inf"))])
def test_spans_out_of_order_are_refused(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        Span(*values)


def test_dividing_by_perhaps_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        Span.exact(1) / Span(0, 1, 2)
