"""The pages in a real browser: the whole task by keyboard, no overflow, large targets, contrast."""

from __future__ import annotations

import pytest
from browser import SCHEMES, chromium, window
from playwright.sync_api import Browser, Page
from screens import SCREENS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine"),
]


@pytest.fixture(params=list(SCREENS.values()), ids=list(SCREENS))
def address_of_screen(request: pytest.FixtureRequest, address: str) -> str:
    return f"{address}{request.param}"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of that name, or what begins with that text, has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused: str = page.evaluate(
            "document.activeElement.name || document.activeElement.textContent"
        )
        if " ".join(focused.split()).startswith(name):
            return
    raise AssertionError(f"no way to {name} by Tab")


def test_the_whole_task_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = window(browser, 360).new_page()
    page.goto(f"{address}/?on=2026-05-29")
    tab_to(page, "need")
    page.keyboard.insert_text("배추 2포기\n달걀 30개")
    tab_to(page, "near")
    page.keyboard.insert_text("연습구 가나동")
    tab_to(page, "mode")
    page.keyboard.press("ArrowLeft")
    tab_to(page, "어디서 살까요?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan?**")
    assert "mode=walk" in page.url
    headline = page.locator("h1").inner_text()
    assert " ".join(headline.split()) == "가나시장 한 곳에서 다 사시면 돼요."


def test_the_first_tab_leads_to_the_content(browser: Browser, address: str) -> None:
    page = window(browser).new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "본문으로 바로 가기"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


TOO_SMALL = """
[...document.querySelectorAll('button, summary, input, textarea, nav a, .button, .chip, .brand')]
  .filter(e => e.checkVisibility())
  .map(e => [e.closest('label') ?? e, e])
  .filter(([box]) => box.getBoundingClientRect().height < 44)
  .map(([box, e]) => e.outerHTML.slice(0, 80))
"""


def test_a_screen_fits_narrow_windows_thumbs_and_twice_the_text(
    browser: Browser, address_of_screen: str
) -> None:
    page = window(browser, 320).new_page()
    page.goto(address_of_screen)
    for width in (320, 768, 1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


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


def test_text_stands_out_from_its_ground_in_all_colours(
    browser: Browser, address_of_screen: str
) -> None:
    page = window(browser, reduced_motion="reduce").new_page()  # else colours fade in
    page.goto(address_of_screen)
    assert len(page.inner_text("body")) > 100
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for chosen in ("false", "true"):
            page.evaluate(f"document.documentElement.classList.toggle('contrast', {chosen})")
            assert page.evaluate(LOW_CONTRAST) == [], (scheme, chosen)


def test_the_browser_asks_nobody_else_and_reports_nothing(
    browser: Browser, address_of_screen: str, address: str
) -> None:
    page = window(browser).new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address_of_screen)
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)
    assert [text for text in said if "status of 4" not in text] == []


def test_a_hostile_name_runs_nothing(browser: Browser, address: str) -> None:
    page = window(browser).new_page()
    page.goto(f"{address}/plan?need=%3Cimg src=x onerror=document.title='hit'%3E&near=연습구")
    page.wait_for_timeout(200)
    assert page.title() != "hit"
    assert page.locator("main img").count() == 0


def test_colours_forced_by_the_system_hide_nothing(browser: Browser, address: str) -> None:
    page = window(browser, forced_colors="active").new_page()
    page.goto(f"{address}/settings")
    chosen = page.locator(".choice", has_text="버스로").locator("span").first
    other = page.locator(".choice", has_text="걸어서").locator("span").first
    width = "e => getComputedStyle(e).borderTopWidth"
    assert chosen.evaluate(width) != other.evaluate(width)
