"""Wrong, empty and hostile questions: one clear Korean sentence, the right status, nothing lost."""

from __future__ import annotations

import pytest
from page_reader import read
from starlette.testclient import TestClient

GOOD = {"need": "배추 1포기", "near": "연습구", "on": "2026-05-29"}
HOSTILE = '"><script>alert(1)</script>'

WRONG = {
    "nothing": ({"need": "", "near": "", "on": ""}, 422, "무엇이 필요한지"),
    "no list": ({"need": "  \n "}, 422, "무엇이 필요한지"),
    "no place": ({"near": ""}, 422, "어디 계신지"),
    "unknown place": ({"near": "달나라동"}, 404, "달나라동"),
    "place abroad": ({"near": "48.85,2.35"}, 404, "한국"),
    "no day": ({"on": "5월 31일"}, 422, "날짜"),
    "impossible day": ({"on": "2026-02-30"}, 422, "날짜"),
    "day of the dinosaurs": ({"on": "0001-01-01"}, 422, "알 수 없어요"),
    "day in a thousand years": ({"on": "3026-01-01"}, 422, "알 수 없어요"),
    "unknown way": ({"mode": "rocket"}, 422, "rocket"),
    "negative value of time": ({"value_of_time": "-5"}, 422, "한 시간의 값"),
    "huge value of time": ({"value_of_time": "9" * 60}, 422, "한 시간의 값"),
    "too many stops": ({"max_stops": "99"}, 422, "들를 곳"),
    "five thousand letters": ({"need": "배추 1포기, " * 600}, 422, "너무 길어요"),
    "only unknown items": ({"need": "용가리 3개"}, 422, "용가리"),
    "no amount": ({"need": "배추"}, 422, "얼마나"),
    "a script": ({"need": HOSTILE}, 422, "알아본 것이 없어요"),
    "a script as place": ({"near": HOSTILE}, 404, "모르는 곳"),
    "a script as day": ({"on": HOSTILE}, 422, "날짜"),
}


@pytest.mark.parametrize(("changed", "status", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_question_is_answered_by_one_sentence(
    client: TestClient, changed: dict[str, str], status: int, said: str
) -> None:
    answer = client.get("/plan", params=GOOD | changed)
    page = read(answer.text)
    assert answer.status_code == status
    trouble = next(e for e in page.all("section") if e.attributes.get("id") == "trouble")
    assert said in trouble.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("changed", "status", "said"), WRONG.values(), ids=WRONG.keys())
def test_programs_get_the_same_status_and_sentence(
    client: TestClient, changed: dict[str, str], status: int, said: str
) -> None:
    answer = client.get("/api/plan", params=GOOD | changed)
    assert answer.status_code == status
    document = answer.json()
    assert said in document["error"] + "".join(p["text"] + p["reason"] for p in document["unread"])


@pytest.mark.parametrize("field", ["need", "near", "on"])
def test_what_was_typed_stays_in_the_form_as_text(client: TestClient, field: str) -> None:
    answer = client.get("/plan", params=GOOD | {field: HOSTILE})
    assert "<script>alert" not in answer.text
    page = read(answer.text)
    kept = {e.attributes["name"]: e.attributes.get("value") for e in page.all("input")}
    assert (kept | {"need": page.all("textarea")[0].text})[field] == HOSTILE


def test_control_and_direction_characters_are_taken_out(client: TestClient) -> None:
    answer = client.get(
        "/plan", params=GOOD | {"need": "배추\x00\x1b[31m 1포기\u202e\ufeff, 무 1개"}
    )
    kept = read(answer.text).all("textarea")[0].text
    assert kept == "배추[31m 1포기, 무 1개"


def test_broken_utf8_and_repeated_fields_are_answered(client: TestClient) -> None:
    answer = client.get("/plan?need=%ff%fe&need=%ED%A0%80&near=%80&on=%00")
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("name", ["없는것", HOSTILE, "배" * 300, "..%2f..%2fetc%2fpasswd", "%00"])
def test_an_unknown_item_is_a_page_with_404(client: TestClient, name: str) -> None:
    answer = client.get(f"/item/{name}", params={"near": "연습구"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert 'lang="ko"' in answer.text


def test_an_unknown_item_suggests_names_that_lead_to_answers(client: TestClient) -> None:
    page = read(client.get("/item/고구미", params={"near": "연습구"}).text)
    links = [link for link in page.links() if link.startswith("/item/")]
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_an_item_without_a_place_asks_for_it(client: TestClient) -> None:
    answer = client.get("/item/배추")
    assert answer.status_code == 422
    assert "어디 계신지" in read(answer.text).text


def test_other_methods_are_refused_politely(client: TestClient) -> None:
    answer = client.post("/plan", data=GOOD)
    assert answer.status_code == 405
    assert 'lang="ko"' in answer.text
