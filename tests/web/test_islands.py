"""What the page does more where scripts run: list, settings, voice, sharing, use without a network.

Every test opens a fresh profile of a real Chromium.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, has_islands, window
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from screens import PLAN
from serving import serving
from tiny_world import course_of_cabbage, tiny_harvest

from altteul.history import History

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine"),
    pytest.mark.skipif(not has_islands(), reason="the islands were not built (make front)"),
]

FAKE_EARS = """
window.SpeechRecognition = class extends EventTarget {
  start() {
    setTimeout(() => {
      const heard = new Event('result');
      heard.results = [[{transcript: '내일 네 명이 먹을 비빔밥 재료'}]];
      this.dispatchEvent(heard);
      this.dispatchEvent(new Event('end'));
    }, 50);
  }
  stop() { this.dispatchEvent(new Event('end')); }
};
"""
FAKE_VOICE = """
window.spoken = [];
speechSynthesis.speak = words => window.spoken.push(words.text);
"""


ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def phone(browser: Browser) -> BrowserContext:
    return window(browser, 360, 780)


def kept(page: Page, name: str) -> Any:
    text = page.evaluate(f"localStorage.getItem('altteul.{name}')")
    return json.loads(text) if text else None


def test_a_list_is_made_by_words_and_taps_and_stays_on_the_device(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(f"{address}/list")
    page.get_by_label("무엇을 더할까요?").fill("배추 두 포기, 달걀 30개")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="두부 더하기").click()
    page.get_by_role("button", name="배추 1포기 더").click()
    page.get_by_role("button", name="두부 1모 지우기").click()
    page.get_by_role("button", name="되돌리기").click()
    page.reload()
    rows = page.locator("#list-goods > li")
    expect(rows).to_have_count(3)
    said = [" ".join(row.split()) for row in rows.locator("output").all_inner_texts()]
    assert said == ["3포기", "30개", "1모"]
    assert [(one["name"], one["amount"]) for one in kept(page, "list")] == [
        ("배추", 3), ("달걀", 30), ("두부", 1),
    ]  # fmt: skip


def test_the_list_leads_to_a_plan_at_the_chosen_place(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.add_init_script(
        "localStorage.setItem('altteul.settings', '{\"near\": \"연습구 가나동\"}')"
    )
    page.goto(f"{address}/list")
    page.get_by_label("무엇을 더할까요?").fill("배추 2포기")
    page.get_by_role("button", name="더하기", exact=True).click()
    expect(page.locator("#list-goods")).to_contain_text("가까이 1포기에 2,900~6,000원")
    page.get_by_role("link", name="이 목록, 어디서 살까요?").click()
    page.wait_for_url("**/plan?**")
    assert "시장" in page.locator("h1").inner_text()


def test_a_hostile_name_on_the_list_stays_text(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/list")
    page.get_by_label("무엇을 더할까요?").fill("<img src=x onerror=document.title='hit'>")
    page.keyboard.press("Enter")
    expect(page.locator("#list-goods strong").first).to_contain_text("<img")
    assert page.title() != "hit"


def test_a_plan_is_ticked_off_without_a_network(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(address + PLAN)
    page.get_by_role("button", name="장 볼 때 가져가기").click()
    page.wait_for_url("**/list")
    phone.set_offline(True)
    page.reload()
    expect(page.locator("#off-line")).to_contain_text("인터넷이 닿지 않아요")
    page.get_by_label("배추 2포기").check()
    expect(page.locator(".trip-left")).to_contain_text("1/2 담았어요")
    page.reload()
    assert page.get_by_label("배추 2포기").is_checked()
    page.get_by_label("달걀 30개").check()
    expect(page.locator(".trip-left")).to_contain_text("다 담았어요")


def test_an_answer_of_before_is_shown_without_a_network_with_its_time(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(address + PLAN)
    page.wait_for_load_state("networkidle")
    headline = page.locator("h1").inner_text()
    phone.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == headline
    expect(page.locator("#off-line")).to_contain_text("에 받아 둔 화면을 보여 드려요")
    page.goto(f"{address}/plan?need=무 1개&near=연습구")
    assert page.locator("h1").inner_text() == "인터넷이 닿지 않아요"
    expect(page.locator("#kept-pages a")).to_contain_text([headline.replace("\xa0", " ")])


def test_what_is_said_stands_in_the_box_and_is_asked_only_on_a_tap(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.add_init_script(FAKE_EARS)
    page.goto(address)
    page.get_by_role("button", name="말로 하기").click()
    expect(page.get_by_label("무엇이 필요하세요?")).to_have_value("내일 네 명이 먹을 비빔밥 재료")
    assert page.url.rstrip("/") == address


def test_without_a_recogniser_there_is_no_microphone(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="말로 하기").count() == 0
    expect(page.get_by_role("button", name="어디서 살까요?")).to_be_visible()


def test_the_answer_is_read_with_numbers_as_they_are_said(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.add_init_script(FAKE_VOICE)
    page.goto(
        f"{address}/plan?need=배추 2포기, 달걀 30개&near=연습구 가나동&on=2026-05-29&mode=walk"
    )
    page.get_by_role("button", name="소리 내어 읽기").click()
    spoken = page.evaluate("window.spoken.join(' ')")
    assert "만 삼천 원" in spoken
    assert "13,000" not in spoken


def test_choices_are_kept_on_the_device_and_hold_on_every_screen(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(f"{address}/settings")
    page.get_by_label("어디 사세요?").fill("연습구 마바동")
    page.get_by_label("걸어서").check()
    for name in ("큰 글씨", "또렷한 색", "쉬운 말"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="이대로 하기").click()
    page.goto(address)
    assert set(page.locator("html").get_attribute("class").split()) >= {"large", "contrast", "easy"}
    assert page.get_by_label("어디 계세요?").input_value() == "연습구 마바동"
    assert page.get_by_label("걸어서").is_checked()
    assert phone.cookies() == []


def test_the_position_is_made_coarse_before_it_is_sent(browser: Browser, address: str) -> None:
    context = window(
        browser, geolocation={"latitude": 37.61234, "longitude": 127.04321},
        permissions=["geolocation"],
    )  # fmt: skip
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="지금 있는 곳으로").click()
    field = page.get_by_label("어디 계세요?")
    expect(field).to_have_value("37.610,127.044")


def test_an_answer_is_copied_as_text(browser: Browser, address: str) -> None:
    context = window(browser, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(address + PLAN)
    page.get_by_role("button", name="글로 보내기").click()
    expect(page.locator("#told-now")).to_contain_text("복사했어요")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "1. 가나시장" in text
    assert "· 배추 2포기 6,000원" in text
    assert "연습용(가상)" in text
    assert text.rstrip().split("\n")[-1].startswith(address)


def test_an_answer_becomes_a_picture(browser: Browser, address: str) -> None:
    context = window(browser, accept_downloads=True)
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.share; delete Navigator.prototype.canShare")
    page.goto(address + PLAN)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="그림으로").click()
    picture = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename == "알뜰.png"
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1080


def test_from_the_first_screen_to_a_priced_plan_in_two_taps(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(address)
    page.locator(".tries a").nth(1).click()
    page.wait_for_url("**/plan?**")
    page.locator("[aria-labelledby=choose] a").first.click()
    expect(page.locator(".receipt .total")).to_be_visible()


def test_one_tap_is_enough_where_the_place_is_known(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.add_init_script(
        "localStorage.setItem('altteul.settings', '{\"near\": \"연습구 가나동\"}')"
    )
    page.goto(address)
    page.locator(".tries a").nth(1).click()
    expect(page.locator(".receipt .total")).to_be_visible()


def test_easy_words_take_the_place_of_words_of_the_trade(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.add_init_script("localStorage.setItem('altteul.settings', '{\"easy\": true}')")
    page.goto(address + PLAN)
    mark = page.locator(".goods .mark-observed").first
    expect(mark).to_contain_text("직접 본 값")
    expect(page.locator("section[aria-labelledby=sources]")).to_be_hidden()


def test_a_course_of_prices_gets_a_cursor_and_keeps_its_table(
    phone: BrowserContext, tmp_path: Path
) -> None:
    history = History.open(tmp_path)
    history.record(tiny_harvest(), origin="tiny world")
    history.record(course_of_cabbage(), origin="tiny world")
    page = phone.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}/item/배추?near=연습구&on=2026-05-29")
        page.wait_for_load_state("networkidle")
    expect(page.locator(".chart.drawn .uplot canvas")).to_be_visible()
    expect(page.locator(".price-chart")).to_be_hidden()
    page.get_by_text("표로 보기").click()
    expect(page.get_by_role("columnheader", name="평년")).to_be_visible()


def test_a_map_on_tiles_takes_the_place_of_the_drawing_where_tiles_are_set(
    browser: Browser, tiny_home: Path
) -> None:
    page = window(browser, service_workers="block").new_page()
    asked: list[str] = []

    def tile(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=ONE_PIXEL, content_type="image/png")

    page.route("https://tiles.example/**", tile)
    tiles = {"map_tiles": "https://tiles.example/{z}/{x}/{y}.png", "map_tiles_credit": "가<b>나"}
    with serving(tiny_home, **tiles) as address:
        page.goto(address + PLAN)
        expect(page.locator(".with-tiles .map-sign")).to_have_count(2)
        expect(page.locator(".plan-map")).to_be_hidden()
        expect(page.locator(".leaflet-control-attribution")).to_contain_text("가<b>나")
    assert asked


def test_without_tiles_the_map_is_drawn_and_nobody_is_asked(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(address + PLAN)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".plan-map")).to_be_visible()
    assert page.locator(".leaflet-container").count() == 0


def test_a_slow_answer_says_that_it_is_worked_out(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/?need=배추 1포기&near=연습구")
    page.evaluate("document.querySelector('form').target = '_blank'")  # this page stays to look at
    page.get_by_role("button", name="어디서 살까요?").click()
    expect(page.locator("#working")).to_contain_text("견주어 보고 있어요")


def test_without_scripts_every_task_is_still_there(browser: Browser, address: str) -> None:
    context = window(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/list")
    page.get_by_label("무엇이 필요하세요?").fill("배추 2포기")
    page.get_by_label("어디 계세요?").fill("연습구 가나동")
    page.get_by_role("button", name="어디서 살까요?").click()
    assert "한 곳에서 다 사시면 돼요" in page.locator("h1").inner_text().replace("\xa0", " ")
