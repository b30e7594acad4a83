"""The screen of today: what is cheap, dear, in season or unknown, from published normal prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from page_reader import Page, read
from starlette.testclient import TestClient
from tiny_world import DAY, tiny_harvest

from altteul.history import History
from altteul.settings import Settings
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Measure, Observation, Stage, observation_frame
from altteul.web.app import create_app

HEAD: dict[str, Any] = {"count": 1.0, "count_unit": "포기"}
HECTOGRAM: dict[str, Any] = {"mass_g": 100.0}
KNOWN = (
    ("배추", HEAD, 3_000, 6_000),
    ("알배기배추", HEAD, 9_000, 5_000),
    ("시금치", HECTOGRAM, 1_010, 1_000),
    ("콩나물", HECTOGRAM, 600, None),
)
"""Item, pack, today's mean, the published normal price."""


def published(item: str, pack: dict[str, Any], won: int, measure: Measure) -> Observation:
    return Observation(
        date=DAY, stage=Stage.RETAIL, item=item, measure=measure, price=won, region="서울",
        source="practice", simulated=True, **pack,
    )  # fmt: skip


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    rows = [published(item, pack, won, Measure.MEAN) for item, pack, won, _ in KNOWN]
    rows += [published(i, pack, won, Measure.NORMAL) for i, pack, _, won in KNOWN if won]
    home = tmp_path_factory.mktemp("today")
    History.open(home).record(tiny_harvest(), origin="tiny world")
    History.open(home).record(Harvest("practice", observation_frame(rows)), origin="means")
    with TestClient(create_app(Settings(home=home))) as client:
        yield client


@pytest.fixture
def page(board: TestClient) -> Page:
    return read(board.get("/today", params={"near": "연습구", "on": DAY.isoformat()}).text)


def section(page: Page, name: str) -> str:
    named = [e for e in page.all("section") if e.attributes.get("aria-labelledby") == name]
    return " ".join(named[0].text.split()) if named else ""


def test_half_of_normal_is_cheap_and_told_first(page: Page) -> None:
    assert page.all("h1")[0].text == "지금은 배추가 싸요."
    assert "▼ 싸다 평년보다 50% 쌈" in section(page, "cheap")
    assert "평년 6,000원/1포기" in section(page, "cheap")


def test_the_sellers_nearby_stand_beside_it(page: Page) -> None:
    assert "가까운 4곳 2,900~6,000원 1포기에" in section(page, "cheap")
    assert "가장 싼 곳: 마바시장 (5월 29일 조사)" in section(page, "cheap")


def test_what_jumped_is_told_with_what_costs_less_instead(page: Page) -> None:
    said = section(page, "dear")
    assert "알배기배추 ▲▲ 아주 비싸다 평년보다 80% 비쌈" in said
    assert "대신 배추: 같은 쓰임(쌈·국거리)에" in said


def test_what_is_near_normal_is_neither_cheap_nor_dear(page: Page) -> None:
    assert "시금치" in section(page, "rest")
    assert "시금치" not in section(page, "cheap") + section(page, "dear")


def test_without_a_normal_price_it_is_unknown_and_no_word_is_said(page: Page) -> None:
    assert "평년 값이 없어 모르는 것" in section(page, "rest")
    assert "콩나물" in section(page, "rest")
    assert "달걀" in section(page, "rest")


def test_where_nothing_has_a_normal_price_nothing_is_called_cheap(client: TestClient) -> None:
    page = read(client.get("/today", params={"near": "연습구", "on": DAY.isoformat()}).text)
    assert page.all("h1")[0].text == "지금이 싼지는 몰라요."
    assert not section(page, "cheap")


def test_every_item_on_it_leads_to_its_prices(board: TestClient, page: Page) -> None:
    links = {link for link in page.links() if link.startswith("/item/")}
    assert len(links) >= 4
    assert all(board.get(link).status_code == 200 for link in links)


def test_without_a_place_it_offers_places_that_lead_to_answers(client: TestClient) -> None:
    answer = client.get("/today")
    links = [link for link in read(answer.text).links() if link.startswith("/today?")]
    assert answer.status_code == 200
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_an_unknown_place_is_one_sentence(client: TestClient) -> None:
    answer = client.get("/today", params={"near": "달나라동"})
    assert answer.status_code == 404
    assert "달나라동" in read(answer.text).text


def test_old_means_say_nothing_about_a_later_day(board: TestClient) -> None:
    later = (DAY + timedelta(days=40)).isoformat()
    page = read(board.get("/today", params={"near": "연습구", "on": later}).text)
    assert "지금은 배추가 싸요." not in page.text
