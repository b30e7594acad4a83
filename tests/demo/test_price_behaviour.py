"""The invented prices behave like surveyed ones (figures: SOURCES of the survey, 2021–2026)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from altteul.demo.simulation import Simulation
from altteul.demo.survey_days import feast_days
from altteul.sources.observation import Channel


def unit_prices(simulated: Simulation, item: str, day: int, city: int) -> np.ndarray:
    found = [
        simulated.asked.won[day, number] / stall.size
        for number, stall in enumerate(simulated.stalls)
        if simulated.goods[stall.good].item == item
        and stall.city == city
        and simulated.asked.seen[day, number]
    ]
    return np.array(found)


def item_means(means: pl.DataFrame, item: str) -> pl.DataFrame:
    return means.filter(item=item).with_columns(month=pl.col("date").dt.month())


def test_most_shop_prices_are_the_same_on_the_next_survey_day(simulated: Simulation) -> None:
    seen = simulated.asked.seen[1:] & simulated.asked.seen[:-1]
    same = (simulated.asked.won[1:] == simulated.asked.won[:-1])[seen].mean()
    assert 0.88 <= same <= 0.95  # surveyed: 91 %


@pytest.mark.parametrize("kind", ["vegetable", "fruit"])
def test_the_dearest_shop_asks_two_to_four_times_the_cheapest(
    simulated: Simulation, kind: str
) -> None:
    items = {good.item for good in simulated.goods if good.kind == kind}
    ratios = []
    for item in items - {"풋고추"}:
        found = unit_prices(simulated, item, len(simulated.days) - 1, city=0)
        ratios += [found.max() / found.min()] if len(found) > 10 else []
    assert len(ratios) > 8
    assert 2 <= np.median(ratios) <= 4
    assert np.quantile(ratios, 0.95) <= 4.5


@pytest.mark.parametrize(
    ("item", "amplitude", "peak"), [("시금치", 1.55, 8), ("귤", 1.08, 8), ("애호박", 0.72, 2)]
)
def test_prices_follow_the_season(
    simulated: Simulation, item: str, amplitude: float, peak: int
) -> None:
    columns = [i for i, s in enumerate(simulated.stalls) if simulated.goods[s.good].item == item]
    sizes = np.array([simulated.stalls[i].size for i in columns])
    won = np.log(simulated.asked.won[:, columns] / sizes).mean(axis=1)
    months = np.array([day.month for day in simulated.days])
    level = np.array([np.exp(won[months == month].mean()) for month in range(1, 13)])
    found = (level.max() - level.min()) / level.mean()
    assert found == pytest.approx(amplitude, rel=0.35)
    assert min((level.argmax() + 1 - peak) % 12, (peak - level.argmax() - 1) % 12) <= 1


def test_weekly_moves_are_as_large_as_each_good_says(
    simulated: Simulation, means: pl.DataFrame
) -> None:
    wanted, found = [], []
    for good in simulated.goods:
        if good.kind in ("vegetable", "fruit") and not good.months and good.weekly >= 0.06:
            won = item_means(means, good.item)["price"].to_numpy()
            wanted.append(good.weekly)
            found.append(np.std(np.log(won[5:] / won[:-5])))
    ratio = np.array(found) / np.array(wanted)
    assert 0.75 <= np.median(ratio) <= 1.35
    assert np.corrcoef(wanted, found)[0, 1] > 0.8


def test_shocks_last_for_weeks(means: pl.DataFrame) -> None:
    won = np.log(item_means(means, "양파")["price"].to_numpy())
    assert np.corrcoef(won[1:], won[:-1])[0, 1] > 0.9
    assert np.corrcoef(won[5:], won[:-5])[0, 1] > np.corrcoef(won[60:], won[:-60])[0, 1]


def test_pears_are_dearer_on_the_eve_of_the_feasts(simulated: Simulation) -> None:
    columns = [i for i, s in enumerate(simulated.stalls) if simulated.goods[s.good].item == "배"]
    won = np.log(simulated.asked.won[:, columns]).mean(axis=1)
    ordinals = np.array([day.toordinal() for day in simulated.days])
    rises = []
    for feast in feast_days(date(2018, 3, 1), date(2025, 12, 31)):
        eve, before = np.searchsorted(ordinals, [feast.toordinal(), feast.toordinal() - 18]) - 1
        rises.append(won[eve] - won[before])
    ordinary = won[13:] - won[:-13]
    assert np.mean(rises) > np.mean(ordinary) + 0.05


def test_neither_markets_nor_stores_are_always_cheaper(simulated: Simulation) -> None:
    dearer = 0
    for number in range(len(simulated.goods)):
        level = {
            channel: np.mean(
                [
                    stall.markup - 0.96 * np.log(stall.size)
                    for stall in simulated.stalls
                    if stall.good == number and stall.seller.channel is channel
                ]
            )
            for channel in (Channel.TRADITIONAL_MARKET, Channel.LARGE_STORE)
        }
        dearer += level[Channel.TRADITIONAL_MARKET] > level[Channel.LARGE_STORE]
    assert 0.2 < dearer / len(simulated.goods) < 0.8


def test_promotions_are_rare_cheaper_and_only_where_promotions_are(simulated: Simulation) -> None:
    promotes = np.array(
        [s.seller.channel in (Channel.LARGE_STORE, Channel.ONLINE) for s in simulated.stalls]
    )
    assert not simulated.asked.sale[:, ~promotes].any()
    assert 0.002 < simulated.asked.sale[:, promotes].mean() < 0.05
    on_sale, everyday = simulated.asked.sale[:, promotes], simulated.asked.won[:, promotes]
    starts = on_sale[1:] & ~on_sale[:-1]
    assert np.median(everyday[1:][starts] / everyday[:-1][starts]) < 0.9


def test_a_survey_misses_cells(simulated: Simulation) -> None:
    always = [i for i, s in enumerate(simulated.stalls) if not simulated.goods[s.good].months]
    daily = [i for i in always if not simulated.stalls[i].seller.open_days]
    assert 0.01 < 1 - simulated.asked.seen[:, daily].mean() < 0.1
