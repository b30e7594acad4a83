from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from altteul.sources import kamis_periods
from altteul.sources.kamis_replies import read_reply
from altteul.sources.observation import Channel, Stage
from altteul.sources.steps import Period


@pytest.fixture
def wanted(catalog) -> kamis_periods.Wanted:
    perilla = next(k for k in catalog.item("깻잎").kamis if k.kind_code == "00")
    return kamis_periods.Wanted(perilla, Stage.RETAIL, date(2026, 7, 1), date(2026, 7, 31))


@pytest.fixture
def harvest(saved, wanted, catalog):
    rows, _ = read_reply(saved("written_kamis_periods.json"))
    return kamis_periods.read_rows(rows, wanted, catalog)


def test_rows_of_averages_are_never_taken_for_shops(harvest):
    assert not {"평균", "평년", "전국"} & set(harvest.observations["region"])
    assert harvest.dropped_by_reason()["판매처가 아닌 통계 줄(평균·평년·전국)"] == 2


def test_the_same_letter_in_two_cities_is_two_shops(harvest):
    stores = [s for s in harvest.sellers if s.name == "A-유통"]
    assert {s.key for s in stores} == {"kamis_periods:서울/A-유통", "kamis_periods:부산/A-유통"}
    assert {s.channel for s in stores} == {Channel.LARGE_STORE}


def test_a_named_market_is_a_traditional_market(harvest):
    market = next(s for s in harvest.sellers if s.name == "경동")
    assert market.channel is Channel.TRADITIONAL_MARKET


def test_the_unit_is_the_one_of_the_day(harvest):
    packs = {(str(d), m) for d, m in harvest.observations.select("date", "mass_g").iter_rows()}
    assert packs == {("2026-07-13", 100.0), ("2026-07-20", 50.0)}


def test_an_empty_market_name_and_rows_outside_the_period_are_dropped(harvest):
    reasons = harvest.dropped_by_reason()
    assert reasons["지역이나 판매처 이름이 없음"] == 1
    assert reasons["물어본 기간 밖의 줄"] == 1
    assert reasons["가격이 없음"] == 1
    assert harvest.observations.height == 3


def test_wholesale_markets_are_no_shops(saved, wanted, catalog):
    rows, _ = read_reply(saved("written_kamis_periods.json"))
    wholesale = dataclasses.replace(wanted, stage=Stage.WHOLESALE)
    harvest = kamis_periods.read_rows(rows, wholesale, catalog)
    assert harvest.sellers == []
    assert set(harvest.observations["measure"]) == {"mean"}


def test_a_year_is_cut_into_pieces_of_91_days_without_gap():
    period = Period(date(2025, 1, 1), date(2025, 12, 31))
    pieces = kamis_periods.chunks(period)
    days = sorted(
        day for since, until in pieces for day in range(since.toordinal(), until.toordinal() + 1)
    )
    assert days == list(range(period.since.toordinal(), period.until.toordinal() + 1))
    assert max((until - since).days + 1 for since, until in pieces) == 91
    assert pieces[0][1] == period.until


def test_the_elder_action_is_asked_when_the_newer_has_nothing(
    feed, transport, settings, catalog, wanted, saved, answer
):
    by_action = {
        "periodRetailProductList": answer(saved("written_kamis_no_data.json")),
        "periodProductList": answer(saved("written_kamis_periods.json")),
    }
    feed.answer = lambda asked: by_action[asked.query["action"]]
    harvest = kamis_periods.fetch_kind(transport, settings, catalog, wanted)
    assert harvest.observations.height == 3
    first = feed.asked[0].query
    assert (first["p_countrycode"], first["p_countycode"]) == ("", "")
    assert (first["p_itemcode"], first["p_kindcode"]) == ("253", "00")
