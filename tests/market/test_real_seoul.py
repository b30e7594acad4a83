"""The market on the real survey files of Seoul, held against the files read with csv alone."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from altteul.market import Market
from altteul.market.normal import Days, NormalRule, Won, normal_on
from altteul.market.offer import HowUnusual
from altteul.market.places import Gazetteer
from altteul.market.unusual import how_unusual, usual_deviation
from altteul.sources.seller import LocationBasis

ON = date(2021, 5, 31)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path) as file:
        yield from csv.DictReader(io.TextIOWrapper(file, encoding="utf-8"))


def shop_prices(shared_data: Path, gu: str, name: str, unit: str) -> dict[str, int]:
    path = shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz"
    return {
        row["market"]: int(float(row["price"]))
        for row in rows_of(path)
        if (row["gu"], row["name"], row["unit"]) == (gu, name, unit) and float(row["price"]) > 0
    }


def seoul_means(shared_data: Path, item: str) -> dict[date, float]:
    path = shared_data / "prices" / "kamis_seoul_retail_2021_202506.csv.gz"
    return {
        date.fromisoformat(row["date"]): float(row["price"])
        for row in rows_of(path)
        if row["item"] == item
    }


@pytest.mark.parametrize(
    ("gu", "name", "unit", "item"),
    [
        ("노원", "배추", "1포기", "배추"),
        ("노원", "사과", "1개", "사과"),
        ("강남", "무", "1개", "무"),
    ],
)
def test_every_price_of_a_district_in_the_file_is_an_offer(
    real_market: Market, shared_data: Path, gu: str, name: str, unit: str, item: str
) -> None:
    wanted = shop_prices(shared_data, gu, name, unit)
    assert wanted
    place = real_market.place(f"서울 {gu}구")
    offers = real_market.offers(place, ON, items=[item], radius_m=15_000)
    found = [o.price.mid for o in offers if o.seller.district == f"{gu}구" and o.pack.label == unit]
    assert sorted(found) == sorted(wanted.values())


def test_low_and_high_around_nowon_are_those_of_the_file(
    real_market: Market, shared_data: Path
) -> None:
    """Within 3 km of the middle of 노원구 only shops of 노원구 were surveyed."""
    report = real_market.price_report("배추", real_market.place("노원구"), ON, 3_000)
    wanted = shop_prices(shared_data, "노원", "배추", "1포기").values()
    assert report.spread is not None
    assert {o.seller.district for o in report.offers} == {"노원구"}
    assert (report.spread.won.low, report.spread.won.high) == (min(wanted), max(wanted))


def test_the_region_mean_is_that_of_the_file(real_market: Market, shared_data: Path) -> None:
    report = real_market.price_report("배추", real_market.place("노원구"), ON, 3_000)
    assert report.region_values[0].price == seoul_means(shared_data, "배추")[ON]


def test_without_an_earlier_year_nobody_knows_how_unusual_it_is(real_market: Market) -> None:
    report = real_market.price_report("배추", real_market.place("노원구"), ON, 3_000)
    assert (report.normal, report.unusual) == (None, HowUnusual.UNKNOWN)
    assert "평년 없음" in report.normal_note


def test_the_normal_price_of_2024_is_that_of_three_earlier_years(
    real_market: Market, shared_data: Path
) -> None:
    """With three years the highest and the lowest go: the middle one, worked out here by hand."""
    means = seoul_means(shared_data, "배추")
    levels = []
    for year in (2021, 2022, 2023):
        near = sorted(means, key=lambda d: (abs((d - date(year, 5, 31)).days), d))[:5]
        levels.append(mean(means[d] for d in near))
    normal = real_market.normal_price("배추", date(2024, 5, 31))
    assert normal is not None
    assert normal.won == round(sorted(levels)[1])
    assert (normal.years, normal.published, normal.region) == ((2021, 2022, 2023), False, "서울")


def test_the_autumn_of_2024_was_dear_and_the_may_before_ordinary(real_market: Market) -> None:
    place = real_market.place("노원구")
    autumn = real_market.price_report("배추", place, date(2024, 10, 15), 3_000)
    may = real_market.price_report("배추", place, date(2024, 5, 31), 3_000)
    assert (may.unusual, autumn.unusual) == (HowUnusual.ORDINARY, HowUnusual.DEAR)


@pytest.mark.slow
def test_words_come_up_as_often_as_the_page_on_normal_prices_says(shared_data: Path) -> None:
    """Every 20th survey day since 2024, all series of the file, each judged by its past alone."""
    words = Counter(word for days, won in all_series(shared_data) for word in judged(days, won))
    share = {word.value: 100 * n / words.total() for word, n in words.items()}
    assert words.total() > 1000
    assert share["보통"] == pytest.approx(56, abs=2)
    assert share["싸다"] == pytest.approx(12, abs=2)
    assert share["비싸다"] == pytest.approx(20, abs=2)
    assert share["아주 비싸다"] == pytest.approx(11, abs=2)


def all_series(shared_data: Path) -> list[tuple[Days, Won]]:
    path = shared_data / "prices" / "kamis_seoul_retail_2021_202506.csv.gz"
    series: dict[tuple[str, str], dict[date, float]] = defaultdict(dict)
    for row in rows_of(path):
        series[row["item"], row["unit"]][date.fromisoformat(row["date"])] = float(row["price"])
    return [
        (
            np.array(sorted(means), dtype="datetime64[D]"),
            np.array([means[d] for d in sorted(means)]),
        )
        for means in series.values()
    ]


def judged(days: Days, won: Won) -> Iterator[HowUnusual]:
    first = int(np.searchsorted(days, np.datetime64("2024-01-01")))
    for today in range(first, len(days), 20):
        past, prices = days[: today + 1], won[: today + 1]
        if (normal := normal_on(past, prices, past[-1].item())) is not None:
            deviation = usual_deviation(past, prices, NormalRule.TRIMMED)
            yield how_unusual(float(prices[-1]), normal.won, deviation)


def test_doubtful_figures_of_the_survey_are_found(real_market: Market) -> None:
    """돼지고기 at 14,000 won per 100 g is a price per kg, given by one market."""
    report = real_market.price_report("돼지고기", real_market.place("동대문구"), ON, 3_000)
    assert report.doubtful == 1
    assert all(offer.unit_price.won.mid < 10_000 for offer in report.offers)


def test_every_district_of_the_country_with_a_located_seller_is_a_place(
    real_market: Market,
) -> None:
    sellers = real_market._history.sellers().all()
    places = Gazetteer(sellers)
    exact = [s for s in sellers if s.location_basis is LocationBasis.EXACT]
    districts = {(s.region, s.district) for s in exact if s.region and s.district}
    assert len(districts) > 200
    found = {(d, places.find(f"{d[0]} {d[1]}")) for d in districts}
    assert all((place.region, place.district) == named for named, place in found)


@pytest.mark.parametrize(
    "text", ["노원구 공릉동", "공릉동", "노원구", "서울 노원구", "노원", "37.62,127.07"]
)
def test_people_find_nowon_in_their_words(real_market: Market, text: str) -> None:
    assert real_market.place(text).district == "노원구"
