"""A solution of the relaxation."""

from __future__ import annotations

from dataclasses import dataclass

from altteul.planner.large.instance import Real


@dataclass(frozen=True)
class Point:
    """A solution of the relaxation: visits (V), goods (K), edges (V × V, symmetric), objective."""

    visits: Real
    goods: Real
    edges: Real
    value: float

    def towards(self, other: Point, share: float) -> Point:
        """The point that lies so far on the way to another."""
        mine = 1 - share
        return Point(
            mine * self.visits + share * other.visits,
            mine * self.goods + share * other.goods,
            mine * self.edges + share * other.edges,
            mine * self.value + share * other.value,
        )
