"""The word for a price beside the normal price."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.market.normal import NormalRule
from altteul.market.offer import HowUnusual
from altteul.market.unusual import how_unusual, usual_deviation


@pytest.mark.parametrize(
    ("won", "word"),
    [(700, "싸다"), (900, "보통"), (1000, "보통"), (1150, "보통"), (1250, "비싸다"),
     (1370, "비싸다"), (1400, "아주 비싸다")],
)  # fmt: skip
def test_a_price_is_judged_by_what_is_usual_for_the_item(won: int, word: str) -> None:
    assert how_unusual(won, 1000, 0.2).value == word


def test_the_same_price_is_a_word_for_a_steady_item_only() -> None:
    assert how_unusual(1150, 1000, 0.08) is HowUnusual.VERY_DEAR
    assert how_unusual(1150, 1000, 0.30) is HowUnusual.ORDINARY


def test_eight_percent_above_normal_is_never_very_dear() -> None:
    assert how_unusual(1080, 1000, 0.01) is HowUnusual.DEAR
    assert how_unusual(1100, 1000, 0.01) is HowUnusual.VERY_DEAR


def test_within_five_percent_nothing_is_unusual() -> None:
    assert how_unusual(1049, 1000, 0.01) is HowUnusual.ORDINARY


def test_without_a_normal_price_nobody_knows() -> None:
    assert how_unusual(1000, None, 0.2) is HowUnusual.UNKNOWN


def test_the_usual_deviation_is_that_of_the_past_days() -> None:
    """Second-year prices are 1.2 or 1/1.2 of a flat first year: ln 1.2 from normal every day."""
    days = np.arange("2021-01-01", "2022-12-01", dtype="datetime64[D]")
    won = np.full(len(days), 1000.0)
    later = days >= np.datetime64("2022-01-01")
    won[later] = np.where(np.arange(later.sum()) % 2, 1200.0, 1000 / 1.2)
    assert usual_deviation(days, won, NormalRule.TRIMMED) == pytest.approx(np.log(1.2))


def test_a_short_past_says_nothing() -> None:
    days = np.arange("2021-01-01", "2022-03-31", dtype="datetime64[D]")
    assert usual_deviation(days, np.full(len(days), 1000.0), NormalRule.TRIMMED) is None
