"""How fast forecasts are: the nightly update of many series, and one item's kept forecast.

    python benchmarks/forecast.py [--series 10000] [--peer 100]

Series are made up, as only time and memory are measured: 100 items in as many regions as it takes,
four years of daily prices with a season and a walk. The nightly update is the code of
`altteul forecast --all` where the folds of earlier days are kept: fit, 28 days of every series with
quantiles, calibration and gating by past forecasts (here: made-up ones of a year), and writing
the file. Beside it, in the same run, AutoETS of statsforecast on some of the series, if it is
installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from altteul.forecast.folds import RAW_SCHEMA
from altteul.forecast.forecaster import SCORED, todays
from altteul.forecast.keeping import keep, kept_path
from altteul.forecast.outlook import Outlook
from altteul.forecast.panel import Panel, SeriesKey

DAYS = 1461
FIRST = date(2021, 1, 1)
ITEMS = 100
PAST_ORIGINS = 120


def made_up(series: int) -> Panel:
    rng = np.random.default_rng(1)
    day = np.arange(DAYS)
    season = 0.3 * np.sin(2 * np.pi * day / 364 + rng.uniform(0, 6, (series, 1)))
    walk = np.cumsum(rng.normal(0, 0.02, (series, DAYS)), axis=1)
    won = np.round(3000 * np.exp(season + walk))
    won[:, (day + FIRST.weekday()) % 7 >= 5] = np.nan
    keys = tuple(
        SeriesKey(f"품목{n % ITEMS}", "", "", "retail", f"지역{n // ITEMS}", "", "made", "1kg")
        for n in range(series)
    )
    return Panel(keys, FIRST, won, np.zeros(series, dtype=bool))


def made_up_past(panel: Panel) -> pl.DataFrame:
    """A year of calibrated forecasts at the scored horizons, every third day, of every series."""
    rng = np.random.default_rng(2)
    count = len(panel.keys) * PAST_ORIGINS
    last = np.datetime64(panel.last) - 28
    origin = np.tile(last - 3 * np.arange(PAST_ORIGINS)[::-1], len(panel.keys))
    parts = []
    for horizon in SCORED:
        now = rng.normal(8, 0.3, count)
        truth = now + rng.normal(0, 0.05, count)
        near = {name: truth + rng.normal(0, 0.06, count) for name in ("season", "normal")}
        boosted = truth + rng.normal(0, 0.04, count)
        columns = {
            "series": np.repeat([key.text for key in panel.keys], PAST_ORIGINS),
            "item": np.repeat([key.item for key in panel.keys], PAST_ORIGINS),
            "region": np.repeat([key.region for key in panel.keys], PAST_ORIGINS),
            "origin": origin,
            "target": origin + horizon,
            "horizon": np.full(count, horizon),
            "now": now,
            "truth": truth,
            "move": rng.uniform(0.02, 0.1, count),
            **near,
            "boosted": boosted,
            "low": boosted - 0.06,
            "high": boosted + 0.06,
            "naive_error": np.full(count, 300.0),
        }
        raw = pl.DataFrame(columns, schema_overrides=RAW_SCHEMA)
        spread = {"median": 0.0, "q0.025": -0.1, "q0.1": -0.06, "q0.25": -0.03, "q0.5": 0.0,
                  "q0.75": 0.03, "q0.9": 0.06, "q0.975": 0.1}  # fmt: skip
        parts.append(
            raw.with_columns((pl.col("boosted") + by).alias(name) for name, by in spread.items())
        )
    return pl.concat(parts).with_columns(shown=pl.lit(value=False), warm=pl.lit(value=False))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def peer(panel: Panel, count: int) -> dict[str, float] | str:
    if not find_spec("statsforecast"):
        return "statsforecast is not installed"
    from statsforecast.models import AutoETS

    known = [row[np.isfinite(row)] for row in panel.won[:count]]
    model = AutoETS(season_length=5)
    model.forecast(known[0], h=20, level=[80])
    wall, processor = timed(lambda: [model.forecast(values, h=20, level=[80]) for values in known])
    return {
        "series": count,
        "wall_s": wall,
        "cpu_s": processor,
        "cpu_ms_a_series": processor / count * 1e3,
    }


def kept(panel: Panel, home: Path) -> dict[str, float]:
    """Opening a region's forecasts, then 28 days of each item from memory."""
    days = [panel.last + timedelta(days=ahead) for ahead in range(1, 29)]
    opened: list[Outlook] = []
    opening = timed(lambda: opened.append(Outlook.open(home, "지역0", panel.last)))
    outlook = opened[0]

    def one_item(item: str) -> None:
        for day in days:
            outlook.change(item, None, day)

    items = sorted({key.item for key in panel.keys})
    times = [timed(lambda item=item: one_item(item))[0] * 1e3 for item in items]
    return {
        "opening_a_region_ms": opening[0] * 1e3,
        "item_of_28_days_p50_ms": float(np.median(times)),
        "item_of_28_days_p95_ms": float(np.quantile(times, 0.95)),
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--series", type=int, default=10_000)
    words.add_argument("--peer", type=int, default=100)
    asked = words.parse_args()
    panel = made_up(asked.series)
    past = made_up_past(panel)
    with tempfile.TemporaryDirectory() as folder:
        home, rows = Path(folder), []

        def nightly() -> None:
            rows.append(todays(panel, past))
            keep(rows[0], kept_path(home, panel.last, "abc"))

        update = timed(nightly)
        said = {
            "nightly_update": {
                "series": asked.series,
                "rows": rows[0].height,
                "wall_s": update[0],
                "cpu_s": update[1],
                "cpu_ms_a_series": update[1] / asked.series * 1e3,
            },
            "peer_auto_ets": peer(panel, asked.peer),
            "kept_forecast": kept(panel, home),
            "peak_memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        }
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    main()
