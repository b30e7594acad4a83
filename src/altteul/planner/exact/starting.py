"""Good sets of visits to begin with: a beam search with estimated trips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import Index

if TYPE_CHECKING:
    from altteul.planner.exact.question import Question

WIDTH = 20
KEPT = 120
"""Sets kept at each size; the best few of them are grown."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Sets, best first, with their estimated trips and number of days; `charges` is won besides
    goods. members (sets, stops), padded with the empty column."""

    members: Index
    trips: Reals
    days: Reals
    charges: Reals

    def with_sets(self, members: Index, charges: Reals) -> Pool:
        """The pool with further sets (their trips and days are not needed any more)."""
        both = np.concatenate([self.members, members])
        charged = np.concatenate([self.charges, charges])
        return Pool(both, self.trips, self.days, charged)

    def charged(self, bonus: float) -> Pool:
        """The pool with another bonus of each trip."""
        return Pool(self.members, self.trips, self.days, self.trips - bonus * self.days)

    def ranked(self, goods: Reals) -> Pool:
        """The pool in the order of its costs with these goods."""
        order = np.argsort(goods + self.charges, kind="stable")
        return Pool(self.members[order], self.trips[order], self.days[order], self.charges[order])


def beam(
    question: Question,
    allowed: npt.NDArray[np.bool_],
    stops: int,
    days: int,
    fewest: int = 0,
) -> Pool:
    """Grow the best sets visit by visit, of at most so many days and at least the fewest; the
    estimate of a trip is by its pairs."""
    model, bonus = question.model, question.bonus
    empty = model.visits
    usable = np.flatnonzero(allowed)
    price = question.price
    alone = question.ways.alone[model.place[usable]].astype(np.float64)
    goods = price[:, usable].sum(axis=0)
    order = np.argsort(goods + alone - bonus, kind="stable")
    members = np.full((len(usable), stops), empty, dtype=np.intp)
    members[:, 0] = usable
    level = Pool(members[order], alone[order], np.ones(len(usable)), alone[order] - bonus)
    cost = (goods + alone - bonus)[order]
    kept, costs = [_first(level, KEPT)], [cost[:KEPT]]
    for size in range(1, stops):
        level, cost = _grown(
            question, _first(level, WIDTH), usable, size, (days, fewest - (stops - size - 1))
        )
        if not len(cost):
            break
        kept.append(_first(level, KEPT))
        costs.append(cost[:KEPT])
    ranking = np.argsort(np.concatenate(costs), kind="stable")
    used = np.concatenate([p.days for p in kept])[ranking]
    if (used >= fewest).any():
        ranking = ranking[used >= fewest]
    return Pool(
        np.concatenate([p.members for p in kept])[ranking],
        np.concatenate([p.trips for p in kept])[ranking],
        np.concatenate([p.days for p in kept])[ranking],
        np.concatenate([p.charges for p in kept])[ranking],
    )


def _first(pool: Pool, many: int) -> Pool:
    return Pool(pool.members[:many], pool.trips[:many], pool.days[:many], pool.charges[:many])


def _grown(
    question: Question, level: Pool, usable: Index, size: int, days: tuple[int, int]
) -> tuple[Pool, Reals]:
    """Every set of the level with every further visit, best first, each set once."""
    now = question.price[:, level.members].min(axis=2)
    goods = np.minimum(now[:, :, None], question.price[:, None, usable]).sum(axis=0)
    more, fresh = _detours(question, level, usable, size)
    used = level.days[:, None] + fresh
    trips = level.trips[:, None] + more
    cost = goods + trips - question.bonus * used
    again = (level.members[:, :size, None] == usable[None, None, :]).any(axis=1)
    cost[again | (used > days[0]) | (used < days[1])] = np.inf
    flat = _cheapest(cost.ravel(), KEPT * (size + 1))
    row, column = np.divmod(flat, len(usable))
    members = level.members[row].copy()
    members[:, size] = usable[column]
    _, single = np.unique(np.sort(members, axis=1), axis=0, return_index=True)
    single = np.sort(single)
    picked = flat[single]
    found = Pool(
        members[single],
        trips.ravel()[picked],
        used.ravel()[picked],
        (trips - question.bonus * used).ravel()[picked],
    )
    return found, cost.ravel()[picked]


def _cheapest(cost: Reals, many: int) -> Index:
    """The places of the least finite costs, in order."""
    if len(cost) > many:
        least = np.flatnonzero(cost <= np.partition(cost, many)[many])
    else:
        least = np.arange(len(cost))
    least = least[np.isfinite(cost[least])]
    order: Index = least[np.argsort(cost[least], kind="stable")][:many]
    return order


def _detours(question: Question, level: Pool, usable: Index, size: int) -> tuple[Reals, Reals]:
    """Won that a further visit adds to a set's trips, and 1 where it needs a day of its own."""
    model, ways = question.model, question.ways
    place, day = model.place[usable], model.day[usable]
    more = np.broadcast_to(ways.alone[place], (len(level.members), len(usable))).astype(np.float64)
    fresh = np.ones(more.shape)
    for position in range(size):
        member = level.members[:, position]
        same = model.day[member][:, None] == day[None, :]
        beside = ways.pair[model.place[member]][:, place] - ways.alone[model.place[member]][:, None]
        more = np.where(same, np.minimum(more, beside), more)
        fresh = np.where(same, 0.0, fresh)
    return more, fresh
