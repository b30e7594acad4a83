"""docs/topics/privacy.md says what the server does with a question; so it does."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from altteul.settings import load_settings
from altteul.web.app import create_app

QUESTION = {"need": "배추 1포기, 무 1개", "near": "새솔구 은행나무동", "on": "2026-11-20"}

pytestmark = pytest.mark.slow


Page = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def page(practice_home: Path) -> Page:
    app = create_app(load_settings(practice_home))

    async def ask(path: str, params: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://alt") as browser:
            return await browser.get(path, params=params)

    return lambda path, **params: asyncio.run(ask(path, params))


def test_the_page_sets_no_cookie_and_lets_nobody_else_ask_for_a_position(page: Page) -> None:
    for answer in (page("/"), page("/plan", **QUESTION), page("/about")):
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert "geolocation=(self)" in answer.headers["permissions-policy"]


def test_the_page_loads_nothing_from_other_companies(page: Page) -> None:
    answer = page("/plan", **QUESTION)
    assert answer.status_code == 200
    text = answer.text
    loaded = re.findall(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=[\"']?([^\"' >]+)", text)
    assert loaded
    assert not [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)]


def test_a_question_leaves_no_trace_in_logs_and_files(
    page: Page, practice_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = {path: path.stat().st_mtime_ns for path in practice_home.rglob("*")}
    with caplog.at_level(logging.DEBUG, logger="altteul"), caplog.at_level(logging.INFO):
        assert page("/plan", **QUESTION).status_code == 200
        page("/plan", **QUESTION | {"need": "없는것 3개", "near": "없는동"})
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert not [r for r in ours if "배추" in r.getMessage() or "없는" in r.getMessage()]
    assert {path: path.stat().st_mtime_ns for path in practice_home.rglob("*")} == before
