"""Packs of several pieces that are priced like one piece: the count is to be doubted."""

from __future__ import annotations

import polars as pl

from altteul.sources.harvest import Dropped


def without_doubtful_counts(facts: pl.DataFrame, dropped: list[Dropped]) -> pl.DataFrame:
    """Drop packs of several pieces that cost no more than one piece does in the same survey.

    One market wrote '10개' beside the price of one pear, one cucumber and one pollack; taken at
    its word it would look ten times cheaper than it is.
    """
    one = (
        facts.filter(pl.col("count") == 1, pl.col("mass_g").is_null())
        .group_by("date", "item", "count_unit")
        .agg(pl.col("price").median().alias("one_piece"))
    )
    # 마리 and 개 are the same piece of a fish; the dearer median of both is compared.
    piece = one.group_by("date", "item").agg(pl.col("one_piece").max())
    judged = facts.join(piece, on=["date", "item"], how="left", maintain_order="left")
    doubtful = ((pl.col("count") > 1) & (pl.col("price") <= pl.col("one_piece"))).fill_null(
        value=False
    )
    for day, seller, item, count, price in (
        judged.filter(doubtful).select("date", "seller", "item", "count", "price").iter_rows()
    ):
        dropped.append(
            Dropped(
                "여러 개 값이 한 개 값과 같음(단위 의심)",
                f"{day} {seller}",
                f"{item} {count:g} {price}",
            )
        )
    return judged.filter(~doubtful).drop("one_piece")
