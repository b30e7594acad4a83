"""The evaluation: what is hidden, how it is measured, and the figures on the real survey."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from estimate_world import city

from altteul.catalog import load_catalog
from altteul.errors import NoDataError
from altteul.history import History
from altteul.market import Market
from altteul.market.estimate.hiding import COLUMNS, Hidden, parts
from altteul.market.estimate.offers import of_usual_sort
from altteul.market.evaluation.baselines import BASELINES, mean_prices
from altteul.market.evaluation.baskets import Regret, Town, regret_of, regrets
from altteul.market.evaluation.hide_and_measure import evaluate_estimates, evaluated_prices
from altteul.market.evaluation.measuring import rank_error
from altteul.market.offer import Basis
from altteul.sources.files import read_file
from altteul.sources.observation import OBSERVATION_SCHEMA


@pytest.mark.parametrize("hidden", list(Hidden))
def test_every_price_is_hidden_once_with_all_that_belongs_to_it(hidden: Hidden) -> None:
    goods = city()
    found = list(parts(goods, hidden, seed=3, most=5))
    assert (np.sum(found, axis=0) == 1).all()
    for part in found:
        inside, outside = goods.filter(part), goods.filter(~part)
        assert inside.join(outside, on=COLUMNS[hidden], how="inner").is_empty()


def test_the_baseline_is_the_mean_price_of_the_channel() -> None:
    goods = city(sellers=6, items=2)
    asked = goods.filter(pl.col("seller") == "s1", pl.col("item") == "i0")
    seen = goods.filter(pl.col("seller") != "s1")
    won = seen.filter(pl.col("item") == "i0", pl.col("channel") == "large_store")["log_price"].exp()
    found = mean_prices(seen, asked, BASELINES["item_channel_mean"])
    assert found[0] == pytest.approx(np.log(won.mean()))


def test_rank_error_counts_the_pairs_that_are_told_wrongly() -> None:
    chance = np.random.default_rng(1)
    true, guess = chance.integers(0, 5, 20).astype(float), chance.integers(0, 5, 20).astype(float)
    sellers, alike = np.arange(20) % 7, np.arange(20) % 3
    pairs = [
        (i, j)
        for i, j in combinations(range(20), 2)
        if alike[i] == alike[j] and sellers[i] != sellers[j] and true[i] != true[j]
    ]
    wrong = [
        0.5 if guess[i] == guess[j] else float((guess[i] < guess[j]) != (true[i] < true[j]))
        for i, j in pairs
    ]
    assert rank_error(true, guess, alike, sellers) == pytest.approx(np.mean(wrong), abs=1e-5)


def test_a_plan_on_the_truth_has_no_regret_and_a_plan_on_the_reverse_has() -> None:
    goods = city(sellers=8).with_columns(doubt=pl.lit(0.0))
    nothing = Regret(committed=0.0, with_limits=0.0, least=0.0)
    assert regrets(goods.with_columns(believed="log_price")) == [nothing, nothing]
    reverse = regrets(goods.with_columns(believed=-pl.col("log_price")))
    assert min(regret.committed for regret in reverse) > 0.0


def test_regrets_of_two_shops_by_hand() -> None:
    """가 is known; 나 is thought to ask 90 for everything and asks 50, 150 and 200."""
    known, hidden, nothing = [100.0, 100.0, 70.0], [50.0, 150.0, 200.0], [0.0, 0.0, 0.0]
    town = Town(
        true=np.array([known, hidden]),
        expected=np.array([known, [90.0, 90.0, 90.0]]),
        doubt=np.array([nothing, [0.3, 0.3, 0.3]]),
    )
    found = regret_of(town, seed=0)
    best = 50 + 100 + 70
    # Both are visited: committed buys the first two at 나, with limits the second one at 가.
    assert found.committed == pytest.approx((50 + 150 + 70) / best - 1)
    assert found.with_limits == pytest.approx(0.0)
    assert found.least > 0.0


def test_the_least_regret_is_what_normal_doubt_costs() -> None:
    """One item at two shops that look alike: E max(a, b) − E min(a, b) of ln prices is known."""
    sd, items = 0.05, 400
    town = Town(
        true=np.full((2, items), 1000.0),
        expected=np.full((2, items), 1000.0),
        doubt=np.full((2, items), sd),
    )
    # E of the smaller of two normal values is −sd/√π; the plan pays the mean.
    assert regret_of(town, seed=1).least == pytest.approx(sd / np.sqrt(np.pi), rel=0.06)


@pytest.mark.parametrize("seed", [0, 5])
def test_mixed_hides_half_of_the_sellers_of_every_district(seed: int) -> None:
    goods = city(sellers=16)
    for part in parts(goods, Hidden.MIXED, seed, most=2):
        hidden = goods.filter(part).group_by("district").agg(pl.col("seller").n_unique())
        assert hidden["seller"].to_list() == [2, 2, 2, 2]


def test_too_few_prices_say_what_to_do() -> None:
    nothing = pl.DataFrame(schema=OBSERVATION_SCHEMA)
    with pytest.raises(NoDataError, match="altteul import"):
        evaluate_estimates(nothing, [], load_catalog())


@pytest.fixture(scope="module")
def survey(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> History:
    history = History.open(tmp_path_factory.mktemp("survey"))
    path = shared_data / "sellers/seoul_shop_prices_202105_13gu.csv.gz"
    history.record(read_file(path, load_catalog()), origin="test")
    return history


@pytest.mark.slow
def test_hidden_prices_of_seoul_are_estimated_as_well_as_promised(survey: History) -> None:
    found = evaluate_estimates(
        evaluated_prices(survey),
        survey.sellers().all(),
        load_catalog(),
        hide=[Hidden.SINGLE, Hidden.DISTRICT],
    )
    single, district = found.results
    assert single.overall.better >= 0.15
    assert 0.77 <= single.overall.inside_80 <= 0.83
    assert single.basket_regret is not None
    assert single.basket_regret < 0.03
    assert district.overall.better > 0.0
    assert sorted(one.item for one in found.marked) == ["돼지고기", "명태", "명태", "조기"]


def test_estimated_offers_stand_beside_the_observed_ones(real_market: Market) -> None:
    on, place = date(2021, 5, 31), real_market.place("노원구")
    observed = real_market.offers(place, on, items=["배추"], radius_m=5_000)
    found = real_market.estimated_offers(place, on, items=["배추"], radius_m=5_000)
    assert found
    assert {offer.basis for offer in found} == {Basis.ESTIMATED}
    assert all(o.price.low < o.price.mid < o.price.high and o.unit_price.estimated for o in found)
    assert not {o.seller.id for o in found} & {o.seller.id for o in observed}
    assert all(not o.seller.goods or "농산물" in o.seller.goods for o in found)
    assert real_market.offers(place, on, items=["배추"], radius_m=5_000) == observed


def test_goods_of_no_stated_sort_are_taken_for_the_usual_one_of_their_channel() -> None:
    known = city(sellers=6, items=1).with_columns(
        variety=pl.Series(["등심", "불고기", "등심", "불고기", "우둔", "우둔"]),
        grade=pl.Series(["1", "2", "1", "2", "3", None]),
    )
    asked = city(sellers=2, items=1).with_columns(pack=pl.lit(0))
    found = of_usual_sort(asked, known)
    by_channel = dict(found.select("channel", "variety").iter_rows())
    assert by_channel == {"traditional_market": "등심", "large_store": "불고기"}
    assert found.columns == asked.columns


def test_eggs_are_estimated_by_the_tray_and_by_the_ten_where_both_are_sold(
    real_market: Market,
) -> None:
    place = real_market.place("노원구")
    found = real_market.estimated_offers(place, date(2021, 5, 31), items=["달걀"], radius_m=3_000)
    assert {offer.pack.label for offer in found} == {"10개", "30개"}
    tray = {o.seller.id: o.price.mid for o in found if o.pack.label == "30개"}
    ten = {o.seller.id: o.price.mid for o in found if o.pack.label == "10개"}
    assert tray.keys() == ten.keys()
    assert all(ten[seller] < tray[seller] < 3.2 * ten[seller] for seller in tray)
