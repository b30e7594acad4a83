"""What the practice market hands to the price table."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from altteul.demo import practice_harvest
from altteul.demo.goods import all_goods
from altteul.demo.published import normal_prices
from altteul.demo.survey_days import feast_days, survey_days
from altteul.errors import InputError
from altteul.sources.harvest import Harvest
from altteul.sources.observation import (
    OBSERVATION_KEY,
    OBSERVATION_SCHEMA,
    Channel,
    Observation,
)

UNTIL = date(2026, 11, 22)


def test_everything_is_marked_simulated_and_practice(harvest: Harvest) -> None:
    assert harvest.source == "practice"
    assert harvest.observations["simulated"].all()
    assert set(harvest.observations["source"]) == {"practice"}
    assert all(seller.simulated for seller in harvest.sellers)
    assert all(seller.key.startswith("practice:") for seller in harvest.sellers)


def test_rows_are_distinct_facts_of_the_price_table(harvest: Harvest) -> None:
    assert harvest.observations.schema == OBSERVATION_SCHEMA
    assert not harvest.observations.select(OBSERVATION_KEY).is_duplicated().any()
    for row in harvest.observations.sample(300, seed=1).iter_rows(named=True):
        Observation.model_validate(row)


def test_surveys_happen_on_weekdays_without_holidays(harvest: Harvest) -> None:
    days = harvest.observations["date"].unique()
    assert set(days.dt.weekday()) == {1, 2, 3, 4, 5}
    for holiday in ("2024-02-09", "2025-10-06", "2026-09-25", "2025-12-25"):
        assert date.fromisoformat(holiday) not in days
    assert days.max() == date(2026, 11, 20)
    assert 730 <= len(days) <= 750


def test_the_same_seed_gives_the_same_prices_and_another_seed_others() -> None:
    first, again, other = (practice_harvest(seed=s, until=date(2021, 3, 5)) for s in (3, 3, 4))
    assert again.observations.equals(first.observations)
    assert again.sellers == first.sellers
    assert not other.observations.equals(first.observations)


def test_a_later_last_day_leaves_earlier_prices_as_they_were() -> None:
    earlier = practice_harvest(seed=3, until=date(2021, 3, 5)).observations
    later = practice_harvest(seed=3, until=date(2021, 3, 12)).observations
    joined = earlier.join(later, on=OBSERVATION_KEY, nulls_equal=True, suffix="_later")
    assert joined.height > 0.9 * earlier.height
    assert (joined["price"] == joined["price_later"]).all()


def test_the_towns_have_sellers_of_every_channel(harvest: Harvest) -> None:
    channels = [seller.channel for seller in harvest.sellers]
    assert 40 <= len(channels) <= 60
    assert set(channels) == set(Channel)
    assert len({s.district for s in harvest.sellers if s.district}) == 4
    assert len({s.dong for s in harvest.sellers if s.dong}) == 12
    assert [s.open_days for s in harvest.sellers if s.open_days] == [(4, 9), (2, 7), (3, 8)]


def test_five_day_markets_sell_on_their_days_only(harvest: Harvest) -> None:
    for seller in harvest.sellers:
        if seller.open_days:
            days = harvest.observations.filter(seller=seller.key)["date"]
            assert set(days.dt.day() % 10) == set(seller.open_days)


def test_the_towns_lie_in_the_open_sea(harvest: Harvest) -> None:
    places = [(s.lat, s.lng) for s in harvest.sellers if s.lat is not None and s.lng is not None]
    assert len(places) == len([s for s in harvest.sellers if s.channel is not Channel.ONLINE])
    assert all(35.9 < lat < 36.1 and 124.9 < lng < 125.2 for lat, lng in places)


def test_every_good_is_an_item_of_the_catalog() -> None:
    from altteul.catalog import load_catalog

    catalog = load_catalog()
    for good in all_goods():
        item = catalog.item(good.item)
        assert good.variety is None or item.variety(good.variety), good.name


def test_goods_out_of_season_are_not_sold(harvest: Harvest) -> None:
    melons = harvest.observations.filter(item="수박", measure="price")
    assert set(melons["date"].dt.month()) <= {4, 5, 6, 7, 8, 9}
    assert melons.height > 100


def test_regional_means_are_the_means_of_the_sellers(harvest: Harvest) -> None:
    day = harvest.observations.filter(date=date(2026, 11, 20), item="무")
    prices = day.filter(measure="price", region="노을", grade="상품")
    published = day.filter(measure="mean", region="노을")["price"].item()
    assert prices.height >= 6
    assert published == round(prices["price"].mean())


def test_the_normal_price_drops_the_highest_and_the_lowest_of_five_years() -> None:
    days = survey_days(date(2019, 1, 1), date(2024, 12, 31))
    won = {2019: 100.0, 2020: 900.0, 2021: 300.0, 2022: 400.0, 2023: 500.0, 2024: 77.0}
    means = np.array([[won[day.year]] for day in days])
    normal = normal_prices(means, days, date(2024, 7, 1))
    assert normal[0, 0] == pytest.approx((300 + 400 + 500) / 3)


def test_there_is_a_normal_price_of_every_item_sold_all_year(harvest: Harvest) -> None:
    last = harvest.observations.filter(date=date(2026, 11, 20), measure="normal", region="전국")
    all_year = {good.item for good in all_goods() if not good.months}
    assert all_year <= set(last["item"])


def test_feasts_are_found_by_the_calendar() -> None:
    found = feast_days(date(2025, 1, 1), date(2025, 12, 31))
    assert found[:2] == [date(2025, 1, 29), date(2025, 10, 6)]


def test_a_day_too_early_for_the_simulation_is_refused() -> None:
    with pytest.raises(InputError, match="2021-01-01"):
        practice_harvest(until=date(2020, 5, 1))


def test_prices_of_single_sellers_are_dense_lately_and_weekly_before(harvest: Harvest) -> None:
    days = harvest.observations.filter(measure="price")["date"].unique().sort()
    gaps = days.diff().drop_nulls().dt.total_days()
    assert gaps.tail(39).max() <= 7
    assert gaps.tail(39).median() == 1
    assert gaps.head(100).median() == 7
    assert pl.Series(days).len() > 150
