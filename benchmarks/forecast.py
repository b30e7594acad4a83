"""How fast forecasts are: the nightly update of many series, and one item's kept forecast.

    python benchmarks/forecast.py [--series 10000] [--peer 200]

Series are made up, as only time and memory are measured: four years of daily prices with a season
and a walk. The nightly update is features, quantiles and calibration for 28 days of every series
with a model that was fitted before; what a fit takes is told too. Beside it, in the same run,
AutoETS of statsforecast on some of the series, if it is installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from altteul.forecast.calibration import learn
from altteul.forecast.features import FeatureMaker
from altteul.forecast.folds import Fold, forecast_rows
from altteul.forecast.forecaster import HORIZONS, Forecasts
from altteul.forecast.models import Boosted
from altteul.forecast.panel import Panel, SeriesKey

DAYS = 1461
FIRST = date(2021, 1, 1)
AT_ONCE = 1_000
FITTED_ON = 150


def made_up(series: int) -> Panel:
    rng = np.random.default_rng(1)
    day = np.arange(DAYS)
    season = 0.3 * np.sin(2 * np.pi * day / 364 + rng.uniform(0, 6, (series, 1)))
    walk = np.cumsum(rng.normal(0, 0.02, (series, DAYS)), axis=1)
    won = np.round(3000 * np.exp(season + walk))
    won[:, (day + FIRST.weekday()) % 7 >= 5] = np.nan
    keys = tuple(
        SeriesKey(f"품목{n}", "", "", "retail", "서울", "", "made", "1kg") for n in range(series)
    )
    return Panel(keys, FIRST, won, np.zeros(series, dtype=bool))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def nightly(panel: Panel, model: Boosted) -> pl.DataFrame:
    calibration = learn(pl.DataFrame({"truth": []}, schema={"truth": pl.Float64}))
    today = Fold(panel.last, panel.last)
    parts = []
    for start in range(0, len(panel.keys), AT_ONCE):
        some = panel.chosen(list(range(start, min(start + AT_ONCE, len(panel.keys)))))
        parts.append(calibration.apply(forecast_rows(some, model, today, HORIZONS, None, 1)))
    return pl.concat(parts).with_columns(shown=pl.lit(value=False))


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


def kept(panel: Panel, made: pl.DataFrame) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forecasts.parquet"
        made.write_parquet(path)
        forecasts = Forecasts(panel.last, pl.read_parquet(path), panel, "")
        names = forecasts.rows["series"].unique(maintain_order=True).to_list()[:200]
        times = [timed(lambda name=name: forecasts.days(name))[0] * 1e3 for name in names]
    return {"p50_ms": float(np.median(times)), "p95_ms": float(np.quantile(times, 0.95))}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--series", type=int, default=10_000)
    words.add_argument("--peer", type=int, default=100)
    asked = words.parse_args()
    panel = made_up(asked.series)
    some = panel.chosen(list(range(min(FITTED_ON, asked.series))))
    model = Boosted()
    fit = timed(lambda: model.fit(FeatureMaker(some), some.days - 1))
    rows: list[pl.DataFrame] = []
    update = timed(lambda: rows.append(nightly(panel, model)))
    said = {
        "fit": {"series": len(some.keys), "wall_s": fit[0], "cpu_s": fit[1]},
        "nightly_update": {
            "series": asked.series,
            "rows": rows[0].height,
            "wall_s": update[0],
            "cpu_s": update[1],
            "cpu_ms_a_series": update[1] / asked.series * 1e3,
        },
        "peer_auto_ets": peer(panel, asked.peer),
        "kept_forecast_of_one_item": kept(panel, rows[0]),
        "peak_memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    main()
