"""The record of advice and the state of the feeds, losses and faults included."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from page_reader import read
from starlette.testclient import TestClient

from altteul.forecast.decisions import Summary
from altteul.forecast.record import Case, Kind, OfHorizon, Part, RecordReport
from altteul.history import ImportRecord
from altteul.market.freshness import Freshness
from altteul.web.answers import Answers
from altteul.web.feeds import feeds

SUMMARY = Summary(
    decisions=1_000, waits=60, buys=70, unknown=870, abstention=0.87, hit_rate=0.72,
    mean_saving=0.0105, mean_saving_low=0.0081, mean_saving_high=0.0128, mean_saving_waits=0.071,
    share_of_foresight=0.67, calibration_error=0.031, calibration_error_all=0.047,
)  # fmt: skip


def test_without_a_record_the_page_says_so(client: TestClient) -> None:
    assert "아직 적힌 성적이 없어요" in read(client.get("/record").text).text


def test_hits_abstentions_and_the_worst_cases_are_shown(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(
        item="배추", region="서울", on=date(2026, 3, 1), until=date(2026, 3, 8), word="wait",
        price=3_000, price_then=4_500, saving=-0.5,
    )  # fmt: skip
    part = Part(
        kind=Kind.REPLAYED, first=date(2026, 1, 1), last=date(2026, 4, 1), summary=SUMMARY,
        horizons=(OfHorizon(horizon=7, summary=SUMMARY),), worst=(case,), waiting_for_truth=12,
        sentence="모의 성적: 말해 준 130번 가운데 72%가 맞았고 …",
    )  # fmt: skip
    monkeypatch.setattr(Answers, "record", lambda answers: RecordReport(parts=(part,)))
    page = read(client.get("/record").text)
    assert "지난 자료로 되풀이한 것" in page.text
    assert "72%" in page.text
    assert "1.1% 0.8%~1.3%" in page.text.replace("1.1%0.8%", "1.1% 0.8%")
    assert "87%" in page.text
    assert (
        "배추 (서울) 2026년 3월 1일(일): 기다리세요 → 3월 8일 값 3,000원에서 4,500원" in page.text
    )
    assert "12번" in page.text


def test_a_feed_tells_what_was_not_taken_and_whether_it_stands_still() -> None:
    record = ImportRecord(
        import_id="1", source="practice", origin="test", recorded_at=datetime.now(UTC), seconds=1,
        new=10, corrected=0, unchanged=0, dropped_by_reason={"단위를 모름": 3, "값이 없음": 1},
        sellers=2, first_day=date(2026, 5, 1), last_day=date(2026, 5, 29),
    )  # fmt: skip
    still = Freshness(
        key="practice", title="연습", newest=date(2026, 5, 29), age_days=40, late=True,
        simulated=True,
    )  # fmt: skip
    feed = next(f for f in feeds([record, record], [still]) if f.described.key == "practice")
    assert feed.dropped == 8
    assert feed.faults[0] == ("단위를 모름", 6)
    assert (feed.late, feed.age_days) == (True, 40)
