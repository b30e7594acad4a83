"""What followed from verdicts: the same rule for advice given and for advice replayed.

One decision is one shopper who can buy a pack now or `horizon` days later. `wait` is held against
buying now, `buy` against waiting; `unknown` moves nobody and saves nothing.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.forecast.scores import BLOCK_DAYS, RESAMPLES, SEED
from altteul.frozen import Frozen

Floats = NDArray[np.float64]

SURE = 0.6
"""The stated probability from which one side is advised (chosen on 2023-07…2024-06)."""
BINS = 10
WAIT, BUY, UNKNOWN = "wait", "buy", "unknown"


class Summary(Frozen):
    """How verdicts did. Savings are shares of the price at the decision, before any trip."""

    decisions: int
    waits: int
    buys: int
    unknown: int
    abstention: float
    hit_rate: float | None
    mean_saving: float | None
    mean_saving_low: float | None
    mean_saving_high: float | None
    mean_saving_waits: float | None
    share_of_foresight: float | None
    calibration_error: float | None
    calibration_error_all: float | None


def words(made: pl.DataFrame, sure: float = SURE) -> pl.DataFrame:
    """Adds `word` to calibrated and gated forecasts."""
    now = pl.col("now").exp()
    wait = (pl.col("p_cheaper") >= sure) & (pl.col("expected") < now)
    buy = (pl.col("p_cheaper") <= 1 - sure) & (pl.col("expected") > now)
    return made.with_columns(
        word=pl.when(pl.col("shown") & wait)
        .then(pl.lit(WAIT))
        .when(pl.col("shown") & buy)
        .then(pl.lit(BUY))
        .otherwise(pl.lit(UNKNOWN))
    )


def savings(decided: pl.DataFrame) -> pl.DataFrame:
    """The rows whose truth is known with `saving` and `foresight`, shares of the price now."""
    change = (pl.col("truth") - pl.col("now")).exp() - 1
    saving = pl.when(pl.col("word") == WAIT).then(-change).when(pl.col("word") == BUY).then(change)
    return decided.drop_nulls("truth").with_columns(
        saving=saving.otherwise(0.0), foresight=change.abs()
    )


def summarised(decided: pl.DataFrame) -> Summary:
    """The record of decided rows (see `words`); only those whose truth is known count."""
    rows = savings(decided)
    advised = rows.filter(pl.col("word") != UNKNOWN)
    count = {word: rows.filter(pl.col("word") == word).height for word in (WAIT, BUY, UNKNOWN)}
    low, high = _interval(rows)
    some = not advised.is_empty()
    saved, possible = _sum(advised, "saving"), _sum(advised, "foresight")
    waits = advised.filter(pl.col("word") == WAIT)
    return Summary(
        decisions=rows.height,
        waits=count[WAIT],
        buys=count[BUY],
        unknown=count[UNKNOWN],
        abstention=count[UNKNOWN] / max(rows.height, 1),
        hit_rate=float((advised["saving"] > 0).mean() or 0.0) if some else None,  # type: ignore[arg-type]
        mean_saving=saved / rows.height if some else None,
        mean_saving_low=low if some else None,
        mean_saving_high=high if some else None,
        mean_saving_waits=_sum(waits, "saving") / waits.height if waits.height else None,
        share_of_foresight=saved / possible if possible > 0 else None,
        calibration_error=calibration_error(advised),
        calibration_error_all=calibration_error(rows),
    )


def calibration_error(rows: pl.DataFrame) -> float | None:
    """Expected calibration error of `p_cheaper` in ten equal bins (Naeini et al. 2015)."""
    if rows.is_empty():
        return None
    stated = rows["p_cheaper"].to_numpy()
    happened = (rows["truth"] < rows["now"] - 1e-9).to_numpy().astype(float)
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    gap = np.bincount(place, stated - happened, BINS)
    return float(np.abs(gap).sum() / rows.height)


def _interval(rows: pl.DataFrame) -> tuple[float, float]:
    """95 % interval of the mean saving over all decisions, resampling blocks of four weeks."""
    if rows.is_empty():
        return 0.0, 0.0
    days = rows["origin"].to_numpy().astype("datetime64[D]").astype(np.int64) // BLOCK_DAYS
    blocks, place = np.unique(days, return_inverse=True)
    total = np.bincount(place, rows["saving"].to_numpy(), blocks.size)
    count = np.bincount(place, minlength=blocks.size)
    drawn = np.random.default_rng(SEED).integers(0, blocks.size, (RESAMPLES * 5, blocks.size))
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def _sum(rows: pl.DataFrame, column: str) -> float:
    return float(rows[column].sum())
