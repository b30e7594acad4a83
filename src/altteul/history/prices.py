"""The price table: a Delta Lake table of append-only facts, one commit per import.

Every row is an observation plus `revision`, `recorded_at` (UTC) and `import_id`. The table is
partitioned by the year of the survey date and sorted by item inside its files, so that one item's
history touches a few row groups of each year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock

import polars as pl

from altteul.history.corrections import REVISION, Change, change, latest
from altteul.history.delta import Folder
from altteul.history.table_address import TableAddress
from altteul.sources.observation import OBSERVATION_SCHEMA

PRICE_SCHEMA = pl.Schema(
    {
        **OBSERVATION_SCHEMA,
        REVISION: pl.Int32(),
        "recorded_at": pl.Datetime("us", "UTC"),
        "import_id": pl.String(),
        "year": pl.Int32(),
    }
)
"""The columns of the stored table; `year` is its partition."""

FILE_ORDER = ("year", "item", "date")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which observations to read; None means all of them. Days are survey days, both included."""

    items: Collection[str] | None = None
    since: date | None = None
    until: date | None = None
    stages: Collection[str] | None = None
    regions: Collection[str] | None = None
    sellers: Collection[str] | None = None
    sources: Collection[str] | None = None
    measures: Collection[str] | None = None
    as_known_at: datetime | None = None

    def conditions(self) -> list[pl.Expr]:
        """The conditions that a stored row must meet."""
        columns = {
            "item": self.items,
            "stage": self.stages,
            "region": self.regions,
            "seller": self.sellers,
            "source": self.sources,
            "measure": self.measures,
        }
        found = [
            pl.col(name).is_in(sorted(str(value) for value in values))
            for name, values in columns.items()
            if values is not None
        ]
        if self.since is not None:
            found += [pl.col("year") >= self.since.year, pl.col("date") >= self.since]
        if self.until is not None:
            found += [pl.col("year") <= self.until.year, pl.col("date") <= self.until]
        if self.as_known_at is not None:
            found.append(pl.col("recorded_at") <= self.as_known_at.astimezone(UTC))
        return found


class PriceTable:
    """Reads and appends; safe against a kill at any moment and against a second writer."""

    def __init__(self, address: TableAddress) -> None:
        self.folder = Folder(address, PRICE_SCHEMA, partition_by=["year"])
        self._written = Folder(address, PRICE_SCHEMA, partition_by=["year"])
        self._writing = Lock()

    def read(self, wanted: Wanted) -> pl.DataFrame:
        """The latest revision of each matching observation, columns of PRICE_SCHEMA, unsorted."""
        return _read(self.folder, wanted)

    def is_empty(self) -> bool:
        """True while no price was ever recorded."""
        return not self.folder.files()

    def append(
        self, incoming: pl.DataFrame, import_id: str, entry: Callable[[Change, datetime], str]
    ) -> tuple[Change, datetime]:
        """Commit what `incoming` (OBSERVATION_SCHEMA) adds or corrects, if it does.

        `entry` makes the text that the commit carries for the ledger; it is called once for each
        attempt to commit. Returns the change and when it was recorded (UTC).
        """
        with self._writing:
            if not incoming.is_empty():
                self._written.create()
            for _attempt in self._written.attempts():
                known = self._known(incoming)
                found = change(incoming, known)
                recorded_at = _later_than(known)
                if found.rows.is_empty():
                    return found, recorded_at
                rows = _stored(found.rows, recorded_at, import_id)
                if self._written.commit(rows, entry=entry(found, recorded_at)):
                    return found, recorded_at
        raise AssertionError("attempts() ends with an error")

    def compact(self, more_than: int = 1) -> Mapping[str, int]:
        """Rewrite the files of each year that has more than so many, sorted by item and date.

        One year is held in memory at a time. Replaced files stay for an hour, for readers that
        are still at them. Returns how many files there were (`before`) and are (`after`).
        """
        files = Counter(_year_of(uri) for uri in self.folder.files())
        years = sorted(year for year, count in files.items() if count > more_than)
        for year in years:
            with self._writing:
                self._sort_year(int(year))
        if years:
            self.folder.drop_unused_files()
        return {"before": files.total(), "after": len(self.folder.files())}

    def _sort_year(self, year: int) -> None:
        """Replace the files of a year; an import that comes between starts it anew."""
        for _attempt in self._written.attempts():
            of_year = self._written.scan().filter(pl.col("year") == year)
            rows = of_year.sort(FILE_ORDER).collect()
            if self._written.commit(rows, entry=None, replacing=f"year = {year}"):
                return

    def _known(self, incoming: pl.DataFrame) -> pl.DataFrame:
        """The latest stored rows that `incoming` could repeat or correct."""
        if incoming.is_empty():
            return pl.DataFrame(schema=PRICE_SCHEMA)
        first, last = days(incoming)
        wanted = Wanted(
            items=incoming["item"].unique().to_list(),
            since=first,
            until=last,
            sources=incoming["source"].unique().to_list(),
        )
        return _read(self._written, wanted)


def _read(folder: Folder, wanted: Wanted) -> pl.DataFrame:
    return latest(folder.scan().filter(*wanted.conditions()).collect())


def _year_of(uri: str) -> str:
    """The partition of a file, told by its folder: …/year=2021/part-….parquet."""
    return uri.rsplit("year=", 1)[1].split("/", 1)[0]


def days(observations: pl.DataFrame) -> tuple[date | None, date | None]:
    """The first and the last survey day; None twice for an empty table."""
    first, last = observations["date"].min(), observations["date"].max()
    assert first is None or isinstance(first, date)
    assert last is None or isinstance(last, date)
    return first, last


def _stored(rows: pl.DataFrame, recorded_at: datetime, import_id: str) -> pl.DataFrame:
    """The rows with the columns that the table adds, sorted as it keeps them."""
    return (
        rows.with_columns(
            pl.lit(recorded_at, dtype=PRICE_SCHEMA["recorded_at"]).alias("recorded_at"),
            pl.lit(import_id).alias("import_id"),
            pl.col("date").dt.year().cast(pl.Int32).alias("year"),
        )
        .select(PRICE_SCHEMA.names())
        .sort(FILE_ORDER)
    )


def _later_than(known: pl.DataFrame) -> datetime:
    """Now in UTC, but always after what it may correct, whatever the clock did meanwhile."""
    now = _now()
    newest = known["recorded_at"].max()
    if isinstance(newest, datetime) and newest >= now:
        return newest.astimezone(UTC) + timedelta(microseconds=1)
    return now


def _now() -> datetime:
    return datetime.now(UTC)
