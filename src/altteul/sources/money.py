"""Prices as sources write them → whole won; what is no price is None, never 0."""

from __future__ import annotations

import polars as pl

HIGHEST_WON = 1_000_000_000
"""A price above this is a slip of the pen (an 8-tonne lorry of radish was 13 million won)."""


def read_won(text: str | None) -> int | None:
    """'1,234' and '1234.0' → 1234; '-', '', '0', words and absurd amounts → None."""
    try:
        value = float((text or "").replace(",", "").strip())
    except ValueError:
        return None
    return round(value) if 1 <= value <= HIGHEST_WON else None


def won_column(column: str) -> pl.Expr:
    """The same for a whole text column; Int64, null where there is no price."""
    value = pl.col(column).str.replace_all(",", "").str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(value.is_between(1, HIGHEST_WON)).then(value).round().cast(pl.Int64)
