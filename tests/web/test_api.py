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
    assert set(described["paths"]) == {"/api/plan", "/api/price", "/healthz", "/metrics"}
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
