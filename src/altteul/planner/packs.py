"""Whole packs: the cheapest mixture of pack sizes that covers an amount (exact)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ALMOST = 1e-9
"""Relative slack, so that 0.1 + 0.2 of something still covers 0.3."""


@dataclass(frozen=True, slots=True)
class PackSize:
    """What one pack holds (any unit, the same for all) and what it costs in won."""

    amount: float
    won: int


@dataclass(frozen=True, slots=True)
class Packing:
    """How many of each size, the won for all, and the amount they hold."""

    counts: tuple[int, ...]
    won: int
    amount: float


def cheapest_packs(sizes: Sequence[PackSize], amount: float) -> Packing | None:
    """The cheapest whole packs holding at least `amount`; None without sizes.

    Ties: fewer packs, then the larger amount, then the earlier size. Exact: branch and bound over
    how many of each size, best won per amount first; the bound is the rest of the amount at the
    best remaining rate, raised to a multiple of the prices' common divisor.
    """
    if not sizes:
        return None
    if amount <= 0 or min(size.amount for size in sizes) <= 0:
        raise ValueError("packs and needs hold more than nothing")
    if len(sizes) == 1:
        count = packs_for(amount, sizes[0].amount)
        return Packing((count,), count * sizes[0].won, count * sizes[0].amount)
    counts = _Branching(sizes, _undominated(sizes), amount).best
    return Packing(
        tuple(counts.get(index, 0) for index in range(len(sizes))),
        sum(sizes[index].won * count for index, count in counts.items()),
        sum(sizes[index].amount * count for index, count in counts.items()),
    )


def packs_for(amount: float, pack: float) -> int:
    """How many packs of one size cover the amount."""
    return max(1, math.ceil(amount / pack * (1 - ALMOST)))


def _undominated(sizes: Sequence[PackSize]) -> list[int]:
    """Sizes for which no other holds as much for as little, best rate first."""
    by_price = sorted(range(len(sizes)), key=lambda i: (sizes[i].won, -sizes[i].amount, i))
    kept: list[int] = []
    most = 0.0
    for index in by_price:
        if sizes[index].amount > most:
            kept.append(index)
            most = sizes[index].amount
    return sorted(kept, key=lambda i: (sizes[i].won / sizes[i].amount, -sizes[i].amount))


class _Branching:
    """Depth-first search over the counts; `best` maps size index to count."""

    def __init__(self, sizes: Sequence[PackSize], order: list[int], amount: float) -> None:
        self._sizes = [sizes[index] for index in order]
        self._order = order
        self._step = math.gcd(*(size.won for size in self._sizes)) or 1
        self._slack = amount * ALMOST
        self._largest = [max(s.amount for s in self._sizes[i:]) for i in range(len(order))]
        self._counts = [0] * len(order)
        self._rank: tuple[float, ...] = (math.inf,)
        self.best: dict[int, int] = {}
        self._choose(0, amount, 0)

    def _choose(self, depth: int, left: float, won: int) -> None:
        if left <= self._slack:
            self._keep(left, won)
            return
        size = self._sizes[depth]
        if self._at_least(depth, left, won) > self._rank:
            return
        full = packs_for(left, size.amount)
        if depth == len(self._sizes) - 1:
            self._try(depth, full, left, won)
            return
        for count in range(full, -1, -1):
            self._try(depth, count, left, won)

    def _try(self, depth: int, count: int, left: float, won: int) -> None:
        size = self._sizes[depth]
        self._counts[depth] = count
        self._choose(depth + 1, left - count * size.amount, won + count * size.won)
        self._counts[depth] = 0

    def _at_least(self, depth: int, left: float, won: int) -> tuple[float, ...]:
        """Won and packs that any way to cover the rest needs."""
        size = self._sizes[depth]
        floor = (left - self._slack) * size.won / size.amount
        rest = max(0, math.ceil(floor / self._step - ALMOST)) * self._step
        packs = sum(self._counts) + packs_for(left, self._largest[depth])
        return won + rest, packs

    def _keep(self, left: float, won: int) -> None:
        rank = (won, sum(self._counts), left, *(-count for count in self._counts))
        if rank < self._rank:
            self._rank = rank
            self.best = {i: n for i, n in zip(self._order, self._counts, strict=True) if n}
