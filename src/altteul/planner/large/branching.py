"""Which visit or edge to decide on next: strong branching first, experience afterwards."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from altteul.planner.large.point import Point
from altteul.planner.large.relaxation import Relaxation
from altteul.planner.large.touring import Index

FRACTIONAL = 1e-5
CANDIDATES = 8
TRIALS = 3
"""Times a column is tried before its record is trusted."""
LEAST_RISE = 1e-4


@dataclass(frozen=True)
class Choice:
    """A column to branch on, its value, and for each way (0, 1) whether it leads nowhere better."""

    column: int
    value: float
    hopeless: tuple[bool, bool]


class Branching:
    """Keeps what each column's branches raised the bound by, per unit (pseudocosts)."""

    def __init__(self, relaxation: Relaxation) -> None:
        self.relaxation = relaxation
        self.surely = False
        """Every edge is in the solver: what has no solution now never gets one."""
        self._rise: dict[tuple[int, bool], list[float]] = {}

    def learn(self, column: int, up: bool, distance: float, rise: float) -> None:
        """A branch moved a column by `distance` and raised the bound by `rise`."""
        if math.isfinite(rise) and distance > FRACTIONAL:
            self._rise.setdefault((column, up), []).append(max(rise, 0.0) / distance)

    def choose(self, point: Point, low: np.ndarray, high: np.ndarray) -> Choice | None:
        """The column that promises the highest bound; nothing when all are whole."""
        columns, values = self._fractional(point)
        if not len(columns):
            return None
        guesses = [self._guess(int(c), float(v)) for c, v in zip(columns, values, strict=True)]
        order = np.argsort([-g for g in guesses], kind="stable")[:CANDIDATES]
        best, best_score = None, -1.0
        for place in order:
            column, value = int(columns[place]), float(values[place])
            score, hopeless = guesses[place], (False, False)
            if self._trials(column) < TRIALS:
                score, hopeless = self._try(column, value, point.value, low, high)
            if score > best_score:
                best, best_score = Choice(column, value, hopeless), score
            if any(hopeless):
                break
        return best

    def _fractional(self, point: Point) -> tuple[Index, np.ndarray]:
        """Visits first; edges only when all visits are whole."""
        open_visits = np.abs(point.visits - np.round(point.visits)) > FRACTIONAL
        columns = np.flatnonzero(open_visits)
        if len(columns):
            return columns, point.visits[columns]
        relaxation = self.relaxation
        edges = point.edges[relaxation.first, relaxation.second]
        places = np.flatnonzero(np.abs(edges - np.round(edges)) > FRACTIONAL)
        return places + relaxation.sellers + relaxation.needs, edges[places]

    def _trials(self, column: int) -> int:
        return min(len(self._rise.get((column, up), [])) for up in (False, True))

    def _guess(self, column: int, value: float) -> float:
        down = self._mean(column, up=False) * value
        up = self._mean(column, up=True) * (1 - value)
        return max(down, LEAST_RISE) * max(up, LEAST_RISE)

    def _mean(self, column: int, *, up: bool) -> float:
        known = self._rise.get((column, up))
        if known:
            return float(np.mean(known))
        everywhere = [rise for (_, way), rises in self._rise.items() if way == up for rise in rises]
        return float(np.mean(everywhere)) if everywhere else 1.0

    def _try(
        self, column: int, value: float, before: float, low: np.ndarray, high: np.ndarray
    ) -> tuple[float, tuple[bool, bool]]:
        """A few steps of the simplex method each way."""
        rises, hopeless = [], []
        for up in (False, True):
            rise = self.relaxation.trial(column, float(up)) - before
            self.relaxation.set_bounds(np.array([column]), low[[column]], high[[column]])
            self.learn(column, up, (1 - value) if up else value, rise)
            rises.append(max(min(rise, 1e6), LEAST_RISE))
            hopeless.append(self.surely and math.isinf(rise))
        return rises[0] * rises[1], (hopeless[0], hopeless[1])
