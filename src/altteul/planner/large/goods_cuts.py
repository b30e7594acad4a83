"""Cuts that say what the goods cost at least, given the visits.

For need k and price level t let u be the units that sellers asking at most p_t do not supply (see
price_levels). What is proved about u, times its price step, adds up to a cut on the need's cost.
Bounds on u of two kinds are tried, and the best at the present point is used:

- by islands: what comes out of an island S is at most its supply, if S is visited at all, and S
  is visited only if x(border of S) ≥ 2;
- by rounding: u + Σ supply_i · y_i ≥ demand is rounded (complemented mixed-integer rounding,
  Marchand & Wolsey 2001) with the sellers that are probably visited complemented.

Where everything must be bought, u of the last level is 0 and its bound is a cut by itself.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from altteul.planner.large.cuts import Cut, Island
from altteul.planner.large.instance import Real, Truth
from altteul.planner.large.point import Point
from altteul.planner.large.price_levels import PriceLevels
from altteul.planner.large.touring import Index
from altteul.planner.large.trip_cuts import Family

LEAST_VIOLATION = 0.01
MOST_DIVISORS = 5
LEAST_PART = 0.02


class GoodsCuts:
    """Separates cuts on the cost of the needs."""

    def __init__(self, levels: PriceLevels) -> None:
        self.levels = levels
        self.instance = levels.instance
        offers = levels.offers
        self.quantity = offers.quantity.astype(float)
        count = len(offers.need)
        self._by_need = csr_array(
            (np.ones(count), (offers.need, np.arange(count))), shape=(self.instance.needs, count)
        )
        self._reaches = offers.level[:, None] <= np.arange(levels.levels)[None, :]
        self.offers_of = [np.flatnonzero(offers.need == k) for k in range(self.instance.needs)]
        self.demand = self.instance.demand.astype(float)
        self._must = self.instance.uncovered is None
        supply = np.zeros((self.instance.sellers, levels.levels, self.instance.needs))
        supply[offers.seller, offers.level, offers.need] = self.quantity
        self.supply: Real = np.cumsum(supply, axis=1)
        """(V × L × K) units that a seller offers up to each level."""
        self.supply_of: Real = np.ascontiguousarray(self.supply.transpose(2, 0, 1))
        """The same as (K × V × L)."""
        self._divisors = self._likely_divisors()

    def _likely_divisors(self) -> Real:
        """Quantities to round by: spread over those that occur."""
        distinct = np.unique(self.quantity)
        distinct = distinct[distinct > 0]
        if len(distinct) > MOST_DIVISORS:
            distinct = np.quantile(distinct, np.linspace(0, 1, MOST_DIVISORS), method="nearest")
        return np.unique(distinct)

    def separate(self, point: Point, sets: Family) -> list[Cut]:
        """Violated cuts, at most one or two per need."""
        islands = _Islands(self, point, sets)
        roundings = [_Rounding(self, point.visits, divisor) for divisor in self._divisors]
        bounds = np.stack([islands.bound, *(one.bound for one in roundings)])
        bounds = np.where(np.isfinite(bounds), bounds, 0.0)
        choice = bounds.argmax(axis=0)
        best = np.maximum(bounds.max(axis=0), 0.0)
        found: list[Cut] = []
        parts = [islands, *roundings]
        if self._must:
            found += self._feasibility(parts, best[-1], choice[-1])
        step = self.levels.step.astype(float)
        if self._must:
            step[self.levels.last, np.arange(self.instance.needs)] = 0.0
        cost = (best * step).sum(axis=0)
        for need in np.flatnonzero(cost > point.goods + LEAST_VIOLATION * (1 + cost * 1e-3)):
            at = np.flatnonzero((best[:, need] > 0) & (step[:, need] > 0))
            found.append(self._cut(parts, int(need), int(need), at, choice[at], step[at]))
        return found

    def _feasibility(self, parts: list[_Bound], best: Real, choice: Index) -> list[Cut]:
        last = np.array([self.levels.levels - 1])
        return [
            self._cut(parts, int(k), -1, last, choice[None, :], 1.0 / self.demand[None, :])
            for k in np.flatnonzero(best > LEAST_VIOLATION * np.maximum(self.demand, 1))
        ]

    def _cut(
        self, parts: list[_Bound], need: int, column: int, at: Index, choice: Index, scale: Real
    ) -> Cut:
        """Adds up the bounds that were chosen for a need at the levels `at`, scaled."""
        sellers, least = np.zeros(self.instance.sellers), 0.0
        islands: list[Island] = []
        chosen = choice[:, need]
        for number in sorted(set(chosen.tolist())):
            mine = chosen == number
            factors, constant, inner = parts[number].inequality(need, at[mine], scale[mine, need])
            sellers += factors
            least += constant
            islands += inner
        return Cut(column, sellers, least, tuple(_joined(islands)))

    def sums(self, values: Real) -> Real:
        """(L × K) sums of values (offers × L) over the offers that reach each level."""
        total: Real = (self._by_need @ np.where(self._reaches, values, 0.0)).T
        return total


def _joined(islands: list[Island]) -> list[Island]:
    """Equal sets once, with their weights added."""
    weights: dict[bytes, float] = {}
    members: dict[bytes, Truth] = {}
    for one in islands:
        key = one.members.tobytes()
        weights[key] = weights.get(key, 0.0) + one.weight
        members[key] = one.members
    return [Island(members[key], weight) for key, weight in weights.items()]


class _Bound:
    """`bound` (L × K): what u is at least at the point."""

    bound: Real

    def inequality(self, need: int, at: Index, scale: Real) -> tuple[Real, float, list[Island]]:
        """Σ scale · u over the levels `at` is at least constant - …: the factors of the visits, the
        constant, and islands."""
        raise NotImplementedError


class _Islands(_Bound):
    """Supply summed up the family: an island gives at most its capacity times half its border."""

    def __init__(self, cuts: GoodsCuts, point: Point, sets: Family) -> None:
        self.cuts, self.sets = cuts, sets
        shape = (len(sets.border), cuts.levels.levels, cuts.instance.needs)
        self.capacity, self.flow = np.zeros(shape), np.zeros(shape)
        self.capped = np.zeros(shape, dtype=bool)
        single = sets.parts[:, 0] < 0
        self.seller = sets.members[single].argmax(axis=1)
        self.single = np.flatnonzero(single)
        self.capacity[single] = cuts.supply[self.seller]
        self.flow[single] = cuts.supply[self.seller] * point.visits[self.seller, None, None]
        for number in np.flatnonzero(~single):
            self._unite(int(number), *sets.parts[number].tolist())
        self.bound = cuts.instance.demand[None, :] - self.flow[_tops(sets)].sum(axis=0)
        self._owner: Index | None = None

    def _unite(self, number: int, left: int, right: int) -> None:
        flow = self.flow[left] + self.flow[right]
        capacity = self.capacity[left] + self.capacity[right]
        self.capacity[number] = np.minimum(capacity, self.cuts.instance.demand[None, :])
        if self.sets.home[number]:
            self.flow[number] = flow
            return
        capped = self.capacity[number] * (self.sets.border[number] / 2)
        self.capped[number] = capped < flow - 1e-9
        self.flow[number] = np.minimum(flow, capped)

    def owner(self) -> Index:
        """[need, single, level]: the largest capped set around each single seller, or -1."""
        if self._owner is None:
            around = np.full(self.capped.shape, -1, dtype=np.intp)
            for number in range(len(self.sets.border) - 1, -1, -1):
                mine = around[number]
                mine[(mine < 0) & self.capped[number]] = number
                left, right = self.sets.parts[number]
                if left >= 0:
                    around[left] = around[right] = mine
            self._owner = np.ascontiguousarray(around[self.single].transpose(2, 0, 1))
        return self._owner

    def inequality(self, need: int, at: Index, scale: Real) -> tuple[Real, float, list[Island]]:
        weight = self.cuts.supply_of[need][:, at] * scale
        owner = self.owner()[need][:, at]
        level = np.broadcast_to(np.arange(len(at)), owner.shape)
        capped = owner >= 0
        caps = self.capacity[owner[capped], at[level[capped]], need] * scale[level[capped]]
        place, column = np.nonzero(capped)
        weight[self.seller[place], column] = caps
        sets = np.zeros((len(self.sets.border), len(at)))
        sets[owner[capped], column] = caps
        used = np.flatnonzero(sets.any(axis=1))
        islands = [Island(self.sets.members[n], float(sets[n].sum())) for n in used]
        constant = float(self.cuts.instance.demand[need] * scale.sum())
        return weight.sum(axis=1), constant, islands


def _tops(sets: Family) -> Index:
    """The sets that are no part of another."""
    inner = set(sets.parts[sets.parts >= 0].tolist())
    return np.array([n for n in range(len(sets.border)) if n not in inner], dtype=np.intp)


class _Rounding(_Bound):
    """u + Σ q y ≥ demand divided by `divisor` and rounded, likely visits complemented."""

    def __init__(self, cuts: GoodsCuts, visits: Real, divisor: float) -> None:
        self.cuts, self.divisor = cuts, divisor
        offers = cuts.levels.offers
        here = visits[offers.seller]
        self.likely = here > 0.5
        self.amount = np.where(self.likely, -cuts.quantity, cuts.quantity) / divisor
        complemented = np.where(self.likely, cuts.quantity, 0.0)
        ratio = (cuts.demand[None, :] - cuts.sums(complemented[:, None])) / divisor
        self.part = ratio - np.floor(ratio + 1e-9)
        self.top = np.ceil(ratio - 1e-9)
        usable = (self.part > LEAST_PART) & (self.part < 1 - 1e-9)
        away = np.where(self.likely, 1.0 - here, here)
        factor = _rounded(self.amount, self.part.T[offers.need])
        left = self.top - cuts.sums(factor * away[:, None])
        self.bound = np.where(usable, divisor * self.part * left, -1.0)

    def inequality(self, need: int, at: Index, scale: Real) -> tuple[Real, float, list[Island]]:
        mine = self.cuts.offers_of[need]
        likely, offers = self.likely[mine], self.cuts.levels.offers
        part = self.part[at, need]
        factor = _rounded(self.amount[mine], np.broadcast_to(part, (len(mine), len(at))))
        factor *= (offers.level[mine][:, None] <= at[None, :]) * (scale * self.divisor * part)
        factors = np.zeros(self.cuts.instance.sellers)
        factors[offers.seller[mine]] = np.where(likely, -1.0, 1.0) * factor.sum(axis=1)
        tops = (scale * self.divisor * part * self.top[at, need]).sum()
        return factors, float(tops - factor[likely].sum()), []


def _rounded(amount: Real, part: Real) -> Real:
    """floor(a) + min(1, frac(a) / f) for amounts a (N) and fractions f (N × levels)."""
    whole = np.floor(amount + 1e-9)
    over = np.maximum(amount - whole, 0.0)[:, None]
    rounded: Real = whole[:, None] + np.minimum(1.0, over / np.maximum(part, 1e-9))
    return rounded
