from __future__ import annotations

import json
from datetime import date

import pytest

from altteul.sources import data_go_kr, data_go_kr_listing, data_go_kr_rows
from altteul.sources.steps import Period
from altteul.sources.trouble import FeedError, Trouble


def rows_of(text: str) -> list[dict[str, str]]:
    items = json.loads(text)["response"]["body"]["items"]["item"]
    return items if isinstance(items, list) else [items]


def test_markets_online_and_wholesale_are_told_apart(saved, catalog):
    harvest = data_go_kr_rows.read_markets(
        rows_of(saved("written_data_go_kr_per_day.json")), catalog
    )
    retail = harvest.observations.filter(stage="retail")
    assert dict(retail.select("seller", "channel").iter_rows()) == {
        "data_go_kr:0110211": "traditional_market",
        "data_go_kr:0110401": "large_store",
        "data_go_kr:9998001": "online",
    }
    wholesale = harvest.observations.filter(stage="wholesale")
    assert wholesale.select("price", "mass_g", "seller", "measure").row(0) == (
        9000,
        10_000.0,
        None,
        "mean",
    )
    assert harvest.dropped_by_reason() == {"가격이 0이거나 없음": 1}


def test_a_city_gives_mean_low_and_high(saved, catalog):
    rows = rows_of(saved("written_data_go_kr_per_region.json"))
    found = data_go_kr_rows.read_regions(rows, catalog, data_go_kr.REGION_MEASURES).observations
    assert dict(found.select("measure", "price").iter_rows()) == {
        "mean": 2300,
        "low": 1800,
        "high": 3100,
    }
    assert found["region"].unique().to_list() == ["서울"]


def test_the_latest_listing_is_nationwide_and_leaves_undated_columns(
    feed, transport, settings, catalog, saved
):
    feed.say(saved("written_data_go_kr_recent.json"))
    period = Period(date(2026, 1, 5), date(2026, 1, 5), latest_only=True)
    (step,) = data_go_kr.steps(period, settings, catalog)
    harvest = step.run(transport)
    assert harvest.observations.select("item", "price", "region").rows() == [("양파", 2300, "전국")]
    assert harvest.dropped_by_reason() == {"지금은 쓰이지 않는 구분(옛 친환경)": 1}
    assert feed.asked[0].path == "/B552845/recent/price"


def test_a_filter_goes_out_wrapped_and_encoded_once(feed, transport, settings, catalog, saved):
    feed.say(saved("written_data_go_kr_per_day.json"))
    period = Period(date(2026, 1, 1), date(2026, 1, 5))
    steps = data_go_kr.steps(period, settings, catalog)
    next(step for step in steps if step.title.endswith("200-211")).run(transport)
    assert feed.asked[0].query["cond[exmn_ymd::GTE]"] == "20260101"
    assert feed.asked[0].query["cond[item_cd::EQ]"] == "211"
    assert feed.asked[0].query["serviceKey"] == settings.data_go_kr_key.get_secret_value()


def test_a_filter_that_is_not_wrapped_never_goes_out(feed, transport, settings):
    with pytest.raises(ValueError, match="cond"):
        data_go_kr_listing.listing(transport, settings, data_go_kr.PER_DAY, {"item_cd": "211"})
    assert feed.asked == []


def test_a_listing_that_ignores_the_filter_is_refused(feed, transport, settings, saved):
    feed.say(saved("written_data_go_kr_per_day.json"))
    wanted = data_go_kr_listing.filtered(item_cd="231")
    with pytest.raises(FeedError, match="item_cd 조건이 듣지 않음") as caught:
        data_go_kr_listing.listing(transport, settings, data_go_kr.PER_DAY, wanted)
    assert caught.value.trouble is Trouble.CHANGED


def test_an_empty_listing_without_filter_is_an_error_not_an_empty_day(feed, transport, settings):
    feed.say(
        '{"response":{"header":{"resultCode":"0"},"body":{"totalCount":0,"items":{"item":[]}}}}'
    )
    with pytest.raises(FeedError, match="비어 있음"):
        data_go_kr_listing.listing(transport, settings, data_go_kr.RECENT, {})


def test_an_item_out_of_season_is_an_empty_list(feed, transport, settings):
    feed.say(
        '{"response":{"header":{"resultCode":"0"},"body":{"totalCount":0,"items":{"item":[]}}}}'
    )
    wanted = data_go_kr_listing.filtered(item_cd="226")
    assert data_go_kr_listing.listing(transport, settings, data_go_kr.PER_DAY, wanted) == []


def test_every_page_is_asked_for(feed, transport, settings, answer):
    def page(asked):
        number = int(asked.query["pageNo"])
        rows = [{"n": str(number)}] * (1000 if number < 3 else 5)
        body = {"totalCount": 2005, "items": {"item": rows}}
        return answer(json.dumps({"response": {"header": {"resultCode": "00"}, "body": body}}))

    feed.answer = page
    assert len(data_go_kr_listing.listing(transport, settings, data_go_kr.RECENT, {})) == 2005
    assert [asked.query["pageNo"] for asked in feed.asked] == ["1", "2", "3"]


def test_a_limit_per_second_is_waited_out(feed, transport, settings, waits, saved, answer):
    feed.say(answer(status=429), answer(saved("written_data_go_kr_recent.json")))
    assert len(data_go_kr_listing.listing(transport, settings, data_go_kr.RECENT, {})) == 2
    assert len(waits) == 2
