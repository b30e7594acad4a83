from __future__ import annotations

from datetime import date

import pytest

from altteul.sources import tidy_csv
from altteul.sources.files import read_file


@pytest.fixture
def harvest(replies, catalog):
    return read_file(replies / "written_tidy_csv.csv", catalog)


def test_people_s_words_become_observations(harvest):
    cabbage = harvest.observations.filter(item="배추").row(0, named=True)
    assert (cabbage["date"], cabbage["price"]) == (date(2026, 11, 20), 3980)
    assert (cabbage["count"], cabbage["count_unit"]) == (1.0, "포기")
    assert (cabbage["channel"], cabbage["region"]) == ("local_food", "서울")


def test_a_short_district_and_a_long_province_name_are_one_place(harvest):
    places = {(s.region, s.district) for s in harvest.sellers if s.district}
    assert places == {("서울", "노원구")}
    assert harvest.observations.filter(item="대파").height == 1


def test_a_price_without_seller_is_a_regional_mean(harvest):
    mean = harvest.observations.filter(measure="mean").row(0, named=True)
    assert (mean["item"], mean["seller"], mean["region"]) == ("무", None, "서울")


def test_every_row_that_does_not_fit_is_counted_with_line_and_reason(harvest):
    assert [(d.where.split()[-2], d.reason.split(" (")[0]) for d in harvest.dropped] == [
        ("4번째", "품목표에 없는 품목"),
        ("5번째", "단위를 읽을 수 없음"),
        ("6번째", "날짜를 읽을 수 없음"),
        ("7번째", "가격이 0이거나 수가 아님"),
        ("8번째", "판매처의 종류를 모름"),
    ]


@pytest.mark.parametrize(
    "text", ["2026-09-30", "2026.9.30", "20260930", "2026/09/30", "2026년 9월 30일"]
)
def test_dates_as_people_write_them(text):
    assert tidy_csv.read_day(text) == date(2026, 9, 30)


@pytest.mark.parametrize("text", ["", "어제", "30/09/2026", "2026-02-30", "26-09-30"])
def test_what_is_no_date_is_none(text):
    assert tidy_csv.read_day(text) is None


@pytest.mark.parametrize(
    ("text", "won"),
    [("3,980원", 3980), ("3980.0", 3980), ("₩ 500", 500), ("0", None), ("-5", None), ("3천", None),
     ("39,80", None), ("3980.5", None)],
)  # fmt: skip
def test_prices_are_whole_won_or_nothing(text, won):
    assert tidy_csv.read_price(text) == won


def test_english_headers_tabs_and_cp949_are_read(tmp_path, catalog):
    english = tmp_path / "prices.tsv"
    english.write_text("date\titem\tunit\tprice\tdiscount\n2026-01-02\t양파\t1kg\t2100\t1+1\n")
    korean = tmp_path / "값.csv"
    korean.write_bytes("날짜,품목,단위,가격\n2026-01-02,양파,1kg,2100\n".encode("cp949"))
    first = read_file(english, catalog).observations.row(0, named=True)
    second = read_file(korean, catalog).observations.row(0, named=True)
    assert first["discount"] == "one_plus_one"
    assert (first["item"], first["price"]) == (second["item"], second["price"]) == ("양파", 2100)


def test_coordinates_outside_korea_are_not_taken(tmp_path, catalog):
    file = tmp_path / "값.csv"
    file.write_text(
        "날짜,품목,단위,가격,판매처,위도,경도\n2026-01-02,무,1개,1500,가나시장,12.0,127.0\n"
    )
    (seller,) = read_file(file, catalog).sellers
    assert (seller.lat, seller.lng) == (None, None)
