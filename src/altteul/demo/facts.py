"""The practice market in the words of the price table: which days are kept, and as what rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.demo.asked_prices import Asked
from altteul.demo.goods import Good
from altteul.demo.stalls import Stall
from altteul.demo.towns import SOURCE, survey_region
from altteul.sources.observation import OBSERVATION_SCHEMA, Discount, Measure, Stage
from altteul.units import Pack

DAILY_SURVEYS = 40
"""The prices of single sellers are kept for so many survey days up to the last one, and for the
first survey day of every week before that."""


@dataclass(frozen=True, slots=True)
class _What:
    """What stands the same in all rows of one column of prices."""

    good: Good
    pack: Pack
    grade: str | None
    region: str
    measure: Measure
    seller: str | None = None
    channel: str | None = None


def kept_days(days: Sequence[date], since: date) -> NDArray[np.bool_]:
    """Which survey days keep the prices of single sellers."""
    recent = days[-DAILY_SURVEYS:][0]
    weeks = [day.isocalendar()[:2] for day in days]
    return np.array(
        [
            day >= since and (day >= recent or week != before)
            for day, week, before in zip(days, weeks, [None, *weeks[:-1]], strict=True)
        ]
    )


def seller_rows(
    asked: Asked, stalls: Sequence[Stall], goods: Sequence[Good], days: Sequence[date], since: date
) -> pl.DataFrame:
    """The prices of single sellers on the kept days, as rows of OBSERVATION_SCHEMA."""
    kept = kept_days(days, since)
    when = np.array(days)[kept]
    whats = [
        _What(
            good=goods[stall.good],
            pack=stall.pack,
            grade=stall.grade,
            region=survey_region(stall.seller),
            measure=Measure.PRICE,
            seller=stall.seller.key,
            channel=stall.seller.channel,
        )
        for stall in stalls
    ]
    flags = np.where(asked.one_plus_one, 2, np.where(asked.sale, 1, 0))[kept]
    return _rows(whats, when, asked.won[kept], asked.seen[kept], flags)


def mean_rows(
    means: NDArray[np.float64],
    goods: Sequence[Good],
    days: Sequence[date],
    region: str,
    measure: Measure,
) -> pl.DataFrame:
    """Published statistics of a region, as rows of OBSERVATION_SCHEMA; NaN is left out."""
    whats = [_What(good, good.sizes()[0][0], good.grade, region, measure) for good in goods]
    won = np.nan_to_num(np.rint(means)).astype(np.int32)
    return _rows(whats, np.array(days), won, ~np.isnan(means), np.zeros(won.shape, dtype=np.int64))


def _rows(
    whats: Sequence[_What],
    days: NDArray[np.object_],
    won: NDArray[np.int32],
    seen: NDArray[np.bool_],
    flags: NDArray[np.int64],
) -> pl.DataFrame:
    """Join what is the same in a column with its days; arrays are of shape (days, whats)."""
    row, column = np.nonzero(seen)
    promotions = (None, Discount.SALE.value, Discount.ONE_PLUS_ONE.value)
    long = pl.DataFrame(
        {
            "column": column,
            "date": pl.Series(days.tolist(), dtype=pl.Date).gather(row),
            "price": won[row, column],
            "discount": pl.Series(promotions, dtype=pl.String).gather(flags[row, column]),
        }
    )
    rows = long.join(_columns(whats), on="column", maintain_order="left")
    return rows.select(OBSERVATION_SCHEMA.names()).cast(OBSERVATION_SCHEMA)


def _columns(whats: Sequence[_What]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "column": number,
                "stage": Stage.RETAIL.value,
                "item": what.good.item,
                "variety": what.good.variety,
                "grade": what.grade,
                "origin": None,
                "measure": what.measure.value,
                "mass_g": what.pack.mass_g,
                "volume_ml": what.pack.volume_ml,
                "count": what.pack.count,
                "count_unit": what.pack.count_unit,
                "region": what.region,
                "channel": what.channel,
                "seller": what.seller,
                "source": SOURCE,
                "note": None,
                "simulated": True,
            }
            for number, what in enumerate(whats)
        ],
        infer_schema_length=None,
    )
