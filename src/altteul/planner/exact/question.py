"""A model with chosen orders: goods as a sum over needs, once its limits are priced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.completion import Completion
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.groups import Sets
from altteul.planner.exact.model import NO_CAP, NOT_SOLD, Answer, Index, Model, Won, price, tour_won
from altteul.planner.exact.starting import Pool
from altteul.planner.exact.ways import Ways, best_order

AT_ONCE = 8_192
LOST = (0.0, 1.0, 0.5)
CHANGES = (1.0, 0.0, 0.5, 2.0)
SECTIONS = 8
LEAST = 1e-4
MISSED = 100_000_000.0
"""Won charged to a set that misses a place which has to be visited."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Lagrangian prices of the limits: won for a won of the budget, for a gram carried, and for a
    won of discount above a cap (at most 1)."""

    budget: float = 0.0
    gram: float = 0.0
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
        orders: tuple[int, ...],
        weights: Weights | None = None,
    ) -> None:
        """`weights` of a like question spare the search for them."""
        self.model = model
        self.ways = ways
        self.orders = orders
        self._allowed = allowed
        self._given = weights is not None
        self.weights = weights or Weights()
        self.tied = may_bind(model, orders)
        self._orders: dict[tuple[int, ...], tuple[int, ...] | None] = {}
        self._won: dict[tuple[int, ...], int] = {}
        self._tabulate()

    @property
    def fresh(self) -> bool:
        """Whether the multipliers were chosen here."""
        return not self._given

    @property
    def weighted(self) -> bool:
        """Whether a limit has a price above nothing."""
        return self.weights.budget > 0 or self.weights.gram > 0

    def _tabulate(self) -> None:
        model, weights = self.model, self.weights
        cells = self._cells(weights)
        visits = cells[:, : model.visits]
        ordered = cells[:, list(self.orders)].min(axis=1, initial=np.inf)
        top = np.minimum(model.uncovered, ordered)
        table = np.concatenate([np.minimum(visits, top[:, None]), top[:, None]], axis=1)
        self.price, self.top = self._with_musts(table, top)
        fees = sum(model.orders[c - model.visits].least_fee for c in self.orders)
        self.constant = fees - weights.budget * (model.budget or 0)
        self.bonus = weights.gram * (model.carry or 0)
        self._by_visit = np.ascontiguousarray(self.price.T)

    def _cells(self, weights: Weights) -> Reals:
        """The cheapest option of each need in each column, limits priced."""
        model = self.model
        cost = model.cost.astype(np.float64)
        if weights.budget:
            cost = cost + weights.budget * model.paid
        if weights.lost:
            capped = model.cap < NO_CAP
            cost[:, :, capped] += weights.lost * model.discount[:, :, capped]
        if weights.gram:
            carried = model.grams[:, :, : model.visits]
            cost[:, :, : model.visits] += weights.gram * carried
        cells: Reals = cost.min(axis=1)
        return cells

    def _with_musts(self, table: Reals, top: Reals) -> tuple[Reals, Reals]:
        for place in self.model.must:
            row = np.append(np.where(self.model.place == place, 0.0, MISSED), MISSED)
            table = np.concatenate([table, row[None, :]])
            top = np.append(top, MISSED)
        return table, top

    def price_limits(self, pool: Pool) -> None:
        """Choose the multipliers that make the bound over the pool's sets high."""
        model = self.model
        if self._given or not self.tied or (model.budget is None and model.carry is None):
            return
        budget = gram = 0.0
        for _ in range(2 if model.budget is not None and model.carry is not None else 1):
            if model.budget is not None:
                budget = _highest(partial(self._by_budget, pool, gram), budget or 0.5)
            if model.carry is not None:
                gram = _highest(partial(self._by_gram, pool, budget), gram or 0.5)
        self.weights = Weights(budget, gram)
        self._tabulate()

    def _by_budget(self, pool: Pool, gram: float, budget: float) -> float:
        return self._over(pool, Weights(budget, gram))

    def _by_gram(self, pool: Pool, budget: float, gram: float) -> float:
        return self._over(pool, Weights(budget, gram))

    def _over(self, pool: Pool, weights: Weights) -> float:
        """The least bound of the pool's sets with other multipliers."""
        return float(self._bounds(pool.members, pool.trips, pool.days, weights).min())

    def _bounds(
        self, members: Index, trips: Reals | Won, days: Reals | Won, weights: Weights
    ) -> Reals:
        """The bounds of sets with other multipliers."""
        before, self.weights = self.weights, weights
        self._tabulate()
        bounds = self._goods(members) + trips - self.bonus * days + self.constant
        if weights.lost:
            caps = np.where(self.model.cap < NO_CAP, self.model.cap, 0)[: self.model.visits]
            bounds -= weights.lost * np.append(caps, 0)[members].sum(axis=1)
            bounds -= weights.lost * sum(
                int(self.model.cap[c]) for c in self.orders if self.model.cap[c] < NO_CAP
            )
        self.weights = before
        self._tabulate()
        return bounds

    def tighter(self, sets: Sets, bounds: Reals, limit: float) -> Reals:
        """The bounds of sets of which other multipliers may show that they are above a limit."""
        found, now = bounds.copy(), self.weights
        shares = LOST if bool((self.model.cap < NO_CAP).any()) else (0.0,)
        for lost in shares:
            for change in CHANGES if self.weighted else (1.0,):
                alive = np.flatnonzero(found <= limit)
                if not len(alive) or (lost == 0.0 and change == 1.0):
                    continue
                weights = Weights(now.budget * change, now.gram * change, lost)
                some = sets.chosen(alive)
                other = self._bounds(some.members, some.trip, some.days, weights)
                found[alive] = np.maximum(found[alive], other)
        return found

    def first_prices(self, members: Index) -> Reals:
        """u to begin with: what each need costs if the set's best visit for it falls away."""
        inside = np.concatenate([self.price[:, members], self.top[:, None]], axis=1)
        second: Reals = np.sort(inside, axis=1)[:, 1]
        return second

    def _goods(self, members: Index) -> Reals:
        goods = np.empty(len(members))
        for start in range(0, len(members), AT_ONCE):
            part = self._by_visit[members[start : start + AT_ONCE]]
            goods[start : start + AT_ONCE] = part.min(axis=1).sum(axis=1)
        return goods

    def cost(self, sets: Sets) -> Reals:
        """Won of each set: exact where nothing is tied, else a bound."""
        cost: Reals = self._goods(sets.members) + sets.trip - self.bonus * sets.days + self.constant
        return cost

    def answer(
        self, members: tuple[int, ...], limit: float, *, quick: bool = False
    ) -> Answer | None:
        """The best answer of a set within a limit of won (`quick`: a good one); None where there
        is none."""
        model = self.model
        visits = [v for v in members if v < model.visits]
        if not set(model.must) <= {int(model.place[v]) for v in visits}:
            return None
        trips = []
        for day in sorted({int(model.day[v]) for v in visits}):
            trip = self._ordered(tuple(sorted(v for v in visits if model.day[v] == day)))
            if trip is None:
                return None
            trips.append(trip)
        if not self.tied:
            return self._separate(tuple(trips))
        way = sum(self._won[trip] for trip in trips)
        completion = Completion(model, trips, self.orders)
        chosen = completion.quick() if quick else completion.best(limit - way)
        return price(model, tuple(trips), self.orders, chosen.bought) if chosen else None

    def _ordered(self, visits: tuple[int, ...]) -> tuple[int, ...] | None:
        """The best order of the visits of a day; None where every order is too late."""
        if visits not in self._orders:
            trip = best_order(self.model, visits)
            self._orders[visits] = trip
            if trip:
                self._won[trip] = tour_won(self.model, trip)
        return self._orders[visits]

    def _separate(self, trips: tuple[tuple[int, ...], ...]) -> Answer:
        """Each need where it is cheapest; ties go to the original, then to the first stop."""
        model = self.model
        columns = [*(visit for trip in trips for visit in trip), *self.orders]
        bought: list[tuple[int, int] | None] = []
        for need in range(model.needs):
            cells = [
                (int(model.cost[need, option, column]), option, place)
                for place, column in enumerate(columns)
                for option in range(model.cost.shape[1])
            ]
            won, option, place = min(cells, default=(NOT_SOLD, 0, 0))
            sold = won <= model.uncovered[need] and won < NOT_SOLD
            bought.append((columns[place], option) if sold else None)
        used = {at[0] for at in bought if at}
        orders = tuple(column for column in self.orders if column in used)
        return price(model, trips, orders, tuple(bought))


