"""Prices that prove: a bound on the goods of any set of visits that is a sum over its visits.

For any u with u <= uncovered the goods of a set S cost at least sum(u) - sum of rho(v) over S,
with rho(v) = sum over needs of max(0, u - price in v): the Lagrangian of "each need once"
(Balinski 1965; for facility location Erlenkotter 1978). The u that makes the bound high is sought
by subgradient steps (Held, Wolfe and Crowder 1974); whatever u comes out, the bound holds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from altteul.planner.exact.model import Index

Reals = npt.NDArray[np.float64]

PATIENCE = 4
SHRINK = 0.6


def worth(u: Reals, price: Reals) -> Reals:
    """rho: how far the prices of each column undercut u; shape (columns,)."""
    under: Reals = np.maximum(u[:, None] - price, 0.0).sum(axis=0)
    return under


def raise_bound(
    u: Reals, price: Reals, top: Reals, pool: Index, charges: Reals, target: float, steps: int
) -> tuple[Reals, float]:
    """The best u found for a pool of sets, and its bound over them.

    price (needs, columns + 1), the last column is empty (never cheaper); pool (sets, size), padded
    with the empty column; charges (sets,) is won of each set besides goods; target is the bound
    that would be enough.
    """
    used, where = np.unique(pool, return_inverse=True)
    near, pool = price[:, used], where.reshape(pool.shape)
    best, bound, since, pace = u, -np.inf, 0, 1.0
    for _ in range(steps):
        under = u[:, None] - near
        value = np.maximum(under, 0.0).sum(axis=0)[pool].sum(axis=1) - charges
        worst = int(value.argmax())
        reached = float(u.sum() - value[worst])
        if reached > bound + 1e-9:
            best, bound, since = u, reached, 0
        else:
            since += 1
            if since >= PATIENCE:
                pace, since = pace * SHRINK, 0
        if reached >= target:
            break
        slope = 1.0 - (under[:, pool[worst]] > 0).sum(axis=1)
        length = float(slope @ slope)
        if length == 0.0:
            break
        u = np.minimum(top, u + pace * max(target - reached, 1.0) / length * slope)
    return best, bound
