"""A Delta Lake table, in a folder or an object store: opened once, read at its newest version."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import polars as pl

from altteul.errors import StorageError
from altteul.history.table_address import TableAddress

if TYPE_CHECKING:
    from deltalake import DeltaTable

ENTRY = "altteul_import"
"""The key of the ledger entry in a commit's metadata."""

ATTEMPTS = 40
KEPT_HOURS = 1
# Log files are the ledger's second copy (see ledger.py), so Delta must not expire them.
_CONFIGURATION = {"delta.enableExpiredLogCleanup": "false"}
_ROW_GROUP = 128 * 1024


class Folder:
    """One table; writers race by version: who is overtaken compares anew and tries again.

    One Folder serves any number of reading threads, or one writing thread: whoever writes needs
    one of its own, so that no reader moves it to a newer version between compare and commit.
    """

    def __init__(self, address: TableAddress, schema: pl.Schema, partition_by: list[str]) -> None:
        self.address = address
        self.schema = schema
        self._partition_by = partition_by
        self._table: DeltaTable | None = None
        self._lock = Lock()

    def table(self) -> DeltaTable | None:
        """The table at its newest version, or None while there is none."""
        with self._lock:
            if self._table is None:
                self._table = self._opened()
            elif self._may_have_newer(self._table.version()):
                table, self._table = self._table, None
                table.update_incremental()
                self._check_files(table)
                self._table = table
            return self._table

    def _opened(self) -> DeltaTable | None:
        folder = self.address.local
        # A kill during the very first write leaves the folder of the log without a commit in it.
        if folder and next((folder / "_delta_log").glob("*.json"), None) is None:
            return None
        from deltalake import DeltaTable

        options = self.address.for_delta
        # A look into a local folder is quick; in an object store it is a question over the network.
        if not folder and not DeltaTable.is_deltatable(self.address.uri, options):
            return None
        table = DeltaTable(self.address.uri, storage_options=options)
        self._check_files(table)
        return table

    def _check_files(self, table: DeltaTable) -> None:
        """Raise an OSError where a data file is missing or cut short, as a power cut leaves it.

        Polars panics on such a file and tells the terminal so; this finds it before. An object
        store shows an object only when it is whole.
        """
        folder = self.address.local
        if folder is None:
            return
        actions = pl.DataFrame(table.get_add_actions())
        for path, size in actions.select("path", "size_bytes").iter_rows():
            if (folder / unquote(path)).stat().st_size != size:
                raise OSError(f"{path} is not {size} bytes long")

    def _may_have_newer(self, version: int) -> bool:
        """Commits are files numbered without gaps: one look, instead of listing the folder."""
        folder = self.address.local
        return folder is None or (folder / "_delta_log" / f"{version + 1:020}.json").exists()

    def version(self) -> int:
        """The number of the newest commit; -1 while there is no table."""
        table = self.table()
        return -1 if table is None else table.version()

    def scan(self) -> pl.LazyFrame:
        """All rows, lazily; an empty frame while there is no table."""
        table = self.table()
        if table is None:
            return pl.LazyFrame(schema=self.schema)
        options = self.address.for_polars
        return pl.scan_delta(table, storage_options=options).select(self.schema.names())

    def attempts(self) -> Iterator[int]:
        """Numbers of attempts with a growing random pause between; StorageError after the last."""
        for attempt in range(ATTEMPTS):
            yield attempt
            time.sleep(random.uniform(0, 0.02 * (attempt + 1)))
        raise StorageError(
            f"다른 프로그램이 '{self.address.uri}'에 계속 쓰고 있어 저장하지 못했습니다. "
            "잠시 뒤 같은 명령을 다시 실행해 주세요."
        )

    def commit(
        self, rows: pl.DataFrame, *, entry: str | None, replacing: str | None = None
    ) -> bool:
        """Append the rows in one commit on the version that `scan` last read.

        With `replacing` they take the place of the rows that meet that SQL condition. `entry` is
        the ledger entry that the commit carries. False: another writer was faster, nothing was
        changed.
        """
        from deltalake import CommitProperties, write_deltalake
        from deltalake.exceptions import CommitFailedError

        how: dict[str, Any] = {"mode": "append"}
        if replacing:
            how = {"mode": "overwrite", "predicate": replacing}
        try:
            write_deltalake(
                self._read_version(),
                rows.select(self.schema.names()),
                **how,
                writer_properties=_writer_properties(),
                commit_properties=CommitProperties(
                    {ENTRY: entry} if entry else {}, max_commit_retries=0
                ),
            )
        except CommitFailedError:
            return False
        return True

    def files(self) -> list[str]:
        """The addresses of the data files of the newest version."""
        table = self.table()
        return [] if table is None else table.file_uris()

    def drop_unused_files(self) -> None:
        """Delete files that no version of the last hour needs, and what killed writers left.

        Also sums the log up in a checkpoint, so that opening need not read all of it.
        """
        table = self.table()
        if table is not None:
            table.create_checkpoint()
            table.vacuum(KEPT_HOURS, dry_run=False, enforce_retention_duration=False)

    def identity(self) -> str:
        """The table's own id: a new folder at the same path has another one."""
        table = self.table()
        return "" if table is None else str(table.metadata().id)

    def entries(self, after_version: int) -> tuple[list[str], int]:
        """The ledger entries of the commits after that version, oldest first; newest version."""
        table = self.table()
        if table is None or table.version() <= after_version:
            return [], after_version
        commits: list[dict[str, Any]] = table.history(table.version() - after_version)
        return [commit[ENTRY] for commit in reversed(commits) if ENTRY in commit], table.version()

    def create(self) -> None:
        """Make the empty table if there is none; others may make the same one at that moment.

        A writer calls it before it reads what it compares with: a table that appears later may
        hold rows that were not compared.
        """
        from deltalake import write_deltalake
        from deltalake.exceptions import CommitFailedError

        if self.table() is not None:
            return
        with suppress(CommitFailedError):
            write_deltalake(
                self.address.uri,
                pl.DataFrame(schema=self.schema),
                mode="ignore",
                partition_by=self._partition_by or None,
                configuration=_CONFIGURATION,
                storage_options=self.address.for_delta,
            )

    def _read_version(self) -> DeltaTable:
        if self._table is None:
            raise RuntimeError("commit() needs create() and scan() first")
        return self._table


def _writer_properties() -> Any:
    """How Parquet files are written: small row groups, so that one item touches few of them."""
    from deltalake import WriterProperties

    return WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=_ROW_GROUP)
