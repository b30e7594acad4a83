"""A verdict is given where it is earned, and what followed is counted honestly."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from altteul.forecast.ahead import DayAhead
from altteul.forecast.decisions import calibration_error, summarised, words
from altteul.forecast.verdict import Priced, Situation, Word, judge

ON = date(2025, 3, 3)
PRICED = Priced("배추", "서울", "1포기", 5_000, ON, simulated=False)


def ahead(horizon: int, p_cheaper: float, expected: int, *, proved: bool = True) -> DayAhead:
    return DayAhead(
        horizon=horizon,
        day=ON + timedelta(days=horizon),
        expected=expected,
        low_95=expected - 900,
        low_80=expected - 500,
        low_50=expected - 200,
        mid=expected,
        high_50=expected + 200,
        high_80=expected + 500,
        high_95=expected + 900,
        p_cheaper=p_cheaper,
        p_loss=0.05,
        proved=proved,
    )


def situation(days: int = 28, keeps: int | None = 30, trip: int = 0) -> Situation:
    return Situation(ON, ON + timedelta(days=days), keeps, trip)


def test_wait_until_the_day_that_saves_most() -> None:
    found = judge(PRICED, [ahead(7, 0.8, 4_700), ahead(14, 0.8, 4_200)], situation())
    assert (found.word, found.until) == (Word.WAIT, ON + timedelta(days=14))
    assert found.expected_saving == 800
    assert "80%" in found.sentence
    assert "800원" in found.sentence


def test_no_waiting_past_the_latest_day() -> None:
    found = judge(PRICED, [ahead(7, 0.8, 4_700), ahead(14, 0.8, 4_200)], situation(days=10))
    assert found.until == ON + timedelta(days=7)


def test_no_waiting_for_less_than_another_trip_costs() -> None:
    found = judge(PRICED, [ahead(7, 0.8, 4_700)], situation(trip=1_500))
    assert found.word is Word.UNKNOWN


def test_buy_now_what_keeps_and_will_be_dearer() -> None:
    found = judge(PRICED, [ahead(14, 0.2, 6_000)], situation(keeps=30))
    assert found.word is Word.BUY
    assert found.expected_saving == 1_000


@pytest.mark.parametrize("keeps", [3, None])
def test_nothing_is_bought_ahead_that_would_not_keep(keeps: int | None) -> None:
    found = judge(PRICED, [ahead(14, 0.2, 6_000)], situation(keeps=keeps))
    assert found.word is Word.UNKNOWN
    assert "모름" in found.sentence


def test_what_keeps_a_week_is_bought_for_that_week() -> None:
    days = [ahead(7, 0.3, 5_300), ahead(14, 0.2, 6_000)]
    found = judge(PRICED, days, situation(keeps=7))
    assert (found.word, found.expected_saving) == (Word.BUY, 300)
    assert "3월 10일" in found.sentence


def test_the_chance_of_losing_more_than_so_much_is_read_off_the_quantiles() -> None:
    def asked(expected: int, p_cheaper: float, loss: int) -> float | None:
        able = Situation(ON, ON + timedelta(days=28), 30, loss_won=loss)
        return judge(PRICED, [ahead(14, p_cheaper, expected)], able).p_loss

    # Waiting: the price passes 5,000 + 100, which is the upper 80 % end of 4,600 ± 500.
    assert asked(4_600, 0.8, 100) == pytest.approx(0.1)
    # Buying: the price falls below 5,000 − 300 = 4,700, halfway from 4,500 to 4,900 of 5,400 ± ….
    assert asked(5_400, 0.2, 300) == pytest.approx((0.025 + 0.1) / 2)


def test_without_skill_the_answer_is_that_we_do_not_know() -> None:
    found = judge(PRICED, [ahead(14, 0.95, 3_000, proved=False)], situation())
    assert found.word is Word.UNKNOWN
    assert found.expected_saving is None
    assert "모름" in found.sentence


def test_simulated_prices_are_labelled() -> None:
    made_up = Priced("배추", "가람", "1포기", 5_000, ON, simulated=True)
    assert "연습용(가상)" in judge(made_up, [], situation()).sentence


def decided(rows: list[tuple[float, float, float, bool]]) -> pl.DataFrame:
    """Rows of (price now, price then, probability of cheaper, shown)."""
    now, then, stated, shown = (list(column) for column in zip(*rows, strict=True))
    expected = [a * (0.9 if p > 0.5 else 1.1) for a, p in zip(now, stated, strict=True)]
    frame = pl.DataFrame(
        {
            "now": np.log(now),
            "truth": np.log(then),
            "p_cheaper": stated,
            "expected": expected,
            "shown": shown,
            "origin": [ON + timedelta(days=40 * k) for k in range(len(rows))],
        }
    )
    return words(frame)


def test_savings_count_the_waits_that_failed() -> None:
    found = summarised(
        decided(
            [(1000, 800, 0.9, True), (1000, 1100, 0.9, True), (1000, 1300, 0.1, True),
             (1000, 500, 0.9, False)]
        )
    )  # fmt: skip
    assert (found.waits, found.buys, found.unknown) == (2, 1, 1)
    assert found.mean_saving == pytest.approx((0.2 - 0.1 + 0.3 + 0.0) / 4)
    assert found.mean_saving_waits == pytest.approx(0.05)
    assert found.share_of_foresight == pytest.approx(0.4 / 0.6)
    assert found.hit_rate == pytest.approx(2 / 3)
    assert found.abstention == pytest.approx(0.25)


def test_calibration_error_is_the_gap_between_stated_and_seen() -> None:
    rows = decided([(1000, 900, 0.85, True)] * 6 + [(1000, 1100, 0.85, True)] * 4)
    assert calibration_error(rows) == pytest.approx(0.25)
