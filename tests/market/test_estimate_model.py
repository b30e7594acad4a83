"""The model beside independent truth: dense solutions, simulated cities, values by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from estimate_world import city

from altteul.market.estimate import effects as effects_module
from altteul.market.estimate.effects import LEVEL_VARIANCE, Variances, fit_effects
from altteul.market.estimate.features import grouped_by
from altteul.market.estimate.level import fit_level, grouped_median
from altteul.market.estimate.model import fit_model
from altteul.market.estimate.variances import fit_variances


def test_backfitting_reaches_the_dense_solution_of_the_mixed_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(effects_module, "DEGREES_OF_FREEDOM", 1e9)
    monkeypatch.setattr(effects_module, "ROUNDS", 2_000)
    monkeypatch.setattr(effects_module, "SMALL", 1e-10)
    chance = np.random.default_rng(3)
    codes = {"level": chance.integers(0, 4, 60), "seller": chance.integers(0, 9, 60)}
    codes["seller"][:7] = -1
    values, variances = chance.normal(0, 1, 60), Variances({"seller": 0.5}, 0.2)
    fitted = fit_effects(values, codes, variances)
    total, _ = fitted.total(codes, variances, np.ones(60))
    member = {n: (c[:, None] == c[None]) & (c >= 0)[:, None] for n, c in codes.items()}
    shared = LEVEL_VARIANCE * member["level"] + 0.5 * member["seller"]
    dense = shared @ np.linalg.solve(shared + 0.2 * np.eye(60), values)
    assert total == pytest.approx(dense, abs=1e-6)


def test_a_group_never_seen_has_no_effect_and_the_whole_variance() -> None:
    codes = {"seller": np.array([0, 0, 1])}
    variances = Variances({"seller": 0.3}, 0.1)
    fitted = fit_effects(np.array([1.0, 1.0, -1.0]), codes, variances)
    unseen = {"seller": np.array([-1])}
    total, variance = fitted.total(unseen, variances, np.ones(1))
    assert (total[0], variance[0]) == pytest.approx((0.0, 0.4))
    # In a channel of errors half as wide again.
    assert fitted.total(unseen, variances, np.array([1.5]))[1] == pytest.approx(0.45)


def test_variances_find_which_factor_matters() -> None:
    chance = np.random.default_rng(5)
    seller, other = np.repeat(np.arange(40), 12), np.tile(np.arange(12), 40)
    values = chance.normal(0, 0.5, 40)[seller] + chance.normal(0, 0.3, 480)
    codes = {"level": np.zeros(480, dtype=np.int64), "seller": seller, "other": other}
    found = fit_variances(values, codes, ["large_store"] * 480)
    assert found.factors["seller"] ** 0.5 == pytest.approx(0.5, rel=0.3)
    assert found.factors["other"] ** 0.5 < 0.1
    assert found.noise**0.5 == pytest.approx(0.3, rel=0.2)
    assert found.channels == {"large_store": pytest.approx(1.0)}


def test_each_channel_has_errors_of_its_own_size() -> None:
    chance = np.random.default_rng(11)
    seller, store = np.repeat(np.arange(40), 12), np.repeat(np.arange(40) < 20, 12)
    wide = np.where(store, 0.4, 0.2)
    values = chance.normal(0, 0.3, 40)[seller] + wide * chance.normal(0, 1, 480)
    codes = {"level": np.zeros(480, dtype=np.int64), "seller": seller}
    channels = np.where(store, "large_store", "traditional_market").tolist()
    found = fit_variances(values, codes, channels)
    ratio = found.channels["large_store"] / found.channels["traditional_market"]
    assert ratio == pytest.approx(4.0, rel=0.25)
    noise = found.noise * found.times(["large_store", "traditional_market"])
    assert noise**0.5 == pytest.approx([0.4, 0.2], rel=0.2)
    # Of the same prices around it, a market's are believed more than a store's.
    fitted = fit_effects(values, codes, found, 1.0 / found.times(channels))
    doubt = fitted.variance["seller"]
    assert doubt[20:].max() < doubt[:20].min()


def test_grouped_median_is_the_median_of_each_group() -> None:
    chance = np.random.default_rng(7)
    values, codes = chance.normal(size=101), chance.integers(0, 6, 101)
    expected = [np.median(values[codes == group]) for group in range(6)]
    assert grouped_median(values, codes) == pytest.approx(expected)


def test_an_item_of_wild_prices_has_a_wider_spread() -> None:
    chance = np.random.default_rng(9)
    items = np.repeat([0, 1], 50)
    level = fit_level(chance.normal(0, np.where(items == 0, 0.1, 0.5)), items, items)
    assert level.spread[1] > 2 * level.spread[0]


def test_the_estimate_comes_near_the_truth_where_the_level_does_not() -> None:
    goods = city()
    hidden = pl.Series(np.random.default_rng(0).random(goods.height) < 0.1)
    model = fit_model(goods.filter(~hidden))
    asked = goods.filter(hidden)
    true = asked["log_price"].to_numpy()
    middle, scale = model.estimate(asked)
    level = goods.filter(~hidden).group_by("item").agg(pl.col("log_price").median().alias("m"))
    plain = asked.join(level, on="item", maintain_order="left")["m"].to_numpy()
    assert np.abs(middle - true).mean() < 0.65 * np.abs(plain - true).mean()
    assert (scale > 0).all()


def test_an_item_never_seen_has_no_estimate() -> None:
    model = fit_model(city())
    asked = city(sellers=1).with_columns(item=pl.lit("배추"))
    assert np.isnan(model.estimate(asked)[0]).all()


def test_unstated_columns_form_a_group_unless_they_are_needed() -> None:
    goods = city(sellers=2, items=2)
    assert (grouped_by(goods, ("chain",), "chain").codes(goods) == -1).all()
    assert (grouped_by(goods, ("item", "variety")).codes(goods) >= 0).all()
