"""From the rows of a price table to a harvest: goods by their words, reasons for what is dropped.

The readers of copied KAMIS tables add to each row its `day`, `won`, `line` and the words that name
its goods; the rest is the same for all of them.
"""

from __future__ import annotations

import polars as pl

from altteul.sources.frames import conform
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.money import won_column
from altteul.sources.observation import Measure, Stage
from altteul.sources.tables import Table
from altteul.units import Pack

Goods = tuple[str, str | None, str | None, Pack]
"""Item, variety, origin, pack."""


def prepared(table: Table) -> pl.DataFrame:
    """Rows with their line, day and price in won (null where there is none)."""
    return (
        table.rows.fill_null("")
        .with_row_index("line")
        .with_columns(
            pl.col("date").str.to_date("%Y-%m-%d", strict=False).alias("day"),
            won_column("price").alias("won"),
        )
    )


def with_goods(
    rows: pl.DataFrame, known: dict[tuple[str, ...], Goods | str], columns: tuple[str, ...]
) -> pl.DataFrame:
    """The rows with item, variety and pack, or the reason why they have none."""
    told = [
        (*key, None, None, None, None, None, None, None, goods)
        if isinstance(goods, str)
        else (*key, *goods[:3], *_pack_columns(goods[3]), None)
        for key, goods in known.items()
    ]
    ours = {
        "goods": pl.String,
        "variety": pl.String,
        "origin": pl.String,
        "mass_g": pl.Float64,
        "volume_ml": pl.Float64,
        "count": pl.Float64,
        "count_unit": pl.String,
        "reason": pl.String,
    }
    schema = {name: rows.schema[name] for name in columns} | ours
    words = pl.DataFrame(told, schema=schema, orient="row")
    return rows.join(words, on=list(columns), how="left", nulls_equal=True, maintain_order="left")


def _pack_columns(pack: Pack) -> tuple[float | None, float | None, float | None, str | None]:
    return pack.mass_g, pack.volume_ml, pack.count, pack.count_unit


def harvest_of(source: str, table: Table, rows: pl.DataFrame, stage: Stage, region: str) -> Harvest:
    """The rows that are prices as observations; the others with the reason why not."""
    early = pl.col("early_reason") if "early_reason" in rows.columns else pl.lit(None)
    reason = pl.coalesce(
        early,
        pl.when(pl.col("day").is_null()).then(pl.lit("날짜를 읽을 수 없음")),
        pl.col("reason"),
        pl.when(~(pl.col("won") > 0).fill_null(value=False)).then(
            pl.lit("가격이 없음(거래·조사 없음)")
        ),
    )
    judged = rows.with_columns(reason.alias("dropped"))
    measure = pl.col("measure") if "measure" in rows.columns else pl.lit(Measure.MEAN.value)
    kept = judged.filter(pl.col("dropped").is_null()).select(
        pl.col("day").alias("date"),
        pl.col("goods").alias("item"),
        "variety",
        "origin",
        "mass_g", "volume_ml", "count", "count_unit",
        pl.col("won").alias("price"),
        measure.alias("measure"),
        *(name for name in ("grade", "note") if name in rows.columns),
        pl.lit(stage.value).alias("stage"),
        pl.lit(region).alias("region"),
        pl.lit(source).alias("source"),
    )  # fmt: skip
    lost = judged.filter(pl.col("dropped").is_not_null()).select("dropped", "line", "item", "price")
    dropped = [
        Dropped(reason, table.where(line), f"{item} {price}")
        for reason, line, item, price in lost.iter_rows()
    ]
    return Harvest(source, conform(kept), [], dropped)
