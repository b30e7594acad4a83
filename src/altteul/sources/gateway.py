"""The data.go.kr gateway: its error documents, its envelope, its pages.

Errors come as XML or plain text even when JSON was asked for. The key is the *decoding* key; the
client encodes it once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from pydantic import SecretStr

from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

PAGE_ROWS = 1000
MOST_PAGES = 500
OK_CODES = ("0", "00", "INFO-000", "NORMAL_SERVICE")
NO_DATA_CODES = ("03", "3", "NODATA_ERROR")

# returnReasonCode: name in the document, what it means for a person, sort of trouble.
GATEWAY_ERRORS = {
    "01": ("APPLICATION_ERROR", "제공 기관의 오류", Trouble.DOWN),
    "02": ("DB_ERROR", "제공 기관의 자료 오류", Trouble.DOWN),
    "04": ("HTTP_ERROR", "제공 기관과의 연결 오류", Trouble.DOWN),
    "05": ("SERVICETIMEOUT_ERROR", "제공 기관의 응답 지연", Trouble.SLOW),
    "10": ("INVALID_REQUEST_PARAMETER_ERROR", "잘못된 요청 값", Trouble.REQUEST),
    "11": ("NO_MANDATORY_REQUEST_PARAMETERS_ERROR", "빠진 요청 값", Trouble.REQUEST),
    "12": ("NO_OPENAPI_SERVICE", "없어지거나 옮겨진 서비스", Trouble.CHANGED),
    "20": ("ACCESS_DENIED", "활용 신청이 안 됐거나 아직 열리지 않음", Trouble.KEY),
    "21": ("TEMPORARILY_DISABLE_THE_SERVICEKEY", "일시 정지된 인증키", Trouble.KEY),
    "22": ("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS", "하루 요청 한도 초과", Trouble.LIMITED),
    "30": ("SERVICE_KEY_IS_NOT_REGISTERED", "등록되지 않은 인증키", Trouble.KEY),
    "31": ("DEADLINE_HAS_EXPIRED", "기한이 지난 인증키", Trouble.KEY),
    "32": ("UNREGISTERED_IP", "등록되지 않은 인터넷 주소", Trouble.KEY),
    "33": ("UNSIGNED_CALL", "서명되지 않은 호출", Trouble.KEY),
    "90": ("KEY_NOT_ACTIVE", "아직 쓸 수 없는 인증키", Trouble.KEY),
    "99": ("UNKNOWN_ERROR", "알 수 없는 오류", Trouble.DOWN),
}


def service_key(title: str, key: SecretStr | None) -> str:
    """The key as text. Raises FeedError saying which setting is missing."""
    if key is None:
        raise FeedError(title, Trouble.NO_KEY, "ALTTEUL_DATA_GO_KR_KEY")
    return key.get_secret_value()


def check_gateway(title: str, text: str) -> None:
    """Raise FeedError if the reply is the gateway's own error, in XML or plain text."""
    found = re.search(r"<returnReasonCode>\s*(\d+)\s*</returnReasonCode>", text)
    code = found[1].zfill(2) if found else _named_error(text)
    if code is None:
        return
    _, meaning, trouble = GATEWAY_ERRORS.get(code, GATEWAY_ERRORS["99"])
    raise FeedError(title, trouble, f"{meaning}, 코드 {code}")


def _named_error(text: str) -> str | None:
    """The code of an error that is only named in a short, non-JSON reply."""
    if text.lstrip().startswith(("{", "[")) or len(text) > 2000:
        return None
    for code, (name, _, _) in GATEWAY_ERRORS.items():
        if name in text.replace(" ", "_").upper():
            return code
    return None


def read_json(title: str, text: str) -> Any:
    """Parse JSON. Raises FeedError when it is broken or empty."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        detail = "빈 응답" if not text.strip() else "JSON이 깨져 있음"
        raise FeedError(title, Trouble.CHANGED, detail) from None


def read_xml(title: str, text: str) -> dict[str, Any]:
    """Parse XML into nested dicts. Raises FeedError when it is broken or empty."""
    try:
        return dict(xmltodict.parse(text))
    except ExpatError:
        detail = "빈 응답" if not text.strip() else "XML이 깨져 있음"
        raise FeedError(title, Trouble.CHANGED, detail) from None


def as_list(value: Any) -> list[Any]:
    """A single thing, a list of them or nothing (None, '', []) as a list."""
    if value in (None, "", []):
        return []
    return value if isinstance(value, list) else [value]


def part(title: str, document: Any, name: str) -> dict[str, Any]:
    """The named part of a document, {} if it is missing. Raises FeedError if it is no group."""
    value = document.get(name) if isinstance(document, dict) else document
    if value in (None, "", []):
        return {}
    if not isinstance(value, dict):
        raise FeedError(title, Trouble.CHANGED, f"{name}이(가) 묶음이 아님")
    return value


def rows_in(title: str, value: Any) -> list[dict[str, Any]]:
    """The rows of a reply, one or many or none. Raises FeedError if one is no row."""
    rows = as_list(value)
    if not all(isinstance(row, dict) for row in rows):
        raise FeedError(title, Trouble.CHANGED, "줄이 아닌 것이 섞여 있음")
    return rows


def count_in(value: Any, least: int) -> int:
    """A stated total count; `least` where it is missing or no number."""
    return int(value) if str(value).isdigit() else least


def body_of(title: str, document: Any) -> tuple[list[dict[str, Any]], int]:
    """Rows and total count of a JSON reply; the `response` wrapper may be missing.

    Raises FeedError for an error in the header or an unknown shape.
    """
    if not isinstance(document, dict):
        raise FeedError(title, Trouble.CHANGED, "응답이 묶음이 아님")
    envelope = part(title, document, "response") if "response" in document else document
    code = str(part(title, envelope, "header").get("resultCode", "00"))
    if code in NO_DATA_CODES:
        return [], 0
    if code not in OK_CODES:
        padded = code.zfill(2)
        _, meaning, trouble = GATEWAY_ERRORS.get(padded, GATEWAY_ERRORS["99"])
        raise FeedError(title, trouble, f"{meaning}, 코드 {padded}")
    body = part(title, envelope, "body") if "body" in envelope else envelope
    if "items" not in body:
        raise FeedError(title, Trouble.CHANGED, "items가 없음")
    items = body["items"]
    rows = rows_in(title, items.get("item") if isinstance(items, dict) else items)
    return rows, count_in(body.get("totalCount"), len(rows))


def paged_items(
    feed: Transport,
    title: str,
    url: str,
    key: SecretStr | None,
    params: Mapping[str, str],
    *,
    page_rows: int = PAGE_ROWS,
) -> Iterator[dict[str, Any]]:
    """All rows of a data.go.kr JSON service, page by page. Raises FeedError."""
    secret = service_key(title, key)
    seen = 0
    for page in range(1, MOST_PAGES + 1):
        asked = {"serviceKey": secret, "pageNo": str(page), "numOfRows": str(page_rows), **params}
        text = feed.get(title, url, asked)
        check_gateway(title, text)
        rows, total = body_of(title, read_json(title, text))
        yield from rows
        seen += len(rows)
        if not rows or seen >= total:
            return
    raise FeedError(title, Trouble.CHANGED, f"{MOST_PAGES}쪽이 넘어도 끝나지 않음")
