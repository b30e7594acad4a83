"""Items with little history: a range around the last price, and no verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from altteul.catalog import load_catalog
from altteul.errors import NoDataError
from altteul.forecast import few_surveys
from altteul.forecast.advice import advise
from altteul.forecast.panel import Panel, SeriesKey
from altteul.forecast.verdict import Situation, Word

FIRST = date(2025, 1, 6)


def panel_of(surveys: int, *, simulated: bool = False, spread: float = 0.03) -> Panel:
    """One item surveyed on the weekdays up to a Friday, its price a random walk."""
    weeks = -(-surveys // 5)
    won = np.full((1, 7 * weeks - 2), np.nan)
    weekdays = [7 * week + day for week in range(weeks) for day in range(5)][-surveys:]
    walk = np.cumsum(np.random.default_rng(3).normal(0, spread, surveys))
    won[0, weekdays] = np.round(3000 * np.exp(walk))
    key = SeriesKey("배추", "", "", "retail", "서울", "", "made", "1000g")
    return Panel((key,), FIRST, won, np.array([simulated]))


def asked(panel: Panel) -> Situation:
    return Situation(panel.last, panel.last + timedelta(days=28), None)


def test_a_new_item_gets_a_range_around_its_last_price_and_no_verdict(tmp_path: Path) -> None:
    panel = panel_of(15, simulated=True)
    item = load_catalog().find("배추").item
    report, decided, _ = advise(panel, item, "서울", asked(panel), tmp_path)
    assert report.verdict.word is Word.UNKNOWN
    assert "15번" in report.verdict.sentence
    assert "추정" in report.verdict.sentence
    assert "연습용(가상)" in report.verdict.sentence
    assert decided.is_empty()
    assert report.price == round(float(panel.won[0, -1]))
    assert [one.horizon for one in report.days] == list(range(1, 29))
    for one in report.days:
        assert one.mid == report.price
        assert not one.proved
        assert one.low_95 <= one.low_80 <= one.low_50 <= one.mid
        assert one.mid <= one.high_50 <= one.high_80 <= one.high_95
    assert report.days[27].high_80 > report.days[0].high_80


def test_fewer_surveys_than_that_are_refused(tmp_path: Path) -> None:
    panel = panel_of(few_surveys.FEWEST - 1)
    item = load_catalog().find("배추").item
    with pytest.raises(NoDataError, match="400일"):
        advise(panel, item, "서울", asked(panel), tmp_path)


def test_what_comes_after_the_day_is_not_seen(tmp_path: Path) -> None:
    panel = panel_of(40)
    until = panel.until(FIRST + timedelta(days=25))
    item = load_catalog().find("배추").item
    before = advise(until, item, "서울", asked(until), tmp_path)[0]
    changed = replace(panel, won=panel.won.copy())
    changed.won[:, until.days :] *= 9
    assert advise(changed, item, "서울", asked(until), tmp_path)[0] == before


def test_a_livelier_price_has_a_wider_range() -> None:
    calm, lively = panel_of(30, spread=0.01), panel_of(30, spread=0.08)
    surveys = [one.won[0][np.isfinite(one.won[0])] for one in (calm, lively)]
    changes = few_surveys.log_changes(surveys, (7, 28))
    width = changes[:, :, -2] - changes[:, :, 1]
    assert (width[1] > 3 * width[0]).all()
    assert (changes[:, :, few_surveys.MIDDLE] == 0).all()


def test_ranges_hold_about_what_they_say_on_random_walks() -> None:
    """Truth by construction: the same walks go on for four weeks of five surveys."""
    rng = np.random.default_rng(8)
    walks = np.cumsum(rng.normal(0, 0.03, (300, 40)), axis=1) + 8
    changes = few_surveys.log_changes(list(np.exp(walks[:, :20])), (7, 28))
    for column, step in enumerate((5, 20)):
        truth = walks[:, 19 + step] - walks[:, 19]
        held = (changes[:, column, 1] <= truth) & (truth <= changes[:, column, -2])
        assert 0.7 < held.mean() < 0.92


def test_a_series_whose_last_price_is_old_does_not_stand_for_the_item() -> None:
    panel = panel_of(30)
    both = Panel(
        (panel.keys[0], replace(panel.keys[0], variety="봄")),
        panel.first,
        np.vstack([panel.won, panel.won]),
        np.array([False, False]),
    )
    both.won[0, -10:] = np.nan
    assert few_surveys.best_row(both, "배추", "서울") == 1
    assert few_surveys.best_row(both, "무", "서울") is None
