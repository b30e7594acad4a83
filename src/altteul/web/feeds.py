"""What the page of sources tells of every feed: its licence, its last good day, its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from altteul.history import ImportRecord
from altteul.sources.adapters import all_sources
from altteul.sources.description import SourceDescription
from altteul.web.answers import SEOUL


class Feed(NamedTuple):
    """A feed with what was taken from it; days (in Seoul) are None while nothing was."""

    described: SourceDescription
    last_day: date | None
    imported_on: date | None
    rows: int
    sellers: int
    imports: int


def feeds(imports: Iterable[ImportRecord]) -> list[Feed]:
    """Every feed that we can read, those with data first, then by title."""
    by_source: dict[str, list[ImportRecord]] = {}
    for record in imports:
        by_source.setdefault(record.source, []).append(record)
    found = [_feed(s, by_source.get(key, [])) for key, s in all_sources().items()]
    return sorted(found, key=lambda feed: (not feed.imports, feed.described.title))


def _feed(described: SourceDescription, records: list[ImportRecord]) -> Feed:
    return Feed(
        described=described,
        last_day=max((r.last_day for r in records if r.last_day), default=None),
        imported_on=max((r.recorded_at.astimezone(SEOUL).date() for r in records), default=None),
        rows=sum(record.new for record in records),
        sellers=max((record.sellers for record in records), default=0),
        imports=len(records),
    )
