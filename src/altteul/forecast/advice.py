"""Advice on one item, and the record of all advice: what commands and pages ask for."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from altteul.catalog.model import Item
from altteul.errors import NoDataError
from altteul.forecast import few_surveys
from altteul.forecast.ahead import DayAhead
from altteul.forecast.backtest import FEWEST_TRAINING_DAYS, HERE, Progress
from altteul.forecast.decisions import words
from altteul.forecast.features import FRESH_DAYS
from altteul.forecast.forecaster import (
    HORIZONS,
    SCORED,
    Forecasts,
    forecast,
    inputs_hash,
    past_folds,
    priced_of,
)
from altteul.forecast.keeping import drop_old
from altteul.forecast.panel import Panel, Preference, SeriesKey, preference
from altteul.forecast.record import Kind, Record
from altteul.forecast.spreading import Workers
from altteul.forecast.verdict import Situation, Verdict, judge, too_little
from altteul.frozen import Frozen
from altteul.history.state import State


class ForecastReport(Frozen):
    """One item in one region: its verdict and the next 28 days. Won per pack (`unit`)."""

    schema_version: str = "altteul.forecast/1"
    item: str
    variety: str | None
    region: str
    unit: str
    on: date
    price: int
    observed_on: date
    verdict: Verdict
    days: tuple[DayAhead, ...]
    simulated: bool


def advise(
    panel: Panel,
    item: Item,
    region: str,
    asked: Situation,
    home: Path,
    *,
    progress: Progress | None = None,
) -> tuple[ForecastReport, pl.DataFrame, str]:
    """The report, the decided rows for the record, and the hash of their inputs.

    How long the item keeps is the catalog's where `asked` does not say. An item with little history
    gets a range without a verdict (see few_surveys) and nothing for the record. Raises NoDataError
    where the region has no fresh price of the item.
    """
    on = asked.on
    _check(panel, item.name, region, on)
    few = _with_few_surveys(panel.until(on), item.name, region, asked)
    if few is not None:
        return few, pl.DataFrame(), ""
    made = forecast(panel, on, home, progress=progress)
    series = _best(made, item.name, region)
    if series is None:
        raise NoDataError(_nothing(item.name, region, on))
    priced = made.priced(series)
    days = tuple(one for one in made.days(series) if one.day > on)
    keeps = item.keeps.longest if item.keeps is not None else None
    situation = replace(asked, on=made.on, keeps_days=asked.keeps_days or keeps)
    verdict = judge(priced, days, situation)
    report = ForecastReport(
        item=item.name,
        variety=series.split("|")[1] or None,
        region=region,
        unit=priced.unit,
        on=made.on,
        price=priced.price,
        observed_on=priced.observed_on,
        verdict=verdict,
        days=days,
        simulated=priced.simulated,
    )
    said = [*SCORED, (verdict.until - made.on).days if verdict.until else SCORED[0]]
    rows = made.rows.filter((pl.col("series") == series) & pl.col("horizon").is_in(said))
    return report, words(rows), made.inputs


def _with_few_surveys(
    known: Panel, item: str, region: str, asked: Situation
) -> ForecastReport | None:
    """The report of an item whose history is too short for models; None where it is not."""
    row = few_surveys.best_row(known, item, region)
    if row is None:
        return None
    won = known.won[row][np.isfinite(known.won[row])]
    short = won.size < few_surveys.ENOUGH or known.days < FEWEST_TRAINING_DAYS
    if won.size < few_surveys.FEWEST or not short:
        return None
    priced = priced_of(known, row)
    days = few_surveys.days_ahead(won, known.last, HORIZONS)
    return ForecastReport(
        item=item,
        variety=known.keys[row].variety or None,
        region=region,
        unit=priced.unit,
        on=known.last,
        price=priced.price,
        observed_on=priced.observed_on,
        verdict=too_little(priced, won.size, replace(asked, on=known.last)),
        days=tuple(one for one in days if one.day > asked.on),
        simulated=priced.simulated,
    )


class Nightly(Frozen):
    """What a nightly run did: forecasts kept, advice recorded, truths that had come."""

    schema_version: str = "altteul.nightly/1"
    on: date
    series: int
    shown: int
    recorded: int
    scored: int
    simulated: bool


def keep_all(
    panel: Panel,
    on: date,
    home: Path,
    state_url: str,
    *,
    workers: Workers = HERE,
    progress: Progress | None = None,
) -> Nightly:
    """Compute and keep the forecasts of all series, record them as issued, score older ones.

    What no night used for long is removed. Doing it again on the same prices computes and records
    nothing. `shown` counts the series of which some horizon may be shown. Raises NoDataError where
    there is too little to learn from.
    """
    made = forecast(panel, on, home, workers=workers, progress=progress)
    record = Record(State(state_url))
    scored = record.score(panel.until(on))
    _replay(record, panel.until(on), home, workers, progress)
    drop_old(home, time.time())
    decided = words(made.rows.filter(pl.col("horizon").is_in(SCORED)))
    return Nightly(
        on=made.on,
        series=made.rows["series"].n_unique(),
        shown=made.rows.filter("shown")["series"].n_unique(),
        recorded=record.issue(decided, Kind.REAL, made.inputs),
        scored=scored,
        simulated=bool(made.rows["simulated"].any()),
    )


def filled_record(
    panel: Panel, home: Path, state_url: str, *, progress: Progress | None = None
) -> Record:
    """The record with the truths that have come; an empty one is filled by replaying (모의)."""
    record = Record(State(state_url))
    record.score(panel)
    _replay(record, panel, home, HERE, progress)
    return record


def _replay(
    record: Record, panel: Panel, home: Path, workers: Workers, tell: Progress | None
) -> None:
    """Fill an empty record with what the rule would have said in the past two quarters (모의)."""
    if record.has(Kind.REPLAYED) or not panel.keys:
        return
    past = past_folds(panel, panel.last, home, workers=workers, progress=tell)
    if past is not None:
        tested = words(past.filter(~pl.col("warm")).drop_nulls("truth"))
        record.issue(tested, Kind.REPLAYED, inputs_hash(panel))


def _check(panel: Panel, item: str, region: str, on: date) -> None:
    """Refuse before the long work when nothing could come of it."""
    known = panel.until(on) if panel.keys else panel
    if known.keys and on - known.last > timedelta(days=FRESH_DAYS):
        raise NoDataError(
            f"{on}에서 {FRESH_DAYS}일 안의 조사가격이 없습니다(마지막 조사일 {known.last}). "
            "`altteul fetch`로 새로 받거나 --on으로 날짜를 바꿔 주세요."
        )
    if not known.rows_of(item=item, region=region):
        raise NoDataError(_nothing(item, region, on))


def _best(made: Forecasts, item: str, region: str) -> str | None:
    length = {key.text: row for row, key in enumerate(made.panel.keys)}

    def rank(series: str) -> Preference:
        won = made.panel.won[length[series]]
        observed = made.priced(series).observed_on
        return preference(SeriesKey.of(series), region, observed, int((won > 0).sum()))

    return max(made.series_of(item, region), key=rank, default=None)


def _nothing(item: str, region: str, on: date) -> str:
    return (
        f"{region}에는 {on}에 쓸 {item}의 날마다의 지역 평균가격이 없습니다. "
        "다른 지역(--region)이나 날짜(--on)로 해 보세요."
    )
