"""A bound of its own for each of many sets of visits, when limits tie the needs together.

Each set gets its own Lagrangian prices for the budget, the weight of each trip, the won of each
order, and the discount of each capped column: the dual of the linear relaxation of its
multiple-choice knapsack. All sets take their subgradient steps (Held, Wolfe and Crowder 1974)
together in arrays, each towards the same target, and drop out once they have reached it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.bundles import NO_MOST, Bundle
from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Index, Model, Won
from altteul.planner.exact.multipliers import Batch, Multipliers

Reals = npt.NDArray[np.float64]

PATIENCE = 3
SHRINK = 0.6
SIFTED_EVERY = 4
NEARLY = 1e-6
FLAT = 1e-12
RISE = 0.06
"""By how much a bound is aimed higher where no target is known."""


class SetBounds:
    """The tables of a model and a bundle of orders, from which batches of sets are taken."""

    def __init__(self, model: Model, bundle: Bundle) -> None:
        self._model, self._bundle = model, bundle
        self._orders = np.array(bundle.orders, dtype=np.intp)
        empty = ((0, 0), (0, 1), (0, 0))
        options = model.cost.shape[1]
        self._options = options
        self._tables = [
            np.pad(table.transpose(0, 2, 1).astype(np.float64), empty, constant_values=fill)
            for table, fill in (
                (model.cost, float(NOT_SOLD)), (model.paid, 0.0), (model.grams, 0.0),
                (model.discount, 0.0),
            )
        ]  # fmt: skip
        self._tables[2][:, model.visits :] = 0.0
        self._day = np.concatenate([model.day, np.full(len(model.orders) + 1, -1)])
        self._cap = np.append(np.where(model.cap < NO_CAP, model.cap, -1), -1)
        self._capped = bool((self._cap >= 0).any())
        self._least = np.array(bundle.least, dtype=np.float64)
        self._most = np.array(bundle.most, dtype=np.float64)
        self._budget = None if model.budget is None else float(model.budget - bundle.fee)
        self._uncovered = model.uncovered.astype(np.float64)[:, None]

    def start(self, sets: int, stops: int, budget: float, gram: float, order: Reals) -> Multipliers:
        """The same multipliers for all sets."""
        columns = stops + len(self._orders)
        return Multipliers(
            np.full(sets, budget), np.full((sets, columns), gram),
            np.tile(order, (sets, 1)), np.zeros((sets, columns)),
        )  # fmt: skip

    def raised(
        self, members: Index, trips: Won | Reals, start: Multipliers, target: float, steps: int
    ) -> tuple[Reals, Multipliers]:
        """The highest bounds found and their multipliers; a set rests once it reaches the target or
        cannot rise.

        members (sets, stops), padded with the number of visits; trips (sets,) in won.
        """
        bounds = np.full(len(members), -np.inf)
        best = start.chosen(np.arange(len(members)))
        batch, now = self._batch(members, np.asarray(trips, dtype=np.float64)), start
        alive = np.arange(len(members))
        pace, since = np.ones(len(members)), np.zeros(len(members), dtype=np.int64)
        for step in range(steps):
            reached, over = self._valued(batch, now)
            slopes, length = self._slopes(batch, now, over)
            better = reached > bounds[alive] + NEARLY
            rows = np.flatnonzero(better)
            bounds[alive[rows]] = reached[rows]
            best.put(alive[rows], now, rows)
            since = np.where(better, 0, since + 1)
            tired = since >= PATIENCE
            pace, since = np.where(tired, pace * SHRINK, pace), np.where(tired, 0, since)
            if step % SIFTED_EVERY == 0:
                rising = length > FLAT
                open_ = np.flatnonzero((bounds[alive] <= target + NEARLY) & rising)
                if not len(open_):
                    break
                if len(open_) < len(alive):
                    batch, now, alive = batch.chosen(open_), now.chosen(open_), alive[open_]
                    pace, since, reached = pace[open_], since[open_], reached[open_]
                    slopes, length = slopes.chosen(open_), length[open_]
            aim = target if np.isfinite(target) else reached + RISE * np.abs(reached) + 1.0
            step_length = pace * np.maximum(aim - reached, 1.0) / np.maximum(length, FLAT)
            now = self._moved(batch, now, slopes, np.where(length > FLAT, step_length, 0.0))
        return bounds, best

    def _batch(self, members: Index, trips: Reals) -> Batch:
        empty = self._model.visits + len(self._model.orders)
        visits = np.where(members == self._model.visits, empty, members)
        columns = np.concatenate(
            [visits, np.broadcast_to(self._orders, (len(members), len(self._orders)))], axis=1
        )
        needs, sets = self._model.needs, len(members)
        cost, paid, grams, discount = (
            table[:, columns].reshape(needs, sets, -1) for table in self._tables
        )
        day = self._day[columns]
        slot = (day[:, :, None] == day[:, None, :]).argmax(axis=2)
        first = slot == np.arange(columns.shape[1])[None, :]
        carry = float(self._model.carry or 0)
        carries = np.where(first & (day >= 0), carry, 0.0)
        caps = self._cap[columns].astype(np.float64)
        return Batch(cost, paid, grams, discount, slot, caps, carries, trips)

    def _valued(self, batch: Batch, now: Multipliers) -> tuple[Reals, Multipliers]:
        """The bounds at these multipliers, and by how much each limit is overdrawn."""
        needs, sets, width = batch.cost.shape
        columns = batch.slot.shape[1]
        priced = self._priced(batch, now)
        choice = priced.argmin(axis=2)
        at = np.arange(needs * sets) * width + choice.ravel()
        least = priced.ravel()[at].reshape(needs, sets)
        taken = least < self._uncovered
        goods = np.where(taken, least, self._uncovered).sum(axis=0)
        into = (np.arange(sets) * columns)[None, :] + choice // self._options
        into, at = into[taken], at[taken.ravel()]

        def used(table: Reals) -> Reals:
            summed = np.bincount(into, table.ravel()[at], minlength=sets * columns)
            return summed.reshape(sets, columns).astype(np.float64, copy=False)

        bound = goods + batch.trips + self._bundle.fee
        over = Multipliers(
            np.zeros(sets), np.zeros((sets, columns)), np.zeros(now.order.shape),
            np.zeros((sets, columns)),
        )  # fmt: skip
        stops = columns - len(self._orders)
        if self._budget is not None or len(self._orders):
            paid = used(batch.paid)
            if self._budget is not None:
                over.budget[:] = paid.sum(axis=1) - self._budget
                bound -= now.budget * self._budget
            wanted = np.where(now.order >= 0, self._least, self._most)
            over.order[:] = wanted - paid[:, stops:]
            bound += (now.order * wanted).sum(axis=1)
        if self._model.carry is not None:
            grams, rows = used(batch.grams), np.arange(sets)
            for column in range(stops):
                over.gram[rows, batch.slot[:, column]] += grams[:, column]
            over.gram[:] -= batch.carries
            over.gram[:] *= batch.carries > 0
            bound -= (now.gram * batch.carries).sum(axis=1)
        if self._capped:
            limited = batch.caps >= 0
            over.lost[:] = np.where(limited, used(batch.discount) - batch.caps, 0.0)
            bound -= np.where(limited, now.lost * batch.caps, 0.0).sum(axis=1)
        return bound, over

    def _priced(self, batch: Batch, now: Multipliers) -> Reals:
        priced = batch.cost
        columns, orders = batch.slot.shape[1], len(self._orders)
        each = np.repeat(now.budget[:, None], columns, axis=1)
        each[:, columns - orders :] -= now.order
        if each.any():
            priced = priced + np.repeat(each, self._options, axis=1) * batch.paid
        if now.gram.any():
            gram = np.take_along_axis(now.gram, batch.slot, axis=1)
            priced = priced + np.repeat(gram, self._options, axis=1) * batch.grams
        if now.lost.any():
            priced = priced + np.repeat(now.lost, self._options, axis=1) * batch.discount
        return priced

    def _slopes(
        self, batch: Batch, now: Multipliers, over: Multipliers
    ) -> tuple[Multipliers, Reals]:
        """How the bounds rise with each multiplier, 0 where it rests at an end of its range, each
        limit measured in shares of itself; and the squared lengths of these slopes."""
        budget, carry, order, cap = self._shares(batch)
        most = 1.0 + now.budget[:, None]
        slopes = Multipliers(
            _unless((now.budget <= 0) & (over.budget < 0), over.budget * budget),
            _unless((now.gram <= 0) & (over.gram < 0), over.gram * carry),
            _unless(
                (now.order <= 0) & (over.order < 0) & (self._most >= NO_MOST), over.order * order
            ),
            _unless(
                ((now.lost <= 0) & (over.lost < 0)) | ((now.lost >= most) & (over.lost > 0)),
                over.lost * cap,
            ),
        )
        wide = (slopes.gram, slopes.order, slopes.lost)
        return slopes, slopes.budget**2 + sum((slope**2).sum(axis=1) for slope in wide)

    def _shares(self, batch: Batch) -> tuple[float, float, Reals, Reals]:
        """One over the budget, the weight of a trip, the least of each order, and each cap."""
        return (
            1.0 / max(self._budget or 0.0, 1.0),
            1.0 / max(self._model.carry or 0.0, 1.0),
            1.0 / np.maximum(self._least, 1.0),
            1.0 / np.maximum(batch.caps, 1.0),
        )

    def _moved(
        self, batch: Batch, now: Multipliers, slopes: Multipliers, step: Reals
    ) -> Multipliers:
        """A step up the slopes."""
        budget, carry, order, cap = self._shares(batch)
        wide = step[:, None]
        spent = np.maximum(now.budget + step * slopes.budget * budget, 0.0)
        lowest = np.where(self._most < NO_MOST, -np.inf, 0.0)
        return Multipliers(
            spent,
            np.maximum(now.gram + wide * slopes.gram * carry, 0.0),
            np.maximum(now.order + wide * slopes.order * order, lowest),
            np.clip(now.lost + wide * slopes.lost * cap, 0.0, 1.0 + spent[:, None]),
        )


def _unless(rests: npt.NDArray[np.bool_], slope: Reals) -> Reals:
    """A slope, 0 where the multiplier rests at an end of its range."""
    moved: Reals = np.where(rests, 0.0, slope)
    return moved
