"""The budget of weight: what a first visit takes over the line, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser import chromium, has_islands, window
from playwright.sync_api import Browser
from screens import PLAN

FIRST_VISIT_BYTES = 120_000
"""Compressed, heads included, with everything that is fetched ahead for use without a network."""
SCREEN_BYTES = 90_000
"""One screen more, the chart of an item included."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine"),
    pytest.mark.skipif(not has_islands(), reason="the islands were not built (make front)"),
]


@pytest.fixture
def bytes_of(browser: Browser, address: str) -> Callable[[str], int]:
    """What a visit with an empty browser takes, the service worker's own requests included."""

    def visit(path: str) -> int:
        page = window(browser, 360).new_page()
        session = page.context.new_cdp_session(page)
        taken = 0

        def count(event: dict[str, Any]) -> None:
            nonlocal taken
            taken += int(event["encodedDataLength"])

        session.on("Network.loadingFinished", count)
        session.send("Network.enable")
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        ahead = page.evaluate(AHEAD)
        return taken + int(ahead)

    return visit


AHEAD = """
navigator.serviceWorker.ready.then(async () => {
  let bytes = 0;
  for (const name of await caches.keys()) {
    if (!name.startsWith('altteul-shell')) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const length = (await cache.match(request)).headers.get('content-length');
      bytes += Number(length ?? 0);
    }
  }
  return bytes;
})
"""
"""Compressed bytes of what the worker fetched ahead, as the server stated them."""


def test_a_first_visit_keeps_to_its_budget(bytes_of: Callable[[str], int]) -> None:
    taken = bytes_of("/")
    assert 20_000 < taken <= FIRST_VISIT_BYTES


@pytest.mark.parametrize("path", [PLAN, "/item/배추?near=연습구&on=2026-05-29", "/list"])
def test_every_other_screen_keeps_to_its_budget(bytes_of: Callable[[str], int], path: str) -> None:
    assert bytes_of(path) <= FIRST_VISIT_BYTES + SCREEN_BYTES
