"""JSON for programs: the documents of the planner and the market, unchanged."""

from __future__ import annotations

from starlette.testclient import TestClient

from altteul.market.report import PriceReport
from altteul.planner.plan import Plan

ASKED = {"need": "배추 2포기, 달걀 30개", "near": "연습구", "on": "2026-05-29", "mode": "walk"}


def test_a_plan_is_the_document_of_the_planner(client: TestClient) -> None:
    answer = client.get("/api/plan", params=ASKED)
    plan = Plan.model_validate_json(answer.text)
    assert answer.headers["content-type"] == "application/json"
    assert plan.best is not None
    assert plan.best.goods.mid == 13_000
    assert plan.simulated


def test_a_price_is_the_document_of_the_market(client: TestClient) -> None:
    answer = client.get("/api/price", params={"item": "배추", "near": "연습구", "on": "2026-05-29"})
    report = PriceReport.model_validate_json(answer.text)
    assert {offer.price.mid for offer in report.offers} == {2_900, 3_000, 4_500, 6_000}


def test_an_unknown_item_carries_the_nearest_names(client: TestClient) -> None:
    answer = client.get("/api/price", params={"item": "고구미", "near": "연습구"})
    assert answer.status_code == 404
    assert "고구마" in answer.json()["suggestions"]


def test_the_description_names_every_route(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    documents = {"/api/plan", "/api/price", "/api/goods", "/api/prices"}
    assert set(described["paths"]) == {*documents, "/healthz", "/metrics"}
    assert "best" in described["components"]["schemas"]["Plan"]["properties"]


def test_pages_that_load_scripts_of_third_parties_are_off(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_health_tells_how_new_the_prices_are(client: TestClient) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert health["newest_day"] == "2026-05-29"
    assert health["sellers"] == 4
    assert health["simulated"]


def test_the_words_for_a_list_are_those_of_the_catalog(client: TestClient) -> None:
    words = client.get("/api/goods").json()
    cabbage = next(good for good in words["goods"] if good["name"] == "배추")
    assert (cabbage["amount"], cabbage["unit"]) == (1, "포기")
    assert set(words["usual"]) <= {good["name"] for good in words["goods"]}
    assert "비빔밥" in words["dishes"]


def test_the_ranges_around_a_place_are_the_lowest_and_highest_of_its_sellers(
    client: TestClient,
) -> None:
    answer = client.get("/api/prices", params={"near": "연습구", "on": "2026-05-31"}).json()
    cabbage = next(one for one in answer["prices"] if one["item"] == "배추")
    assert (cabbage["low"], cabbage["high"], cabbage["per"]) == (2_900, 6_000, "1포기")
    assert (cabbage["cheapest"], cabbage["newest"]) == ("마바시장", "2026-05-29")
    assert answer["simulated"]


def test_ranges_need_a_place(client: TestClient) -> None:
    assert client.get("/api/prices").status_code == 422
