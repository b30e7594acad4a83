"""KAMIS daily lists; real replies from the shared data, written ones in the documented shape."""

from __future__ import annotations

from datetime import date

import pytest

from altteul.catalog import Catalog
from altteul.sources import kamis, kamis_daily_rows
from altteul.sources.files import read_file
from altteul.sources.frames import gathered
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.kamis_replies import ask, read_reply
from altteul.sources.kamis_words import CATEGORIES
from altteul.sources.money import read_won
from altteul.sources.observation import Measure, Observation, Stage
from altteul.sources.steps import Period
from altteul.sources.trouble import FeedError, Trouble


def observed(text: str, catalog: Catalog) -> tuple[list[Observation], list[Dropped]]:
    rows, condition = read_reply(text)
    asked = kamis.asked_in(condition)
    assert asked is not None
    dropped: list[Dropped] = []
    return kamis_daily_rows.read_rows(rows, asked, catalog, dropped), dropped


def facts(observations: list[Observation]) -> list[tuple[str, str, str, int]]:
    return [(str(o.date), o.item, o.measure.value, o.price) for o in observations]


def test_a_written_day_gives_dated_means_and_the_normal_price(saved, catalog):
    observations, dropped = observed(saved("written_kamis_daily.json"), catalog)
    assert facts(observations) == [
        ("2026-01-05", "배추", "mean", 4100),
        ("2025-12-29", "배추", "mean", 4000),
        ("2025-12-22", "배추", "mean", 3900),
        ("2026-01-05", "배추", "normal", 3800),
        ("2026-01-05", "무", "mean", 2200),
        ("2025-12-22", "무", "mean", 2100),
        ("2026-01-05", "무", "normal", 1900),
    ]
    assert {(o.variety, o.grade, o.region, o.seller) for o in observations} == {
        ("월동", "상품", "전국", None)
    }
    assert [d.reason for d in dropped] == ["품목표에 없는 품목"]


def test_a_real_vegetable_day_is_read(shared_data, catalog):
    found = read_file(shared_data / "replies" / "kamis-daily-200.json", catalog).observations
    rows = found.filter(item="배추", measure="mean").sort("date", descending=True)
    assert rows["price"].to_list() == [3513, 3608, 3818]
    assert [str(day) for day in rows["date"]] == ["2026-07-13", "2026-07-06", "2026-06-29"]
    assert found.filter(item="당근", measure="mean")["price"].to_list() == [2889]
    assert found.filter(item="배추", measure="normal")["price"].to_list() == [4473]


def test_a_real_livestock_day_of_seoul_keeps_the_normal_price_nationwide(shared_data, catalog):
    found = read_file(shared_data / "replies" / "kamis-cat-500.json", catalog).observations
    pork = found.filter(item="돼지고기")
    assert set(pork.filter(measure="mean")["region"]) == {"서울"}
    assert set(pork.filter(measure="normal")["region"]) == {"전국"}
    assert pork["mass_g"].unique().to_list() == [100.0]
    assert found.filter(item="달걀")["count"].unique().to_list() == [30.0]


def test_zero_prices_of_a_cut_are_missing_not_free(shared_data, catalog):
    found = read_file(shared_data / "replies" / "kamis-cat-500.json", catalog).observations
    assert found.filter(variety="절단육")["measure"].to_list() == ["normal"]


def test_the_real_error_reply_raises(shared_data):
    text = (shared_data / "replies" / "kamis-error.json").read_text(encoding="utf-8")
    with pytest.raises(FeedError, match="코드 200") as caught:
        read_reply(text)
    assert caught.value.trouble is Trouble.REQUEST


def test_a_day_without_data_is_an_empty_list(saved):
    assert read_reply(saved("written_kamis_no_data.json"))[0] == []


@pytest.mark.parametrize(
    "text",
    [
        '{"condition":[{}],"data":["900"]}',
        '{"condition":"p","price":[],"error_code":"900"}',
        '{"condition":[{"code":"900"}],"data":[]}',
        "Unauthenticated request",
        "<error>Unauthenticated request</error>",
    ],
)
def test_a_wrong_key_is_told_as_a_wrong_key_in_every_shape(text):
    with pytest.raises(FeedError, match="인증키") as caught:
        read_reply(text)
    assert caught.value.trouble is Trouble.KEY


def test_a_single_row_that_is_no_list_is_read(saved, catalog):
    observations, _ = observed(saved("written_kamis_single.json"), catalog)
    first = observations[0]
    assert (first.item, first.price, first.mass_g) == ("양파", 18_000, 15_000)
    assert (first.stage, first.region) == (Stage.WHOLESALE, "부산")


@pytest.mark.parametrize(("text", "price"), [("1,234", 1234), ("-", None), ("0", None), ("", None)])
def test_a_missing_price_is_missing(text, price):
    assert read_won(text) == price


