"""What a large basket's search answers."""

from __future__ import annotations

from dataclasses import dataclass

from altteul.planner.large.instance import Whole


@dataclass(frozen=True)
class LargeSolution:
    """The best trip found, and what no trip can beat.

    `cost` is won in all. `tour` is the sellers in the order of the way, beginning at home (0).
    `purchases[i, k]` (V × K) is the units of need k bought at seller i. No solution costs less
    than `lower_bound` won; `proved` says that the two are equal. `seconds` is wall time.
    """

    cost: int
    tour: tuple[int, ...]
    purchases: Whole
    lower_bound: int
    proved: bool
    seconds: float

    @property
    def gap_percent(self) -> float:
        """How far, at most, the cost is from the optimum."""
        return 100.0 * (self.cost - self.lower_bound) / self.cost if self.cost else 0.0
