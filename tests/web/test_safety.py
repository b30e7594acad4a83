"""Failures of our own, logs without questions, files that browsers may keep."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from page_reader import read
from starlette.testclient import TestClient

from altteul.assistant.asking import ReadyRequest
from altteul.settings import Settings
from altteul.web.answers import Answers
from altteul.web.app import create_app
from altteul.web.asked import Asked
from altteul.web.assets import Assets, _islands

SECRET = "비밀스러운배추"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tiny_home: Path) -> TestClient:
    def fail(answers: Answers, asked: Asked) -> ReadyRequest:
        raise RuntimeError(f"no answer for {asked.need}")

    monkeypatch.setattr(Answers, "ready", fail)
    return TestClient(create_app(Settings(home=tiny_home)))


def test_our_own_failure_is_a_korean_page(failing: TestClient) -> None:
    answer = failing.get("/plan", params={"need": SECRET, "near": "연습구"})
    assert answer.status_code == 500
    assert read(answer.text).all("h1")[0].text == "잠깐 문제가 생겼어요"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_failure_is_logged_without_the_question(
    failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="altteul"):
        failing.get("/plan", params={"need": SECRET, "near": "연습구"})
    assert "RuntimeError" in caplog.text
    assert "/plan" in caplog.text
    written = "".join(r.getMessage() + str(r.exc_info) for r in caplog.records)
    assert SECRET not in "".join(
        r.getMessage() for r in caplog.records if r.name.startswith("altteul")
    )
    assert "Traceback" not in written


def test_the_style_sheet_may_be_kept_for_a_year(client: TestClient) -> None:
    page = read(client.get("/").text)
    address = next(
        e.attributes["href"] for e in page.all("link") if e.attributes["rel"] == "stylesheet"
    )
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_every_drawing_that_a_page_names_is_served(client: TestClient) -> None:
    page = read(client.get("/plan?need=배추 2포기&near=연습구&on=2026-05-29").text)
    images = {e.attributes["src"] for e in page.all("img")}
    assert images
    assert all(client.get(src).headers["content-type"] == "image/svg+xml" for src in images)


@pytest.mark.parametrize(
    "path",
    ["altteul.css", "altteul.000000000000.css", "../app.py", "%2e%2e/app.py", "", "drawings"],
)
def test_only_known_files_are_served(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_the_style_sheet_is_light_and_loads_nothing(client: TestClient) -> None:
    answer = client.get(Assets().address("altteul.css"))
    sheet = answer.text
    assert int(answer.headers["content-length"]) < 9_000
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_an_empty_data_folder_tells_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(home=tmp_path / "none"))) as client:
        first = read(client.get("/").text)
        answer = client.get("/plan", params={"need": "배추 1포기", "near": "연습구"})
        assert "altteul import" in first.text
        assert answer.status_code == 404
        assert "아직 가격 자료가 없어요" in read(answer.text).text
        assert client.get("/healthz").json()["status"] == "empty"


def test_a_damaged_data_folder_is_one_sentence(tmp_path: Path, tiny_home: Path) -> None:
    home = shutil.copytree(tiny_home, tmp_path / "home")
    for commit in (home / "prices" / "_delta_log").glob("*.json"):
        commit.write_text("no commit at all", encoding="utf-8")
    with TestClient(create_app(Settings(home=home))) as client:
        page = client.get("/plan", params={"need": "배추 1포기", "near": "연습구"})
        document = client.get("/api/plan", params={"need": "배추 1포기", "near": "연습구"})
    assert page.status_code == document.status_code == 503
    assert "Traceback" not in page.text
    assert read(page.text).all("h1")[0].text == "지금은 답할 수 없어요"
    assert document.json()["error"] in " ".join(read(page.text).text.split())


def test_pages_are_served_without_islands_where_these_were_not_built(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("altteul.web.assets._islands", lambda *given: {})
    with caplog.at_level(logging.WARNING, logger="altteul"):
        client = TestClient(create_app(Settings(home=tiny_home)))
    assert "make front" in caplog.text
    answer = client.get("/list")
    assert answer.status_code == 200
    assert not read(answer.text).all("script")
    assert "어디서 살까요?" in answer.text
    assert client.get("/sw.js").status_code == 404


def test_half_a_build_is_no_build(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"src/main.ts": {"name": "main", "file": "main-1.js"}}', encoding="utf-8")
    assert _islands(manifest, {}) == {}
    asset = Assets().get(Assets().address("altteul.css"))
    assert asset is not None
    assert _islands(manifest, {"built/main-1.js": asset}) == {"main": "main-1.js"}


def test_a_tile_server_is_the_only_other_place_pictures_may_come_from(tiny_home: Path) -> None:
    tiles = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    client = TestClient(create_app(Settings(home=tiny_home, map_tiles=tiles)))
    policy = client.get("/").headers["content-security-policy"]
    assert "img-src 'self' data: https://*.tiles.example;" in policy
    assert policy.count("https:") == 1


def test_the_position_can_be_switched_off(tiny_home: Path) -> None:
    client = TestClient(create_app(Settings(home=tiny_home, page_asks_position=False)))
    answer = client.get("/")
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "data-find-me" not in answer.text


def test_the_manifest_names_icons_that_are_served(client: TestClient) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    icons = answer.json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    assert all(client.get(icon["src"]).headers["content-type"] == "image/png" for icon in icons)
