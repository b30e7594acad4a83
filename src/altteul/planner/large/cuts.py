"""Rows of the relaxation that are valid for every trip."""

from __future__ import annotations

from dataclasses import dataclass, field

from altteul.planner.large.instance import Real, Truth


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
