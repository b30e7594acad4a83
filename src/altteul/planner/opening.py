"""On which days and from when to when sellers are open, as far as anybody knows.

Market days (5일장) come from the registry. Large stores close on two Sundays a month in most
districts: 유통산업발전법 제12조의2 lets districts set two closing days a month for 대형마트 and
준대규모점포, public holidays unless agreed otherwise, which most made the second and fourth Sunday;
stores with 55 % of farm goods (하나로마트) are exempt there. Hours are not surveyed: what stands
here are assumptions, said in a notice where they matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache

from pydantic import Field

from altteul.frozen import Frozen
from altteul.history.seller import Seller
from altteul.market.reach import is_open as has_market
from altteul.sources.observation import Channel

SUNDAY = 6
FEAST_MONTHS = frozenset({1, 2, 9, 10})
FEASTS = ("Korean New Year", "Chuseok")


class Hours(Frozen):
    """From when to when a seller serves."""

    opens: time
    closes: time


class OpeningRules(Frozen):
    """What is assumed about opening; replace what is known better for a district.

    `closed_weekday` (0 Monday … 6 Sunday) and `closed_weeks` (first, second … of the month) are for
    large stores; `exempt` are words in names of stores that need not close.
    """

    closed_weekday: int = Field(default=SUNDAY, ge=0, le=6)
    closed_weeks: tuple[int, ...] = (2, 4)
    exempt: tuple[str, ...] = ("하나로", "농협", "백화점")
    hours: Mapping[Channel, Hours] = {
        Channel.TRADITIONAL_MARKET: Hours(opens=time(9), closes=time(19)),
        Channel.LARGE_STORE: Hours(opens=time(10), closes=time(22)),
        Channel.LOCAL_FOOD: Hours(opens=time(9), closes=time(18)),
    }

    def is_open(self, seller: Seller, day: date) -> bool:
        """Whether the seller sells on that day."""
        if not has_market(seller, day) or is_feast(day):
            return False
        return not (self._must_close(seller) and self.is_closing_day(day))

    def is_closing_day(self, day: date) -> bool:
        """Whether large stores have to close."""
        week = (day.day - 1) // 7 + 1
        return day.weekday() == self.closed_weekday and week in self.closed_weeks

    def _must_close(self, seller: Seller) -> bool:
        exempt = any(word in seller.name for word in self.exempt)
        return seller.channel is Channel.LARGE_STORE and not exempt

    def minutes(self, seller: Seller) -> tuple[int, int]:
        """Minutes of the day at which the seller opens and closes; all day where nothing is
        assumed."""
        hours = self.hours.get(seller.channel)
        if hours is None:
            return 0, 24 * 60
        return minutes_of(hours.opens), minutes_of(hours.closes)


def minutes_of(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(minutes: int) -> time:
    """The time of day; after midnight it begins anew."""
    return time(minutes // 60 % 24, minutes % 60)


def is_feast(day: date) -> bool:
    """설날 and 추석 themselves: markets and most stores are taken to be closed (assumption)."""
    return day.month in FEAST_MONTHS and day in _feasts(day.year)


@lru_cache(maxsize=16)
def _feasts(year: int) -> frozenset[date]:
    # Loading the calendar takes a moment: only in the months of the feasts.
    from holidays import country_holidays

    found = country_holidays("KR", years=year, language="en_US")
    return frozenset(day for day, name in found.items() if name in FEASTS)
