"""What a question allows, and the best answer to it so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.model import Answer, Index, Model, Won

ENDLESS = np.iinfo(np.int64).max // 2
"""Won above all costs: a bound where no answer is left."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question allows: so many stops and trips (at least the fewest), some visits (a mask),
    some orders."""

    stops: int
    days: int
    allowed: npt.NDArray[np.bool_]
    orders: tuple[int, ...] = ()
    fewest: int = 0

    def admit(self, model: Model, visits: tuple[int, ...]) -> bool:
        """Whether so many stops and trips to these visits are allowed."""
        days = len({int(model.day[visit]) for visit in visits})
        return (
            len(visits) <= self.stops
            and self.fewest <= days <= self.days
            and all(bool(self.allowed[visit]) for visit in visits)
        )


@dataclass(frozen=True, slots=True)
class HeadStart:
    """What is known before a search and only spares time: an allowed answer, sets of visits to
    begin with, and won that no answer undercuts. With `any_best` any answer of the least cost will
    do, whatever its rank."""

    answer: Answer | None = None
    tries: tuple[tuple[int, ...], ...] = ()
    floor: int = 0
    any_best: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Sets whose cost is within the slack of the best: members (sets, stops), padded with the
    number of visits, their orders, and cost (sets,)."""

    members: Index
    orders: tuple[int, ...]
    cost: Won


class Incumbent:
    """The best answer so far; answers above a ceiling do not count. Sets of visits matter that cost
    at most `slack` more than it."""

    def __init__(self, best: Answer | None, ceiling: int | None = None, slack: int = 0) -> None:
        self.best = best
        self.slack = slack
        self._ceiling = ceiling

    @property
    def limit(self) -> float:
        """What a better answer may cost at most; infinite where nothing is known."""
        known = self.best.cost if self.best else self._ceiling
        return np.inf if known is None else float(known)

    @property
    def within(self) -> float:
        """What a set may cost to matter."""
        return self.limit + self.slack

    def offer(self, answer: Answer | None) -> None:
        """Keep an answer that is better."""
        if answer is None or (self._ceiling is not None and answer.cost > self._ceiling):
            return
        if self.best is None or answer.rank < self.best.rank:
            self.best = answer
