from __future__ import annotations

import time
from datetime import date

import holidays
import polars as pl

from altteul.sources.files import read_file
from altteul.sources.wholesale_words import last_day


def real(shared_data, catalog, name):
    return read_file(shared_data / "prices" / name, catalog)


def pack(row):
    return row["mass_g"], row["volume_ml"], row["count"], row["count_unit"]


def test_a_price_per_kg_is_never_read_with_the_pack_of_its_label(replies, catalog):
    harvest = read_file(replies / "written_kamis_files.csv", catalog)
    packs = {row["item"]: pack(row) for row in harvest.observations.iter_rows(named=True)}
    assert packs == {
        "시금치": (1000.0, None, None, None),
        "쌀": (1000.0, None, None, None),
        "우유": (None, 1000.0, None, None),
        "달걀": (None, None, 10.0, "개"),
    }
    assert "표시 단위 100g" in harvest.observations.filter(item="시금치")["note"][0]
    assert harvest.dropped_by_reason() == {
        "품목표에 없는 품목": 1,
        "가격이 없음(거래·조사 없음)": 1,
    }


def test_every_row_of_seoul_is_read_and_quickly(shared_data, catalog):
    started = time.perf_counter()
    harvest = real(shared_data, catalog, "kamis_seoul_retail_2021_202506.csv.gz")
    assert time.perf_counter() - started < 3
    assert harvest.observations.height == 74_545
    assert harvest.dropped == []
    assert harvest.observations["region"].unique().to_list() == ["서울"]


def test_labels_that_switch_inside_an_item_stay_apart(shared_data, catalog):
    rows = real(shared_data, catalog, "kamis_seoul_retail_2021_202506.csv.gz").observations
    eggs = rows.filter(item="달걀").group_by("count").agg(pl.col("price").median())
    assert {10.0, 30.0} == set(eggs["count"])
    mackerel = rows.filter(item="고등어", count_unit="마리")
    assert {1.0, 2.0} == set(mackerel["count"])


def test_one_kilogram_of_rice_does_not_cost_what_twenty_do(shared_data, catalog):
    rows = real(shared_data, catalog, "kamis_seoul_retail_2021_202506.csv.gz").observations
    rice = rows.filter(item="쌀")
    assert rice["mass_g"].unique().to_list() == [1000.0]
    assert rice["price"].max() < 5000


def test_filled_holidays_are_no_surveys(shared_data, catalog):
    harvest = real(shared_data, catalog, "national_retail_13items_2014_202408.csv.gz")
    days = set(harvest.observations["date"])
    closed = holidays.country_holidays("KR", years=range(2014, 2025))
    assert not [day for day in days if day in closed]
    assert date(2024, 2, 9) not in days  # 설 연휴
    assert harvest.observations.height + len(harvest.dropped) == 36_166


def test_the_national_file_has_the_survey_units_of_its_items(shared_data, catalog):
    rows = real(shared_data, catalog, "national_retail_13items_2014_202408.csv.gz").observations
    packs = {row["item"]: pack(row) for row in rows.unique("item").iter_rows(named=True)}
    assert packs["감자"] == (100.0, None, None, None)
    assert packs["오이"] == (None, None, 10.0, "개")
    assert packs["쌀"] == (20_000.0, None, None, None)
    assert len(packs) == 13


def test_national_and_seoul_prices_of_the_same_day_agree_per_gram(shared_data, catalog):
    """Two files with other labels: were a unit misread, the ratio would be 5, 10 or 20."""
    seoul = real(shared_data, catalog, "kamis_seoul_retail_2021_202506.csv.gz").observations
    nation = real(shared_data, catalog, "national_retail_13items_2014_202408.csv.gz").observations
    both = seoul.join(nation, on=["date", "item"], suffix="_n").filter(
        pl.col("mass_g").is_not_null(), pl.col("mass_g_n").is_not_null()
    )
    ratio = both.group_by("item").agg(
        ((pl.col("price") / pl.col("mass_g")) / (pl.col("price_n") / pl.col("mass_g_n")))
        .median()
        .alias("ratio")
    )
    assert ratio.height >= 8
    assert ratio.filter(~pl.col("ratio").is_between(0.6, 1.7)).rows() == []


def test_wholesale_kinds_and_grades_stay_apart(shared_data, catalog):
    harvest = real(shared_data, catalog, "kamis_wholesale_67items_202106_202206.csv.gz")
    rows = harvest.observations
    assert rows.height + len(harvest.dropped) == 34_488
    assert set(rows["stage"]) == {"wholesale"}
    assert {"봄", "여름", "가을", "월동"} == set(rows.filter(item="배추")["variety"])
    assert {"상품", "중품"} == set(rows.filter(item="배추")["grade"])
    assert set(rows.filter(item="오렌지", variety="네이블")["origin"]) == {
        "수입(미국)",
        "수입(호주)",
    }


def test_no_trade_is_no_price(shared_data, catalog):
    harvest = real(shared_data, catalog, "wholesale_tenday_2018_2021.csv.gz")
    assert harvest.observations["price"].min() > 0
    assert harvest.observations.height + len(harvest.dropped) == 2 * 29_376
    assert set(harvest.observations["measure"]) == {"mean", "normal"}


def test_a_young_radish_under_radish_is_its_own_item(shared_data, catalog):
    rows = real(shared_data, catalog, "wholesale_tenday_2018_2021.csv.gz").observations
    assert set(rows.filter(item="열무")["mass_g"]) == {1500.0, 4000.0}
    assert rows.filter(item="얼갈이배추").height > 0
    assert {"적상추", "청상추"} == set(rows.filter(item="상추")["variety"])


def test_ten_days_end_on_the_10th_the_20th_and_the_last():
    days = [last_day(f"202002{part}") for part in ("상순", "중순", "하순")]
    assert days == [date(2020, 2, 10), date(2020, 2, 20), date(2020, 2, 29)]
    assert last_day("202013상순") is None
    assert last_day("봄") is None
