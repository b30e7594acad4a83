"""How prices of a region are expected to change: what plans read, from kept forecasts alone.

Nothing is computed here: a nightly job (`altteul forecast --all`) keeps the forecasts of all
series in the data folder, and an Outlook reads those of one region once and then answers from
memory. Where no forecast may be shown there is no change, and `why_not` says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.forecast.features import FRESH_DAYS
from altteul.forecast.keeping import newest_kept
from altteul.forecast.panel import Preference, SeriesKey, preference
from altteul.frozen import Frozen
from altteul.sources.observation import Channel

Floats = NDArray[np.float64]

NATIONWIDE = "전국"
REMEMBERED = 64
LAST_PRICE, LOW, MIDDLE, HIGH = "now", "q0.1", "median", "q0.9"
READ = (
    "series", "item", "region", "channel", "horizon", LAST_PRICE, LOW, MIDDLE, HIGH,
    "shown", "observed_on", "surveys", "simulated",
)  # fmt: skip


class PriceChange(Frozen):
    """The 0.1, 0.5 and 0.9 quantiles of price(day) / price(today), 추정; 1 means no change.

    `region` is where the series was surveyed: the one asked for, or 전국 where that has none.
    """

    low: float
    mid: float
    high: float
    region: str
    simulated: bool


class Reason(StrEnum):
    """Why there is no change to tell."""

    NOT_KEPT = "예측을 아직 해 두지 않았습니다(`altteul forecast --all`)"
    TOO_OLD = "해 둔 예측이 오래되었습니다(`altteul forecast --all`)"
    NO_SERIES = "이 지역에는 이 품목의 예측이 없습니다"
    OUT_OF_REACH = "예측은 1일에서 28일 뒤까지만 합니다"
    NO_SKILL = "지난 예측이 '마지막 값 그대로'와 '작년 이맘때'보다 확실히 낫지 않았습니다(모름)"


@dataclass(frozen=True)
class _Series:
    """One series' forecast: arrays by horizon (index 0 is one day ahead)."""

    region: str
    rank: Preference
    changes: Floats
    shown: tuple[bool, ...]
    simulated: bool


_Index = dict[tuple[str, str], list[_Series]]


class Outlook:
    """The kept forecasts of one region as seen on a day.

    `made_on` is the last day of the prices that they rest on; None where none is kept. Older
    than FRESH_DAYS they are not used: today's price is then another one.
    """

    def __init__(self, on: date, made_on: date | None, series: _Index) -> None:
        self.on = on
        self.made_on = made_on
        self._series = series

    @classmethod
    def open(cls, home: Path, region: str | None, on: date) -> Outlook:
        """The newest forecasts kept in the data folder on or before a day, for a region.

        Takes milliseconds; a folder without forecasts gives an Outlook that knows nothing
        (`made_on` None). `region` None: only nationwide series.
        """
        kept = newest_kept(home, on)
        if kept is None:
            return cls(on, None, {})
        return cls(on, kept.made_on, _read(kept.path, kept.path.stat().st_mtime_ns, region))

    def change(self, item: str, channel: Channel | None, day: date) -> PriceChange | None:
        """How the price of an item is expected to have changed on a day, against today's.

        None where the verdict rule does not allow a forecast to be shown (no proven skill against
        the last price and the same season at this horizon) or none is kept; see `why_not`.
        A channel without a series of its own is answered by the series of all channels.
        """
        found = self._find(item, channel, day)
        if isinstance(found, Reason):
            return None
        series, horizon = found
        low, mid, high = (float(value) for value in series.changes[horizon - 1])
        return PriceChange(
            low=low, mid=mid, high=high, region=series.region, simulated=series.simulated
        )

    def why_not(self, item: str, channel: Channel | None, day: date) -> Reason | None:
        """Why `change` knows nothing; None where it does."""
        found = self._find(item, channel, day)
        return found if isinstance(found, Reason) else None

    def _find(self, item: str, channel: Channel | None, day: date) -> tuple[_Series, int] | Reason:
        if self.made_on is None:
            return Reason.NOT_KEPT
        if self.on - self.made_on > timedelta(days=FRESH_DAYS):
            return Reason.TOO_OLD
        every = self._of(item, channel)
        if not every:
            return Reason.NO_SERIES
        best, horizon = every[0], (day - self.made_on).days
        if day <= self.on or not 1 <= horizon <= len(best.shown):
            return Reason.OUT_OF_REACH
        return (best, horizon) if best.shown[horizon - 1] else Reason.NO_SKILL

    def _of(self, item: str, channel: Channel | None) -> list[_Series]:
        own = self._series.get((item, channel.value), []) if channel else []
        return own or self._series.get((item, ""), [])


@lru_cache(maxsize=REMEMBERED)
def _read(path: Path, _written: int, region: str | None) -> _Index:
    """The series of a region and the nationwide ones by item and channel, the best first."""
    regions = [NATIONWIDE] if region is None else [region, NATIONWIDE]
    rows = pl.scan_parquet(path).filter(pl.col("region").is_in(regions)).select(READ).collect()
    index: _Index = {}
    for group in rows.sort("series", "horizon").partition_by("series", maintain_order=True):
        first = group.row(0, named=True)
        index.setdefault((first["item"], first["channel"]), []).append(_one(group, first, region))
    for every in index.values():
        every.sort(key=lambda one: one.rank, reverse=True)
    return index


def _one(group: pl.DataFrame, first: dict[str, object], region: str | None) -> _Series:
    observed, surveys = first["observed_on"], first["surveys"]
    assert isinstance(observed, date)
    assert isinstance(surveys, int)
    key = SeriesKey.of(str(first["series"]))
    values = group.select(pl.col(LOW, MIDDLE, HIGH) - pl.col(LAST_PRICE)).to_numpy()
    return _Series(
        region=key.region,
        rank=preference(key, region, observed, surveys),
        changes=np.exp(values),
        shown=tuple(group["shown"].to_list()),
        simulated=bool(first["simulated"]),
    )
