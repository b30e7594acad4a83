"""A language model that somebody has set, as the command line and the page use it: it reads what
the grammar could not, words what holds, is always named, and never keeps anybody from an answer."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from scripted_server import Script, Served, calls, says, scripted
from starlette.testclient import TestClient
from tiny_world import DAY, NEAR, tiny_harvest

from altteul.cli.main import run
from altteul.history import History
from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import RateLimit

STRANGE = "잎이 겹겹이 싸인 커다란 거 두 포기 구해야 되는데 어디로 가야 쓰까?"
"""No item stands in it; the scripted model says it means two cabbages."""
KNOWN = "배추 두 포기랑 달걀 한 판 사려는데 어디가 싸?"
READ_BY = "언어 모델(open-model)을 썼어요"
WORDED_BY = "언어 모델(open-model)이 다듬었고"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    History.open(folder).record(tiny_harvest(), origin="tiny world")
    return folder


def reads_cabbages(_: dict[str, Any]) -> bytes:
    return calls(
        "read_request", {"intent": "plan", "needs": [{"item": "배추", "amount": 2, "unit": "포기"}]}
    )


def reading_then(wording: bytes | int | None) -> Script:
    """A model that reads the strange sentence and answers a request for words with `wording`."""
    return lambda question: reads_cabbages(question) if "tools" in question else wording


@contextmanager
def page(home: Path, script: Script, **settings: Any) -> Iterator[tuple[TestClient, Served]]:
    with scripted(script) as served:
        set_to = {"model_url": served.url, "model_name": "open-model"} | settings
        app = create_app(Settings(home=home, **set_to), limit=RateLimit(0))
        with TestClient(app) as client:
            yield client, served


def ask(client: TestClient, need: str, address: str = "/plan") -> str:
    query = {"need": need, "near": NEAR, "on": DAY.isoformat(), "mode": "walk"}
    return str(client.get(address, params=query).text)


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(home: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    def plan(url: str, need: str, *more: str) -> tuple[int, str, str]:
        monkeypatch.setenv("ALTTEUL_MODEL_URL", url)
        monkeypatch.setenv("ALTTEUL_MODEL_NAME", "open-model")
        monkeypatch.setenv("ALTTEUL_MODEL_SECONDS", "1")
        words = ["plan", need, "--near", NEAR, "--on", DAY.isoformat(), "--mode", "walk", *more]
        monkeypatch.setattr(sys, "argv", ["altteul", "--home", str(home), *words])
        out, err = io.StringIO(), io.StringIO()
        code: object = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                run()
            except SystemExit as stop:
                code = stop.code or 0
        return int(str(code)), out.getvalue(), err.getvalue()

    return plan


def test_the_page_reads_with_the_model_what_the_grammar_could_not(home: Path) -> None:
    with page(home, reading_then(500)) as (client, served):
        text = ask(client, STRANGE)
    assert "배추 2포기" in text
    assert READ_BY in text
    assert "tools" in served.questions[0]


def test_the_document_for_programs_carries_the_notice(home: Path) -> None:
    with page(home, reading_then(500)) as (client, _):
        notices = json.loads(ask(client, STRANGE, "/api/plan"))["notices"]
    assert any(READ_BY in notice for notice in notices)


def test_what_the_grammar_reads_is_never_given_to_the_model_to_read(home: Path) -> None:
    with page(home, reading_then(500)) as (client, served):
        text = ask(client, KNOWN)
        ask(client, "배추 2포기, 달걀 30개")
    assert READ_BY not in text
    assert not [question for question in served.questions if "tools" in question]


def test_the_page_shows_the_model_s_words_with_their_notice(home: Path) -> None:
    words = "가나시장 한 곳만 다녀오세요. 연습용(가상) 값으로 물건값이 13,000원 들어요."
    with page(home, reading_then(says(words))) as (client, _):
        text = ask(client, KNOWN)
    assert words in text
    assert WORDED_BY in text


def test_words_with_another_number_are_not_shown(home: Path) -> None:
    words = "가나시장 한 곳만 다녀오세요. 연습용(가상) 값으로 물건값이 12,000원 들어요."
    with page(home, reading_then(says(words))) as (client, _):
        text = ask(client, KNOWN)
    assert words not in text
    assert WORDED_BY not in text
    assert "물건값은 13,000원이고" in text


def test_a_silent_model_costs_no_more_than_its_time_and_no_answer(home: Path) -> None:
    with page(home, lambda _: None, model_seconds=0.3) as (client, _):
        start = time.monotonic()
        text = ask(client, KNOWN)
        took = time.monotonic() - start
    assert "물건값은 13,000원이고" in text
    assert took < 2.5


def test_the_command_reads_and_words_with_the_model_and_says_so(command: Command) -> None:
    words = "가나시장 한 곳만 다녀오세요. 연습용(가상) 값으로 물건값이 6,000원 들어요."
    with scripted(reading_then(says(words))) as served:
        code, out, err = command(served.url, STRANGE)
    assert (code, err) == (0, "")
    assert words in out
    assert READ_BY in out
    assert WORDED_BY in out


@pytest.mark.parametrize("script", [lambda _: None, lambda _: 500, lambda _: b"{"])
def test_the_command_answers_as_without_a_model_when_it_fails(
    command: Command, script: Script
) -> None:
    with scripted(script) as served:
        code, out, err = command(served.url, KNOWN)
    assert (code, err) == (0, "")
    assert "가나시장" in out
    assert "언어 모델" not in out
