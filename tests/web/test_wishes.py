"""What the form adds under "더 정하기" changes the request, and through it the plan."""

from __future__ import annotations

import pytest
from page_reader import Asking, read
from starlette.testclient import TestClient
from tiny_world import DAY, LIST, NEAR

ASKED = {"need": LIST, "near": NEAR, "on": DAY.isoformat(), "mode": "walk"}


def document(client: TestClient, **wishes: str) -> dict[str, object]:
    answer = client.get("/api/plan", params=ASKED | wishes)
    assert answer.status_code == 200
    made: dict[str, object] = answer.json()
    return made


def request_of(client: TestClient, **wishes: str) -> dict[str, object]:
    asked = document(client, **wishes)["request"]
    assert isinstance(asked, dict)
    return asked


def test_nothing_wished_leaves_the_request_alone(client: TestClient) -> None:
    asked = request_of(client)
    assert (asked["latest"], asked["budget"], asked["risk"]) == (None, None, "normal")
    assert asked["discounts"] == []


def test_days_money_and_doubt_reach_the_planner(client: TestClient) -> None:
    asked = request_of(client, wait="3", budget="12,000", risk="safe")
    assert (asked["latest"], asked["budget"], asked["risk"]) == ("2026-06-01", 12_000, "safe")


def test_discounts_reach_the_planner(client: TestClient) -> None:
    asked = request_of(client, onnuri="1", senior="1")
    assert [one["programme"] for one in asked["discounts"]] == ["onnuri", "senior"]  # type: ignore[attr-defined]


def test_what_may_stand_in_is_that_of_the_book(client: TestClient) -> None:
    needs = request_of(client, instead="1")["needs"]
    cabbage = needs[0]  # type: ignore[index]
    assert {"알배기배추", "양배추"} & {one["item"] for one in cabbage["substitutes"]}
    assert {one["dislike_won"] for one in cabbage["substitutes"]} == {1_000}


def test_too_little_money_says_what_is_left_out(plan: Asking) -> None:
    page = plan(budget="8000")  # 배추 2포기 take 6,000 won, 달걀 30개 7,000
    assert "다 담지 못했어요" in page.text
    over = next(e for e in page.all("section") if e.attributes.get("aria-labelledby") == "over")
    assert "달걀 30개" in over.text or "배추 2포기" in over.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("wait", "30", "기다릴 날수"), ("budget", "많이", "쓸 돈"), ("risk", "crazy", "crazy")],
)
def test_what_cannot_be_read_is_one_sentence(
    client: TestClient, field: str, value: str, said: str
) -> None:
    answer = client.get("/api/plan", params=ASKED | {field: value})
    assert answer.status_code == 422
    assert said in answer.json()["error"]


def test_what_was_chosen_stays_open_in_the_form(plan: Asking) -> None:
    page = plan(wait="3", instead="1")
    assert any("open" in e.attributes for e in page.of_class("more"))
    chosen = {
        e.attributes["name"]: e.attributes["value"]
        for e in page.all("input")
        if "checked" in e.attributes
    }
    assert (chosen["wait"], chosen["instead"]) == ("3", "1")
    assert not any("open" in e.attributes for e in plan().of_class("more"))


def test_what_comes_close_is_looked_for_on_request(client: TestClient, plan: Asking) -> None:
    asked = document(client, need="배추 1포기")
    told = [one["text"] for one in (*asked["alternatives"], *asked["sensitivity"])]  # type: ignore[misc]
    assert told
    page = plan(need="배추 1포기")
    assert not [text for text in told if text in page.text]
    link = next(link for link in page.links() if "more=1" in link)
    assert all(text in read(client.get(link).text).text for text in told)
