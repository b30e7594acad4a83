"""The state database: small, transactional; SQLite in the data folder, PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Executable, MetaData

BUSY_SECONDS = 30


class State:
    """One database; its tables are made when first needed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine | None = None
        self._created: list[MetaData] = []

    @contextmanager
    def transaction(self, tables: MetaData) -> Iterator[Connection]:
        """A connection whose changes hold together or not at all; `tables` exist inside it."""
        engine = self._connect()
        self._create(tables, engine)
        with engine.begin() as connection:
            yield connection

    def _create(self, tables: MetaData, engine: Engine) -> None:
        """Make the tables once; another process may make the same ones at the same moment."""
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.schema import CreateIndex, CreateTable

        if tables in self._created:
            return
        steps: list[Executable] = []
        for table in tables.sorted_tables:
            steps.append(CreateTable(table, if_not_exists=True))
            steps += [CreateIndex(index, if_not_exists=True) for index in table.indexes]
        for step in steps:
            # PostgreSQL lets two creators collide in spite of IF NOT EXISTS; the second look helps.
            try:
                with engine.begin() as connection:
                    connection.execute(step)
            except DBAPIError:
                with engine.begin() as connection:
                    connection.execute(step)
        self._created.append(tables)

    def close(self) -> None:
        """Give the connections back."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _connect(self) -> Engine:
        if self._engine is None:
            from sqlalchemy import create_engine, event

            self._engine = create_engine(_with_driver(self.url))
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _prepare_sqlite)
        return self._engine


def _with_driver(url: str) -> str:
    """PostgreSQL URLs without a driver go to psycopg 3, the one in `altteul[postgres]`."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Readers and one writer side by side; a second writer waits instead of failing."""
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode=WAL")
