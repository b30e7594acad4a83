"""The counts for whoever runs the server: right, and without a word of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import RateLimit
from altteul.web.metrics import Metrics


@pytest.fixture
def own(tiny_home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=tiny_home), limit=RateLimit(0))) as client:
        yield client


def test_answers_are_counted_by_page_and_status(own: TestClient) -> None:
    for path in ("/about", "/about", "/plan", "/item/배추?near=연습구", "/비밀/주소"):
        own.get(path)
    answer = own.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'altteul_answers_total{page="about",status="200"} 2' in answer.text
    assert 'altteul_answers_total{page="plan",status="422"} 1' in answer.text
    assert 'altteul_answers_total{page="item",status="200"} 1' in answer.text
    assert 'altteul_answers_total{page="other",status="404"} 1' in answer.text


def test_nothing_of_a_question_is_in_it(own: TestClient) -> None:
    own.get("/plan", params={"need": "배추 1포기", "near": "연습구"})
    own.get("/item/배추", params={"near": "연습구"}, headers={"user-agent": "secretphone"})
    text = own.get("/metrics").text
    assert not any(word in text for word in ("배추", "연습구", "testclient", "secretphone", "%EB"))


def test_latencies_are_a_cumulative_histogram() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.03, 0.03, 99.0):
        metrics.count("plan", 200, seconds)
    lines = dict(line.rsplit(" ", 1) for line in metrics.text().splitlines() if line[0] != "#")
    bucket = 'altteul_answer_seconds_bucket{{page="plan",le="{}"}}'
    assert lines[bucket.format("0.005")] == "1"
    assert lines[bucket.format("0.05")] == "3"
    assert lines[bucket.format("+Inf")] == "4"
    assert lines['altteul_answer_seconds_count{page="plan"}'] == "4"
    assert float(lines['altteul_answer_seconds_sum{page="plan"}']) == pytest.approx(99.061)
