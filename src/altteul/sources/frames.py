"""Whole tables of observations at once, where a row at a time would be too slow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.observation import (
    OBSERVATION_KEY,
    OBSERVATION_SCHEMA,
    Observation,
    observation_frame,
)
from altteul.sources.seller import SellerRecord

PACK_COLUMNS = ("mass_g", "volume_ml", "count")


def conform(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with exactly the columns of OBSERVATION_SCHEMA; missing ones are null.

    The same rules as `Observation` are held: price > 0, a pack, count with its unit, a seller for
    a single price. Raises ValueError: an adapter must drop such rows with a reason beforehand.
    """
    given = rows.with_columns(
        pl.lit(None).alias(name)
        for name in OBSERVATION_SCHEMA.names()
        if name not in rows.columns and name != "simulated"
    )
    if "simulated" not in given.columns:
        given = given.with_columns(pl.lit(value=False).alias("simulated"))
    frame = given.select(OBSERVATION_SCHEMA.names()).cast(OBSERVATION_SCHEMA)
    broken = frame.filter(
        ~(
            (pl.col("price") > 0).fill_null(value=False)
            & pl.any_horizontal((pl.col(name) > 0).fill_null(value=False) for name in PACK_COLUMNS)
            & (pl.col("count").is_null() == pl.col("count_unit").is_null())
            & ((pl.col("measure") != "price") | pl.col("seller").is_not_null())
            & pl.all_horizontal(
                pl.col(name).is_not_null()
                for name in ("date", "stage", "item", "measure", "region", "source")
            )
        )
    )
    if broken.height:
        raise ValueError(f"{broken.height} rows are no observations, first: {broken.row(0)}")
    return frame


def gathered(
    harvest: Harvest,
    observations: Iterable[Observation],
    sellers: Mapping[str, SellerRecord] | None = None,
) -> Harvest:
    """The harvest with the observations (and the sellers that turned up while reading them)."""
    harvest.observations = observation_frame(observations)
    harvest.sellers = list((sellers or {}).values())
    return harvest


def settled(harvest: Harvest) -> Harvest:
    """The harvest with each fact once: a second row of the same fact is dropped and counted.

    Lists do repeat themselves (광장시장 stands twice in the survey of May 2021). Were both kept,
    the second would pass for a correction of the first.
    """
    facts = harvest.observations
    again = ~facts.select(pl.struct(OBSERVATION_KEY).is_first_distinct()).to_series()
    if not again.any():
        return harvest
    kept, extra = facts.filter(~again), facts.filter(again)
    told = extra.join(kept, on=OBSERVATION_KEY, how="left", nulls_equal=True, suffix="_kept")
    reason = (
        pl.when(pl.col("price") == pl.col("price_kept"))
        .then(pl.lit("같은 줄이 또 나옴"))
        .otherwise(pl.lit("같은 것의 다른 가격이 또 나옴(앞의 것을 남김)"))
    )
    rows = told.select(reason, "date", "seller", "region", "item", "price").iter_rows()
    dropped = [
        Dropped(why, f"{day} {seller or region}", f"{item} {price}")
        for why, day, seller, region, item, price in rows
    ]
    return Harvest(harvest.source, kept, harvest.sellers, [*harvest.dropped, *dropped])
