"""Which incoming rows are new, which repeat what is known, and which correct it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from altteul.sources.observation import OBSERVATION_KEY, OBSERVATION_SCHEMA

FACT_COLUMNS = tuple(name for name in OBSERVATION_SCHEMA.names() if name not in OBSERVATION_KEY)
"""What a correction may change: price, discount, note."""

REVISION = "revision"
"""0 for the first price of a key, then 1, 2 …: the highest one holds."""

_KNOWN = "_known"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows to append (OBSERVATION_SCHEMA plus `revision`), and the counts that they give."""

    rows: pl.DataFrame
    new: int
    corrected: int
    unchanged: int
    repeated: int


def latest(facts: pl.DataFrame) -> pl.DataFrame:
    """Of each key only the row with the highest revision; keys compare null-safe.

    Corrections are rare, so only the keys that have one are looked at.
    """
    corrected = facts.filter(pl.col(REVISION) > 0)
    if corrected.is_empty():
        return facts
    keys = list(OBSERVATION_KEY)
    touched = corrected.select(keys).unique()
    settled = facts.join(touched, on=keys, how="anti", nulls_equal=True)
    disputed = facts.join(touched, on=keys, how="semi", nulls_equal=True)
    winners = disputed.sort(REVISION).unique(subset=keys, keep="last", maintain_order=True)
    return pl.concat([settled, winners])


def change(incoming: pl.DataFrame, known: pl.DataFrame) -> Change:
    """Compare `incoming` (OBSERVATION_SCHEMA) with the latest `known` rows (plus `revision`).

    Of rows with the same key inside `incoming` the last one counts; the others are `repeated`.
    """
    keys = list(OBSERVATION_KEY)
    single = incoming.unique(subset=keys, keep="last", maintain_order=True)
    repeated = incoming.height - single.height
    before = known.select(
        *keys, *(pl.col(c).alias(f"{_KNOWN}_{c}") for c in FACT_COLUMNS), REVISION
    )
    joined = single.join(before, on=keys, how="left", nulls_equal=True, maintain_order="left")
    same = pl.all_horizontal(
        pl.col(column).eq_missing(pl.col(f"{_KNOWN}_{column}")) for column in FACT_COLUMNS
    )
    is_new = pl.col(REVISION).is_null()
    fresh = joined.filter(is_new | ~same)
    rows = fresh.select(*OBSERVATION_SCHEMA.names(), (pl.col(REVISION) + 1).fill_null(0))
    new = fresh.select(is_new.sum()).item()
    return Change(rows, new, rows.height - new, single.height - rows.height, repeated)
