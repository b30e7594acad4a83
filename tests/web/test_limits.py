"""How much one address may ask, and that nothing of it is kept longer than needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_reader import read
from starlette.testclient import TestClient

from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import MOST_ADDRESSES, RateLimit


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def asked(limit: RateLimit, times: int, address: str = "192.0.2.1") -> list[float]:
    return [limit.wait(address) for _ in range(times)]


def test_half_a_minutes_questions_may_come_at_once_and_then_one_waits() -> None:
    limit = RateLimit(60, Clock())
    assert asked(limit, 30) == [0.0] * 30
    assert limit.wait("192.0.2.1") == pytest.approx(1.0)
    assert limit.wait("192.0.2.2") == 0.0


def test_the_allowance_fills_again_with_time_but_not_beyond() -> None:
    clock = Clock()
    limit = RateLimit(60, clock)
    asked(limit, 30)
    clock.now += 3
    assert asked(limit, 4)[:3] == [0.0] * 3
    clock.now += 3_600
    assert asked(limit, 31).count(0.0) == 30


def test_a_minute_later_nothing_of_an_address_is_left() -> None:
    clock = Clock()
    limit = RateLimit(60, clock)
    for number in range(50):
        limit.wait(f"192.0.2.{number}")
    clock.now += 61
    limit.wait("198.51.100.1")
    assert limit.known == 1


def test_the_memory_for_addresses_is_bounded() -> None:
    limit = RateLimit(60, Clock())
    for number in range(MOST_ADDRESSES + 10):
        limit.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert limit.known <= MOST_ADDRESSES


def test_the_addresses_of_one_ipv6_network_share_an_allowance() -> None:
    limit = RateLimit(60, Clock())
    waits = [limit.wait(f"2001:db8::{number:x}") for number in range(31)]
    assert waits[-1] > 0
    assert limit.wait("2001:db8:0:1::1") == 0.0


@pytest.fixture
def strict(tiny_home: Path) -> Iterator[TestClient]:
    app = create_app(Settings(home=tiny_home), limit=RateLimit(4, Clock()))
    with TestClient(app) as client:
        yield client


def test_too_many_questions_get_a_korean_page_that_says_when(strict: TestClient) -> None:
    answers = [strict.get("/about") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "default-src 'none'" in answers[-1].headers["content-security-policy"]
    assert read(answers[-1].text).all("h1")[0].text == "조금 천천히 물어봐 주세요"


def test_the_style_sheet_and_the_watchers_are_not_counted(strict: TestClient) -> None:
    sheet = next(e for e in read(strict.get("/about").text).all("link") if "css" in str(e))
    for path in (str(sheet.attributes["href"]), "/healthz", "/metrics"):
        assert {strict.get(path).status_code for _ in range(5)} == {200}


def test_a_query_far_too_long_is_400_in_korean(client: TestClient) -> None:
    answer = client.get("/plan", params={"need": "배추 1포기, " * 1_200, "near": "연습구"})
    assert answer.status_code == 400
    assert "2,000자까지" in read(answer.text).text


def test_the_longest_list_that_may_be_written_is_read(client: TestClient) -> None:
    need = ("배추 1포기\n" * 250)[:2_000].strip()
    answer = client.get("/plan", params={"need": need, "near": "연습구", "on": "2026-05-29"})
    assert answer.status_code == 200
