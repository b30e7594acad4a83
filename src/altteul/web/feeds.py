"""What the page of sources tells of every feed: its licence, its last good day, its rows, what was
not taken and why, and whether it stands still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from altteul.calendar_date import SEOUL
from altteul.history import ImportRecord
from altteul.market.freshness import Freshness
from altteul.sources.adapters import all_sources
from altteul.sources.description import SourceDescription

MOST_REASONS = 5


class Feed(NamedTuple):
    """A feed with what was taken from it; days (in Seoul) are None while nothing was."""

    described: SourceDescription
    last_day: date | None
    imported_on: date | None
    rows: int
    sellers: int
    imports: int
    faults: tuple[tuple[str, int], ...]
    age_days: int | None
    late: bool

    @property
    def dropped(self) -> int:
        """How many rows were not taken."""
        return sum(count for _, count in self.faults)


def feeds(imports: Iterable[ImportRecord], fresh: Iterable[Freshness] = ()) -> list[Feed]:
    """Every feed that we can read, those with data first, then by title.

    `fresh` tells how old the newest price of a feed is, and whether that is late for it.
    """
    ages = {one.key: one for one in fresh}
    by_source: dict[str, list[ImportRecord]] = {}
    for record in imports:
        by_source.setdefault(record.source, []).append(record)
    found = [
        _feed(described, by_source.get(key, []), ages.get(key))
        for key, described in all_sources().items()
    ]
    return sorted(found, key=lambda feed: (not feed.imports, feed.described.title))


def _feed(
    described: SourceDescription, records: list[ImportRecord], fresh: Freshness | None
) -> Feed:
    faults: Counter[str] = Counter()
    for record in records:
        faults.update(record.dropped_by_reason)
    return Feed(
        described=described,
        last_day=max((r.last_day for r in records if r.last_day), default=None),
        imported_on=max((r.recorded_at.astimezone(SEOUL).date() for r in records), default=None),
        rows=sum(record.new for record in records),
        sellers=max((record.sellers for record in records), default=0),
        imports=len(records),
        faults=tuple(faults.most_common(MOST_REASONS)),
        age_days=fresh.age_days if fresh else None,
        late=fresh.late if fresh else False,
    )
