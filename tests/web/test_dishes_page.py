"""Dishes with what their ingredients cost: sums are checked by hand on the tiny world."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from page_reader import Page, read
from starlette.testclient import TestClient
from tiny_world import DAY, SELLERS, price, seller

from altteul.catalog import load_catalog
from altteul.history import History
from altteul.market import Market
from altteul.recipes.book import load_book
from altteul.settings import Settings
from altteul.sources.harvest import Harvest
from altteul.sources.observation import observation_frame
from altteul.web.app import create_app
from altteul.web.dish_costs import dish_costs, matching
from altteul.web.limits import RateLimit

ASKED = {"near": "연습구", "on": DAY.isoformat()}


def dishes(client: TestClient, **changed: str) -> Page:
    return read(client.get("/dishes", params=ASKED | changed).text)


def named(page: Page, dish: str) -> str:
    return next(
        " ".join(e.text.split())
        for e in page.all("li")
        if e.attributes.get("class") == "card" and dish in e.text.split()[:2]
    )


def test_a_dish_of_eggs_costs_the_eggs_that_go_in(client: TestClient) -> None:
    eggs = next(i for i in load_book().find("달걀찜").to_buy if i.item == "달걀")
    count = float(re.sub(r"\D", "", eggs.amount)) * 8 / load_book().find("달걀찜").servings
    said = named(dishes(client, find="달걀찜", people="8"), "달걀찜")
    middle = median([7_000 / 30, 6_900 / 30]) * count
    assert f"8명 {round(middle):,}원쯤, 싸게 {round(6_900 / 30 * count):,}원" in said


def test_a_dish_with_an_unpriced_ingredient_stands_apart_and_names_it(client: TestClient) -> None:
    page = dishes(client, find="비빔밥")
    assert "재료 값을 다 아는 음식이 없어요." in page.all("h1")[0].text
    assert "값을 몰라 뺀 것:" in named(page, "비빔밥")
    assert "콩나물 200g" in named(page, "비빔밥").partition("값을 몰라 뺀 것:")[2]


def test_pantry_is_listed_without_a_price(client: TestClient) -> None:
    said = named(dishes(client, find="비빔밥"), "비빔밥")
    assert "고추장" in said.partition("집에 있다고 본 것(값 없음):")[2]
    assert "고추장" not in said.partition("집에 있다고 본 것")[0]


def test_the_name_leads_to_the_plan_for_its_ingredients(client: TestClient) -> None:
    page = dishes(client, find="달걀찜", people="8")
    link = next(link for link in page.links() if link.startswith("/plan?"))
    answer = client.get(link)
    assert answer.status_code == 200
    assert "한 곳에서" in read(answer.text).all("h1")[0].text


def test_the_cheapest_for_one_person_stands_first(client: TestClient) -> None:
    page = dishes(client)
    section = next(e for e in page.all("section") if e.attributes["aria-labelledby"] == "partly")
    each = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+)원\s+한 사람에", section.text)]
    assert len(each) > 20
    assert each == sorted(each)
    assert len(set(each)) > 5


def test_twice_the_people_cost_twice_as_much(client: TestClient) -> None:
    catalog, book = load_catalog(), load_book()
    market: Market = client.app.state.answers.opened().market  # type: ignore[attr-defined]
    offers = market.offers(market.place("연습구"), DAY, radius_m=5_000)
    two, four = (
        {c.dish.name: c.mid for c in dish_costs(book.dishes.values(), n, offers, catalog)}
        for n in (2, 4)
    )
    assert any(two.values())
    assert all(four[name] == pytest.approx(2 * won, abs=1) for name, won in two.items())


@pytest.mark.parametrize(("words", "dish"), [("두부", "된장찌개"), ("산채비빔밥", "비빔밥")])
def test_a_search_finds_by_ingredient_and_other_name(words: str, dish: str) -> None:
    found = matching(load_book().dishes.values(), words)
    assert dish in [one.name for one in found]
    assert len(found) < len(load_book().dishes)


@pytest.mark.parametrize("people", ["0", "-1", "네", "10000"])
def test_an_impossible_number_of_people_is_one_sentence(client: TestClient, people: str) -> None:
    answer = client.get("/dishes", params=ASKED | {"people": people})
    assert answer.status_code == 422
    assert "먹을 사람 수" in read(answer.text).text


def test_a_named_dish_is_answered_in_the_heading(tmp_path: Path) -> None:
    dish = load_book().find("달걀찜")
    packs: dict[str, dict[str, Any]] = {"달걀": {"count": 1.0, "count_unit": "개"}}
    goods = {i.item: packs.get(i.item, {"mass_g": 100.0}) for i in dish.to_buy}
    rows = [price("1", item, 1_000, pack, None) for item, pack in goods.items()]
    world = Harvest("practice", observation_frame(rows), [seller(*SELLERS[0])])
    History.open(tmp_path).record(world, origin="eggs")
    with TestClient(create_app(Settings(home=tmp_path), limit=RateLimit(0))) as client:
        page = dishes(client, find="달걀찜", people=str(dish.servings))
        shown = next(int(n.replace(",", "")) for n in re.findall(r"([\d,]+)원쯤", page.text))
        assert page.all("h1")[0].text == f"달걀찜은 한 사람에 {shown:,}원쯤 들어요."
        eggs = next(i for i in dish.to_buy if i.item == "달걀")
        assert shown >= 1_000 * float(re.sub(r"\D", "", eggs.amount)) / dish.servings
