"""Makes the chart of one item: history, 평년 band, forecast fan, holidays, table and sentence.

Nothing is computed that takes long: prices come from the history, forecasts are those that a
nightly job kept (see outlook). Where none is kept the fan is empty and the sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.errors import NoDataError
from altteul.forecast import calendar_days
from altteul.forecast.ahead import DayAhead, day_ahead
from altteul.forecast.chart import (
    FORECAST,
    SURVEYED,
    ItemChart,
    Mark,
    NormalPoint,
    PricePoint,
    TableRow,
)
from altteul.forecast.chart_words import sentence_of
from altteul.forecast.features import FRESH_DAYS
from altteul.forecast.keeping import newest_kept
from altteul.forecast.models import levels_of_earlier_years, trimmed_mean
from altteul.forecast.panel import Panel, Preference, preference, read_panel
from altteul.forecast.past import WEEK, carried, rolling_mean
from altteul.history import History
from altteul.sources.observation import Channel

Floats = NDArray[np.float64]

DAYS_BACK = 365
DAYS_AHEAD = 28
TABLE_WEEKS_BACK = 8
NATIONWIDE = "전국"


def chart_of(
    history: History,
    home: Path,
    item: str,
    region: str,
    on: date,
    *,
    channel: Channel | None = None,
    days_back: int = DAYS_BACK,
) -> ItemChart:
    """The chart of an item (its name in the catalog) as known on a day.

    A region or channel without a series of its own is answered by 전국 and by all channels; the
    document names what it shows. Raises NoDataError where there is no price of the item yet.
    """
    panel = read_panel(history, items=[item], regions=[region, NATIONWIDE], until=on)
    row = _chosen(panel, region, channel)
    if row is None:
        raise NoDataError(
            f"{region}에는 {on}까지의 {item} 지역 평균가격이 없습니다. "
            "다른 지역이나 날짜로 해 보세요."
        )
    one = panel.chosen([row])
    fan, made_on = _fan(home, one.keys[0].text, on)
    return _drawn(one, fan, made_on, on, days_back)


def _chosen(panel: Panel, region: str, channel: Channel | None) -> int | None:
    def rank(row: int) -> tuple[bool, Preference]:
        key, seen = panel.keys[row], np.flatnonzero(np.isfinite(panel.won[row]))
        own = channel is not None and key.channel == channel.value
        return own, preference(key, region, panel.day(int(seen[-1])), int(seen.size))

    usable = [
        row for row, key in enumerate(panel.keys) if key.channel in ("", channel and channel.value)
    ]
    return max(usable, key=rank, default=None)


def _drawn(
    one: Panel, fan: tuple[DayAhead, ...], made_on: date | None, on: date, days_back: int
) -> ItemChart:
    key = one.keys[0]
    seen = np.flatnonzero(np.isfinite(one.won[0]))
    first = max(one.first, on - timedelta(days=days_back))
    history = tuple(
        PricePoint(day=one.day(int(column)), won=round(float(one.won[0, column])))
        for column in seen
        if one.day(int(column)) >= first
    )
    newest = PricePoint(day=one.day(int(seen[-1])), won=round(float(one.won[0, seen[-1]])))
    normal = _normal(one, first, on + timedelta(days=DAYS_AHEAD))
    chart = ItemChart(
        item=key.item,
        variety=key.variety or None,
        region=key.region,
        channel=Channel(key.channel) if key.channel else None,
        unit=key.unit,
        source=key.source,
        on=on,
        price=newest.won,
        observed_on=newest.day,
        made_on=made_on,
        history=history,
        normal=normal,
        fan=fan,
        marks=tuple(_marks(first, on + timedelta(days=DAYS_AHEAD))),
        table=tuple(_table(history, normal, fan)),
        sentence="",
        simulated=bool(one.simulated[0]),
    )
    return chart.model_copy(update={"sentence": sentence_of(chart)})


def _normal(one: Panel, first: date, last: date) -> tuple[NormalPoint, ...]:
    """평년 of each day between the two, as far as earlier years were surveyed."""
    log, _ = carried(np.log(one.won))
    columns = np.arange(one.column(first), one.column(last) + 1)
    weekly = rolling_mean(log, WEEK)
    years = np.exp(levels_of_earlier_years(weekly, np.zeros_like(columns), columns))
    known = np.isfinite(years).sum(axis=0)
    middle = trimmed_mean(years)
    return tuple(
        NormalPoint(
            day=one.day(int(column)),
            low=round(float(np.nanmin(years[:, place]))),
            mid=round(float(middle[place])),
            high=round(float(np.nanmax(years[:, place]))),
            years=int(known[place]),
        )
        for place, column in enumerate(columns)
        if known[place]
    )


def _marks(first: date, last: date) -> Iterator[Mark]:
    """Public holidays (days in a row with one name are one mark) and 김장철, by their first day."""
    found: list[Mark] = []
    for year in range(first.year, last.year + 1):
        for day, name in sorted(calendar_days.public_holidays(year).items()):
            before = found[-1] if found else None
            if before and before.name == name and day - before.until == timedelta(days=1):
                found[-1] = before.model_copy(update={"until": day})
            else:
                found.append(Mark(day=day, until=day, name=name))
        (from_month, from_day), (to_month, to_day) = calendar_days.KIMJANG
        season = date(year, from_month, from_day), date(year, to_month, to_day)
        found.append(Mark(day=season[0], until=season[1], name="김장철"))
    inside = (mark for mark in found if mark.until >= first and mark.day <= last)
    yield from sorted(inside, key=lambda mark: mark.day)


def _table(
    history: tuple[PricePoint, ...], normal: tuple[NormalPoint, ...], fan: tuple[DayAhead, ...]
) -> Iterator[TableRow]:
    """One survey a week of the last weeks, then the forecast of tomorrow and of each week."""
    usual = {point.day: point.mid for point in normal}
    if not history:
        return
    newest_of_week = {(history[-1].day - p.day).days // WEEK: p for p in history}
    for week in sorted(newest_of_week, reverse=True):
        point = newest_of_week[week]
        if week < TABLE_WEEKS_BACK:
            yield TableRow(day=point.day, kind=SURVEYED, won=point.won, normal=usual.get(point.day))
    for ahead, day in enumerate(fan, start=1):
        if ahead == 1 or ahead % WEEK == 0:
            yield TableRow(
                day=day.day,
                kind=FORECAST,
                won=day.mid,
                low=day.low_80,
                high=day.high_80,
                normal=usual.get(day.day),
                proved=day.proved,
            )


def _fan(home: Path, series: str, on: date) -> tuple[tuple[DayAhead, ...], date | None]:
    """The kept forecast of a series from the day after `on`; empty where none is fresh enough."""
    kept = newest_kept(home, on)
    if kept is None or on - kept.made_on > timedelta(days=FRESH_DAYS):
        return (), kept.made_on if kept else None
    rows = pl.scan_parquet(kept.path).filter((pl.col("series") == series) & (pl.col("target") > on))
    days = rows.sort("horizon").collect().iter_rows(named=True)
    return tuple(day_ahead(day) for day in days), kept.made_on
