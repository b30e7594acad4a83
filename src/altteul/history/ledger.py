"""The ledger: what was imported, when, and what became of each row.

Every entry stands first in the metadata of the Delta commit that it describes and then in the
state database. Reading the ledger first copies what a kill left out, so the two cannot disagree;
an import that changed nothing has no commit and stands in the database alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field

from altteul.frozen import Frozen
from altteul.history.delta import Folder
from altteul.history.state import State

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData


class ImportRecord(Frozen):
    """One import: its counts of rows, and the first and last survey day it brought.

    `recorded_at` is UTC. `new` and `corrected` rows were written, `unchanged` ones were known
    already, `dropped_by_reason` counts those that were not taken. `sellers` is how many sellers
    the source described.
    """

    import_id: str
    source: str
    origin: str
    recorded_at: datetime
    seconds: float = Field(ge=0)
    new: int = Field(ge=0)
    corrected: int = Field(ge=0)
    unchanged: int = Field(ge=0)
    dropped_by_reason: dict[str, int] = Field(default_factory=dict)
    sellers: int = Field(ge=0)
    first_day: date | None = None
    last_day: date | None = None

    @property
    def dropped(self) -> int:
        """How many rows were not taken, for whatever reason."""
        return sum(self.dropped_by_reason.values())


ImportOutcome = ImportRecord
"""What `History.record` returns: the entry that now stands in the ledger."""


@cache
def _tables() -> MetaData:
    from sqlalchemy import Column, Integer, MetaData, String, Table, Text

    tables = MetaData()
    Table(
        "imports",
        tables,
        Column("import_id", String(64), primary_key=True),
        Column("recorded_at", String(40), nullable=False, index=True),
        Column("source", String(120), nullable=False),
        Column("origin", Text, nullable=False),
        Column("entry", Text, nullable=False),
    )
    Table(
        "commits_read",
        tables,
        Column("table_id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
    )
    return tables


class Ledger:
    """The imports in the state database, kept in step with the commits of the Delta tables."""

    def __init__(self, state: State, folders: Iterable[Folder]) -> None:
        self._state = state
        self._folders = tuple(folders)

    def all(self) -> list[ImportRecord]:
        """Every import, oldest first."""
        from sqlalchemy import select

        self.copy_commits()
        imports = _tables().tables["imports"]
        query = select(imports.c.entry).order_by(imports.c.recorded_at, imports.c.import_id)
        with self._state.transaction(_tables()) as connection:
            entries = list(connection.scalars(query))
        return [ImportRecord.model_validate_json(entry) for entry in entries]

    def add(self, record: ImportRecord) -> None:
        """Note an import that made no commit."""
        with self._state.transaction(_tables()) as connection:
            _insert(connection, record)

    def copy_commits(self) -> None:
        """Copy the entries of commits that the database has not seen; idempotent."""
        for folder in self._folders:
            identity = folder.identity()
            seen = self._seen(identity)
            entries, newest = folder.entries(seen)
            if newest == seen:
                continue
            with self._state.transaction(_tables()) as connection:
                for entry in entries:
                    _insert(connection, ImportRecord.model_validate_json(entry))
                _mark(connection, identity, newest)

    def _seen(self, table_id: str) -> int:
        """The newest commit whose entry was copied; -1 for none."""
        from sqlalchemy import select

        read = _tables().tables["commits_read"]
        with self._state.transaction(_tables()) as connection:
            version = connection.scalar(select(read.c.version).where(read.c.table_id == table_id))
        return -1 if version is None else int(version)


def _insert(connection: Connection, record: ImportRecord) -> None:
    row = {
        "import_id": record.import_id,
        "recorded_at": record.recorded_at.isoformat(timespec="microseconds"),
        "source": record.source,
        "origin": record.origin,
        "entry": record.model_dump_json(),
    }
    _upsert(connection, "imports", row, replace=False)


def _mark(connection: Connection, table_id: str, version: int) -> None:
    row = {"table_id": table_id, "version": version}
    _upsert(connection, "commits_read", row, replace=True)


def _upsert(
    connection: Connection, table: str, row: Mapping[str, object], *, replace: bool
) -> None:
    """Insert a row; one with the same primary key is kept, or replaced when so asked."""
    from sqlalchemy.dialects import postgresql, sqlite

    target = _tables().tables[table]
    keys = [column.name for column in target.primary_key]
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(target).values(row)
    if replace:
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(row)))
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys))
