"""How good forecasts were: WAPE, MASE, pinball loss, coverage, skill with its interval.

Frames are calibrated forecasts (see calibration) with their truths; errors are in won.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.forecast.calibration import LEVELS
from altteul.frozen import Frozen

Floats = NDArray[np.float64]

COVERAGES = {0.5: (0.25, 0.75), 0.8: (0.1, 0.9), 0.95: (0.025, 0.975)}
RESAMPLES = 400
BLOCK_DAYS = 28
"""Blocks of four weeks, the longest horizon, so that overlapping errors stay together."""
LOWER = 0.05
FEWEST_ORIGINS = 30
SEED = 20


class Skill(Frozen):
    """1 − error of ours / error of the baseline, with a 90 % interval (paired block bootstrap)."""

    value: float
    low: float
    high: float


class Score(Frozen):
    """One series at one horizon; `wape_*` are shares of the mean price, `pinball` too."""

    series: str
    item: str
    region: str
    horizon: int
    forecasts: int
    wape: float
    wape_last: float
    wape_season: float
    wape_normal: float
    mase: float | None
    pinball: float
    coverage_50: float
    coverage_80: float
    coverage_95: float
    against_last: Skill
    against_season: Skill

    @property
    def beats_both(self) -> bool:
        """Whether the lower bounds of both skills lie above zero."""
        return self.against_last.low > 0 and self.against_season.low > 0


def scores_of(made: pl.DataFrame) -> list[Score]:
    """A score for every series and horizon with enough forecasts whose truth is known."""
    known = made.drop_nulls("truth").sort("series", "horizon", "origin")
    groups = known.partition_by("series", "horizon", maintain_order=True)
    return [_score(group) for group in groups if group.height >= FEWEST_ORIGINS]


def _score(group: pl.DataFrame) -> Score:
    truth = np.exp(group["truth"].to_numpy())
    errors = {
        name: np.abs(np.exp(group[name].to_numpy()) - truth)
        for name in ("median", "now", "season", "normal")
    }
    total = truth.sum()
    naive = _mean(group["naive_error"])
    ours = errors["median"]
    origin = group["origin"].to_numpy().astype("datetime64[D]").astype(np.int64)
    return Score(
        series=group["series"][0],
        item=group["item"][0],
        region=group["region"][0],
        horizon=group["horizon"][0],
        forecasts=group.height,
        wape=float(ours.sum() / total),
        wape_last=float(errors["now"].sum() / total),
        wape_season=float(errors["season"].sum() / total),
        wape_normal=float(errors["normal"].sum() / total),
        mase=float(ours.mean() / naive) if naive else None,
        pinball=float(pinball(group) / truth.mean()),
        coverage_50=coverage(group, 0.5),
        coverage_80=coverage(group, 0.8),
        coverage_95=coverage(group, 0.95),
        against_last=skill(ours, errors["now"], origin),
        against_season=skill(ours, errors["season"], origin),
    )


def _mean(values: pl.Series) -> float | None:
    found = values.drop_nulls().mean()
    return found if isinstance(found, float) else None


def coverage(group: pl.DataFrame, share: float) -> float:
    """The share of truths inside the central interval."""
    low, high = (f"q{level:g}" for level in COVERAGES[share])
    truth = group["truth"].to_numpy()
    slack = 1e-9
    inside = (truth >= group[low].to_numpy() - slack) & (truth <= group[high].to_numpy() + slack)
    return float(inside.mean())


def pinball(group: pl.DataFrame) -> float:
    """The mean pinball loss over LEVELS, in won."""
    truth = np.exp(group["truth"].to_numpy())
    losses = []
    for level in LEVELS:
        error = truth - np.exp(group[f"q{level:g}"].to_numpy())
        losses.append(np.maximum(level * error, (level - 1) * error).mean())
    return float(np.mean(losses))


def skill(ours: Floats, base: Floats, origin: NDArray[np.int64]) -> Skill:
    """1 − Σ ours / Σ base and its interval; `origin` are the days of the (sorted) origins."""
    days, place = np.unique(origin // BLOCK_DAYS, return_inverse=True)
    mine = np.bincount(place, ours, days.size)
    theirs = np.bincount(place, base, days.size)
    value = _skill(mine.sum(), theirs.sum())
    if days.size < 3:
        return Skill(value=value, low=-np.inf, high=np.inf)
    drawn = np.random.default_rng(SEED).integers(0, days.size, (RESAMPLES, days.size))
    again = 1.0 - mine[drawn].sum(axis=1) / np.maximum(theirs[drawn].sum(axis=1), 1e-12)
    low, high = np.quantile(again, [LOWER, 1 - LOWER])
    return Skill(value=value, low=float(low), high=float(high))


def _skill(ours: float, base: float) -> float:
    return 1.0 - ours / base if base > 0 else 0.0


def mean_over_items(scores: list[Score], horizon: int) -> dict[str, float]:
    """Means over items (series first averaged inside their item) at a horizon."""
    rows = [score for score in scores if score.horizon == horizon]
    names = (
        "wape", "wape_last", "wape_season", "wape_normal", "pinball",
        "coverage_50", "coverage_80", "coverage_95",
    )  # fmt: skip
    by_item: dict[str, list[Score]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    means = {
        name: _mean_of_means([[getattr(one, name) for one in group] for group in by_item.values()])
        for name in names
    }
    mases = [score.mase for score in rows if score.mase is not None]
    return {**means, "mase": float(np.mean(mases or [np.nan])), "items": float(len(by_item))}


def _mean_of_means(groups: list[list[float]]) -> float:
    return float(np.mean([float(np.mean(group)) for group in groups] or [np.nan]))
