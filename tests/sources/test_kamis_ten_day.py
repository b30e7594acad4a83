"""Ten-day wholesale means: their own source, so that they never correct a day's mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from altteul.sources.files import read_file

REPLY = Path(__file__).parent / "replies" / "written_kamis_ten_day.csv"


def test_each_period_gives_its_mean_and_the_normal_price(catalog):
    harvest = read_file(REPLY, catalog)
    rows = harvest.observations.sort("date", "measure").select(
        "date", "item", "measure", "price", "mass_g", "stage", "source"
    )
    assert rows.rows() == [
        (date(2020, 3, 10), "무", "mean", 11000, 20000.0, "wholesale", "kamis_ten_day"),
        (date(2020, 3, 10), "무", "normal", 9000, 20000.0, "wholesale", "kamis_ten_day"),
        (date(2020, 3, 20), "무", "normal", 9100, 20000.0, "wholesale", "kamis_ten_day"),
    ]


def test_no_trade_and_unknown_goods_are_counted(catalog):
    reasons = read_file(REPLY, catalog).dropped_by_reason()
    assert reasons == {"품목표에 없는 품목": 2, "가격이 없음(거래·조사 없음)": 1}
