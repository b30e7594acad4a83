"""Served under a path of a proxy: every link, form and file begins with that path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_reader import read
from starlette.testclient import TestClient

from altteul.settings import Settings
from altteul.web.app import create_app
from altteul.web.limits import RateLimit

PLAN = "/plan?need=배추 2포기, 달걀&near=연습구&on=2026-05-29"


@pytest.fixture(scope="module")
def behind(tiny_home: Path) -> Iterator[TestClient]:
    app = create_app(Settings(home=tiny_home), root_path="/altteul", limit=RateLimit(0))
    with TestClient(app, root_path="/altteul") as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", PLAN, "/item/배추?near=연습구", "/today", "/dishes?near=연습구", "/nowhere"]
)
def test_every_address_on_a_page_begins_with_the_path(behind: TestClient, path: str) -> None:
    page = read(behind.get(f"/altteul{path}").text)
    attributes = [
        e.attributes.get(name) for e in page.elements for name in ("href", "src", "action")
    ]
    ours = [a for a in attributes if a and not a.startswith(("https://", "#"))]
    assert len(ours) > 5
    assert all(a.startswith("/altteul/") for a in ours)


def test_the_links_lead_to_answers(behind: TestClient) -> None:
    page = read(behind.get(f"/altteul{PLAN}").text)
    links = [link for link in page.links() if link.startswith("/altteul/")]
    sheets = [str(e.attributes["href"]) for e in page.all("link")]
    assert {behind.get(link).status_code for link in {*links, *sheets}} == {200}


def test_programs_get_documents_also_for_errors(behind: TestClient) -> None:
    answer = behind.get("/altteul/api/plan", params={"need": "배추 1포기", "near": "달나라동"})
    assert answer.status_code == 404
    assert "달나라동" in answer.json()["error"]


def test_a_quotation_mark_in_a_question_is_not_taken_for_an_address(behind: TestClient) -> None:
    page = read(behind.get("/altteul/", params={"need": 'a="/b"'}).text)
    assert page.all("textarea")[0].text == 'a="/b"'


def test_what_is_installed_stays_under_the_path(behind: TestClient) -> None:
    manifest = behind.get("/altteul/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == "/altteul/"
    assert all(icon["src"].startswith("/altteul/static/") for icon in manifest["icons"])
    assert 'data-root="/altteul/"' in behind.get("/altteul/").text
    worker = behind.get("/altteul/sw.js")
    if worker.status_code == 200:  # where the islands were built
        assert '"root": "/altteul/"' in worker.text
