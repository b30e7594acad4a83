"""A headless Chromium of this machine, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PATIENCE_MS = 30_000
BUILT = Path(__file__).parents[2] / "src/altteul/web/static/built/manifest.json"


expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """Where the browser is, None when there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def has_islands() -> bool:
    """Whether the front end was built."""
    return BUILT.is_file()


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser that this machine has; Playwright's own download is not used."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--lang=ko-KR"]
        )
        yield browser
        browser.close()


def window(
    browser: Browser, width: int = 1280, height: int = 900, scheme: Scheme = "light", **more: Any
) -> BrowserContext:
    """A fresh profile with a window of that size in CSS pixels."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        **more,
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
