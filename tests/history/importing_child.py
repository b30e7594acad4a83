"""A process that imports one batch after another until it is killed.

It loads everything, then reads the folder and the number of the first batch from its input,
prints "ready", and then the number of each batch that is complete.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from altteul.history.history import History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import OBSERVATION_SCHEMA, Channel
from altteul.sources.seller import SellerRecord

ROWS = 1500


def batch(number: int) -> Harvest:
    """Two thirds new rows, one third corrections of the batch before, and one more seller."""
    keys = range(number * 2 * ROWS // 3, number * 2 * ROWS // 3 + ROWS)
    frame = pl.DataFrame(
        {
            "date": [date(2021, 1, 1) + timedelta(days=key % 700) for key in keys],
            "item": [f"품목{key}" for key in keys],
            "price": [1000 + 7 * number + key for key in keys],
        }
    ).with_columns(
        stage=pl.lit("retail"), measure=pl.lit("price"), count=pl.lit(1.0),
        count_unit=pl.lit("개"), region=pl.lit("서울"), source=pl.lit("seoul"),
        seller=pl.lit(f"seoul:{number}"), simulated=pl.lit(False),
    )  # fmt: skip
    frame = frame.with_columns(seller=pl.lit("seoul:0"))
    absent = [pl.lit(None).alias(n) for n in OBSERVATION_SCHEMA.names() if n not in frame.columns]
    typed = [pl.col(name).cast(kind) for name, kind in OBSERVATION_SCHEMA.items()]
    seller = SellerRecord(
        key=f"seoul:{number}", source="seoul", name=f"{number}번가시장",
        channel=Channel.TRADITIONAL_MARKET, region="서울", district="노원구",
    )  # fmt: skip
    return Harvest("seoul", frame.with_columns(absent).select(typed), [seller])


def main() -> None:
    load()
    home, first = sys.stdin.readline().rstrip("\n").rsplit("\t", 1)
    number, history = int(first), History.open(Path(home))
    print("ready", flush=True)
    while True:
        history.record(batch(number), origin=f"batch {number}")
        print(number, flush=True)
        number += 1


def load() -> None:
    """Import once somewhere else, so that the kill meets an import and not the loading."""
    with TemporaryDirectory() as folder:
        History.open(Path(folder)).record(batch(0), origin="warm-up")


if __name__ == "__main__":
    main()
