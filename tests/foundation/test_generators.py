"""Synthetic series: what each family promises, by seed."""

from __future__ import annotations

import numpy as np
import pytest

from altteul.foundation.generators import (
    FAMILIES,
    activity,
    counts,
    draw,
    gaussian_process,
    nature,
    shocks,
    structural,
)
from altteul.foundation.generators.seasonality import profiles, seasonal, yearly_events

MONTHS = np.full(40, 12)
NONE = np.ones(40, dtype=int)


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_family_is_finite_varied_and_the_same_by_seed(family):
    first = family.draw(rng(), MONTHS, NONE, 200)
    again = family.draw(rng(), MONTHS, NONE, 200)
    assert first.shape == (40, 200)
    assert np.isfinite(first).all()
    assert np.array_equal(first, again)
    assert (first.std(axis=1) > 0).mean() > 0.9
    assert family.reference


def test_shares_of_the_mixture_sum_to_one_and_are_kept():
    assert sum(family.share for family in FAMILIES) == pytest.approx(1.0)
    assert sum(family.locked for family in FAMILIES) == pytest.approx(1.0)
    values, labels = draw(rng(), np.full(3000, 4), np.ones(3000, dtype=int), 60)
    assert np.isfinite(values).all()
    observed = np.bincount(labels, minlength=len(FAMILIES)) / 3000
    expected = np.array([family.share for family in FAMILIES])
    assert np.abs(observed - expected).max() < 0.03


def test_most_drawn_series_are_positive_as_real_ones_are():
    values, _ = draw(rng(), np.full(500, 12), np.ones(500, dtype=int), 100)
    assert 0.6 < (values.min(axis=1) >= 0).mean() < 0.98


def test_seasonal_component_has_unit_variance_over_a_period_and_repeats_if_still():
    one = profiles(rng(), np.array([24, 7, 12]))
    assert np.allclose(one[1, :7].mean(), 0, atol=1e-9)
    assert np.allclose(one[1, :7].std(), 1)
    assert not one[1, 7:].any()
    still = [row for row in seasonal(rng(), MONTHS, 120) if np.allclose(row[:12], row[12:24])]
    assert still
    assert all(np.allclose(row[:108], row[12:]) for row in still)
    assert not seasonal(rng(), NONE, 50).any()


def test_calendar_events_come_once_a_year_on_the_same_days():
    effect = yearly_events(rng(), np.full(20, 365), 1095)
    assert np.array_equal(effect[:, :365], effect[:, 365:730])
    assert ((effect != 0).mean(axis=1) < 0.1).all()


def test_intermittent_demand_is_mostly_zero_and_whole():
    values = counts.intermittent(rng(), NONE, NONE, 300)
    assert (values == 0).mean() > 0.5
    assert np.array_equal(values, np.round(values))
    assert values.min() == 0


def test_counts_are_whole_and_bounded_values_stay_in_bounds():
    values = counts.demand_counts(rng(), MONTHS, NONE, 300)
    assert np.array_equal(values, np.round(values))
    held = counts.bounded(rng(), MONTHS, NONE, 300)
    assert held.min() >= 0
    assert held.max() <= 3


def test_log_prices_are_positive_with_heavier_tails_than_the_normal():
    values = shocks.log_prices(rng(), NONE, NONE, 2000)
    steps = np.diff(np.log(values), axis=1)
    scaled = (steps - steps.mean(axis=1, keepdims=True)) / steps.std(axis=1, keepdims=True)
    assert values.min() > 0
    assert np.median((scaled**4).mean(axis=1)) > 3.5


def test_damped_trend_wanders_and_multiplicative_series_stay_positive():
    trend = structural.damped_trend(rng(), 200, 100)
    assert np.abs(trend[:, -1]).mean() > np.abs(trend[:, 5]).mean()
    assert structural.multiplicative(rng(), MONTHS, NONE, 150).min() > 0


def test_children_of_a_causal_graph_follow_their_parents():
    plain = gaussian_process.kernel_synth(rng(), NONE, NONE, 128)
    linked = gaussian_process.causal_graph(rng(), NONE, NONE, 128)
    assert np.allclose(plain[0], linked[0])
    assert not np.allclose(plain[5], linked[5])


def test_long_gaussian_processes_are_interpolated_to_full_length():
    values = gaussian_process.kernel_synth(rng(), np.full(8, 24), np.full(8, 168), 1500)
    assert values.shape == (8, 1500)
    assert np.isfinite(values).all()


def test_retail_demand_is_whole_and_never_negative_with_stretches_of_nothing():
    values = activity.retail_demand(rng(), np.full(200, 7), np.full(200, 365), 400)
    assert np.array_equal(values, np.round(values))
    assert values.min() == 0
    busy = values.mean(axis=1) > 5
    longest = [max(map(len, "".join("0" if v == 0 else "x" for v in row).split("x")))
               for row in values[busy]]  # fmt: skip
    assert max(longest) >= 10


def test_closed_days_of_human_activity_are_exactly_zero_and_most_days_are_open():
    values = activity.human_activity(rng(), np.full(200, 7), np.full(200, 365), 400)
    assert values.min() == 0
    assert (values == 0).mean() < 0.1


def test_running_totals_mostly_never_fall():
    values = activity.running_totals(rng(), np.full(200, 7), NONE.repeat(5), 300)
    rising = (np.diff(values, axis=1) >= 0).all(axis=1).mean()
    assert 0.55 < rising < 0.95


def test_stretches_run_as_long_as_asked():
    made = activity._stretches(rng(), 300, 200, 1.0, 0.005, 0.005, 4, 4)
    starts = made & ~np.pad(made, ((0, 0), (1, 0)))[:, :-1]
    assert made.any()
    for row, column in zip(*np.nonzero(starts[:, :190]), strict=True):
        assert made[row, column : column + 4].all()


def test_rain_is_never_negative_and_a_store_drains_slowly():
    values = nature.rain_and_flow(rng(), np.full(100, 7), NONE.repeat(3)[:100], 500)
    assert values.min() >= 0
    dry = (values == 0).mean(axis=1)
    assert (dry > 0.2).any()
    assert (dry < 0.1).any()


def test_anomalies_have_unit_variance_and_the_memory_asked_for():
    values = nature._anomaly(rng(), 5000, np.full(20, 0.6))
    assert values.std() == pytest.approx(1.0, abs=0.05)
    assert (values[:, 1:] * values[:, :-1]).mean() == pytest.approx(0.6, abs=0.05)


def test_bending_trends_without_season_are_straight_between_bends(monkeypatch):
    monkeypatch.setattr(nature, "_anomaly", lambda rng, length, memory: np.zeros((40, length)))
    values = nature.bending_trends(rng(), NONE, NONE, 300)
    bends = (np.abs(np.diff(values, 2, axis=1)) > 1e-9).sum(axis=1)
    assert bends.max() <= 30
