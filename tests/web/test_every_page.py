"""What every screen must keep to: language, headings, labels, no third party, safety headers."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest
from httpx import Response
from page_reader import read
from screens import SCREENS
from starlette.testclient import TestClient

ADDRESSES = {
    **SCREENS,
    "filled": "/?need=배추 1포기&near=연습구",
    "mended": "/plan?need=베추, 사과&near=연습구&on=2026-05-29",
    "empty": "/plan",
    "item-ask": "/item/배추",
    "unknown-item": "/item/없는것",
    "today-nowhere": "/today?near=달나라",
    "dishes-ask": "/dishes?people=0",
    "nowhere": "/nowhere",
}
MAPS = {"map.kakao.com", "map.naver.com"}


@pytest.fixture(params=list(ADDRESSES.values()), ids=list(ADDRESSES))
def answer(request: pytest.FixtureRequest, client: TestClient) -> Response:
    response: Response = client.get(request.param)
    return response


def test_the_language_is_korean(answer: Response) -> None:
    assert [e.attributes["lang"] for e in read(answer.text).all("html")] == ["ko"]


def test_it_is_drawn_in_full(answer: Response) -> None:
    page = read(answer.text)
    assert answer.text.rstrip().endswith("</html>")
    assert "None" not in page.text
    assert "Undefined" not in page.text


def test_headings_go_down_one_by_one_from_a_single_h1(answer: Response) -> None:
    levels = [int(h.tag[1]) for h in read(answer.text).all("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in zip(levels, levels[1:], strict=False))


def test_every_field_has_a_label(answer: Response) -> None:
    page = read(answer.text)
    labelled = {label.attributes.get("for") for label in page.all("label")}
    fields = [f for f in page.all("input", "textarea", "select") if "id" in f.attributes]
    assert all(f.attributes["id"] in labelled for f in fields)
    wrapped = [
        f
        for f in page.all("input")
        if not {"id", "hidden"} & {*f.attributes, f.attributes.get("type")}
    ]
    around = ("choice", "switch")
    choices = [x for x in page.all("label") if x.attributes.get("class") in around and x.text]
    assert len(wrapped) == len(choices)


def test_what_is_described_or_labelled_by_id_is_there(answer: Response) -> None:
    page = read(answer.text)
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    assert all(times == 1 for times in ids.values())
    for name in ("aria-labelledby", "aria-describedby", "for", "list"):
        named = [e.attributes[name] or "" for e in page.elements if name in e.attributes]
        assert {one for names in named for one in names.split()} <= set(ids)


def test_pictures_have_a_text_or_are_decoration(answer: Response) -> None:
    page = read(answer.text)
    assert all("alt" in image.attributes for image in page.all("img"))
    drawings = [e.attributes for e in page.all("svg")]
    assert all("aria-hidden" in a or a.get("role") == "img" for a in drawings)


def test_nothing_is_loaded_from_elsewhere(answer: Response) -> None:
    page = read(answer.text)
    loaded = [e.attributes.get(k) for e in page.elements for k in ("src", "action", "poster")]
    loaded += [link.attributes.get("href") for link in page.all("link", "use")]
    assert all(address.startswith("/") for address in loaded if address)


def test_links_out_lead_only_to_maps_and_publishers(answer: Response) -> None:
    page = read(answer.text)
    out = [a for a in page.all("a") if urlsplit(a.attributes["href"] or "").netloc]
    if "자료의 출처" not in page.all("h1")[0].text:
        assert {urlsplit(a.attributes["href"] or "").netloc for a in out} <= MAPS
    assert all("noopener" in (a.attributes["rel"] or "") for a in out)
    assert all("바깥 사이트" in a.text for a in out)


def test_no_script_or_style_stands_inside_a_page(answer: Response) -> None:
    page = read(answer.text)
    assert not page.all("style", "iframe", "object")
    scripts = page.all("script")
    assert all(not script.text for script in scripts)
    assert all((s.attributes["src"] or "").startswith("/static/built/") for s in scripts)
    named = {name for e in page.elements for name in e.attributes}
    assert not {name for name in named if name == "style" or name.startswith("on")} - {"on"}


def test_the_safety_headers_are_there(answer: Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


def test_the_page_is_light(answer: Response) -> None:
    compressed = int(answer.headers["content-length"])
    assert answer.headers["content-encoding"] == "gzip"
    assert compressed < 20_000