def _highest(value: Callable[[float], float], start: float) -> float:
    """Where a concave function of a non-negative number is highest (golden sections)."""
    if value(LEAST) <= value(0.0):
        return 0.0
    low, high = 0.0, max(start, 1e-3) * 2
    while value(high) > value(high * 0.6) and high < 1e4:
        high *= 2.5
    share = (5**0.5 - 1) / 2
    a, b = high - share * (high - low), low + share * (high - low)
    at_a, at_b = value(a), value(b)
    for _ in range(SECTIONS):
        if at_a >= at_b:
            high, b, at_b = b, a, at_a
            a = high - share * (high - low)
            at_a = value(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + share * (high - low)
            at_b = value(b)
    return (low + high) / 2


def may_bind(model: Model, orders: tuple[int, ...]) -> bool:
    """Whether any limit can tie the needs together."""
    sold = model.cost < NOT_SOLD
    if model.budget is not None:
        most = np.where(sold, model.paid, 0).max(axis=(1, 2), initial=0).sum()
        lost = np.where(sold, model.discount, 0).max(axis=(1, 2), initial=0).sum()
        fees = sum(max(f for _, f in model.orders[c - model.visits].fees) for c in orders)
        if most + lost + fees > model.budget:
            return True
    if model.carry is not None:
        heaviest = np.where(sold, model.grams, 0)[:, :, : model.visits]
        if heaviest.max(axis=(1, 2), initial=0).sum() > model.carry:
            return True
    for column in np.flatnonzero(model.cap < NO_CAP).tolist():
        most = np.where(sold, model.discount, 0)[:, :, column].max(axis=1, initial=0).sum()
        if most > model.cap[column]:
            return True
    terms = [model.orders[column - model.visits] for column in orders]
    return any(one.minimum > 1 or len(one.fees) > 1 for one in terms)
