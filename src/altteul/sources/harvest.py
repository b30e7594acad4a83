"""What an adapter hands over: facts in our words, and what it had to drop and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from altteul.sources.observation import OBSERVATION_SCHEMA
from altteul.sources.seller import SellerRecord


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that was not taken: a short Korean reason, where it stood, and its text."""

    reason: str
    where: str
    text: str = ""


@dataclass(slots=True)
class Harvest:
    """Observations (columns of OBSERVATION_SCHEMA), sellers, and the dropped rows of one source."""

    source: str
    observations: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=OBSERVATION_SCHEMA)
    )
    sellers: list[SellerRecord] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def dropped_by_reason(self) -> dict[str, int]:
        """How many rows were dropped for each reason, most frequent first."""
        return dict(Counter(row.reason for row in self.dropped).most_common())
