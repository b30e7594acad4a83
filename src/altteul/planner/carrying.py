"""What one can carry home from one trip."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from altteul.planner.request import Mode, Trip

CARRY_KG: Mapping[Mode, float] = MappingProxyType(
    {Mode.WALK: 10.0, Mode.BUS: 15.0, Mode.CAR: 100.0}
)
"""Our assumptions: two full bags of 5 kg on foot, a shopping cart of 15 kg on a bus, the boot of a
small car. (고용노동부 고시, 근골격계부담작업의 범위: lifting 10 kg 25 times a day is a burden.)
"""


def carry_g(trip: Trip, heaviest_need_g: int) -> int | None:
    """Grams for one trip; None where nothing is said and one need alone is heavier than usual (one
    does not carry twenty cabbages home: it is told, and not left out)."""
    if trip.carry_kg is not None:
        return round(trip.carry_kg * 1_000)
    usual = round(CARRY_KG[trip.mode] * 1_000)
    return None if heaviest_need_g > usual else usual
