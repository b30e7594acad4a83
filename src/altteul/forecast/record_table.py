"""The table of advice in the state database, and its rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from altteul.forecast.calibration import LEVELS

if TYPE_CHECKING:
    from sqlalchemy import MetaData


@cache
def advice_tables() -> MetaData:
    """The table `advice`; made where it is absent."""
    from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

    tables = MetaData()
    Table(
        "advice",
        tables,
        Column("advice_id", String(64), primary_key=True),
        Column("kind", String(10), nullable=False, index=True),
        Column("series", Text, nullable=False),
        Column("item", String(80), nullable=False),
        Column("region", String(80), nullable=False),
        Column("origin", String(10), nullable=False),
        Column("target", String(10), nullable=False),
        Column("horizon", Integer, nullable=False),
        Column("word", String(10), nullable=False),
        Column("price", Integer, nullable=False),
        Column("expected", Integer, nullable=False),
        Column("p_cheaper", Float, nullable=False),
        Column("p_loss", Float, nullable=False),
        Column("quantiles", Text, nullable=False),
        Column("inputs", String(64), nullable=False),
        Column("issued_at", String(40), nullable=False),
        Column("truth", Integer),
        Column("scored_at", String(40)),
    )
    return tables


def advice_table() -> Any:
    """The table as queries name it."""
    return advice_tables().tables["advice"]


def insert_new(dialect: str) -> Any:
    """An insert that leaves advice alone that is known already, in the database's dialect."""
    from sqlalchemy.dialects import postgresql, sqlite

    chosen: Any = postgresql if dialect == "postgresql" else sqlite
    return chosen.insert(advice_table()).on_conflict_do_nothing(index_elements=["advice_id"])


def advice_rows(
    decided: pl.DataFrame, kind: str, inputs: str, *, with_truth: bool
) -> Iterator[dict[str, Any]]:
    """A row for each decided forecast; the truths it carries only `with_truth`."""
    issued = moment()
    for row in decided.iter_rows(named=True):
        words = f"{kind}|{row['series']}|{row['origin']}|{row['horizon']}"
        known = with_truth and row["truth"] is not None
        yield {
            "advice_id": hashlib.sha256(words.encode()).hexdigest(),
            "kind": kind,
            "series": row["series"],
            "item": row["item"],
            "region": row["region"],
            "origin": row["origin"].isoformat(),
            "target": row["target"].isoformat(),
            "horizon": row["horizon"],
            "word": row["word"],
            "price": round(np.exp(row["now"])),
            "expected": round(row["expected"]),
            "p_cheaper": float(row["p_cheaper"]),
            "p_loss": float(row["p_loss"]),
            "quantiles": json.dumps(
                {f"{level:g}": round(np.exp(row[f"q{level:g}"])) for level in LEVELS}
            ),
            "inputs": inputs,
            "issued_at": issued,
            "truth": round(np.exp(row["truth"])) if known else None,
            "scored_at": issued if known else None,
        }


def moment() -> str:
    """This moment in UTC, to the second, as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")
