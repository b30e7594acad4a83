"""Replies of openapi.seoul.go.kr: pages of at most 1,000 rows, codes INFO-… and ERROR-…."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from altteul.settings import Settings
from altteul.sources.gateway import count_in, part, read_json, read_xml, rows_in
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

SERVICE = "ListNecessariesPricesService"
PAGE_ROWS = 1000
MOST_PAGES = 1000
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
    for _ in range(MOST_PAGES):
        # Blanks for M_NAME and A_NAME: a filter is found by its position in the path.
        span = f"{start}/{start + page_rows - 1}"
        path = f"{quote(key, safe='')}/json/{SERVICE}/{span}/%20/%20/{month}"
        rows, total = read_reply(title, feed.get(title, f"{settings.seoul_url}/{path}"))
        yield from rows
        start += len(rows)
        if not rows or start > total or key == SAMPLE_KEY:
            return
    raise FeedError(title, Trouble.CHANGED, f"{MOST_PAGES}쪽이 넘어도 끝나지 않음")


def read_reply(title: str, text: str) -> tuple[list[dict[str, Any]], int]:
    """Rows and total count of one reply; no data is an empty list. Raises FeedError."""
    # A wrong key is answered in XML even where JSON was asked for.
    document = read_xml(title, text) if text.lstrip().startswith("<") else read_json(title, text)
    if not isinstance(document, dict):
        raise FeedError(title, Trouble.CHANGED, "응답이 묶음이 아님")
    body = part(title, document, SERVICE) or document
    code = str(part(title, body, "RESULT").get("CODE", ""))
    if code == NO_DATA:
        return [], 0
    if code != OK:
        raise FeedError(title, ERRORS.get(code, Trouble.CHANGED), code or "RESULT가 없음")
    if "row" not in body:
        raise FeedError(title, Trouble.CHANGED, "row가 없음")
    rows = rows_in(title, body["row"])
    return rows, count_in(body.get("list_total_count"), len(rows))
