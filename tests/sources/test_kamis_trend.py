from __future__ import annotations

from altteul.sources import kamis_trend
from altteul.sources.kamis_replies import read_reply


def test_the_latest_price_and_the_normal_price_of_its_day_are_read(
    feed, transport, settings, catalog, saved, answer
):
    replies = {
        "dailySalesList": answer(saved("written_kamis_trend_sales.json")),
        "recentlyPriceTrendList": answer(saved("written_kamis_trend.json")),
    }
    feed.answer = lambda asked: replies[asked.query["action"]]
    found = kamis_trend.fetch(transport, settings, catalog).observations
    cabbage = found.filter(item="배추")
    assert dict(cabbage.select("measure", "price").iter_rows()) == {"mean": 4100, "normal": 3800}
    assert {str(day) for day in cabbage["date"]} == {"2026-01-05"}
    assert cabbage["variety"].unique().to_list() == ["월동"]


def test_retail_and_wholesale_are_told_apart(saved, catalog):
    rows, _ = read_reply(saved("written_kamis_trend_sales.json"))
    dropped = []
    sales = {o.item: o for _, o in kamis_trend.read_sales(rows, catalog, dropped)}
    assert (sales["배추"].stage, sales["양파"].stage) == ("retail", "wholesale")
    assert [d.reason for d in dropped] == ["가격이 없음"]


def test_last_year_and_smoothed_columns_are_not_observed(saved, catalog):
    rows, _ = read_reply(saved("written_kamis_trend_sales.json"))
    _, seen = next(kamis_trend.read_sales(rows, catalog, []))
    trend, _ = read_reply(saved("written_kamis_trend.json"))
    dropped = []
    assert [o.price for o in kamis_trend.read_trend(trend, seen, dropped)] == [3800]
    assert dropped == []


def test_a_trend_row_of_unknown_meaning_is_counted(saved, catalog):
    rows, _ = read_reply(saved("written_kamis_trend_sales.json"))
    _, seen = next(kamis_trend.read_sales(rows, catalog, []))
    dropped = []
    assert list(kamis_trend.read_trend([{"yyyy": "새 줄", "d0": "1"}], seen, dropped)) == []
    assert dropped[0].reason == "뜻을 모르는 추이 줄"
