"""What goods cost at a set of sellers, and what one seller more or less would change.

For one need with distinct prices p0 < p1 < …, let u_t be the units that sellers asking at most p_t
cannot supply. The goods then cost p0·demand + Σ_t (p_{t+1} - p_t)·u_t: every unit pays the steps
up to the level it is bought at. With the sellers fixed this is exact for limited and unlimited
offers alike, and each need is on its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from altteul.planner.large.instance import LargeInstance, Truth, Whole

Index = npt.NDArray[np.intp]

NEVER = np.iinfo(np.int64).max
LARGEST_TABLE = 600_000
"""Entries of the table (level × need × quantity); above this, sums are made offer by offer."""


@dataclass(frozen=True)
class Offers:
    """All offers, sorted by seller: parallel arrays (N), and where each seller's begin (V + 1)."""

    seller: Index
    need: Index
    level: Index
    quantity: Whole
    begins: Index


class PriceLevels:
    """Levels, steps and offers of an instance.

    `step[t, k]` (L × K, won) is the price step above level t; above a need's last level stands what
    a unit not bought costs: `uncovered`, or more than any trip where everything must be bought.
    `missing` (L × K) arrays, handed in and out, hold demand minus supply up to each level; they may
    be negative.
    """

    def __init__(self, instance: LargeInstance) -> None:
        self.instance = instance
        self._ladder()
        self._list_offers()
        self._rank_quantities()
        self.sells: Truth = self.offers.begins[1:] > self.offers.begins[:-1]
        """(V) who has anything to offer; home has not."""
        self.sells[0] = False

    def _ladder(self) -> None:
        one = self.instance
        last = self._uncovered()
        wanted = (one.useful > 0) & (one.price < last[None, :])
        prices = [np.unique(one.price[wanted[:, k], k]) for k in range(one.needs)]
        self.levels = max([len(p) for p in prices] + [1])
        ladder = np.repeat(last[None, :], self.levels + 1, axis=0)
        self.level = np.full((one.sellers, one.needs), self.levels, dtype=np.intp)
        for k, distinct in enumerate(prices):
            ladder[: len(distinct), k] = distinct
            self.level[wanted[:, k], k] = np.searchsorted(distinct, one.price[wanted[:, k], k])
        self.last = np.array([max(len(p) - 1, 0) for p in prices], dtype=np.intp)
        """(K) the dearest level of each need: what is missing there nobody sells."""
        self.ladder = ladder
        self.step = np.diff(ladder, axis=0)
        self.floor = int(ladder[0] @ one.demand)
        self._wanted = wanted

    def _uncovered(self) -> Whole:
        one = self.instance
        if one.uncovered is not None:
            return one.uncovered.astype(np.int64)
        dearest = np.where(one.useful > 0, one.price, 0).max(axis=0, initial=0)
        way = int((2 * one.distance.max(axis=1, initial=0) + one.stop_cost).sum())
        enough = int(dearest @ one.demand) + way + 1
        return np.full(one.needs, enough, dtype=np.int64)

    def _list_offers(self) -> None:
        seller, need = np.nonzero(self._wanted)
        self.offers = Offers(
            seller,
            need,
            self.level[seller, need],
            self.instance.useful[seller, need],
            np.searchsorted(seller, np.arange(self.instance.sellers + 1)),
        )

    def _rank_quantities(self) -> None:
        """Per need, the distinct quantities; an offer is then (level, need, rank of quantity)."""
        offers, needs = self.offers, self.instance.needs
        distinct = [np.unique(offers.quantity[offers.need == k]) for k in range(needs)]
        self.ranks = max([len(q) for q in distinct] + [1])
        self.ranked = np.zeros((needs, self.ranks), dtype=np.int64)
        rank = np.zeros(len(offers.need), dtype=np.intp)
        for k, quantities in enumerate(distinct):
            self.ranked[k, : len(quantities)] = quantities
            rank[offers.need == k] = np.searchsorted(quantities, offers.quantity[offers.need == k])
        self.rank = np.zeros((self.instance.sellers, needs), dtype=np.intp)
        """[i, k] the place of the offered quantity among the distinct ones of the need."""
        self.rank[offers.seller, offers.need] = rank
        self._place = (offers.level * needs + offers.need) * self.ranks + rank
        self.tabled = self.levels * needs * self.ranks <= LARGEST_TABLE

    def nothing_bought(self) -> Whole:
        """`missing` of the empty set."""
        return np.repeat(self.instance.demand[None, :], self.levels, axis=0).astype(np.int64)

    def supply(self, seller: int) -> Whole:
        """(L × K) units that a seller offers up to each level."""
        return self._supply_of(np.array([seller]))

    def missing(self, inside: Truth) -> Whole:
        """`missing` of the sellers that are `inside` (V)."""
        return self.nothing_bought() - self._supply_of(np.flatnonzero(inside))

    def _supply_of(self, sellers: Index) -> Whole:
        table = np.zeros((self.levels, self.instance.needs), dtype=np.int64)
        offers = self.offers
        mine = np.concatenate(
            [np.arange(offers.begins[i], offers.begins[i + 1]) for i in sellers]
            or [np.zeros(0, dtype=np.intp)]
        )
        np.add.at(table, (offers.level[mine], offers.need[mine]), offers.quantity[mine])
        return np.cumsum(table, axis=0)

    def cost(self, missing: Whole) -> int:
        """Won for the goods."""
        return self.floor + int((self.step * np.maximum(missing, 0)).sum())

    def savings(self, missing: Whole) -> Whole:
        """(V,) won that each seller's offers would save if it were added."""
        short = np.maximum(missing, 0)
        if not self.tabled:
            return self._offer_by_offer(short, lambda s, q: np.minimum(s, q))
        table = np.minimum(short[:, :, None], self.ranked) * self.step[:, :, None]
        return self._sum_by_seller(table)

    def savings_changes(self, missing: Whole, seller: int, others: Index) -> Whole:
        """Won that the `savings` of the others would rise by if a seller inside went away."""
        offers = slice(self.offers.begins[seller], self.offers.begins[seller + 1])
        need, level = self.offers.need[offers], self.offers.level[offers]
        here = missing[:, need]
        supply = self.offers.quantity[offers] * (np.arange(self.levels)[:, None] >= level)
        short, shorter = np.maximum(here, 0), np.maximum(here + supply, 0)
        used = (short != shorter).any(axis=0)
        need, short, shorter = need[used], short[:, used], shorter[:, used]
        most = self.ranked[need]
        table = np.zeros((self.levels + 1, len(need), self.ranks), dtype=np.int64)
        table[:-1] = np.minimum(shorter[:, :, None], most) - np.minimum(short[:, :, None], most)
        table[:-1] *= self.step[:, need, None]
        table = np.cumsum(table[::-1], axis=0)[::-1]
        at = others[:, None], need
        rise: Whole = table[self.level[at], np.arange(len(need)), self.rank[at]].sum(axis=1)
        return rise

    def losses(self, missing: Whole) -> Whole:
        """(V,) won that the goods would cost more without each seller's offers; means something
        only for sellers that are inside."""
        if not self.tabled:
            return self._offer_by_offer(missing, _units_lost)
        table = _units_lost(missing[:, :, None], self.ranked)
        return self._sum_by_seller(table * self.step[:, :, None])

    def _sum_by_seller(self, table: Whole) -> Whole:
        from_level = np.cumsum(table[::-1], axis=0)[::-1]
        return self._by_seller(from_level.ravel()[self._place])

    def _offer_by_offer(self, missing: Whole, units: Callable[[Whole, Whole], Whole]) -> Whole:
        """The same sums without the table, for many prices and many quantities at once."""
        offers = self.offers
        total = np.zeros(len(offers.need), dtype=np.int64)
        for level in range(self.levels):
            reached = np.flatnonzero(offers.level <= level)
            need = offers.need[reached]
            changed = units(missing[level, need], offers.quantity[reached])
            total[reached] += changed * self.step[level, need]
        return self._by_seller(total)

    def _by_seller(self, values: Whole) -> Whole:
        total = np.concatenate([[0], np.cumsum(values)])
        sums: Whole = total[self.offers.begins[1:]] - total[self.offers.begins[:-1]]
        return sums

    def purchases(self, inside: Truth) -> Whole:
        """(V × K) units bought at each seller: the cheapest first, ties to the lower number."""
        one = self.instance
        have = np.where(self._wanted & inside[:, None], one.useful, 0)
        order = np.argsort(np.where(have > 0, one.price, NEVER), axis=0, kind="stable")
        supply = np.take_along_axis(have, order, axis=0)
        filled = np.minimum(np.cumsum(supply, axis=0), one.demand[None, :])
        bought = np.zeros_like(have)
        taken = np.diff(filled, axis=0, prepend=0)
        np.put_along_axis(bought, order, taken, axis=0)
        return bought


def _units_lost(missing: Whole, quantity: Whole) -> Whole:
    lost: Whole = np.maximum(missing + quantity, 0) - np.maximum(missing, 0)
    return lost
