"""The pages in a real browser: the whole task by keyboard, no overflow, large targets, contrast."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, chromium
from serving import serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine"),
]

PLAN = "/plan?need=배추 2포기, 달걀 30개, 도라지 1kg&near=연습구 가나동&on=2026-05-29&mode=walk"
PAGES = {
    "ask": "/",
    "plan": PLAN,
    "item": "/item/배추?near=연습구&on=2026-05-29",
    "trouble": "/plan?need=용가리&near=연습구",
    "today": "/today?near=연습구&on=2026-05-29",
    "today-ask": "/today",
    "dishes": "/dishes?near=연습구&on=2026-05-29&find=배추",
    "sentence": "/plan?need=내일 네 명 비빔밥 재료 3만원에 어디서 사지?&near=연습구&on=2026-05-29",
    "no-place": "/plan?need=내일 네 명이 먹을 비빔밥 재료 어디서 사지?",
    "which": "/plan?need=고기 만 원어치랑 배추 한 포기 어디가 싸?&near=연습구",
    "told": "/plan?need=어떻게 쓰는 거야?",
    "item-why": "/item/배추?near=연습구&on=2026-05-29&about=why",
    "sources": "/sources",
    "about": "/about",
}


@pytest.fixture(scope="module")
def address(tiny_home: Path) -> Iterator[str]:
    with serving(tiny_home) as served:
        yield served


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(params=list(PAGES.values()), ids=list(PAGES))
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> str:
    return f"{address}{request.param}"


def focused(browser: Browser) -> str:
    name: str = browser.value("document.activeElement.name || document.activeElement.textContent")
    return " ".join(name.split())


def tab_to(browser: Browser, name: str) -> None:
    for _ in range(60):
        browser.press("Tab")
        if focused(browser).startswith(name):
            return
    raise AssertionError(f"no way to {name} by Tab")


def test_the_whole_task_by_keyboard_alone(browser: Browser, address: str) -> None:
    browser.look(360)
    browser.open(f"{address}/?on=2026-05-29")
    tab_to(browser, "need")
    browser.type("배추 2포기\n달걀 30개")
    tab_to(browser, "near")
    browser.type("연습구 가나동")
    tab_to(browser, "mode")
    browser.press("ArrowLeft")
    tab_to(browser, "어디서 살까요?")
    browser.press("Enter")
    browser.wait_for("Page.loadEventFired")
    assert browser.value("location.pathname") == "/plan"
    assert "mode=walk" in browser.value("location.search")
    headline = browser.value("document.querySelector('h1').textContent")
    assert " ".join(headline.split()) == "가나시장 한 곳에서 다 사시면 돼요."


def test_the_first_tab_leads_to_the_content(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("Tab")
    assert focused(browser) == "본문으로 바로 가기"
    browser.press("Enter")
    assert browser.value("location.hash") == "#main"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_runs_over_the_side(browser: Browser, page: str, width: int) -> None:
    browser.look(width)
    browser.open(page)
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_nothing_runs_over_the_side_at_twice_the_text(browser: Browser, page: str) -> None:
    browser.look(360)
    browser.open(page)
    browser.value("document.documentElement.style.fontSize = '225%'")
    assert browser.value("document.documentElement.scrollWidth") <= 360


TOO_SMALL = """
[...document.querySelectorAll('button, summary, input, textarea, nav a, .button, .chip, .brand')]
  .filter(e => e.checkVisibility())
  .map(e => [e.closest('label') ?? e, e])
  .filter(([box]) => box.getBoundingClientRect().height < 44)
  .map(([box, e]) => e.outerHTML.slice(0, 80))
"""


def test_targets_are_large_enough_for_a_thumb(browser: Browser, page: str) -> None:
    browser.look(360)
    browser.open(page)
    assert browser.value(TOO_SMALL) == []


LOW_CONTRAST = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility() || e.closest('.unseen, .skip, svg, datalist'))
      continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) low.push(node.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return low;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, page: str, scheme: str) -> None:
    browser.look(1280, scheme=scheme)
    browser.open(page)
    assert browser.value("document.body.innerText.length") > 100
    assert browser.value(LOW_CONTRAST) == []


def test_the_browser_asks_nobody_else_and_reports_nothing(
    browser: Browser, page: str, address: str
) -> None:
    browser.look(1280)
    browser.open(page)
    asked = [e["request"]["url"] for e in browser.happened("Network.requestWillBeSent")]
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)  # data: is its own calendar
    assert browser.happened("Log.entryAdded") == [
        entry
        for entry in browser.happened("Log.entryAdded")
        if "404" in entry["entry"]["text"] or "422" in entry["entry"]["text"]
    ]


def test_a_hostile_name_runs_nothing(browser: Browser, address: str) -> None:
    browser.open(f"{address}/plan?need=%3Cimg src=x onerror=document.title='hit'%3E&near=연습구")
    time.sleep(0.2)
    assert browser.value("document.title") != "hit"
    assert browser.value("document.images.length") == 1  # the sign in the header
