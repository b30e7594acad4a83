"""One step of the rolling backtest: fit on what was known, forecast the days that follow.

A fold knows nothing after the day before it begins. Its origins lie inside it; each sees the
prices up to its own day, while the fitted model stays that of the fold's beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from altteul.forecast.features import FeatureMaker
from altteul.forecast.kin import market_moves, parts_of, sample_of
from altteul.forecast.models import HIGH, LOW, Boosted, LastPrice, NormalYear, SameSeason
from altteul.forecast.panel import Panel
from altteul.forecast.rows import Rows

MEMBERS = ("last", "season", "normal", "boosted")
ORIGIN_STEP = 3
"""Every third day is an origin, so that all weekdays take their turn."""
FOLD_MONTHS = 3

RAW_SCHEMA = pl.Schema(
    {
        "series": pl.String(),
        "item": pl.String(),
        "region": pl.String(),
        "origin": pl.Date(),
        "target": pl.Date(),
        "horizon": pl.Int64(),
        "now": pl.Float64(),
        "truth": pl.Float64(),
        "move": pl.Float64(),
        "season": pl.Float64(),
        "normal": pl.Float64(),
        "boosted": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "naive_error": pl.Float64(),
    }
)
"""Forecasts before calibration; `now`, `truth`, `season`, `normal`, `boosted`, `low`, `high` are
logarithms of won, `naive_error` the mean absolute error in won of last year's price (for MASE)."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Origins from `first` to `last`, models fitted on what was known the day before `first`."""

    first: date
    last: date

    @property
    def known_until(self) -> date:
        """The last day whose prices the models may learn from."""
        return self.first - timedelta(days=1)


def folds_between(first: date, last: date, months: int = FOLD_MONTHS) -> list[Fold]:
    """The folds that cover the days from `first` to `last`."""
    found, start = [], first
    while start <= last:
        following = months_after(start, months)
        found.append(Fold(start, min(last, following - timedelta(days=1))))
        start = following
    return found


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier), at most the 28th."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, min(day.day, 28))


def run_fold(
    panel: Panel,
    fold: Fold,
    horizons: Sequence[int],
    regions: Sequence[str] | None = None,
    step: int = ORIGIN_STEP,
) -> pl.DataFrame:
    """The raw forecasts of a fold with the truths that have come (RAW_SCHEMA)."""
    model = fitted(panel.until(fold.known_until))
    return forecast_rows(panel, model, fold, horizons, regions, step)


def fitted(known: Panel) -> Boosted:
    """The boosted model learned from all that is known (of very many series from a sample)."""
    maker = FeatureMaker(sample_of(known), market_moves(known))
    return Boosted().fit(maker, known.days - 1)


def forecast_rows(
    panel: Panel,
    model: Boosted,
    fold: Fold,
    horizons: Sequence[int],
    regions: Sequence[str] | None,
    step: int,
) -> pl.DataFrame:
    """Forecasts of a fitted model from the origins of a fold."""
    # Counted from a fixed day, so that the same day is an origin in whichever fold it falls.
    first, last = panel.column(fold.first), min(panel.column(fold.last), panel.days - 1)
    first = max(first, 0)
    offset = -(panel.first.toordinal() + first) % step
    moves = market_moves(panel)
    frames = [RAW_SCHEMA.to_frame()]
    for part in parts_of(panel):
        wanted = np.array([regions is None or key.region in regions for key in part.keys])
        if wanted.any():
            maker = FeatureMaker(part, moves)
            rows = maker.rows(range(first + offset, last + 1, step), horizons)
            frames.append(_frame(maker, model, rows.chosen(wanted[rows.series])))
    return pl.concat(frames)


def _frame(maker: FeatureMaker, model: Boosted, rows: Rows) -> pl.DataFrame:
    made = model.quantiles(maker, rows)
    keys = maker.panel.keys
    start = np.datetime64(maker.panel.first, "D")
    naive = _naive_errors(maker)
    columns = {
        "series": [keys[row].text for row in rows.series],
        "item": [keys[row].item for row in rows.series],
        "region": [keys[row].region for row in rows.series],
        "origin": start + rows.origin,
        "target": start + rows.target,
        "horizon": rows.horizon,
        "now": LastPrice().predict(maker, rows),
        "truth": maker.truth(rows),
        "move": maker.past.move[rows.series, rows.origin],
        "season": SameSeason().predict(maker, rows),
        "normal": NormalYear().predict(maker, rows),
        "boosted": made[0.5],
        "low": made[LOW],
        "high": made[HIGH],
        "naive_error": naive[rows.series, rows.origin],
    }
    return pl.DataFrame(columns, schema_overrides=RAW_SCHEMA).with_columns(
        pl.col("truth").fill_nan(None), pl.col("naive_error").fill_nan(None)
    )


def _naive_errors(maker: FeatureMaker) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Mean absolute error of last year's price over the days known so far, by series and day."""
    from altteul.forecast.past import YEAR, shifted

    won = np.exp(maker.past.log)
    error = np.abs(won - shifted(won, YEAR))
    known = np.isfinite(error)
    total = np.cumsum(np.where(known, error, 0.0), axis=1)
    count = np.cumsum(known, axis=1)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = np.where(
        count > 0, total / np.maximum(count, 1), np.nan
    )
    return found
