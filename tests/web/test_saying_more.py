"""A sentence said after the plan changes it; every such sentence can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from page_reader import Page, read
from starlette.testclient import TestClient
from tiny_world import DAY, NEAR

BOTH = "배추 두 포기랑 달걀 한 판 사려는데 어디가 싸?"
HERE = {"near": NEAR, "on": DAY.isoformat(), "mode": "walk"}

Talking = Callable[..., Page]


@pytest.fixture
def talk(client: TestClient) -> Talking:
    """Ask, then say each sentence in the form of the page that came before."""

    def go(first: str, *sentences: str, **more: str) -> Page:
        page = read(client.get("/plan", params={"need": first} | HERE | more).text)
        for sentence in sentences:
            answer = client.get("/say", params=hidden(page) | {"now": sentence})
            assert answer.status_code == 200
            page = read(answer.text)
        return page

    return go


def hidden(page: Page) -> dict[str, str]:
    """What the form for a further sentence carries along."""
    at = next(n for n, e in enumerate(page.elements) if e.attributes.get("action") == "/say")
    fields = [e.attributes for e in page.elements[at:] if e.tag == "input"]
    return {f["name"] or "": f.get("value") or "" for f in fields if f.get("type") == "hidden"}


def section(page: Page, name: str) -> str:
    found = [e for e in page.all("section") if e.attributes.get("aria-labelledby") == name]
    return " ".join(found[0].text.split()) if found else ""


def test_something_is_left_out_afterwards(talk: Talking) -> None:
    before, after = talk(BOTH), talk(BOTH, "달걀은 빼고")
    assert "달걀" in before.of_class("goods")[0].text
    assert "달걀" not in after.of_class("goods")[0].text
    assert "배추 2포기" in after.of_class("goods")[0].text
    assert "“달걀은 빼고”" in section(after, "say-more")


def test_a_sentence_changes_a_plain_list_too(talk: Talking) -> None:
    after = talk("배추 1포기, 달걀 30개", "배추 세 포기로 바꿔 줘")
    assert "배추 3포기" in after.of_class("goods")[0].text
    assert "달걀" in after.text


def test_guests_who_come_on_top_are_added(talk: Talking) -> None:
    after = talk("내일 손님 네 명 비빔밥 재료 어디서 사지?", "두 명 더 온대", "한 명 더 온대")
    assert "음식 비빔밥 7인분" in section(after, "understood")


def test_a_sentence_can_be_taken_back(client: TestClient, talk: Talking) -> None:
    page = talk(BOTH, "달걀은 빼고", "배추 세 포기로")
    back = next(a for a in page.all("a") if "“달걀은 빼고”" in a.text).attributes["href"] or ""
    after = read(client.get(back).text)
    assert parse_qs(urlsplit(back).query)["then"] == ["배추 세 포기로"]
    assert "달걀" in after.of_class("goods")[0].text
    assert "배추 3포기" in after.of_class("goods")[0].text


def test_what_is_said_again_is_no_longer_taken_back(talk: Talking) -> None:
    assert "달걀" not in talk(BOTH, without="달걀").of_class("goods")[0].text
    again = talk(BOTH, "달걀 한 판도 살래", without="달걀")
    assert "달걀" in again.of_class("goods")[0].text


def test_the_number_of_people_said_last_counts(talk: Talking) -> None:
    said = "내일 손님 네 명 비빔밥 재료 어디서 사지?"
    assert "비빔밥 5인분" in section(talk(said, people="5"), "understood")
    assert "비빔밥 8인분" in section(talk(said, "여덟 명으로 바꿔 줘", people="5"), "understood")


def test_a_question_about_what_was_planned_leads_to_its_screen(talk: Talking) -> None:
    assert (
        talk("배추 한 포기 사려는데 어디가 싸?", "왜 이렇게 비싸?").all("h1")[0].text == "배추 값"
    )


def test_why_a_dish_is_dear_is_asked_of_which_of_its_goods(talk: Talking) -> None:
    page = talk("내일 손님 네 명 비빔밥 재료 어디서 사지?", "왜 이렇게 비싸?")
    assert page.all("h1")[0].text == "무엇이 궁금하세요?"
    assert "어떤 것이 궁금하신지" in page.text


def test_the_address_after_a_sentence_is_that_of_a_plan(client: TestClient) -> None:
    asked = {"need": BOTH, "now": "달걀은 빼고"} | HERE
    answer = client.get("/say", params=asked, follow_redirects=False)
    to = urlsplit(answer.headers["location"])
    assert (answer.status_code, to.path) == (303, "/plan")
    assert parse_qs(to.query)["then"] == ["달걀은 빼고"]
    assert "now" not in parse_qs(to.query)


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        (BOTH, "", "배추 2포기"),
        (BOTH, "\n".join(["달걀은 빼고"] * 12), "이야기가 길어졌어요"),
        ("", "", "무엇이 필요한지"),
    ],
    ids=["nothing said", "too long a talk", "nothing before"],
)
def test_a_bad_sentence_is_told_and_nothing_is_lost(
    client: TestClient, first: str, then: str, words: str
) -> None:
    asked = {"need": first, "then": then, "now": "달걀은 빼고" if then or not first else ""}
    page = read(client.get("/say", params=asked | HERE).text)
    assert words in page.text
