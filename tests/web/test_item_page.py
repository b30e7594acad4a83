"""The item page: never only an average; each seller with its date, the same numbers as the API."""

from __future__ import annotations

from page_reader import read
from starlette.testclient import TestClient

ASKED = {"near": "연습구 가나동", "on": "2026-05-30"}


def test_the_range_stands_first(client: TestClient) -> None:
    page = read(client.get("/item/배추", params=ASKED).text)
    assert " ".join(page.of_class("span")[0].text.split()) == "2,900~6,000원 1포기에"
    assert "가까운 4곳의 가운데 값은 3,750원이에요. 마바시장이 가장 싸요." in page.text


def test_each_seller_stands_in_the_table_cheapest_first(client: TestClient) -> None:
    page = read(client.get("/item/배추", params=ASKED).text)
    names = [cell.text for cell in page.of_class("seller")]
    assert [name[:4] for name in names] == ["마바시장", "가나시장", "다라마트", "<scr"]
    assert "5월 29일 (하루 전)" in page.text


def test_looking_around_is_told_for_each_way_of_going(client: TestClient) -> None:
    said = read(client.get("/item/배추", params=ASKED).text).of_class("reach")[0].text
    rows = [" ".join(row.split()) for row in said.split("걸어서")[1].split("버스로")]
    # Four sellers at 2,900, 3,000, 4,500 and 6,000 won; their mean is 4,100.
    assert "4곳2,900~6,000원 아무 데나 가면 4,100원쯤1,200원 29% 덜" in rows[0]


def test_without_a_kept_forecast_nothing_is_advised(client: TestClient) -> None:
    page = read(client.get("/item/배추", params=ASKED).text)
    assert not page.of_class("verdict-buy")
    assert not page.of_class("verdict-wait")


def test_an_alias_leads_to_the_item(client: TestClient) -> None:
    page = read(client.get("/item/계란", params=ASKED).text)
    assert page.all("h1")[0].text == "달걀 값"


def test_a_normal_price_that_is_not_known_is_said_to_be_unknown(client: TestClient) -> None:
    page = read(client.get("/item/배추", params=ASKED).text)
    assert "평년과 견준 말: 모름" in page.text


def test_the_picture_says_in_words_what_it_shows(client: TestClient) -> None:
    page = read(client.get("/item/배추", params=ASKED).text)
    title = next(e for e in page.all("title") if e.attributes.get("id") == "strip-said")
    assert "가장 싼 2,900원부터 가장 비싼 6,000원까지 4곳" in title.text
    dots = [e for e in page.all("circle", "rect") if "cx" in e.attributes or "x" in e.attributes]
    assert len(dots) >= 4


def test_an_item_without_prices_says_so(client: TestClient) -> None:
    answer = client.get("/item/도라지", params=ASKED)
    assert answer.status_code == 200
    assert "조사된 도라지 값이 없어요" in read(answer.text).text


def test_the_small_form_leads_to_the_item(client: TestClient) -> None:
    page = read(client.get("/item", params=ASKED | {"name": "배추"}).text)
    assert page.all("h1")[0].text == "배추 값"
