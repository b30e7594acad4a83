"""What is bought where, once the stops are chosen, when a limit ties the needs together.

Budget, carrying, minimum orders, fee steps and capped discounts make the needs depend on each
other: a multiple-choice knapsack with a few resources. Multipliers of its own (subgradient steps)
give a bound and, by reduced costs, strike out most choices; what is left is decided need by need
with labels, partial decisions that are dropped when their bound is above the limit, when they break
a limit, or when a rival is at least as good in everything. Exact (Kellerer, Pferschy and Pisinger,
Knapsack Problems, 2004, ch. 9 and 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.model import NOT_SOLD, Index, Model, Won
from altteul.planner.exact.resources import Resources, resources_of

Reals = npt.NDArray[np.float64]

MOST_LABELS = 30_000
RIVALS = 64
STEPS = 40
PATIENCE = 3
MENDED_EVERY = 4
NEARLY = 1e-6
Cell = tuple[int, int] | None
"""The column and option a need is bought in; None: nowhere."""


class TooManyLabelsError(Exception):
    """The decision could not be proved within the labels allowed."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where each need is bought and what that weighs in won: goods, what is left out, fees and
    lost discount."""

    bought: tuple[Cell, ...]
    won: int


class Completion:
    """The purchases for given trips (the columns of each) and orders.

    The choices of a need are nowhere, then every column and option: won (needs, choices), uses
    (needs, choices, resources).
    """

    def __init__(self, model: Model, trips: list[tuple[int, ...]], orders: tuple[int, ...]) -> None:
        self._resources: Resources = resources_of(model, trips, orders)
        columns = [*(visit for trip in trips for visit in trip), *orders]
        options = range(model.cost.shape[1])
        self._at: list[Cell] = [None, *((c, j) for c in columns for j in options)]
        sold = model.cost[:, :, columns].transpose(0, 2, 1).reshape(model.needs, -1)
        self._won = np.concatenate([model.uncovered[:, None], sold], axis=1)
        self._uses = self._resources.uses(columns)

    def quick(self) -> Chosen | None:
        """Good purchases, not proved; None where none were met."""
        met = None
        for number, (_, _, chosen) in enumerate(self._steps(np.inf)):
            if number % MENDED_EVERY == 0:
                met = _better(met, self._mended(chosen))
        return met

    def best(self, limit: float) -> Chosen | None:
        """The cheapest purchases of at most `limit` won; None where there are none."""
        aim = limit - self._resources.least_fees
        bound, weights, chosen = -np.inf, np.zeros(self._resources.count), None
        for reached, at, picked in self._steps(aim):
            if reached > bound:
                bound, weights, chosen = reached, at, picked
        if bound > aim + NEARLY or chosen is None:
            return None
        first = self._mended(chosen)
        if first is not None and first.won <= limit:
            limit = first.won
        found = self._labelled(weights / self._resources.scale, bound, limit)
        return found or (first if first and first.won <= limit else None)

    def _steps(self, target: float) -> Iterator[tuple[float, Reals, Index]]:
        """Subgradient steps: the bound (fees left out), scaled multipliers, and the choices."""
        room = self._resources
        scaled, caps, most = room.scaled(self._uses)
        weights = np.zeros(room.count)
        bound, pace, since = -np.inf, 1.0, 0
        rows = np.arange(len(self._won))
        for _ in range(STEPS):
            priced = self._won + scaled @ weights
            chosen = priced.argmin(axis=1)
            reached = float(priced[rows, chosen].sum() - weights @ caps)
            yield reached, weights, chosen
            if reached > bound + NEARLY:
                bound, since = reached, 0
            else:
                since += 1
                if since >= PATIENCE:
                    pace, since = pace * 0.6, 0
            slope = scaled[rows, chosen].sum(axis=0) - caps
            slope = np.where((weights <= 0) & (slope < 0), 0.0, slope)
            length = float(slope @ slope)
            if length < 1e-12 or reached > target:
                return
            aim = target if np.isfinite(target) else reached + 0.02 * abs(reached) + 1.0
            step = pace * max(aim - reached, 1.0) / length
            weights = np.clip(weights + step * slope, 0.0, most)

    def _mended(self, chosen: Index) -> Chosen | None:
        """The choices with as few dear changes as make them keep the limits; None if none do."""
        room, chosen = self._resources, chosen.copy()
        rows = np.arange(len(chosen))
        used = self._uses[rows, chosen].sum(axis=0)
        for _ in range(len(chosen)):
            over = room.excess(used)
            if not over.any():
                break
            spared = (self._uses[rows, chosen][:, None, :] - self._uses) @ over
            dearer = self._won - self._won[rows, chosen][:, None]
            rate = np.where(spared > 0, np.maximum(dearer, 0) / np.maximum(spared, 1e-9), np.inf)
            need, choice = np.unravel_index(int(rate.argmin()), rate.shape)
            if not np.isfinite(rate[need, choice]):
                return None
            used = used + self._uses[need, choice] - self._uses[need, chosen[need]]
            chosen[need] = choice
        return self._whole(chosen, int(self._won[rows, chosen].sum()), used)

    def _whole(self, chosen: Index, won: int, used: Won) -> Chosen | None:
        extra = self._resources.settle(used)
        if extra is None or won >= NOT_SOLD:
            return None
        bought = tuple(self._at[choice] for choice in chosen.tolist())
        return Chosen(bought, won + extra)

    def _labelled(self, weights: Reals, bound: float, limit: float) -> Chosen | None:
        """Decide need by need; only choices whose reduced cost the limit allows."""
        room = self._resources
        aim = limit - room.least_fees + NEARLY
        priced = self._won + self._uses @ weights
        least = priced.min(axis=1)
        allowed = (priced - least[:, None] <= aim - bound) & (self._won < NOT_SOLD)
        order = np.argsort(-allowed.sum(axis=1), kind="stable")[::-1]
        rest = _Rest(self._won, self._uses, priced, allowed, order)
        won = np.zeros(1, dtype=np.int64)
        used = np.zeros((1, room.count), dtype=np.int64)
        base = -float(weights @ room.caps)
        trail: list[tuple[Index, Index]] = []
        for place, need in enumerate(order.tolist()):
            choices = np.flatnonzero(allowed[need])
            won = (won[:, None] + self._won[need, choices]).ravel()
            used = (used[:, None, :] + self._uses[need, choices]).reshape(len(won), -1)
            parent, choice = np.divmod(np.arange(len(won)), len(choices))
            keep = np.flatnonzero(
                (won + rest.won[place + 1] <= aim)
                & (won + used @ weights + rest.priced[place + 1] + base <= aim)
                & room.reachable(used, rest.least[place + 1])
            )
            keep = keep[room.undominated(won[keep], used[keep], rest.most[place + 1], RIVALS)]
            if len(keep) > MOST_LABELS:
                raise TooManyLabelsError
            if not len(keep):
                return None
            won, used = won[keep], used[keep]
            trail.append((parent[keep], choices[choice[keep]]))
        return self._ended(won, used, order, trail, limit)

    def _ended(
        self, won: Won, used: Won, order: Index, trail: list[tuple[Index, Index]], limit: float
    ) -> Chosen | None:
        total, label = None, 0
        for row in np.argsort(won, kind="stable").tolist():
            if won[row] > (limit if total is None else total):
                break
            extra = self._resources.settle(used[row])
            if extra is not None and won[row] + extra <= (limit if total is None else total - 1):
                total, label = int(won[row]) + extra, row
        if total is None:
            return None
        bought: list[Cell] = [None] * len(order)
        for need, (parent, choice) in zip(order.tolist()[::-1], trail[::-1], strict=True):
            bought[need] = self._at[int(choice[label])]
            label = int(parent[label])
        return Chosen(tuple(bought), total)


def _better(one: Chosen | None, other: Chosen | None) -> Chosen | None:
    found = [c for c in (one, other) if c]
    return min(found, key=lambda c: c.won, default=None)


class _Rest:
    """For each place in the order, what the needs from there on cost and use at least and use at
    most: won, priced (places,); least, most (places, resources)."""

    def __init__(
        self,
        won: Won,
        uses: Won,
        priced: Reals,
        allowed: npt.NDArray[np.bool_],
        order: Index,
    ) -> None:
        won, uses, priced, allowed = won[order], uses[order], priced[order], allowed[order]
        huge = np.iinfo(np.int64).max // 4
        self.won = _from_end(np.where(allowed, won, huge).min(axis=1))
        self.priced = _from_end(np.where(allowed, priced, np.inf).min(axis=1))
        self.least = _from_end(np.where(allowed[:, :, None], uses, huge).min(axis=1))
        self.most = _from_end(np.where(allowed[:, :, None], uses, -huge).max(axis=1))


def _from_end(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Sums of the rows from each row to the end, with a row of nothing at the end."""
    sums = np.cumsum(values[::-1], axis=0)[::-1]
    return np.concatenate([sums, np.zeros_like(sums[:1])])
