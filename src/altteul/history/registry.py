"""The registry: every feed's record of every seller, and the seller that it belongs to.

It is a small Delta Lake table beside the prices, rewritten in one commit when a record is new or
changed. When two sellers turn out to be one, the older id stays and the younger still finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

import polars as pl
from pydantic import TypeAdapter

from altteul.history.delta import Folder
from altteul.history.directory import Join, Sellers
from altteul.history.merging import Arrived, merge_records
from altteul.history.seller import Seller
from altteul.history.table_address import TableAddress
from altteul.sources.seller import LocationBasis, SellerRecord

REGISTRY_SCHEMA = pl.Schema(
    {
        "key": pl.String(),
        "arrival": pl.Int64(),
        "record": pl.String(),
        "seller_id": pl.String(),
        "reason": pl.String(),
        "doubtful": pl.Boolean(),
        "note": pl.String(),
        "seller": pl.String(),
    }
)
"""One row per record; `seller` (JSON of Seller) stands in the row whose key is the seller's id."""

_SELLERS = TypeAdapter(list[Seller])


class Registry:
    """Reads and extends the registry; the directory is kept until the table changes."""

    def __init__(self, address: TableAddress) -> None:
        self.folder = Folder(address, REGISTRY_SCHEMA, partition_by=[])
        self._written = Folder(address, REGISTRY_SCHEMA, partition_by=[])
        self._writing = Lock()
        self._directory: tuple[int, Sellers] | None = None

    def sellers(self) -> Sellers:
        """The directory of all sellers as the table now has them."""
        version = self.folder.version()
        if self._directory is None or self._directory[0] != version:
            self._directory = version, _directory(self.folder.scan().collect())
        return self._directory[1]

    def add(self, records: Iterable[SellerRecord], entry: str | None = None) -> bool:
        """Take records in, join all anew, and commit; False when nothing was new or changed.

        A record with a known key replaces what it states and leaves what it does not state.
        `entry` is the ledger entry for the commit to carry.
        """
        incoming = {record.key: record for record in records}
        if not incoming:
            return False
        with self._writing:
            self._written.create()
            for _attempt in self._written.attempts():
                arrived = _extended(self._written.scan().collect(), incoming)
                if arrived is None:
                    return False
                if self._written.commit(_rows(arrived), entry=entry, replacing="true"):
                    return True
        raise AssertionError("attempts() ends with an error")


def _directory(table: pl.DataFrame) -> Sellers:
    documents = table["seller"].drop_nulls().to_list()
    joins = table.select("key", "seller_id", "reason", "doubtful", "note").iter_rows()
    return Sellers(
        _SELLERS.validate_json(f"[{','.join(documents)}]"), (Join(*row) for row in joins)
    )


def _extended(table: pl.DataFrame, incoming: dict[str, SellerRecord]) -> list[Arrived] | None:
    """All records with the incoming ones; None when these bring nothing that is not there."""
    arrived = [
        Arrived(SellerRecord.model_validate_json(text), arrival)
        for text, arrival in table.select("record", "arrival").iter_rows()
    ]
    following = max((one.arrival for one in arrived), default=-1) + 1
    stored = {one.record.key: one for one in arrived}
    result = dict(stored)
    for key, record in incoming.items():
        known = stored.get(key)
        result[key] = (
            Arrived(_completed(record, known.record), known.arrival)
            if known
            else Arrived(record, following + len(result) - len(stored))
        )
    return None if result == stored else list(result.values())


def _completed(record: SellerRecord, known: SellerRecord) -> SellerRecord:
    """The newer record, with what it leaves out taken from the one that is known."""
    left_out = {
        name: getattr(known, name)
        for name in SellerRecord.model_fields
        if getattr(record, name) in (None, (), LocationBasis.NONE)
    }
    if record.lat is not None:
        left_out.pop("location_basis", None)
    return record.model_copy(update=left_out)


def _rows(arrived: list[Arrived]) -> pl.DataFrame:
    sellers, joins = merge_records(arrived)
    documents = {seller.id: seller.model_dump_json() for seller in sellers}
    by_key = {one.record.key: one for one in arrived}
    rows = [
        (
            join.record,
            by_key[join.record].arrival,
            by_key[join.record].record.model_dump_json(),
            join.seller,
            join.reason,
            join.doubtful,
            join.note,
            documents.get(join.record),
        )
        for join in joins
    ]
    return pl.DataFrame(rows, schema=REGISTRY_SCHEMA, orient="row")
