"""A model with a bundle of orders: goods as a sum over needs, once its limits are priced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.bundles import Bundle, binds, cover
from altteul.planner.exact.combining import Sets
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import NO_CAP, Index, Model
from altteul.planner.exact.multipliers import Multipliers
from altteul.planner.exact.set_bounds import SetBounds
from altteul.planner.exact.starting import Pool
from altteul.planner.exact.ways import Ways

AT_ONCE = 8_192
TRIED = 3
CHANGES = (0.5, 1.5, 0.8, 1.2)
MISSED = 100_000_000.0
"""Won charged to a set that misses a place which has to be visited."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Lagrangian prices of the limits for all sets alike: won for a won of the budget, for a gram
    carried, for a won of each order, and for a won of discount above a cap."""

    budget: float = 0.0
    gram: float = 0.0
    orders: tuple[float, ...] = ()
    lost: float = 0.0


class Question:
    """Prices of every need in every visit, shape (needs, visits + 1), the last for no visit.

    A place that has to be visited is one more need, free there and `MISSED` elsewhere. `top` is
    what each need costs without any visit, `constant` and `bonus` (a trip) are won of the priced
    limits. `tied` tells that a limit may bind, so that `cost` is only a bound.
    """

    def __init__(
        self,
        model: Model,
        ways: Ways,
        allowed: npt.NDArray[np.bool_],
        steps: tuple[Bundle, ...],
    ) -> None:
        """`steps` are bundles of the same orders; with several all prices are only bounds."""
        self.model = model
        self.ways = ways
        self.steps = steps
        self.bundle = bundle = steps[0] if len(steps) == 1 else cover(steps)
        self.allowed = allowed
        self.weights = Weights(orders=(0.0,) * len(bundle.orders))
        self.tied = any(binds(model, step) for step in steps)
        self._tabulate()

    @property
    def weighted(self) -> bool:
        """Whether a limit has a price other than nothing."""
        return self.weights.budget > 0 or self.weights.gram > 0 or any(self.weights.orders)

    def each_step(self) -> list[Question]:
        """The question of each step alone."""
        if len(self.steps) == 1:
            return [self]
        return [Question(self.model, self.ways, self.allowed, (one,)) for one in self.steps]

    @cached_property
    def set_bounds(self) -> SetBounds:
        """The bounds that sets have of their own."""
        return SetBounds(self.model, self.bundle)

    def _tabulate(self) -> None:
        model, weights, bundle = self.model, self.weights, self.bundle
        cells = self._cells(weights)
        visits = cells[:, : model.visits]
        ordered = cells[:, list(bundle.orders)].min(axis=1, initial=np.inf)
        top = np.minimum(model.uncovered, ordered)
        table = np.concatenate([np.minimum(visits, top[:, None]), top[:, None]], axis=1)
        self.price, self.top = self._with_musts(table, top)
        wanted = sum(
            weight * (least if weight >= 0 else most)
            for weight, least, most in zip(
                weights.orders, bundle.least, bundle.most, strict=True
            )
        )  # fmt: skip
        self.constant = bundle.fee + wanted
        if model.budget is not None:
            self.constant -= weights.budget * (model.budget - bundle.fee)
        self.bonus = weights.gram * (model.carry or 0)
        self._by_visit = np.ascontiguousarray(self.price.T)

    def _cells(self, weights: Weights) -> Reals:
        """The cheapest option of each need in each column, limits priced."""
        model = self.model
        cost = model.cost.astype(np.float64)
        if weights.budget:
            cost = cost + weights.budget * model.paid
        for column, weight in zip(self.bundle.orders, weights.orders, strict=True):
            cost[:, :, column] -= weight * model.paid[:, :, column]
        if weights.gram:
            carried = model.grams[:, :, : model.visits]
            cost[:, :, : model.visits] += weights.gram * carried
        if weights.lost:
            capped = model.cap < NO_CAP
            cost[:, :, capped] += weights.lost * model.discount[:, :, capped]
        cells: Reals = cost.min(axis=1)
        return cells

    def _with_musts(self, table: Reals, top: Reals) -> tuple[Reals, Reals]:
        for place in self.model.must:
            row = np.append(np.where(self.model.place == place, 0.0, MISSED), MISSED)
            table = np.concatenate([table, row[None, :]])
            top = np.append(top, MISSED)
        return table, top

    def price_limits(self, pool: Pool, own: Multipliers) -> None:
        """Choose the multipliers that make the bound over the pool's sets high, beginning with
        those that some sets have of their own."""
        rows = np.arange(min(TRIED, len(own.budget)))
        tried = [self._common(own.chosen(rows[[n]])) for n in rows.tolist()]
        tried += [self._common(own.chosen(rows)), self.weights]
        tried += [replace(weights, gram=0.0) for weights in tried]
        known = {weights: self._over(pool, weights) for weights in dict.fromkeys(tried)}
        for change in CHANGES:
            best = max(known, key=known.__getitem__)
            for other in (
                replace(best, budget=best.budget * change), replace(best, gram=best.gram * change)
            ):  # fmt: skip
                if other not in known:
                    known[other] = self._over(pool, other)
        self.weigh(max(known, key=known.__getitem__))

    def _common(self, own: Multipliers) -> Weights:
        """One price of each limit from those of some sets."""
        return Weights(
            float(own.budget.mean()),
            float(own.gram.max(axis=1).mean()) if self.model.carry is not None else 0.0,
            tuple(own.order.mean(axis=0).tolist()),
        )

    def weigh(self, weights: Weights) -> None:
        """Take other multipliers."""
        self.weights = weights
        self._tabulate()

    def excluded(self, sets: Sets, own: Multipliers) -> Reals:
        """The bounds of sets by the multipliers of others."""
        before, common = self.weights, self._common(own)
        lost = min(1.0, float(own.lost.max(axis=1).mean()))
        self.weigh(replace(common, lost=lost))
        bounds = self.cost(sets)
        if lost:
            caps = np.where(self.model.cap < NO_CAP, self.model.cap, 0)
            visits = np.append(caps[: self.model.visits], 0)
            ordered = caps[list(self.bundle.orders)].sum()
            bounds -= lost * (visits[sets.members].sum(axis=1) + ordered)
        self.weigh(before)
        return bounds

    def own_weights(self, sets: int, stops: int) -> Multipliers:
        """The question's multipliers for sets to begin with."""
        weights = self.weights
        return self.set_bounds.start(
            sets, stops, weights.budget, weights.gram, np.array(weights.orders)
        )

    def _over(self, pool: Pool, weights: Weights) -> float:
        """The least bound of the pool's sets with other multipliers."""
        self.weigh(weights)
        goods = self.goods(pool.members)
        return float((goods + pool.trips - self.bonus * pool.days).min()) + self.constant

    def first_prices(self, members: Index) -> Reals:
        """u to begin with: what each need costs if the set's best visit for it falls away, at most
        what it costs with a trip of its own (going without can be priced far above that)."""
        inside = np.concatenate([self.price[:, members], self.top[:, None]], axis=1)
        second: Reals = np.sort(inside, axis=1)[:, 1]
        visits = np.flatnonzero(self.allowed)
        if not len(visits):
            return second
        alone = self.ways.alone[self.model.place[visits]]
        first: Reals = np.minimum(second, (self.price[:, visits] + alone).min(axis=1))
        return first

    def goods(self, members: Index) -> Reals:
        goods = np.empty(len(members))
        for start in range(0, len(members), AT_ONCE):
            part = self._by_visit[members[start : start + AT_ONCE]]
            goods[start : start + AT_ONCE] = part.min(axis=1).sum(axis=1)
        return goods

    def cost(self, sets: Sets) -> Reals:
        """Won of each set: exact where nothing is tied, else a bound."""
        cost: Reals = self.goods(sets.members) + sets.trip - self.bonus * sets.days + self.constant
        return cost
