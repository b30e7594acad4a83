"""How fast the price table takes rows in and gives one item's history back, beside plain Polars.

    python benchmarks/history.py --rows 1000000
    python benchmarks/history.py --rows 20000000

Simulated rows (150 items × shops × survey days over ten years) are imported month by month.
The peer is plain Polars on the same Parquet files: for the import, writing the batch to a file
with no comparison, no versions and no ledger; for the read, `scan_parquet` of the very files that
the table holds. Each phase runs in a process of its own, whose peak memory is stated.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from altteul.history.history import READING_ORDER, History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import OBSERVATION_SCHEMA

ITEMS = 150
YEARS = 10
DAYS_PER_MONTH = 20
FIRST_YEAR = 2016
REPEATS = 7


def batches(rows: int) -> Iterator[pl.DataFrame]:
    """One month of survey days at a time, about `rows` rows in all, in the order of the days."""
    shops = max(1, round(rows / (ITEMS * YEARS * 12 * DAYS_PER_MONTH)))
    generator = np.random.default_rng(20261122)
    for month in range(YEARS * 12):
        first = date(FIRST_YEAR + month // 12, month % 12 + 1, 1)
        yield _month(first, shops, generator)


def _month(first: date, shops: int, generator: np.random.Generator) -> pl.DataFrame:
    days = pl.DataFrame({"date": [first + timedelta(days=i) for i in range(DAYS_PER_MONTH)]})
    items = pl.DataFrame({"item": [f"item{i:03}" for i in range(ITEMS)]})
    sellers = pl.DataFrame({"seller": [f"bench:{i}" for i in range(shops)]})
    cross = days.join(sellers, how="cross").join(items, how="cross")
    given = {
        "stage": "retail",
        "measure": "price",
        "mass_g": 1000.0,
        "region": "서울",
        "channel": "large_store",
        "source": "bench",
        "simulated": True,
        "grade": "상품",
    }
    prices = pl.Series("price", generator.integers(500, 20_000, cross.height))
    missing = [name for name in OBSERVATION_SCHEMA.names() if name not in (*cross.columns, *given)]
    return cross.with_columns(
        prices,
        *(pl.lit(value).alias(name) for name, value in given.items()),
        *(pl.lit(None).alias(name) for name in missing if name != "price"),
    ).select(pl.col(name).cast(kind) for name, kind in OBSERVATION_SCHEMA.items())


def take_in(folder: Path, rows: int) -> dict[str, float]:
    """Import everything, then the last month again."""
    history, total, seconds = History.open(folder / "home"), 0, 0.0
    for batch in batches(rows):
        started = time.perf_counter()
        history.record(Harvest("bench", batch), origin="benchmark")
        seconds += time.perf_counter() - started
        total += batch.height
    started = time.perf_counter()
    again = history.record(Harvest("bench", batch), origin="benchmark")
    assert (again.new, again.unchanged) == (0, batch.height)
    repeat = time.perf_counter() - started
    return {"rows": total, "rows_per_s": total / seconds, "again_per_s": batch.height / repeat}


def write_plainly(folder: Path, rows: int) -> dict[str, float]:
    """The peer of the import: each month to a Parquet file, nothing else."""
    total, seconds = 0, 0.0
    for number, batch in enumerate(batches(rows)):
        started = time.perf_counter()
        batch.sort("item", "date").write_parquet(folder / f"{number}.parquet", compression="zstd")
        seconds += time.perf_counter() - started
        total += batch.height
    return {"rows": total, "rows_per_s": total / seconds}


def compact(folder: Path, rows: int) -> dict[str, float]:
    started = time.perf_counter()
    files = History.open(folder / "home").compact()
    return {"seconds": time.perf_counter() - started, **files}


def read_newly_opened(folder: Path, rows: int) -> dict[str, float]:
    """One item's whole history, the History opened for it."""
    return _median(lambda item: History.open(folder / "home").observations(items=[item]).height)


def read_opened(folder: Path, rows: int) -> dict[str, float]:
    """One item's whole history through a History that is open; no item is asked twice."""
    history = History.open(folder / "home")
    return _median(lambda item: history.observations(items=[item]).height)


def read_plainly(folder: Path, rows: int) -> dict[str, float]:
    """The peer of the read: Polars on the files of the table, the same columns and order."""
    from deltalake import DeltaTable

    paths = DeltaTable(folder / "home" / "prices").file_uris()

    def read(item: str) -> int:
        rows = pl.scan_parquet(paths).filter(pl.col("item") == item)
        return rows.select(OBSERVATION_SCHEMA.names()).sort(READING_ORDER).collect().height

    return _median(read)


def _median(read: Callable[[str], int]) -> dict[str, float]:
    read("item000")
    times, found = [], 0
    for i in range(REPEATS):
        started = time.perf_counter()
        found = read(f"item{17 * i + 3:03}")
        times.append(time.perf_counter() - started)
    return {"rows": found, "ms": 1000 * statistics.median(times)}


def apart(phase: Callable[[Path, int], dict[str, float]], folder: Path, rows: int) -> Any:
    """Run a phase in a process of its own; its figures and its peak memory in MB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (phase, folder, rows))


def _measured(
    phase: Callable[[Path, int], dict[str, float]], folder: Path, rows: int
) -> dict[str, float]:
    result = phase(folder, rows)
    return {**result, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="altteul-bench-", dir=options.folder))
    try:
        report(folder, options.rows)
    finally:
        shutil.rmtree(folder)


def report(folder: Path, rows: int) -> None:
    plain = apart(write_plainly, folder, rows)
    ours = apart(take_in, folder, rows)
    say("import, rows/s", ours["rows_per_s"], plain["rows_per_s"], ours, plain)
    print(f"  the same month again: {ours['again_per_s']:,.0f} rows/s, nothing written")
    for when in ("as imported", "after compact()"):
        if when != "as imported":
            print("compact:", json.dumps(apart(compact, folder, rows)))
        peer = apart(read_plainly, folder, rows)
        for how, phase in (("newly opened", read_newly_opened), ("opened", read_opened)):
            mine = apart(phase, folder, rows)
            what = f"one item's {mine['rows']:,} rows, {when}, {how}, ms"
            say(what, mine["ms"], peer["ms"], mine, peer)


def say(what: str, mine: float, peer: float, a: dict[str, float], b: dict[str, float]) -> None:
    print(
        f"{what}: altteul {mine:,.1f} (peak {a['peak_mb']:,.0f} MB), "
        f"plain Polars {peer:,.1f} (peak {b['peak_mb']:,.0f} MB), ratio {mine / peer:.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
