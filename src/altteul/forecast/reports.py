"""The documents of a backtest: figures by horizon and series, and what advice would have saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.errors import NoDataError
from altteul.forecast.decisions import Summary, summarised, words
from altteul.forecast.scores import (
    BLOCK_DAYS,
    FEWEST_ORIGINS,
    LOWER,
    RESAMPLES,
    SEED,
    Score,
    Skill,
    coverage,
    mean_over_items,
    scores_of,
)
from altteul.frozen import Frozen

Floats = NDArray[np.float64]


class HorizonReport(Frozen):
    """Means over items at one horizon; skills with 90 % intervals, coverages over all forecasts."""

    horizon: int
    items: int
    forecasts: int
    wape: float
    wape_last: float
    wape_season: float
    wape_normal: float
    mase: float
    pinball: float
    skill_against_last: Skill
    skill_against_season: Skill
    coverage_50: float
    coverage_80: float
    coverage_95: float
    verdicts: Summary


class BacktestReport(Frozen):
    """A rolling backtest: refitted every quarter, origins every third day, nothing of the future.

    `verdicts` replays the rule for advice on every forecast; `scores` are of each series.
    """

    schema_version: str = "altteul.backtest/1"
    regions: tuple[str, ...]
    first: date
    last: date
    horizons: tuple[HorizonReport, ...]
    verdicts: Summary
    scores: tuple[Score, ...]
    simulated: bool


def report_of(made: pl.DataFrame, *, simulated: bool) -> BacktestReport:
    """The report of a backtest's rows (warm-up rows are left out).

    Raises NoDataError where no series has enough forecasts to be judged.
    """
    tested = words(made.filter(~pl.col("warm")))
    scores = scores_of(tested)
    if not scores:
        raise NoDataError(
            f"기간이 짧거나 조사가격이 드물어 견줄 예측이 품목마다 {FEWEST_ORIGINS}번이 못 됩니다. "
            "기간을 반년쯤으로 늘려 주세요."
        )
    horizons = sorted(tested["horizon"].unique().to_list())
    first, last = tested["origin"].min(), tested["origin"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return BacktestReport(
        regions=tuple(sorted(tested["region"].unique())),
        first=first,
        last=last,
        horizons=tuple(_of_horizon(tested, scores, horizon) for horizon in horizons),
        verdicts=summarised(tested),
        scores=tuple(scores),
        simulated=simulated,
    )


def _of_horizon(tested: pl.DataFrame, scores: Sequence[Score], horizon: int) -> HorizonReport:
    rows = tested.filter(pl.col("horizon") == horizon)
    judged = {score.series for score in scores if score.horizon == horizon}
    known = rows.drop_nulls("truth").filter(pl.col("series").is_in(list(judged)))
    means = mean_over_items(list(scores), horizon)
    return HorizonReport(
        horizon=horizon,
        items=int(means["items"]),
        forecasts=known.height,
        wape=means["wape"],
        wape_last=means["wape_last"],
        wape_season=means["wape_season"],
        wape_normal=means["wape_normal"],
        mase=means["mase"],
        pinball=means["pinball"],
        skill_against_last=skill_over_items(known, "now"),
        skill_against_season=skill_over_items(known, "season"),
        coverage_50=coverage(known, 0.5) if known.height else float("nan"),
        coverage_80=coverage(known, 0.8) if known.height else float("nan"),
        coverage_95=coverage(known, 0.95) if known.height else float("nan"),
        verdicts=summarised(rows),
    )


def skill_over_items(known: pl.DataFrame, base: str) -> Skill:
    """1 − mean WAPE of ours / of the baseline; blocks of four weeks are drawn for all at once."""
    if known.is_empty():
        return Skill(value=0.0, low=-np.inf, high=np.inf)
    series, of_series = np.unique(known["series"].to_numpy(), return_inverse=True)
    days = known["origin"].to_numpy().astype("datetime64[D]").astype(np.int64) // BLOCK_DAYS
    blocks, of_block = np.unique(days, return_inverse=True)
    truth = np.exp(known["truth"].to_numpy())

    def sums(values: Floats) -> Floats:
        place = of_series * blocks.size + of_block
        flat = np.bincount(place, values, series.size * blocks.size)
        return flat.astype(np.float64).reshape(series.size, blocks.size)

    parts = [sums(np.abs(np.exp(known[name].to_numpy()) - truth)) for name in ("median", base)]
    share = _item_shares(known, series)
    whole = np.ones((1, blocks.size))
    value = _skills(parts, sums(truth), share, whole)[0]
    drawn = np.random.default_rng(SEED).multinomial(
        blocks.size, np.full(blocks.size, 1 / blocks.size), RESAMPLES
    )
    again = _skills(parts, sums(truth), share, drawn.astype(np.float64))
    low, high = np.quantile(again, [LOWER, 1 - LOWER])
    return Skill(value=float(value), low=float(low), high=float(high))


def _skills(parts: Sequence[Floats], truth: Floats, share: Floats, counts: Floats) -> Floats:
    """Skill for each row of block counts, shape (resamples, blocks)."""
    total = counts @ truth.T
    seen = total > 0
    weight = np.where(seen, share, 0.0)
    wapes = [
        (weight * np.where(seen, counts @ part.T / np.maximum(total, 1e-9), 0.0)).sum(axis=1)
        for part in parts
    ]
    found: Floats = 1.0 - wapes[0] / wapes[1]
    return found


def _item_shares(known: pl.DataFrame, series: NDArray[np.str_]) -> Floats:
    """The weight of each series: items weigh the same, the series of an item share."""
    item_of = dict(known.select("series", "item").unique().iter_rows())
    items = [item_of[str(one)] for one in series]
    shares: Floats = np.array([1.0 / items.count(item) for item in items], dtype=np.float64)
    return shares
