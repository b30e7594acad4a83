"""Replies of openapi.seoul.go.kr: pages of at most 1,000 rows, codes INFO-… and ERROR-…."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from altteul.settings import Settings
from altteul.sources.gateway import read_json, read_xml
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

SERVICE = "ListNecessariesPricesService"
PAGE_ROWS = 1000
SAMPLE_KEY, SAMPLE_ROWS = "sample", 5

OK, NO_DATA = "INFO-000", "INFO-200"
# Any other code: https://data.seoul.go.kr → 오픈API → 메시지 설명.
ERRORS = {
    "INFO-100": Trouble.KEY,
    "ERROR-300": Trouble.REQUEST,
    "ERROR-301": Trouble.REQUEST,
    "ERROR-310": Trouble.CHANGED,
    "ERROR-331": Trouble.REQUEST,
    "ERROR-332": Trouble.REQUEST,
    "ERROR-333": Trouble.REQUEST,
    "ERROR-334": Trouble.REQUEST,
    "ERROR-335": Trouble.REQUEST,
    "ERROR-336": Trouble.REQUEST,
    "ERROR-500": Trouble.DOWN,
    "ERROR-600": Trouble.DOWN,
    "ERROR-601": Trouble.DOWN,
}


def paged_rows(
    feed: Transport, title: str, settings: Settings, month: str
) -> Iterator[dict[str, Any]]:
    """All rows of a survey month ('2026-09'), page by page. Raises FeedError.

    The public key `sample` gives the first five rows only.
    """
    key = settings.seoul_key.get_secret_value()
    page_rows = SAMPLE_ROWS if key == SAMPLE_KEY else PAGE_ROWS
    start = 1
    while True:
        # Empty places for M_NAME and A_NAME: a filter is found by its position in the path.
        path = (
            f"{quote(key, safe='')}/json/{SERVICE}/{start}/{start + page_rows - 1}/%20/%20/{month}"
        )
        rows, total = read_reply(title, feed.get(title, f"{settings.seoul_url}/{path}"))
        yield from rows
        start += len(rows)
        if not rows or start > total or key == SAMPLE_KEY:
            return


def read_reply(title: str, text: str) -> tuple[list[dict[str, Any]], int]:
    """Rows and total count of one reply; no data is an empty list. Raises FeedError."""
    # A wrong key is answered in XML even where JSON was asked for.
    document = read_xml(title, text) if text.lstrip().startswith("<") else read_json(title, text)
    body = document.get(SERVICE, document) if isinstance(document, dict) else {}
    code = str((body.get("RESULT") or {}).get("CODE", ""))
    if code == NO_DATA:
        return [], 0
    if code != OK:
        raise FeedError(title, ERRORS.get(code, Trouble.CHANGED), code or "RESULT가 없음")
    if "row" not in body:
        raise FeedError(title, Trouble.CHANGED, "row가 없음")
    return list(body["row"]), int(body.get("list_total_count") or len(body["row"]))
