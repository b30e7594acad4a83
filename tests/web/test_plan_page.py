"""The plan page: the answer first, then what is bought where, with dates, basis and ranges."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from page_reader import Asking, read
from starlette.testclient import TestClient


def test_the_answer_stands_first_in_words(plan: Asking) -> None:
    page = plan()
    assert page.all("h1")[0].text == "가나시장 한 곳에서 다 사시면 돼요."
    assert "물건값은 13,000원이고, 걸어서 다녀오는 데" in page.text  # 2 × 3,000 + 7,000


def test_two_stops_are_told_in_their_order(plan: Asking) -> None:
    page = plan(need="배추 10포기, 달걀 300개", value_of_time="0")
    assert page.all("h1")[0].text == "두 곳에서 나누어 사시면 돼요."
    names = [e.text.split(maxsplit=1)[1] for e in page.all("h3")]
    assert set(names) == {"마바시장", "다라마트"}
    assert f"먼저 {names[0]}, 다음에 {names[1]}" in page.text
    assert "물건값은 98,000원" in page.text  # 10 × 2,900 + 10 × 6,900
    assert "2,000원 아껴요" in page.text  # beside 100,000 won at 가나시장


def test_each_purchase_shows_price_date_age_and_basis(plan: Asking) -> None:
    page = plan(on="2026-05-31")
    goods = page.of_class("goods")[0]
    said = " ".join(goods.text.split())
    assert "배추 2포기 1포기 × 2 ✓ 조사 5월 29일 (2일 전) 6,000원 1포기에 3,000원" in said
    assert "달걀 30개" in said
    assert "7,000원" in said


def test_the_stop_names_its_channel_and_leads_to_two_maps(plan: Asking) -> None:
    page = plan()
    assert "전통시장" in page.text
    links = [link for link in page.links() if link.startswith("https://")]
    assert links[0].startswith("https://map.kakao.com/link/to/")
    assert links[0].endswith(",37.6,127.0")
    assert links[1].startswith("https://map.naver.com/")


def test_other_ways_are_shown_with_what_they_cost_more(client: TestClient, plan: Asking) -> None:
    page = plan()
    query = {"need": "배추 2포기, 달걀 30개", "near": "연습구 가나동", "on": "2026-05-29"}
    document = client.get("/api/plan", params=query | {"mode": "walk"}).json()
    table = page.of_class("ways")[0]
    for comparison in document["comparisons"]:
        assert comparison["name"] in table.text
        assert f"{comparison['plan']['total']['mid']:,}원" in table.text
    assert "✓ 이 답" in table.text


def test_totals_are_those_of_the_document(client: TestClient, plan: Asking) -> None:
    page = plan(mode="car")
    query = {"need": "배추 2포기, 달걀 30개", "near": "연습구 가나동", "on": "2026-05-29"}
    best = client.get("/api/plan", params=query | {"mode": "car"}).json()["best"]
    receipt = page.of_class("receipt")[0]
    assert f"{best['total']['mid']:,}원" in receipt.text
    assert f"{best['trip_won']:,}원" in receipt.text


def test_a_discounted_price_is_marked(plan: Asking) -> None:
    page = plan(need="달걀 30개", near="37.6031,127.0")
    assert page.all("h1")[0].text == "다라마트 한 곳에서 다 사시면 돼요."
    assert [mark.text for mark in page.of_class("mark-discount")] == ["％ 할인"]


def test_what_is_not_priced_is_named_with_its_reason(plan: Asking) -> None:
    page = plan(need="배추 1포기, 도라지 100g")
    left_out = page.of_class("unread")[0]
    assert "도라지 100g" in left_out.text
    assert "조사가격이 없습니다" in left_out.text


def test_a_suggestion_is_a_link_that_mends_the_list(client: TestClient, plan: Asking) -> None:
    page = plan(need="배추 1포기, 달걀")
    links = [link for link in page.links() if link.startswith("/plan?") and "달걀" in _need(link)]
    mending = next(link for link in links if _need(link) != "배추 1포기, 달걀")
    assert _need(mending).startswith("배추 1포기, 달걀 ")
    assert not read(client.get(mending).text).of_class("unread")


def test_a_misspelt_name_shows_what_it_was_read_as(plan: Asking) -> None:
    assert "배추 · 1포기" in plan(need="베추 1포기").text


def test_the_form_on_the_answer_keeps_the_question(plan: Asking) -> None:
    page = plan(mode="car")
    assert page.all("textarea")[0].text == "배추 2포기, 달걀 30개"
    filled = [e.attributes for e in page.all("input") if e.attributes.get("id") in ("near", "on")]
    fields = {each["name"]: each.get("value") for each in filled}
    assert fields == {"near": "연습구 가나동", "on": "2026-05-29"}
    checked = [e.attributes["value"] for e in page.all("input") if "checked" in e.attributes]
    assert "car" in checked


def test_without_a_day_old_data_is_answered_for_its_last_day_and_says_so(plan: Asking) -> None:
    page = plan(on="")
    assert "가장 최근에 조사한 날이 2026년 5월 29일(금)이라 그날로 답해요." in page.text


def test_invented_prices_are_announced_on_every_answer(plan: Asking) -> None:
    assert "연습용(가상) 가격" in plan().text


def test_the_sources_are_named_with_licence_and_days(plan: Asking) -> None:
    page = plan()
    assert "이 답에 쓴 자료" in page.text
    assert "2026년 5월 29일(금) 조사" in page.text
    assert "이용 조건:" in page.text


def test_a_seller_with_a_hostile_name_is_shown_as_text(client: TestClient) -> None:
    query = {"need": "배추 1포기", "near": "37.609,127.007", "on": "2026-05-29", "mode": "walk"}
    answer = client.get("/item/배추", params=query)
    assert "<script>alert" not in answer.text
    assert '<script>alert("1")</script>마트' in read(answer.text).text


def _need(link: str) -> str:
    return parse_qs(urlsplit(link).query).get("need", [""])[0]
