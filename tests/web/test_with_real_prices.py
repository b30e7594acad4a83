"""The pages on the real survey of Seoul, against the lines of the survey file itself."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_reader import read
from starlette.testclient import TestClient

from altteul.catalog import load_catalog
from altteul.history import History
from altteul.settings import Settings
from altteul.sources.files import read_file
from altteul.web.app import create_app

SHOPS = "sellers/seoul_shop_prices_202105_13gu.csv.gz"
PLACES = "sellers/traditional_markets_cp949.csv"
MARKET = "공릉동 도깨비시장"
LIST = "배추 1포기, 무 1개, 양파 1망, 상추 200g, 오이 3개, 달걀 30개, 돼지고기 한 근"
DAY = "2021-05-31"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seoul(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("seoul")
    for name in (SHOPS, PLACES):
        harvest = read_file(shared_data / name, load_catalog())
        History.open(home).record(harvest, origin=name)
    with TestClient(create_app(Settings(home=home))) as client:
        yield client


def won_in_the_file(shared_data: Path, market: str, item: str) -> list[int]:
    with gzip.open(shared_data / SHOPS, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [int(float(r["price"])) for r in rows if r["market"] == market and r["name"] == item]


@pytest.mark.parametrize("item", ["배추", "무", "사과"])
def test_a_market_stands_with_the_price_of_the_survey(
    seoul: TestClient, shared_data: Path, item: str
) -> None:
    surveyed = won_in_the_file(shared_data, MARKET, item)
    page = read(seoul.get(f"/item/{item}", params={"near": "노원구 공릉동", "on": DAY}).text)
    rows = [" ".join(row.text.split()) for row in page.all("tr") if MARKET in row.text]
    assert surveyed
    assert any(f"{won:,}원" in row for won in surveyed for row in rows)
    assert all("5월 31일" in row for row in rows)


def test_the_list_of_the_launch_is_answered_with_invented_nothing(seoul: TestClient) -> None:
    answer = seoul.get("/plan", params={"need": LIST, "near": "노원구 공릉동", "on": DAY})
    page = read(answer.text)
    assert answer.status_code == 200
    assert len(page.of_class("goods")) >= 1
    assert "2021년 5월 31일(월) 조사" in page.text
    assert "연습용(가상)" not in page.text
    assert "서울시" in page.text


def test_without_a_day_the_survey_of_2021_is_not_passed_off_as_todays(seoul: TestClient) -> None:
    page = read(seoul.get("/plan", params={"need": LIST, "near": "노원구 공릉동"}).text)
    assert "가장 최근에 조사한 날이 2021년 5월 31일(월)이라 그날로 답해요." in page.text


def test_the_form_offers_the_surveyed_neighbourhoods(seoul: TestClient) -> None:
    offered = [e.attributes["value"] or "" for e in read(seoul.get("/").text).all("option")]
    assert offered
    assert all(
        seoul.get("/item/배추", params={"near": name}).status_code == 200 for name in offered
    )
