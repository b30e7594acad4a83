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

from altteul.planner.exact.bundles import Bundle
from altteul.planner.exact.model import NOT_SOLD, Index, Model, Won
from altteul.planner.exact.multipliers import Multipliers
from altteul.planner.exact.resources import Resources, resources_of

Reals = npt.NDArray[np.float64]

MOST_LABELS = 30_000
FEW_LABELS = 200
NEAR = 1.005
RIVALS = 64
STEPS = 16
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

    def __init__(self, model: Model, trips: list[tuple[int, ...]], bundle: Bundle) -> None:
        self._resources: Resources = resources_of(model, trips, bundle)
        columns = [*(visit for trip in trips for visit in trip), *bundle.orders]
        options = range(model.cost.shape[1])
        self._at: list[Cell] = [None, *((c, j) for c in columns for j in options)]
        sold = model.cost[:, :, columns].transpose(0, 2, 1).reshape(model.needs, -1)
        self._won = np.concatenate([model.uncovered[:, None], sold], axis=1)
        self._uses = self._resources.uses(columns)

    def weights(self, own: Multipliers, position: dict[int, int], stops: int) -> Reals:
        """The multipliers of one set (its visits at these positions) in the order of resources."""
        room = self._resources
        number = {c: stops + place for place, c in enumerate(room.bundle.orders)} | position
        gram = [own.gram[0, min(position[v] for v in trip)] for trip in room.trips]
        least = np.maximum(own.order[0], 0.0)
        most = [-min(0.0, own.order[0, room.bundle.orders.index(c)]) for c in room.ended]
        lost = [own.lost[0, number[c]] for c in room.capped]
        return np.array([own.budget[0], *gram, *least, *most, *lost], dtype=np.float64)

    def quick(self, weights: Reals) -> Chosen | None:
        """Good purchases, not proved; None where none were met."""
        bound, weights, first = self._approached(np.inf, weights, MENDED_EVERY)
        if first and first.won - self._resources.bundle.fee <= bound * NEAR:
            return first
        limit = first.won if first else int(NOT_SOLD)
        found, _ = self._labelled(weights, bound, limit, FEW_LABELS)
        return found or first

    def best(self, limit: float, weights: Reals) -> Chosen | None:
        """The cheapest purchases of at most `limit` won; None where there are none."""
        # What is mended on the way hardly ever beats a limit that good answers have set.
        bound, weights, first = self._approached(limit - self._resources.bundle.fee, weights, STEPS)
        if bound > limit - self._resources.bundle.fee + NEARLY:
            return None
        for most in (FEW_LABELS, MOST_LABELS):
            if first is not None and first.won <= limit:
                limit = first.won
            found, whole = self._labelled(weights, bound, limit, most)
            first = _better(first, found)
            if whole:
                return first if first is not None and first.won <= limit else None
        raise TooManyLabelsError

    def _approached(
        self, target: float, weights: Reals, every: int
    ) -> tuple[float, Reals, Chosen | None]:
        """The best bound met (fees left out), its multipliers, and good purchases, mended at one in
        so many steps and at the best."""
        bound, best, met = -np.inf, weights, None
        for number, (reached, at, picked) in enumerate(self._steps(target, weights)):
            if reached > bound:
                bound, best, chosen = reached, at, picked
            if number % every == every - 1:
                met = _better(met, self._mended(picked))
        return bound, best, _better(met, self._mended(chosen))

    def _steps(self, target: float, weights: Reals) -> Iterator[tuple[float, Reals, Index]]:
        """Subgradient steps: the bound (fees left out), multipliers, and the choices."""
        room = self._resources
        uses = self._uses.astype(np.float64)
        bound, pace, since = -np.inf, 1.0, 0
        rows = np.arange(len(self._won))
        for _ in range(STEPS):
            priced = self._won + uses @ weights
            chosen = priced.argmin(axis=1)
            reached = float(priced[rows, chosen].sum() - weights @ room.caps)
            yield reached, weights, chosen
            if reached > bound + NEARLY:
                bound, since = reached, 0
            else:
                since += 1
                if since >= PATIENCE:
                    pace, since = pace * 0.6, 0
            slope = (uses[rows, chosen].sum(axis=0) - room.caps) / room.scale
            slope = np.where((weights <= 0) & (slope < 0), 0.0, slope)
            length = float(slope @ slope)
            if length < 1e-12 or reached > target:
                return
            aim = target if np.isfinite(target) else reached + 0.02 * abs(reached) + 1.0
            step = pace * max(aim - reached, 1.0) / length
            weights = np.maximum(weights + step * slope / room.scale, 0.0)
            weights = np.minimum(weights, room.most(weights))

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
        return Chosen(bought, won + extra + self._resources.bundle.fee)

    def _labelled(
        self, weights: Reals, bound: float, limit: float, most: int
    ) -> tuple[Chosen | None, bool]:
        """Decide need by need, only by choices whose reduced cost the limit allows; and whether
        that was exact, as no more than `most` labels were ever needed."""
        room = self._resources
        limit -= room.bundle.fee
        aim = limit + NEARLY
        priced = self._won + self._uses @ weights
        least = priced.min(axis=1)
        allowed = (priced - least[:, None] <= aim - bound) & (self._won < NOT_SOLD)
        order = np.argsort(-allowed.sum(axis=1), kind="stable")[::-1]
        rest = _Rest(self._won, self._uses, priced, allowed, order)
        won = np.zeros(1, dtype=np.int64)
        used = np.zeros((1, room.count), dtype=np.int64)
        base, whole = -float(weights @ room.caps), True
        trail: list[tuple[Index, Index]] = []
        for place, need in enumerate(order.tolist()):
            choices = np.flatnonzero(allowed[need])
            won = (won[:, None] + self._won[need, choices]).ravel()
            used = (used[:, None, :] + self._uses[need, choices]).reshape(len(won), -1)
            parent, choice = np.divmod(np.arange(len(won)), len(choices))
            bounds = won + used @ weights + rest.priced[place + 1] + base
            keep = np.flatnonzero(
                (won + rest.won[place + 1] <= aim)
                & (bounds <= aim)
                & room.reachable(used, rest.least[place + 1])
            )
            keep = keep[room.undominated(won[keep], used[keep], rest.most[place + 1], RIVALS)]
            if len(keep) > most:
                whole = False
                keep = keep[np.argpartition(bounds[keep], most)[:most]]
            if not len(keep):
                return None, whole
            won, used = won[keep], used[keep]
            trail.append((parent[keep], choices[choice[keep]]))
        return self._ended(won, used, order, trail, limit), whole

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
        return Chosen(tuple(bought), total + self._resources.bundle.fee)


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