def test_columns_that_moved_are_noticed_before_a_month_passes_for_a_week(saved, catalog):
    moved = saved("written_kamis_daily.json").replace("1주일전 (12/29)", "1개월전 (12/05)")
    with pytest.raises(FeedError, match="day3") as caught:
        observed(moved, catalog)
    assert caught.value.trouble is Trouble.CHANGED


def test_undated_columns_are_no_observations(saved, catalog):
    observations, _ = observed(saved("written_kamis_daily.json"), catalog)
    assert {3333, 5555}.isdisjoint(o.price for o in observations)


def test_kg_conversion_overrules_the_label_of_a_mass_but_not_of_a_head(saved, catalog):
    observations, _ = observed(saved("written_kamis_converted.json"), catalog)
    spinach, cabbage = observations
    assert (spinach.item, spinach.price, spinach.mass_g) == ("시금치", 21_000, 1000.0)
    assert (cabbage.item, cabbage.count, cabbage.count_unit) == ("배추", 1.0, "포기")


def test_we_never_ask_for_kg_conversion(feed, transport, settings, catalog, saved):
    feed.say(saved("written_kamis_no_data.json"))
    kamis.fetch_day(transport, settings, catalog, date(2026, 1, 5))
    assert {asked.query["p_convert_kg_yn"] for asked in feed.asked} == {"N"}
    assert {asked.query["p_item_category_code"] for asked in feed.asked} == set(CATEGORIES)
    assert not any("p_category_code" in asked.query for asked in feed.asked)
    assert len(feed.asked) == 12


def test_prices_before_a_unit_change_are_not_read_with_the_new_unit(saved, catalog):
    """깻잎 is quoted per 50 g since 2026-07-14 and was per 100 g before."""
    observations, dropped = observed(saved("written_kamis_unit_change.json"), catalog)
    assert [(str(o.date), o.price, o.mass_g) for o in observations] == [("2026-07-20", 1300, 50.0)]
    assert [d.reason for d in dropped] == [kamis_daily_rows.OLD_UNIT] * 3


def test_the_price_of_20_kg_of_rice_in_the_row_of_10_kg_is_flagged(saved, catalog):
    _, dropped = observed(saved("written_kamis_rice.json"), catalog)
    assert [(d.reason, d.where, d.text) for d in dropped] == [
        (kamis_daily_rows.WRONG_UNIT, "2026-08-21 쌀 10kg dpr5", "50,000")
    ]


def test_a_borrowed_price_in_a_dated_column_is_not_observed(saved, catalog):
    text = saved("written_kamis_rice.json").replace('"dpr3":"31,900"', '"dpr3":"61,500"')
    observations, dropped = observed(text, catalog)
    ten = [o for o in observations if o.mass_g == 10_000 and o.measure is Measure.MEAN]
    assert [str(o.date) for o in ten] == ["2026-08-21", "2026-08-20", "2026-08-07"]
    assert "2026-08-21 쌀 10kg dpr3" in [d.where for d in dropped]


def test_an_empty_json_body_is_asked_again_as_xml(feed, transport, settings, catalog, saved):
    def answer(asked):
        return type(feed.script[0])(
            saved("written_kamis_daily.xml") if asked.query["p_returntype"] == "xml" else ""
        )

    feed.say("")
    feed.answer = answer
    rows, _ = ask(transport, settings, kamis.ACTION, {})
    asked = kamis_daily_rows.Asked(date(2026, 1, 5), Stage.RETAIL)
    found = kamis_daily_rows.read_rows(rows, asked, catalog, [])
    assert [(o.item, o.price, o.mass_g) for o in found] == [("양파", 2345, 1000.0)]
    assert [a.query["p_returntype"] for a in feed.asked] == ["json", "xml"]


def test_a_reply_that_is_neither_json_nor_xml_is_told_as_changed(feed, transport, settings):
    feed.say("{ broken")
    with pytest.raises(FeedError) as caught:
        ask(transport, settings, kamis.ACTION, {})
    assert caught.value.trouble is Trouble.CHANGED


def test_a_reply_with_other_words_is_told_as_changed():
    with pytest.raises(FeedError, match="형식이 바뀐"):
        read_reply('{"condition":[], "items":[{"a":1}]}')


def test_a_day_counts_as_surveyed_when_half_of_the_items_are_priced(saved, catalog):
    rows, condition = read_reply(saved("written_kamis_daily.json"))
    asked = kamis.asked_in(condition)
    day = gathered(Harvest("kamis"), kamis_daily_rows.read_rows(rows, asked, catalog, []))
    assert kamis.is_survey_day(day, date(2026, 1, 5))
    assert not kamis.is_survey_day(day, date(2026, 1, 6))


def test_the_days_of_a_period_are_its_weekdays_newest_first(settings, catalog):
    period = Period(date(2026, 1, 1), date(2026, 1, 6))
    days = [step.day.day for step in kamis.steps(period, settings, catalog)]
    assert days == [6, 5, 2, 1]
