"""The spread of an item's prices as a strip of dots, drawn here as SVG; the table beside it says
the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from altteul.market.report import PriceReport

WIDTH, EDGE = 360, 12
ABOVE, BELOW, ROW = 26, 36, 15
TOUCHING = 14.5


class Dot(NamedTuple):
    """One seller's price on the strip: SVG coordinates and its channel."""

    x: float
    y: float
    channel: str


class Strip(NamedTuple):
    """What the template draws: dots, the scale's ends, and where middle and normal price lie."""

    dots: tuple[Dot, ...]
    low: int
    high: int
    middle_x: float
    normal_x: float | None
    normal_anchor: str
    base: int
    height: int


def strip(prices: Sequence[tuple[int, str]], middle: int, normal: int | None) -> Strip:
    """A dot for each (won, channel), at least one; dots that would touch are stacked."""
    values = [won for won, _ in prices] + ([normal] if normal else [])
    low, high = min(values), max(values)
    stacked = _stacked([(_x(won, low, high), channel) for won, channel in sorted(prices)])
    base = ABOVE + ROW * (1 + max(level for _, level, _ in stacked))
    normal_x = _x(normal, low, high) if normal else None
    return Strip(
        dots=tuple(Dot(x, base - 10 - ROW * level, channel) for x, level, channel in stacked),
        low=low,
        high=high,
        middle_x=_x(middle, low, high),
        normal_x=normal_x,
        normal_anchor=_anchor(normal_x),
        base=base,
        height=base + BELOW,
    )


def strip_of(report: PriceReport) -> Strip | None:
    """The strip of a report; the normal price is on it where it is in the same unit."""
    spread = report.spread
    if spread is None or spread.sellers < 2:
        return None
    lowest: dict[str, tuple[int, str]] = {}
    for offer in report.offers:
        if offer.unit_price.per == spread.per:
            price = (offer.unit_price.won.mid, offer.seller.channel.value)
            lowest[offer.seller.id] = min(lowest.get(offer.seller.id, price), price)
    normal = report.normal
    same_unit = normal is not None and normal.per == spread.per
    return strip(
        list(lowest.values()), spread.won.mid, normal.won if normal and same_unit else None
    )


def _stacked(dots: Sequence[tuple[float, str]]) -> list[tuple[float, int, str]]:
    """Each dot, from left to right, on the lowest level where it touches none."""
    last_on_level: list[float] = []
    placed: list[tuple[float, int, str]] = []
    for x, channel in dots:
        level = next((n for n, last in enumerate(last_on_level) if x - last >= TOUCHING), None)
        if level is None:
            level = len(last_on_level)
            last_on_level.append(x)
        last_on_level[level] = x
        placed.append((x, level, channel))
    return placed


def _x(won: int, low: int, high: int) -> float:
    share = (won - low) / (high - low) if high > low else 0.5
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def _anchor(x: float | None) -> str:
    """Which way the words go so that they stay inside the picture."""
    if x is None or WIDTH / 4 < x < 3 * WIDTH / 4:
        return "middle"
    return "start" if x <= WIDTH / 4 else "end"
