"""axe-core on every screen in both themes, and what a screen reader finds on the main ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import SCHEMES, chromium, window
from playwright.sync_api import Browser
from screens import PLAN, SCREENS

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")
RUN = """
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']}).then(found => found.violations.map(
    v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3)]))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine"),
]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make front, needs Node)")
@pytest.mark.parametrize("path", list(SCREENS.values()), ids=list(SCREENS))
def test_axe_finds_nothing_serious_in_either_theme(
    browser: Browser, address: str, path: str
) -> None:
    page = window(browser, 360, reduced_motion="reduce").new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(RUN)
        assert [violation for violation in found if violation[0] in GRAVE] == [], scheme


def test_a_screen_reader_finds_the_answer_by_its_headings(browser: Browser, address: str) -> None:
    page = window(browser).new_page()
    page.goto(address + PLAN)
    tree = page.locator("body").aria_snapshot()
    assert "- banner:" in tree
    assert '- navigation "큰 메뉴"' in tree
    assert "- main:" in tree
    assert '- heading "가나시장 한 곳에서 사시면 돼요." [level=1]' in tree
    assert '- heading "1 번째 가나시장" [level=3]' in tree
    assert "- contentinfo:" in tree


def test_a_screen_reader_hears_what_a_field_is_for(browser: Browser, address: str) -> None:
    page = window(browser).new_page()
    page.goto(address)
    tree = page.locator("main").aria_snapshot()
    assert '- textbox "무엇이 필요하세요?"' in tree
    assert '- combobox "어디 계세요?"' in tree
    assert '- group "어떻게 다니세요?"' in tree
    assert '- radio "버스로" [checked]' in tree
    assert '- button "어디서 살까요?"' in tree
