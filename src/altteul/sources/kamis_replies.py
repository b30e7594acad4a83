"""KAMIS replies: one way in for their many shapes, and the codes they answer with.

Success has rows under `data.item` or `price`, a list or, for one row, a dict; no data and errors
are `data: ["001"]`; empty XML elements come as `[]`; an error may be plain text or XML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from altteul.settings import Settings
from altteul.sources.gateway import as_list
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

TITLE = "KAMIS 농수산물 유통정보"
OK, NO_DATA = "000", "001"
ERRORS = {
    "200": ("요청 값이 맞지 않음", Trouble.REQUEST),
    "900": ("인증되지 않은 요청", Trouble.KEY),
}
UNAUTHENTICATED = "unauthenticated request"

Row = dict[str, str]


def ask(
    feed: Transport, settings: Settings, action: str, params: Mapping[str, str]
) -> tuple[list[Row], Row]:
    """The rows of an action and the condition it echoes; no data is an empty list.

    An empty or broken JSON body is asked for again as XML, which sometimes has the rows that the
    JSON lacks. Raises FeedError.
    """
    asked = {
        "action": action,
        "p_cert_key": settings.kamis_cert_key.get_secret_value(),
        "p_cert_id": settings.kamis_cert_id.get_secret_value(),
        **params,
    }
    url = settings.kamis_url
    text = feed.get(TITLE, url, {**asked, "p_returntype": "json"}, old_server=True)
    if not _is_json(text) and UNAUTHENTICATED not in text.lower():
        text = feed.get(TITLE, url, {**asked, "p_returntype": "xml"}, old_server=True)
    return read_reply(text)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except json.JSONDecodeError:
        return False


def read_reply(text: str) -> tuple[list[Row], Row]:
    """Rows and condition of a reply in JSON or XML. Raises FeedError."""
    if len(text) < 2000 and UNAUTHENTICATED in text.lower():
        raise _error("900")
    document = _document(text)
    condition = _condition(document.get("condition"))
    body = document.get("data", document.get("price"))
    for code in _codes(document, body):
        if code == NO_DATA:
            return [], condition
        if code != OK:
            raise _error(code)
    if "data" not in document and "price" not in document:
        raise FeedError(TITLE, Trouble.CHANGED, "data도 price도 없음")
    return [_plain(row) for row in _rows(body)], condition


def _error(code: str) -> FeedError:
    meaning, trouble = ERRORS.get(code, ("모르는 응답 코드", Trouble.CHANGED))
    return FeedError(TITLE, trouble, f"{meaning}, 코드 {code}")


def _document(text: str) -> dict[str, Any]:
    if not text.strip():
        raise FeedError(TITLE, Trouble.CHANGED, "빈 응답")
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        try:
            found = xmltodict.parse(text).get("document")
        except ExpatError:
            raise FeedError(TITLE, Trouble.CHANGED, "JSON도 XML도 아님") from None
    if not isinstance(found, dict):
        raise FeedError(TITLE, Trouble.CHANGED, "응답이 묶음이 아님")
    return found


def _condition(value: Any) -> Row:
    """What was asked; a list of one dict on success, elsewhere a dict or a string."""
    first = as_list(value)[:1]
    return _plain(first[0]) if first and isinstance(first[0], dict) else {}


def _codes(document: Mapping[str, Any], body: Any) -> Iterator[str]:
    """Every place where a reply may carry its code."""
    if "error_code" in document:
        yield str(document["error_code"])
    if isinstance(body, dict) and "error_code" in body:
        yield str(body["error_code"])
    if isinstance(body, list) and body and isinstance(body[0], str):
        yield body[0]
    if isinstance(body, str) and body.strip():
        yield body.strip()
    for condition in as_list(document.get("condition")):
        if isinstance(condition, dict) and condition.get("code"):
            yield str(condition["code"])


def _rows(body: Any) -> list[dict[str, Any]]:
    """The rows under `item`, or the body itself; one row may stand without a list."""
    if isinstance(body, dict):
        body = body.get("item", [] if "error_code" in body else body)
    return [row for row in as_list(body) if isinstance(row, dict)]


def _plain(row: Mapping[str, Any]) -> Row:
    """Every value as text; `[]`, None and nested things as ''."""
    return {
        name: str(value).strip() if isinstance(value, str | int | float) else ""
        for name, value in row.items()
    }
