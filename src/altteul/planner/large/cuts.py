"""Rows of the relaxation that are valid for every trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from altteul.planner.large.instance import Real, Truth
from altteul.planner.large.touring import Index


@dataclass(frozen=True)
class Island:
    """Sellers (V) whose inner edges enter a row with the factor -weight."""

    members: Truth
    weight: float


@dataclass(frozen=True)
class Cut:
    """goods[need] + sellers · y - Σ weight · x(edges inside an island) - Σ x(teeth) ≥ least.

    `y` are visits (V), `x` edges; `need` is -1 where the cost of no need takes part. With the
    degree equations, weight · (y(S) - x(inside S)) is weight / 2 · x(edges that leave S).
    """

    need: int
    sellers: Real
    least: float
    islands: tuple[Island, ...] = ()
    teeth: tuple[tuple[int, int], ...] = field(default=())


@dataclass(frozen=True)
class Islands:
    """The islands of many cuts: members (islands × V), the number of each one's cut, its weight."""

    members: Truth
    row: Index
    weight: Real


def stacked(cuts: Sequence[Cut], sellers: int) -> Islands:
    """All islands of the cuts, in their order."""
    found = [(row, one) for row, cut in enumerate(cuts) for one in cut.islands]
    members = np.array([one.members for _, one in found], dtype=bool)
    return Islands(
        members.reshape(len(found), sellers),
        np.array([row for row, _ in found], dtype=np.intp),
        np.array([one.weight for _, one in found], dtype=float),
    )
