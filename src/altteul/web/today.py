"""What the screen of today tells: what is cheap or dear against its normal price, what is in
season. Words and numbers are the market's own; an item without a normal price is 모름."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from altteul.catalog import Catalog
from altteul.market.offer import HowUnusual, NormalPrice, Place
from altteul.market.report import PriceReport
from altteul.market.spread import Spread
from altteul.planner.advice import SubstituteAdvice

CHEAP: Final = frozenset({HowUnusual.CHEAP})
DEAR: Final = frozenset({HowUnusual.DEAR, HowUnusual.VERY_DEAR})
MOST_INSTEAD: Final = 2


@dataclass(frozen=True, slots=True)
class Instead:
    """What may be taken in the place of a dear item: the advice's own words and numbers."""

    item: str
    uses: tuple[str, ...]
    saves_percent: int | None
    taste: str
    new_allergens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """An item as it stands today. `percent` is the compared price beside the normal one (−20 is a
    fifth below); None where the two cannot be laid side by side."""

    item: str
    word: HowUnusual
    compared: str | None
    normal: NormalPrice | None
    percent: int | None
    spread: Spread | None
    in_season: bool
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the screen: each item stands in one of cheap, dear, ordinary and unknown."""

    place: Place
    on: date
    cheap: tuple[Today, ...]
    dear: tuple[Today, ...]
    ordinary: tuple[Today, ...]
    unknown: tuple[str, ...]
    season: tuple[Today, ...]


def board(place: Place, on: date, reports: Iterable[PriceReport], catalog: Catalog) -> Board:
    """Sort the reports of one place and day: the furthest from normal first."""
    seen = [today(report, catalog) for report in reports if report.offers or report.region_values]
    return Board(
        place=place,
        on=on,
        cheap=_sorted((one for one in seen if one.word in CHEAP), 1),
        dear=_sorted((one for one in seen if one.word in DEAR), -1),
        ordinary=_sorted((one for one in seen if one.word is HowUnusual.ORDINARY), 1),
        unknown=tuple(one.item for one in seen if one.word is HowUnusual.UNKNOWN),
        season=tuple(one for one in seen if one.in_season and one.word not in DEAR),
    )


def today(report: PriceReport, catalog: Catalog) -> Today:
    """One report as it stands on the screen."""
    return Today(
        item=report.item,
        word=report.unusual,
        compared=report.compared,
        normal=report.normal,
        percent=_percent(report),
        spread=report.spread,
        in_season=bool(catalog.item(report.item).in_season(report.on.month)),
    )


def _percent(report: PriceReport) -> int | None:
    won = _compared_won(report)
    if won is None or report.normal is None or not report.normal.won:
        return None
    return round(100 * (won / report.normal.won - 1))


def _compared_won(report: PriceReport) -> int | None:
    """The number behind `compared`, which the report holds as a sentence."""
    if report.compared is None or report.normal is None:
        return None
    for value in report.region_values:
        price = value.unit_price
        if report.compared.startswith(f"{value.region} 평균 {price.won.mid:,}원/{price.per} "):
            return price.won.mid if price.per == report.normal.per else None
    spread = report.spread
    if spread and report.compared.startswith("판매처") and spread.per == report.normal.per:
        return spread.won.mid
    return None


def _sorted(found: Iterable[Today], sign: int) -> tuple[Today, ...]:
    """The furthest from normal first (`sign` 1: the cheapest); equals by name."""
    return tuple(sorted(found, key=lambda one: (sign * (one.percent or 0), one.item)))


def instead_of(advice: SubstituteAdvice) -> tuple[Instead, ...]:
    """The first substitutes that the advice recommends."""
    chosen = [choice for choice in advice.choices if choice.recommended][:MOST_INSTEAD]
    return tuple(
        Instead(c.facts.item, c.uses, c.saves_percent, c.taste, c.new_allergens) for c in chosen
    )
