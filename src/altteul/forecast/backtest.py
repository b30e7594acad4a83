"""The rolling backtest: refit every quarter, forecast every third day, calibrate on the past only.

Folds are independent and may run side by side; each is kept in a file as soon as it is done, so
that a backtest that was stopped goes on where it stood. What is learned from folds (member
weights, conformal scores, which items may be advised on) is learned in order, each fold from rows
whose truth had come the day before it began.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from altteul.errors import NoDataError
from altteul.forecast.calibration import learn
from altteul.forecast.folds import (
    FOLD_MONTHS,
    ORIGIN_STEP,
    Fold,
    folds_between,
    months_after,
)
from altteul.forecast.panel import Panel
from altteul.forecast.scores import scores_of
from altteul.forecast.spreading import Forecasting, LocalCores, Workers

Progress = Callable[[str, float], None]
HERE = LocalCores()

WARM_UP_FOLDS = 4
"""A year of folds before the first day: it teaches calibration and which items may be advised."""
FEWEST_TRAINING_DAYS = 400
RECIPE = 4
"""Raise when features, models or settings change: kept folds of another recipe are not used."""


@dataclass(frozen=True)
class Plan:
    """What is to be tested: origins from `first` to `last`, for series of the regions."""

    first: date
    last: date
    horizons: tuple[int, ...] = (7, 14, 28)
    regions: tuple[str, ...] | None = None
    step: int = ORIGIN_STEP

    def folds(self, panel: Panel) -> list[Fold]:
        """The warm-up folds that the data allow, then those of the plan."""
        earliest = panel.first + timedelta(days=FEWEST_TRAINING_DAYS)
        starts = [months_after(self.first, -FOLD_MONTHS * k) for k in range(WARM_UP_FOLDS, 0, -1)]
        ends = [*starts[1:], self.first]
        warm = [
            Fold(start, end - timedelta(days=1))
            for start, end in zip(starts, ends, strict=True)
            if start >= earliest
        ]
        return warm + folds_between(self.first, self.last)


def run_backtest(
    panel: Panel,
    plan: Plan,
    folder: Path,
    *,
    workers: Workers = HERE,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Calibrated forecasts of the plan, one row for each series, origin and horizon.

    Columns: RAW_SCHEMA of folds, those that Calibration.apply adds, and `shown`: whether a verdict
    might be given by what was known when the fold began. Warm-up rows have `warm` true. Raises
    NoDataError where the panel does not reach the plan.
    """
    region_rows = [
        r for r, k in enumerate(panel.keys) if not plan.regions or k.region in plan.regions
    ]
    if not region_rows or panel.last < plan.first:
        where = ", ".join(plan.regions or ("모든 지역",))
        raise NoDataError(
            f"{where}에서 {plan.first}부터 시험할 날마다의 조사가격이 없습니다. "
            "`altteul import`로 더 넣거나 기간을 바꿔 주세요."
        )
    folds = plan.folds(panel)
    raws = _run_folds(panel, folds, plan, folder, workers, progress or _silent)
    return _in_order(folds, raws, plan.first)


def _run_folds(
    panel: Panel, folds: Sequence[Fold], plan: Plan, folder: Path, workers: Workers, tell: Progress
) -> list[pl.DataFrame]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{_digest(panel, fold, plan)}.parquet" for fold in folds]
    missing = [place for place, path in enumerate(paths) if not path.exists()]
    for place in set(range(len(paths))) - set(missing):
        paths[place].touch()  # Still in use: see keeping.drop_old.
    done = len(folds) - len(missing)
    tell(f"{len(folds)}단계 가운데 {done}단계는 지난번에 마침", done / len(folds))
    how = Forecasting(plan.horizons, plan.regions, plan.step)
    for place, frame in workers.run(panel, [(p, folds[p]) for p in missing], how):
        _keep(frame, paths[place])
        done += 1
        tell(f"{folds[place].first}부터 시험", done / len(folds))
    return [pl.read_parquet(path) for path in paths]


def _in_order(folds: Sequence[Fold], raws: Sequence[pl.DataFrame], first: date) -> pl.DataFrame:
    """Calibrate each fold by the folds before it, and gate it by their scores."""
    made: list[pl.DataFrame] = []
    for place, (fold, raw) in enumerate(zip(folds, raws, strict=True)):
        calibrated = _calibrated(raw, pl.concat(raws[: place + 1]))
        made.append(gated(calibrated, made, fold).with_columns(warm=pl.lit(fold.first < first)))
    return pl.concat(made)


def _calibrated(raw: pl.DataFrame, past: pl.DataFrame) -> pl.DataFrame:
    """Calibrate month by month, each by the truths that had come before it began."""
    month, first = raw["origin"].dt.truncate("1mo"), raw["origin"].min()
    if not isinstance(first, date):
        return learn(past.clear()).apply(raw)
    made = [
        learn(past, max(start, first)).apply(raw.filter(month == start))
        for start in month.unique().sort()
    ]
    return pl.concat(made)


def gated(frame: pl.DataFrame, earlier: Sequence[pl.DataFrame], fold: Fold) -> pl.DataFrame:
    """Adds `shown`: series and horizon beat both baselines by what was known before the fold."""
    past = [one.filter(pl.col("target") <= fold.known_until) for one in earlier]
    good = [
        {"series": score.series, "horizon": score.horizon, "shown": True}
        for score in (scores_of(pl.concat(past).drop("shown", "warm")) if past else [])
        if score.beats_both
    ]
    table = pl.DataFrame(
        good, schema={"series": pl.String, "horizon": pl.Int64, "shown": pl.Boolean}
    )
    return frame.join(
        table, on=("series", "horizon"), how="left", maintain_order="left"
    ).with_columns(pl.col("shown").fill_null(value=False))


def _digest(panel: Panel, fold: Fold, plan: Plan) -> str:
    """What the fold's rows depend on: the prices until its last target, and the recipe."""
    kept = panel.until(fold.last + timedelta(days=max(plan.horizons)))
    words = [RECIPE, fold, plan.horizons, plan.regions, plan.step, kept.digest()]
    return f"{fold.first}-{hashlib.sha256(repr(words).encode()).hexdigest()[:20]}"


def _keep(frame: pl.DataFrame, path: Path) -> None:
    """Write beside and rename: a kill leaves no half file."""
    beside = path.with_suffix(".part")
    frame.write_parquet(beside)
    beside.replace(path)


def _silent(_what: str, _done: float) -> None:
    """Progress for nobody."""
