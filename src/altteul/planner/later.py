"""What goods are expected to cost on later days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from altteul.market.offer import WonRange
from altteul.sources.observation import Channel

WIDENING = 0.03
"""Without a trusted forecast a price of a later day is today's; it may have moved by 3 % times the
square root of the days either way (our assumption), so that waiting can only pay by the trip."""


class Change(Protocol):
    """Low, middle and high of price(day) / price(today)."""

    @property
    def low(self) -> float:
        """At least."""

    @property
    def mid(self) -> float:
        """Most likely."""

    @property
    def high(self) -> float:
        """At most."""


class PriceOutlook(Protocol):
    """Whoever knows how prices will change (`altteul.forecast.outlook.Outlook`)."""

    def change(self, item: str, channel: Channel | None, day: date) -> Change | None:
        """The change of an item's price until a day; None without a trusted forecast."""
        ...


@dataclass(frozen=True, slots=True)
class Moved:
    """A change; `trusted` tells that a forecast stands behind it."""

    low: float
    mid: float
    high: float
    trusted: bool

    def of(self, won: WonRange) -> WonRange:
        """A price of today on the later day, in whole won."""
        return WonRange(
            low=round(won.low * self.low),
            mid=round(won.mid * self.mid),
            high=round(won.high * self.high),
        )


TODAY = Moved(1.0, 1.0, 1.0, True)


def moved(outlook: PriceOutlook | None, item: str, channel: Channel, on: date, day: date) -> Moved:
    """How a price of `on` is expected to have moved on `day`."""
    if day <= on:
        return TODAY
    change = outlook.change(item, channel, day) if outlook else None
    if change is not None:
        return Moved(change.low, change.mid, change.high, True)
    width = WIDENING * (day - on).days ** 0.5
    return Moved(1.0 - width, 1.0, 1.0 + width, False)
