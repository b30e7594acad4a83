"""The normal price of an item in a region, and the word for today's price beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from altteul.market.normal import YEARS_BACK, NormalRule, normal_on
from altteul.market.offer import HowUnusual, NormalPrice
from altteul.market.packs import unit_price
from altteul.market.regional import CURRENT_DAYS, Series, in_regions, known_on, of_variety
from altteul.market.report import RecentLevel
from altteul.market.spread import Spread
from altteul.market.unusual import how_unusual, usual_deviation

PUBLISHED_DAYS = 10
"""A published normal price is for a calendar day; one of another season is not today's."""

RECENT_DAYS = 90
FEWEST_RECENT_DAYS = 20
SAME_SIZE = 2.0
"""Packs of pieces that differ more in size than this are not compared (계란 10구 and 30구)."""

ANY_AGE = 366 * (YEARS_BACK + 1)


@dataclass(frozen=True, slots=True)
class RegionalSeries:
    """All published series of one item: means and normal prices."""

    means: Sequence[Series]
    normals: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal price: as shown, in won for the pack of `beside`, and a note on what it rests on.

    `beside` is the series of means that it belongs to (same pack), where there is one.
    """

    shown: NormalPrice
    won: float
    note: str
    pack: Series
    beside: Series | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word for today's price, what was compared, the normal price and its note."""

    normal: NormalPrice | None
    note: str
    unusual: HowUnusual = HowUnusual.UNKNOWN
    compared: str | None = None


def normal_price(
    every: RegionalSeries,
    on: date,
    regions: Sequence[str],
    variety: str | None = None,
    rule: NormalRule = NormalRule.TRIMMED,
) -> Normal | None:
    """The normal price on a day in the first of the regions that has one.

    Looked for beside the means of the last two weeks first, so that today's price and the normal
    price are of the same pack; published before computed.
    """
    means = of_variety(every.means, variety)
    normals = list(
        in_regions(known_on(of_variety(every.normals, variety), on, PUBLISHED_DAYS), regions)
    )
    for mean in in_regions(known_on(means, on, CURRENT_DAYS), regions):
        if found := _published(normals, mean) or _computed(mean, on, rule, mean):
            return found
    older = in_regions(known_on(means, on, ANY_AGE), regions)
    return _published(normals, None) or next(_all_computed(older, on, rule), None)


def judge(
    every: RegionalSeries,
    on: date,
    regions: Sequence[str],
    spread: Spread | None,
    variety: str | None = None,
    rule: NormalRule = NormalRule.TRIMMED,
) -> Judgement:
    """The normal price of an item, and how today stands to it.

    Today's price is the newest mean of the same pack; without one of the last two weeks, the
    sellers' median in the same unit.
    """
    normal = normal_price(every, on, regions, variety, rule)
    if normal is None:
        return Judgement(None, _why_none(every, on, regions))
    series = normal.beside or normal.pack
    deviation = usual_deviation(series.days, series.won, rule)
    if normal.beside is not None:
        today = normal.beside.value(on)
        word = how_unusual(float(normal.beside.won[-1]), normal.won, deviation)
        compared = f"{today.region} 평균 {today.unit_price.won.mid:,}원/{today.unit_price.per}"
        return Judgement(normal.shown, normal.note, word, f"{compared} ({today.observed_on} 조사)")
    if spread is None or not _comparable(spread, normal):
        return Judgement(normal.shown, normal.note)
    word = how_unusual(spread.won.mid, normal.shown.won, deviation)
    compared = f"판매처 {spread.sellers}곳의 가운데값 {spread.won.mid:,}원/{spread.per}"
    return Judgement(normal.shown, normal.note, word, compared)


def recent_level(
    every: RegionalSeries, on: date, regions: Sequence[str], variety: str | None = None
) -> RecentLevel | None:
    """The median of the last 90 days of the region's current mean; None with under 20 of them."""
    means = of_variety(every.means, variety)
    current = next(in_regions(known_on(means, on, CURRENT_DAYS), regions), None)
    if current is None:
        return None
    recent = current.days >= np.datetime64(on - timedelta(days=RECENT_DAYS))
    if recent.sum() < FEWEST_RECENT_DAYS:
        return None
    level = unit_price(round(float(np.median(current.won[recent]))), current.pack)
    first: date = current.days[recent][0].item()
    return RecentLevel(
        won=level.won.mid,
        per=level.per,
        since=first,
        until=current.newest,
        survey_days=int(recent.sum()),
        region=current.region,
        source=current.source,
    )


def _published(normals: Sequence[Series], mean: Series | None) -> Normal | None:
    """The newest published normal price, of the same goods as `mean` where that is given."""
    same = (n for n in normals if mean is None or _same_goods(n, mean))
    series = next(same, None)
    if series is None:
        return None
    won = float(series.won[-1])
    note = f"{series.region} 발표값, {series.newest} 기준"
    return Normal(_shown(series, won, (), published=True), won, note, series, mean)


def _computed(series: Series, on: date, rule: NormalRule, beside: Series | None) -> Normal | None:
    found = normal_on(series.days, series.won, on, rule)
    if found is None:
        return None
    shown = _shown(series, found.won, found.years, published=False)
    years = "·".join(map(str, found.years))
    few = f", {YEARS_BACK}년 가운데 {len(found.years)}년만 있음" * (len(found.years) < YEARS_BACK)
    note = f"알뜰이 {series.region} 평균으로 계산: {years}년{few}"
    return Normal(shown, found.won, note, series, beside)


def _all_computed(every: Iterator[Series], on: date, rule: NormalRule) -> Iterator[Normal]:
    for series in every:
        if found := _computed(series, on, rule, None):
            yield found


def _shown(series: Series, won: float, years: tuple[int, ...], *, published: bool) -> NormalPrice:
    price = unit_price(round(won), series.pack)
    return NormalPrice(
        won=price.won.mid,
        per=price.per,
        published=published,
        years=years,
        region=series.region,
        source=series.source,
    )


def _same_goods(one: Series, other: Series) -> bool:
    """Same pack, variety and grade; the region may differ (KAMIS publishes 평년 for 전국 only)."""
    return (one.pack, one.variety, one.grade) == (other.pack, other.variety, other.grade)


def _comparable(spread: Spread, normal: Normal) -> bool:
    """Whether the sellers' packs are of the unit, and for pieces of the size, of the normal's."""
    if spread.per != normal.shown.per or spread.estimated * 2 > spread.sellers:
        return False
    pack = normal.pack.pack
    if pack.base_unit in ("g", "mL"):
        return True
    sizes = (spread.cheapest.pack.amount_mid, spread.dearest.pack.amount_mid)
    return all(1 / SAME_SIZE <= size / pack.amount_mid <= SAME_SIZE for size in sizes)


def _why_none(every: RegionalSeries, on: date, regions: Sequence[str]) -> str:
    known = list(in_regions(known_on(every.means, on, ANY_AGE), regions))
    if not known:
        return "이 품목의 지역 평균가격이 없어 평년 없음"
    since = min(series.days[0].item() for series in known)
    return f"{since}부터의 자료만 있어 지난 해의 같은 때가 없음, 평년 없음"
