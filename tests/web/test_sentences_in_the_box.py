"""Sentences in the one box: what they mean is shown back, can be taken back, and leads on."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Response
from page_reader import Page, read
from starlette.testclient import TestClient
from tiny_world import DAY, NEAR

from altteul.web.spoken_pages import SENTENCES

LAUNCH = SENTENCES[0]
EGGS = "연습구 가나동에서 배추 두 포기랑 달걀 한 판 사려는데 어디가 싸?"

Saying = Callable[..., Response]


@pytest.fixture
def say(client: TestClient) -> Saying:
    def ask(need: str, **changed: str) -> Response:
        query = {"near": NEAR, "on": DAY.isoformat(), "mode": "walk"} | changed
        answer: Response = client.get("/plan", params={"need": need} | query)
        return answer

    return ask


def chips(page: Page) -> list[str]:
    found = [e for e in page.all("section") if e.attributes.get("aria-labelledby") == "understood"]
    return " ".join(found[0].text.split()).split("✕빼고 다시 묻기") if found else []


def link_of(page: Page, text: str) -> str:
    """The address behind the first link whose words hold the text."""
    return next(
        a.attributes["href"] or "" for a in page.all("a") if text in " ".join(a.text.split())
    )


def test_the_sentence_of_the_launch_is_understood_and_shown_back(say: Saying) -> None:
    answer = say(LAUNCH)
    heard = " ".join(chips(read(answer.text)))
    assert answer.status_code == 200
    assert "음식 비빔밥 4인분" in heard
    assert "언제 2026년 5월 30일(토)" in heard


def test_ingredients_and_what_is_at_home_stand_apart(say: Saying) -> None:
    page = read(say(LAUNCH).text)
    section = next(
        e for e in page.all("section") if e.attributes.get("aria-labelledby") == "ingredients"
    )
    to_buy, _, at_home = " ".join(section.text.split()).partition("집에 있다고 본 것")
    assert "달걀 4개" in to_buy
    assert "고추장" in at_home
    assert "고추장" not in to_buy
    assert "값을 치지 않았어요" in at_home


def test_a_sentence_is_priced_as_the_same_list_is(say: Saying) -> None:
    spoken, listed = read(say(EGGS).text), read(say("배추 2포기, 달걀 30개").text)
    assert spoken.all("h1")[0].text == listed.all("h1")[0].text
    totals = [page.of_class("total")[0].text.split()[-1] for page in (spoken, listed)]
    assert totals[0] == totals[1]
    assert not chips(listed)


def test_the_place_of_the_sentence_wins_over_the_form(say: Saying) -> None:
    page = read(say(EGGS, near="연습구 마바동").text)
    assert "가나동" in page.of_class("asked")[0].text
    assert "마바동" not in page.of_class("asked")[0].text


def test_a_place_is_asked_for_when_there_is_none_and_each_choice_answers(
    client: TestClient, say: Saying
) -> None:
    page = read(say(LAUNCH, near="").text)
    links = [link for link in page.links() if "near=" in link]
    assert "어디서 장을 보실지만" in page.all("h1")[0].text
    assert "음식 비빔밥 4인분" in " ".join(chips(page))
    assert links
    for link in links:
        assert client.get(link).status_code == 200
        assert parse_qs(urlsplit(link).query)["need"] == [LAUNCH]


def test_something_taken_back_is_gone_from_the_answer(client: TestClient, say: Saying) -> None:
    page = read(say(EGGS).text)
    after = read(client.get(link_of(page, "살 것 달걀")).text)
    assert "달걀" not in " ".join(chips(after))
    assert "배추 2포기" in after.of_class("goods")[0].text
    assert "달걀" not in after.of_class("goods")[0].text


def test_an_ingredient_at_home_can_be_left_out_and_put_back(
    client: TestClient, say: Saying
) -> None:
    page = read(client.get(link_of(read(say(LAUNCH).text), "당근 1/2개")).text)
    ingredients = next(
        e for e in page.all("section") if e.attributes.get("aria-labelledby") == "ingredients"
    )
    assert "당근" not in ingredients.text
    assert "달걀 4개" in ingredients.text


def test_more_people_need_more(client: TestClient, say: Saying) -> None:
    page = read(client.get(link_of(read(say(LAUNCH).text), "5명이면?")).text)
    assert "음식 비빔밥 5인분" in " ".join(chips(page))
    assert "달걀 5개" in page.text


def test_a_budget_is_held_against_the_sum(say: Saying) -> None:
    said = "배추 두 포기랑 달걀 한 판 {}원 안에서 사려는데 어디가 싸?"
    assert "7,000원 남아요" in read(say(said.format("2만")).text).text  # 13,000 won of goods
    less = read(say(said.format("만")).text).text
    assert "10,000원을 넘지 않으려고" in less
    assert "안에서 되고" in less


def test_an_ambiguous_word_is_one_question_with_choices(client: TestClient, say: Saying) -> None:
    page = read(say("고기 만 원어치 사려는데 어디가 싸?").text)
    assert "소고기, 돼지고기, 닭고기" in page.all("h1")[0].text
    link = link_of(page, "돼지고기")
    assert parse_qs(urlsplit(link).query)["need"][0].startswith("돼지고기 만 원어치")
    assert client.get(link).status_code in (200, 422)


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("배추 값이 얼마야?", "배추 값"),
        ("배추 대신 뭐가 좋아?", "배추 값"),
        ("요즘 제철이 뭐야?", "지금이 싼지는 몰라요."),
        ("주식 뭐 살까 추천해줘", "그것은 알뜰이 몰라요"),
        ("어떻게 쓰는 거야?", "이렇게 물어보세요"),
    ],
)
def test_other_questions_lead_to_their_screens(say: Saying, said: str, heading: str) -> None:
    answer = say(said)
    assert answer.status_code == 200
    assert read(answer.text).all("h1")[0].text == heading


def test_a_question_on_an_item_is_answered_above_its_prices(say: Saying) -> None:
    page = read(say("배추 대신 뭐가 좋아?").text)
    told = next(e for e in page.all("section") if e.attributes.get("aria-labelledby") == "told")
    assert "대신 쓸 것" in told.text
    assert "배추" in told.text


def test_what_a_substitute_is_for_is_carried_to_the_item(say: Saying) -> None:
    page = read(say("배추가 비싼데 김치 뭘로 담그지").text)
    told = next(e for e in page.all("section") if e.attributes.get("aria-labelledby") == "told")
    assert "김치" in told.text


def test_every_sentence_that_the_page_proposes_is_answered(client: TestClient) -> None:
    page = read(client.get("/", params={"near": NEAR, "on": DAY.isoformat()}).text)
    links = [link for link in page.links() if link.startswith("/plan?")]
    assert len(links) == len(SENTENCES)
    assert {client.get(link).status_code for link in links} == {200}


def test_a_list_with_a_slip_stays_a_list(say: Saying) -> None:
    page = read(say("배추 1포기, 용가리 3개").text)
    assert not chips(page)
    assert "용가리 3개" in page.of_class("unread")[0].text


def test_programs_may_ask_in_sentences_too(client: TestClient) -> None:
    query = {"near": NEAR, "on": DAY.isoformat(), "mode": "walk"}
    spoken = client.get("/api/plan", params=query | {"need": EGGS}).json()
    listed = client.get("/api/plan", params=query | {"need": "배추 2포기, 달걀 30개"}).json()
    assert spoken["best"]["total"] == listed["best"]["total"]
    refused = client.get("/api/plan", params=query | {"need": "배추 값이 얼마야?"})
    assert refused.status_code == 422
    assert "장보기를 묻는 말이 아니에요" in refused.json()["error"]


def test_a_plain_list_never_loads_the_korean_analyser(
    say: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise AssertionError("a plain list was read as a sentence")

    monkeypatch.setattr("altteul.assistant.understanding.understand", fail)
    assert say("배추 3포기, 달걀 60개").status_code == 200
