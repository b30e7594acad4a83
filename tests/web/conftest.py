"""A tiny invented world in a temporary data folder, and the page on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from browser import chromium, launched
from page_reader import Page, read
from playwright.sync_api import Browser
from serving import serving
from tiny_world import DAY, LIST, NEAR, tiny_harvest

from altteul.history import History
from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import RateLimit


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("page")
    History.open(home).record(tiny_harvest(), origin="tiny world")
    return home


@pytest.fixture(scope="session")
def client(tiny_home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=tiny_home), limit=RateLimit(0))) as opened:
        yield opened


@pytest.fixture(scope="session")
def address(tiny_home: Path) -> Iterator[str]:
    """The page on the tiny world, served to browsers."""
    with serving(tiny_home) as served:
        yield served


@pytest.fixture(scope="module")
def running_browser() -> Iterator[Browser]:
    """For one module only: while Playwright runs, no test of this process can use asyncio.run."""
    if chromium() is None:
        pytest.skip("no chromium on this machine")
    with launched() as opened:
        yield opened


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """A browser whose windows are closed after the test."""
    yield running_browser
    for context in running_browser.contexts:
        context.close()


@pytest.fixture
def plan(client: TestClient) -> Callable[..., Page]:
    """Ask for the plan of the tiny world, with fields of the query changed."""

    def ask(**changed: str) -> Page:
        query = {"need": LIST, "near": NEAR, "on": DAY.isoformat(), "mode": "walk"} | changed
        return read(client.get("/plan", params=query).text)

    return ask
