"""Intervals keep their promise; old prices are less sure."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from estimate_world import city

from altteul.market.estimate.carrying import STILL, Movement, carry, changed, combine
from altteul.market.estimate.conformal import Depth, scored
from altteul.market.estimate.estimator import fit_estimator


def test_the_width_is_the_quantile_of_the_scores() -> None:
    group = np.array(["채소"] * 99)
    scores = scored(np.arange(1.0, 100.0), np.ones(99), group)
    # 80 of 100 places, the hundredth being the price that is asked about.
    assert scores.width(0.8, "채소") == 80.0


def test_a_small_group_borrows_from_the_others_and_a_large_one_does_not() -> None:
    error = np.concatenate([np.full(5, 10.0), np.full(500, 1.0)])
    few = scored(error, np.ones(505), np.array(["과일"] * 5 + ["채소"] * 500))
    assert few.width(0.8, "과일") == 1.0
    error = np.concatenate([np.full(400, 10.0), np.full(500, 1.0)])
    many = scored(error, np.ones(900), np.array(["과일"] * 400 + ["채소"] * 500))
    assert many.width(0.8, "과일") == 10.0


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_hidden_prices_are_inside_as_often_as_promised(share: float) -> None:
    goods = city(sellers=80, seed=4)
    hidden = pl.Series(np.random.default_rng(2).random(goods.height) < 0.3)
    estimator = fit_estimator(goods.filter(~hidden))
    assert estimator is not None
    estimates = estimator.estimate(goods.filter(hidden))
    error = np.abs(goods.filter(hidden)["log_price"].to_numpy() - estimates.middle)
    assert np.mean(error <= estimates.half_width(share)) == pytest.approx(share, abs=0.07)


def test_a_seller_in_a_district_never_seen_has_a_wider_interval() -> None:
    goods = city()
    estimator = fit_estimator(goods)
    assert estimator is not None
    asked = goods.head(12)
    stranger = asked.with_columns(seller=pl.lit("x"), district=pl.lit("서울 먼구"))
    known, unknown = estimator.estimate(asked), estimator.estimate(stranger)
    assert set(known.depth) == {Depth.SELLER}
    assert set(unknown.depth) == {Depth.REGION}
    assert (unknown.half_width(0.8) > known.half_width(0.8)).all()


def test_too_few_prices_give_no_estimator() -> None:
    assert fit_estimator(city(sellers=5)) is None


def test_a_price_follows_the_region_as_far_as_it_was_probably_changed() -> None:
    day = date(2026, 5, 1)
    movement = Movement(np.array(["2026-05-01", "2026-05-11"], "datetime64[D]"), np.array([1, 1.5]))
    value, variance = carry(8.0, day, day + timedelta(days=10), movement)
    share = 1 - 0.91**10
    assert value == pytest.approx(8.0 + share * 0.5)
    assert variance == pytest.approx(share * 0.1**2 * 10 / 7)


def test_the_doubt_of_a_price_grows_with_its_age_from_nothing() -> None:
    day = date(2026, 5, 1)
    doubts = [carry(8.0, day, day + timedelta(days=age), STILL)[1] for age in (0, 1, 10, 40)]
    assert doubts[0] == 0.0
    assert doubts == sorted(doubts)
    assert changed(np.array([1.0]))[0] == pytest.approx(0.09)


def test_two_values_meet_nearer_the_surer_one() -> None:
    assert combine((0.0, 1.0), (4.0, 3.0)) == pytest.approx((1.0, 0.75))
    assert combine((2.0, 0.0), (4.0, 3.0)) == (2.0, 0.0)
