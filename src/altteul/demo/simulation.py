"""The practice market from its first day to the last: goods, survey days, stalls, prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from altteul.demo.asked_prices import Asked, ask_prices
from altteul.demo.goods import Good, all_goods
from altteul.demo.levels import price_levels
from altteul.demo.stalls import Stall, open_stalls
from altteul.demo.survey_days import survey_days
from altteul.demo.towns import regions, sellers
from altteul.sources.seller import SellerRecord

FIRST_DAY = date(2018, 1, 1)
"""The simulation begins here, so that a normal price has five years before it."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What every stall asked on every survey day."""

    goods: tuple[Good, ...]
    days: list[date]
    sellers: list[SellerRecord]
    stalls: list[Stall]
    asked: Asked


def simulate(seed: int, until: date) -> Simulation:
    """Run the practice market up to `until`; the same seed gives the same prices."""
    goods, days, shops = all_goods(), survey_days(FIRST_DAY, until), sellers(seed)
    levels = price_levels(goods, days, len(regions()), seed)
    stalls = open_stalls(shops, goods, seed)
    return Simulation(goods, days, shops, stalls, ask_prices(levels, stalls, goods, days, seed))
