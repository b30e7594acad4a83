"""Random towns: shops on a plane, for the referee's tests and the benchmark."""

from __future__ import annotations

import numpy as np

from altteul.planner.problem import NOT_SOLD, Problem


def town(seed: int, needs: int, sellers: int) -> Problem:
    """Shops on a plane; a third of the goods are missing, prices spread two- to fourfold."""
    rng = np.random.default_rng(seed)
    where = rng.uniform(-1_500, 1_500, (sellers + 1, 2))
    metres = np.rint(np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2))).astype(np.int64)
    usual = rng.integers(1_000, 9_000, (needs, 1))
    price = (usual * rng.lognormal(0, 0.35, (needs, sellers)) // 10 * 10).astype(np.int64)
    price = np.where(rng.random(price.shape) < 0.33, NOT_SOLD, price)
    stop = np.full(sellers, 1_667, dtype=np.int64)
    return Problem(price, 3 * usual[:, 0], metres * int(rng.integers(1, 4)), stop, metres)
