"""Plans read what the nightly job kept: ratios to today's price, nothing unearned."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from altteul.forecast.keeping import drop_old, keep, kept_path
from altteul.forecast.outlook import Outlook, Reason
from altteul.sources.observation import Channel

ON = date(2025, 3, 3)
TOMORROW = ON + timedelta(days=1)


def rows(
    item: str, region: str = "서울", channel: str = "", *, price: float = 1_000.0,
    shown_until: int = 28, variety: str = "",
) -> pl.DataFrame:  # fmt: skip
    """A series whose price falls by 1 % of today's a day, known to within 10 % on either side."""
    days = np.arange(1, 29)
    middle = price * (1 - 0.01 * days)
    return pl.DataFrame(
        {
            "series": [f"{item}|{variety}||retail|{region}|{channel}|made|1000g"] * 28,
            "item": [item] * 28,
            "region": [region] * 28,
            "channel": [channel] * 28,
            "horizon": days,
            "now": np.full(28, np.log(price)),
            "q0.1": np.log(0.9 * middle),
            "median": np.log(middle),
            "q0.9": np.log(1.1 * middle),
            "shown": days <= shown_until,
            "observed_on": [ON] * 28,
            "surveys": [500] * 28,
            "simulated": [False] * 28,
        }
    )


def opened(
    home: Path, *frames: pl.DataFrame, region: str | None = "서울", on: date = ON
) -> Outlook:
    keep(pl.concat(frames), kept_path(home, ON, "abc"))
    return Outlook.open(home, region, on)


def test_a_change_is_the_price_of_that_day_over_todays(tmp_path: Path) -> None:
    change = opened(tmp_path, rows("배추")).change("배추", None, ON + timedelta(days=7))
    assert change is not None
    assert (change.low, change.mid, change.high) == pytest.approx((0.837, 0.93, 1.023))
    assert change.region == "서울"


def test_without_a_nightly_run_nothing_is_known_and_it_is_said(tmp_path: Path) -> None:
    outlook = Outlook.open(tmp_path, "서울", ON)
    assert outlook.made_on is None
    assert outlook.change("배추", None, TOMORROW) is None
    assert outlook.why_not("배추", None, TOMORROW) is Reason.NOT_KEPT


def test_no_change_is_told_where_no_skill_was_proved(tmp_path: Path) -> None:
    outlook = opened(tmp_path, rows("배추", shown_until=7))
    later = ON + timedelta(days=8)
    assert outlook.change("배추", None, later - timedelta(days=1)) is not None
    assert outlook.change("배추", None, later) is None
    assert outlook.why_not("배추", None, later) is Reason.NO_SKILL


@pytest.mark.parametrize("days", [-1, 0, 29])
def test_no_change_is_told_beyond_28_days_nor_backwards(tmp_path: Path, days: int) -> None:
    outlook = opened(tmp_path, rows("배추"))
    assert outlook.why_not("배추", None, ON + timedelta(days=days)) is Reason.OUT_OF_REACH


def test_after_a_week_without_a_nightly_run_forecasts_are_too_old(tmp_path: Path) -> None:
    friday = opened(tmp_path, rows("배추"))
    week_end = Outlook.open(tmp_path, "서울", ON + timedelta(days=2))
    late = Outlook.open(tmp_path, "서울", ON + timedelta(days=8))
    day = ON + timedelta(days=10)
    assert week_end.change("배추", None, day) == friday.change("배추", None, day)
    assert late.why_not("배추", None, day) is Reason.TOO_OLD


def test_a_channel_of_its_own_comes_before_all_channels(tmp_path: Path) -> None:
    market = rows("배추", channel="traditional_market").with_columns(pl.col("median") - 0.1)
    outlook = opened(tmp_path, rows("배추"), market)
    day = ON + timedelta(days=10)
    own = outlook.change("배추", Channel.TRADITIONAL_MARKET, day)
    other = outlook.change("배추", Channel.LARGE_STORE, day)
    assert own is not None
    assert own.mid == pytest.approx(0.9 * np.exp(-0.1))
    assert other == outlook.change("배추", None, day)


def test_a_region_without_a_survey_is_answered_by_the_nation_and_says_so(tmp_path: Path) -> None:
    frames = rows("배추", region="전국"), rows("무", region="전국"), rows("무", shown_until=0)
    outlook = opened(tmp_path, *frames)
    far = outlook.change("배추", None, TOMORROW)
    assert far is not None
    assert far.region == "전국"
    assert outlook.why_not("무", None, TOMORROW) is Reason.NO_SKILL
    assert outlook.why_not("양파", None, TOMORROW) is Reason.NO_SERIES


def test_the_newest_forecasts_up_to_the_day_are_read(tmp_path: Path) -> None:
    later = rows("배추").with_columns(pl.col("median") - 0.5)
    keep(later, kept_path(tmp_path, TOMORROW, "abd"))
    outlook = opened(tmp_path, rows("배추"))
    assert outlook.made_on == ON
    assert Outlook.open(tmp_path, "서울", TOMORROW).made_on == TOMORROW


def test_what_no_night_used_for_long_is_removed(tmp_path: Path) -> None:
    old, new = kept_path(tmp_path, ON, "aaa"), kept_path(tmp_path, TOMORROW, "bbb")
    fold = tmp_path / "forecasts" / "folds" / "2025-01-01-ccc.parquet"
    for path in (old, new, fold):
        keep(rows("배추"), path)
    day = 86_400.0
    now = old.stat().st_mtime + 1
    os.utime(old, (now - 61 * day, now - 61 * day))
    os.utime(fold, (now - 13 * day, now - 13 * day))
    assert drop_old(tmp_path, now) == 1
    assert (old.exists(), new.exists(), fold.exists()) == (False, True, True)
    assert drop_old(tmp_path, now + 2 * day) == 1
    assert not fold.exists()
