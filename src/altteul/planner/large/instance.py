"""A large basket as arrays: the Travelling Purchaser Problem with limited or unlimited offers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from altteul.errors import InputError

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Real = npt.NDArray[np.float64]

MOST_WON = 2**40
"""Totals above this are refused: sums of won must stay exact in floating point."""


@dataclass(frozen=True)
class LargeInstance:
    """Sellers 0 … V-1, of which 0 is home, and K needs; whole numbers everywhere.

    `distance[i, j]` (V × V, symmetric, won) is the cost of going from i to j.
    `price[i, k]` (V × K, won per unit) counts only where `amount[i, k] > 0`, the units of need k
    that seller i has; `demand[k]` (K) is how many units are needed.
    `stop[i]` (V, won) is paid for each seller visited; `uncovered[k]` (K, won per unit) is what a
    unit not bought costs. Without `uncovered` everything must be bought. At most
    `most_stops` sellers are visited (None: as many as pay); this needs `uncovered`, so that there
    always is an answer.
    """

    distance: Whole
    price: Whole
    amount: Whole
    demand: Whole
    stop: Whole | None = None
    uncovered: Whole | None = None
    most_stops: int | None = None

    def __post_init__(self) -> None:
        _check(self)

    @property
    def sellers(self) -> int:
        return int(self.price.shape[0])

    @property
    def needs(self) -> int:
        return int(self.price.shape[1])

    @property
    def room(self) -> int:
        """How many sellers may be visited."""
        everybody = self.sellers - 1
        return everybody if self.most_stops is None else min(self.most_stops, everybody)

    @cached_property
    def stop_cost(self) -> Whole:
        """(V,) won for stopping; home costs nothing."""
        if self.stop is None:
            return np.zeros(self.sellers, dtype=np.int64)
        cost = self.stop.astype(np.int64).copy()
        cost[0] = 0
        return cost

    @cached_property
    def useful(self) -> Whole:
        """(V, K) units that a plan could want from each seller: never more than the demand."""
        return np.minimum(self.amount, self.demand[None, :]).astype(np.int64)


def _check(instance: LargeInstance) -> None:
    shape = instance.price.shape
    if len(shape) != 2 or shape[0] < 1:
        raise InputError("값(price)은 판매처 × 살 것의 표여야 합니다.")
    wanted = {"distance": (shape[0], shape[0]), "amount": shape, "demand": shape[1:]}
    wanted |= {"stop": shape[:1], "uncovered": shape[1:]}
    for name, size in wanted.items():
        table = getattr(instance, name)
        if table is None:
            continue
        if table.shape != size:
            raise InputError(f"{name}의 크기가 {table.shape}인데 {size}이어야 합니다.")
        if table.size and table.min() < 0:
            raise InputError(f"{name}에 0보다 작은 수가 있습니다. 0 이상의 정수로 적어 주세요.")
    if not np.array_equal(instance.distance, instance.distance.T):
        raise InputError("distance는 오가는 값이 같은 대칭 표여야 합니다.")
    if instance.most_stops is not None and (instance.most_stops < 1 or instance.uncovered is None):
        raise InputError("most_stops는 1 이상이고, 못 산 몫의 값(uncovered)과 함께 정해야 합니다.")
    _check_prices(instance)


def _check_prices(instance: LargeInstance) -> None:
    offered = instance.amount > 0
    if (instance.price[offered] < 0).any():
        raise InputError("price에 0보다 작은 값이 있습니다. 0 이상의 정수로 적어 주세요.")
    if instance.uncovered is None:
        short = np.flatnonzero(instance.amount.sum(axis=0) < instance.demand)
        if short.size:
            raise InputError(
                f"{int(short[0]) + 1}번째 살 것은 모든 판매처를 합해도 모자랍니다. "
                "수량을 줄이거나 못 산 몫의 값(uncovered)을 정해 주세요."
            )
    if _dearest(instance) > MOST_WON:
        raise InputError("값의 합이 너무 큽니다. 단위를 바꿔 수를 줄여 주세요.")


def _dearest(instance: LargeInstance) -> int:
    goods = np.where(instance.amount > 0, instance.price, 0).max(axis=0, initial=0)
    if instance.uncovered is not None:
        goods = np.maximum(goods, instance.uncovered)
    way = instance.distance.max(axis=1, initial=0) * 2 + instance.stop_cost
    return int(goods @ instance.demand) + int(way.sum())
