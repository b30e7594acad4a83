"""The price history of one data folder: facts are recorded once and read at any state.

The folder ("home") holds `prices/` and `sellers/` (Delta Lake tables) and `state.sqlite`; the
tables may lie in an object store instead, the state in PostgreSQL.
An import writes in this order: sellers, prices, ledger. Each is one atomic step, so a kill leaves
the prices as before or after the import; the same import done again completes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import polars as pl

from altteul.history.answers import Answers
from altteul.history.corrections import Change
from altteul.history.directory import Sellers
from altteul.history.failures import told_plainly
from altteul.history.ledger import ImportOutcome, ImportRecord, Ledger
from altteul.history.prices import PriceTable, Wanted, days
from altteul.history.registry import Registry
from altteul.history.state import State
from altteul.history.table_address import TableAddress
from altteul.settings import Settings
from altteul.sources.harvest import Harvest
from altteul.sources.observation import OBSERVATION_SCHEMA

Progress = Callable[[str, float], None]
"""Called with what is being done (Korean) and the fraction done, 0 to 1."""

REPEATED = "한 자료 안에 같은 조사가격이 또 있음 (뒤의 값을 씀)"
READING_ORDER = ("item", "date", "region", "seller", "variety", "grade", "measure", "source")
FILES_PER_YEAR = 64
"""So many imports into one year are left as they came; one more sorts them into one file."""
REMEMBERED_BYTES = 256 * 1024 * 1024


class History:
    """Prices, sellers and the ledger of imports of one data folder."""

    def __init__(self, home: Path, state_url: str, tables: TableAddress) -> None:
        self._home = home
        self._prices = PriceTable(tables / "prices")
        self._registry = Registry(tables / "sellers")
        self._state = State(state_url)
        self._ledger = Ledger(self._state, (self._prices.folder, self._registry.folder))
        self._answers = Answers(REMEMBERED_BYTES)

    @classmethod
    def open(
        cls, home: Path, state_url: str | None = None, tables: TableAddress | None = None
    ) -> History:
        """The history in that folder; one that is absent or empty is an empty history.

        `state_url` is an SQLAlchemy URL; None: SQLite inside the folder. `tables`: where the price
        table and the registry lie; None: inside the folder. Nothing is written before the first
        import. Every method raises StorageError when the folder or the store fails.
        """
        home = Path(home)
        state = state_url or f"sqlite:///{home / 'state.sqlite'}"
        return cls(home, state, tables or TableAddress.of(home))

    @classmethod
    def of(cls, settings: Settings) -> History:
        """The history that the settings name; InputError where the address cannot be used."""
        tables = None
        if settings.tables_url:
            options = {k: v.get_secret_value() for k, v in settings.tables_options.items()}
            tables = TableAddress.of(settings.tables_url, options)
        return cls.open(settings.home, settings.state_url, tables)

    def record(
        self, harvest: Harvest, *, origin: str, progress: Progress | None = None
    ) -> ImportOutcome:
        """Take a harvest in; doing it twice changes nothing.

        Rows that are known are skipped; a known one with another price, discount or note becomes
        a correction. `origin` says what was read (a file name, a feed and its day).
        """
        tell = progress or _silent
        note = _Note(harvest, origin)
        with told_plainly(self._home):
            self._home.mkdir(parents=True, exist_ok=True)
            tell("판매처를 맞추는 중", 0.0)
            alone = harvest.observations.is_empty()
            entry = note.entry(None, datetime.now(UTC)) if alone else None
            self._registry.add(harvest.sellers, entry.model_dump_json() if entry else None)
            tell("조사가격을 저장하는 중", 0.2)
            outcome = entry or self._append(harvest.observations, note)
            tell("가져온 기록을 남기는 중", 0.9)
            self._ledger.copy_commits()
            self._ledger.add(outcome)
            self._prices.compact(more_than=FILES_PER_YEAR)
        tell("저장함", 1.0)
        return outcome

    def observations(  # noqa: PLR0913 - one word for each way to choose
        self,
        *,
        items: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        stages: Collection[str] | None = None,
        regions: Collection[str] | None = None,
        sellers: Collection[str] | None = None,
        sources: Collection[str] | None = None,
        measures: Collection[str] | None = None,
        as_known_at: datetime | None = None,
    ) -> pl.DataFrame:
        """The observations that meet every given condition, columns of OBSERVATION_SCHEMA.

        Only the latest correction of each; with `as_known_at` (aware) the latest of that moment.
        `since` and `until` are survey days, both included. `seller` is the id of the joined
        Seller, also where the feed named it otherwise. Sorted by item, date, region, seller.
        """
        if as_known_at is not None and as_known_at.tzinfo is None:
            raise ValueError("as_known_at needs a time zone")
        wanted = Wanted(
            items, since, until, stages, regions, sellers, sources, measures, as_known_at
        )
        with told_plainly(self._home):
            return self._read(wanted)

    def sellers(self) -> Sellers:
        """The directory of all sellers."""
        with told_plainly(self._home):
            return self._registry.sellers()

    def imports(self) -> list[ImportRecord]:
        """The ledger: every import, oldest first."""
        with told_plainly(self._home):
            if self._prices.folder.address.local is None:
                self._home.mkdir(parents=True, exist_ok=True)
            return self._ledger.all() if self._home.is_dir() else []

    def is_empty(self) -> bool:
        """True while there is neither a price nor a seller."""
        with told_plainly(self._home):
            return self._prices.is_empty() and not len(self._registry.sellers())

    def compact(self) -> Mapping[str, int]:
        """Join small files into sorted ones; returns the numbers of files `before` and `after`.

        An import does it by itself for a year of more than 64 files. Readers and imports may go
        on meanwhile.
        """
        with told_plainly(self._home):
            self._registry.folder.drop_unused_files()
            return self._prices.compact()

    def close(self) -> None:
        """Give the database connections back."""
        self._state.close()

    def _append(self, observations: pl.DataFrame, note: _Note) -> ImportOutcome:
        """Commit the prices with their ledger entry; the entry that was committed."""
        made: list[ImportRecord] = []

        def entry(change: Change, recorded_at: datetime) -> str:
            made.append(note.entry(change, recorded_at))
            return made[-1].model_dump_json()

        change, recorded_at = self._prices.append(observations, note.import_id, entry)
        return made[-1] if made else note.entry(change, recorded_at)

    def _read(self, wanted: Wanted) -> pl.DataFrame:
        directory = self._registry.sellers()
        version = self._prices.folder.version(), self._registry.folder.version()
        return self._answers.get(version, wanted, lambda: self._query(wanted, directory))

    def _query(self, wanted: Wanted, directory: Sellers) -> pl.DataFrame:
        if wanted.sellers is not None:
            keys = {key for one in wanted.sellers for key in directory.records_of(one)}
            wanted = replace(wanted, sellers=keys)
        ids = pl.DataFrame(
            list(directory.id_of_record.items()),
            schema={"seller": pl.String, "_id": pl.String},
            orient="row",
        )
        return (
            self._prices.read(wanted)
            .join(ids, on="seller", how="left")
            .with_columns(pl.coalesce("_id", "seller").alias("seller"))
            .select(OBSERVATION_SCHEMA.names())
            .sort(READING_ORDER, nulls_last=True)
        )


@dataclass(frozen=True)
class _Note:
    """What is known of an import before its prices are compared; makes its ledger entry."""

    harvest: Harvest
    origin: str
    import_id: str = field(default_factory=lambda: uuid4().hex)
    started: float = field(default_factory=time.monotonic)

    def entry(self, change: Change | None, recorded_at: datetime) -> ImportRecord:
        """The ledger entry with these counts; None: there were no prices."""
        first, last = days(self.harvest.observations)
        dropped = self.harvest.dropped_by_reason()
        if change is not None and change.repeated:
            dropped[REPEATED] = change.repeated
        return ImportRecord(
            import_id=self.import_id,
            source=self.harvest.source,
            origin=self.origin,
            recorded_at=recorded_at,
            seconds=time.monotonic() - self.started,
            new=change.new if change else 0,
            corrected=change.corrected if change else 0,
            unchanged=change.unchanged if change else 0,
            dropped_by_reason=dropped,
            sellers=len(self.harvest.sellers),
            first_day=first,
            last_day=last,
        )


def _silent(_what: str, _done: float) -> None:
    """Progress for nobody."""
