"""Forecasts for today: the model fitted on all that is known, calibrated by the past year's folds.

Folds stand on quarters of the year and are kept in the data folder, so that a new day costs a few
fits (today's, and those quarters whose truths have grown); the forecasts of a day are kept too and
then read in milliseconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from altteul.errors import NoDataError
from altteul.forecast.ahead import DayAhead, day_ahead
from altteul.forecast.backtest import (
    FEWEST_TRAINING_DAYS,
    HERE,
    RECIPE,
    Plan,
    Progress,
    gated,
    run_backtest,
)
from altteul.forecast.calibration import learn
from altteul.forecast.folds import RAW_SCHEMA, Fold, fitted, forecast_rows, months_after
from altteul.forecast.keeping import FOLDER, FOLDS, keep, kept_path
from altteul.forecast.panel import Panel
from altteul.forecast.spreading import Workers
from altteul.forecast.verdict import Priced

HORIZONS = tuple(range(1, 29))
SCORED = (7, 14, 28)


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of one day: calibrated rows of every series and horizon (logarithms of won)."""

    on: date
    rows: pl.DataFrame
    panel: Panel
    inputs: str

    def series_of(self, item: str, region: str | None = None) -> list[str]:
        """The series of an item that were forecast, those with the freshest price first."""
        found = self.rows.filter(
            (pl.col("item") == item) & (True if region is None else pl.col("region") == region)
        )
        return found.sort("series").get_column("series").unique(maintain_order=True).to_list()

    def days(self, series: str) -> list[DayAhead]:
        """What is expected of a series on each of the next 28 days."""
        rows = self.rows.filter(pl.col("series") == series).sort("horizon")
        return [day_ahead(row) for row in rows.iter_rows(named=True)]

    def priced(self, series: str) -> Priced:
        """The series and its last price."""
        row = [key.text for key in self.panel.keys].index(series)
        return priced_of(self.panel, row)


def priced_of(panel: Panel, row: int) -> Priced:
    """A series of a panel and its last price."""
    key, won = panel.keys[row], panel.won[row]
    last = int(np.flatnonzero(np.isfinite(won))[-1])
    return Priced(
        item=key.item,
        region=key.region,
        unit=key.unit,
        price=round(float(won[last])),
        observed_on=panel.day(last),
        simulated=bool(panel.simulated[row]),
    )


def forecast(
    panel: Panel, on: date, home: Path, *, workers: Workers = HERE, progress: Progress | None = None
) -> Forecasts:
    """The forecasts of all series as known on a day, read from the data folder where it is kept.

    `workers` test the folds of the past. Raises NoDataError where there is too little to learn
    from (FEWEST_TRAINING_DAYS days).
    """
    known = panel.until(on)
    if not known.keys or known.days < FEWEST_TRAINING_DAYS:
        raise NoDataError(
            f"예측하려면 {FEWEST_TRAINING_DAYS}일이 넘는 날마다의 지역 평균가격이 있어야 합니다. "
            "`altteul import`나 `altteul fetch`로 더 넣어 주세요."
        )
    inputs = inputs_hash(known)
    path = kept_path(home, known.last, inputs)
    if not path.exists():
        keep(_make(known, home, workers, progress), path)
    return Forecasts(known.last, pl.read_parquet(path), known, inputs)


def inputs_hash(panel: Panel) -> str:
    """A hash of everything that forecasts of a panel depend on."""
    words = f"{RECIPE} {HORIZONS} {panel.digest()}"
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def _make(known: Panel, home: Path, workers: Workers, progress: Progress | None) -> pl.DataFrame:
    past = past_folds(known, known.last, home, workers=workers, progress=progress)
    return todays(known, past)


def todays(known: Panel, past: pl.DataFrame | None) -> pl.DataFrame:
    """Fit on all that is known and forecast every series; `past` (see past_folds) calibrates.

    Columns: those of a backtest and what a reader must know of each series (see _described).
    """
    today = Fold(known.last, known.last)
    raw = forecast_rows(known, fitted(known), today, HORIZONS, None, 1)
    before = past.drop("shown", "warm") if past is not None else raw.clear()
    made = learn(before.select(RAW_SCHEMA.names())).apply(raw)
    return _described(_shown(made, past, today), known)


def _described(made: pl.DataFrame, known: Panel) -> pl.DataFrame:
    """Adds what a reader of the file must know of each series, so that no panel is needed."""
    seen = np.isfinite(known.won)
    start = np.datetime64(known.first, "D")
    newest = known.days - 1 - np.argmax(seen[:, ::-1], axis=1)
    about = pl.DataFrame(
        {
            "series": [key.text for key in known.keys],
            "channel": [key.channel for key in known.keys],
            "observed_on": start + newest,
            "surveys": seen.sum(axis=1),
            "simulated": known.simulated,
        }
    )
    return made.join(about, on="series", how="left", maintain_order="left")


def past_folds(
    known: Panel, on: date, home: Path, *, workers: Workers = HERE, progress: Progress | None = None
) -> pl.DataFrame | None:
    """Calibrated forecasts of the quarters of the past year and a half; None where too new.

    They go up to the last Monday, so that folds whose truths still grow are done once a week and
    not every night.
    """
    monday = on - timedelta(days=on.weekday())
    quarter = date(monday.year, (monday.month - 1) // 3 * 3 + 1, 1)
    first = months_after(quarter, -3)
    if first - timedelta(days=FEWEST_TRAINING_DAYS) < known.first:
        return None
    plan = Plan(first, monday, SCORED)
    return run_backtest(
        known.until(monday), plan, home / FOLDER / FOLDS, workers=workers, progress=progress
    )


def _shown(made: pl.DataFrame, past: pl.DataFrame | None, today: Fold) -> pl.DataFrame:
    """A horizon between the scored ones is shown where the next longer scored one is."""
    if past is None:
        return made.with_columns(shown=pl.lit(value=False))
    longer = {h: next(s for s in SCORED if s >= h) for h in HORIZONS}
    tested = gated(
        made.with_columns(pl.col("horizon").replace_strict(longer).alias("horizon")), [past], today
    )
    return made.with_columns(tested["shown"])
