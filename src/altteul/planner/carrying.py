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


def carry_g(trip: Trip) -> int | None:
    """Grams that one trip may weigh; None where nobody set a limit: what is usual for the mode is
    then told beside a heavier plan and leaves nothing out, for who must have twenty cabbages finds
    a way."""
    return None if trip.carry_kg is None else round(trip.carry_kg * 1_000)


def is_heavy(trip: Trip, carried_kg: float) -> bool:
    """Whether a trip's weight is more than is usual for its mode."""
    return trip.carry_kg is None and carried_kg > CARRY_KG[trip.mode]
