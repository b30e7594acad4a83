"""Listings of the data.go.kr mirror: filters are wrapped, and rows outside of them are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from altteul.settings import Settings
from altteul.sources.gateway import paged_items
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

TITLE = "공공데이터포털 농수산물 도·소매가격"
ORGANISATION = "B552845"
_FILTER = re.compile(r"cond\[[a-z_]+::(?:EQ|GTE|LTE|GT|LT|LIKE)\]")
PLAIN_NAMES = {"returnType", "selectable"}


def filtered(**conditions: str) -> dict[str, str]:
    """Filters as the mirror wants them: exmn_ymd__GTE='20260713' → cond[exmn_ymd::GTE]."""
    wrapped = {}
    for name, value in conditions.items():
        field, _, operator = name.partition("__")
        wrapped[f"cond[{field}::{operator or 'EQ'}]"] = value
    return wrapped


def listing(
    feed: Transport, settings: Settings, operation: str, params: Mapping[str, str]
) -> list[dict[str, Any]]:
    """All rows of a listing. Raises FeedError, also for rows that the filter should have kept out.

    Without a filter the listing is never empty, so emptiness is an error there. A filter that is
    not wrapped is a mistake of ours: ValueError.
    """
    loose = {name for name in params if not _FILTER.fullmatch(name)} - PLAIN_NAMES
    if loose:
        raise ValueError(f"filters must be wrapped as cond[field::OP]: {sorted(loose)}")
    url = f"{settings.data_go_kr_url}/{ORGANISATION}/{operation}"
    asked = {"returnType": "JSON", **params}
    rows = list(paged_items(feed, TITLE, url, settings.data_go_kr_key, asked))
    if not rows and not any(_FILTER.fullmatch(name) for name in params):
        raise FeedError(TITLE, Trouble.CHANGED, "전체 목록이 비어 있음")
    for name, value in params.items():
        field = re.match(r"cond\[([a-z_]+)::EQ\]", name)
        if field and any(str(row.get(field[1], value)) != value for row in rows):
            raise FeedError(TITLE, Trouble.CHANGED, f"{field[1]} 조건이 듣지 않음")
    return rows
