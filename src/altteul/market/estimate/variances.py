"""How much each factor matters: variance components by maximum likelihood.

The minorise–maximise steps of Zhou, Hu, Qiao, Cho & Zhou (2019, "MM Algorithms for Variance
Components Models") with an inverse-gamma prior, on a sample of whole sellers: the exact likelihood
needs a matrix of prices × prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from altteul.market.estimate.effects import DEGREES_OF_FREEDOM, LEVEL_VARIANCE, Variances
from altteul.market.estimate.features import Codes
from altteul.market.estimate.level import Values

USUAL = 0.08
"""Standard deviation that a factor's effects are expected to have before any price is seen."""
PRIOR_GROUPS = 2.0
PRIOR_PRICES = 10.0
"""The errors' variance of a channel leans on that of all as if so many prices said the same."""
START_NOISE = 0.04
STEPS = 15
MOST_PRICES = 800

Square = NDArray[np.float64]


def fit_variances(values: Values, codes: Mapping[str, Codes], channels: Sequence[str]) -> Variances:
    """The variances of all factors but "level", from `values` of shape (prices,) and the channel of
    each price's seller."""
    same = {name: _same(own) for name, own in codes.items()}
    level = LEVEL_VARIANCE * same.pop("level")
    factors = dict.fromkeys(same, USUAL**2)
    names, kind = np.unique(np.array(channels, dtype=np.str_), return_inverse=True)
    noises = np.full(len(names), START_NOISE)
    weights = np.ones(len(values))
    for _ in range(STEPS):
        noise = noises[kind]
        shared = level + sum(variance * same[name] for name, variance in factors.items())
        inverse = np.linalg.inv(shared + np.diag(noise / weights)).astype(np.float64)
        scaled = inverse @ values
        factors = {name: _stepped(v, same[name], inverse, scaled) for name, v in factors.items()}
        # Variance that the fit leaves at each price: tr of noise·(I − noise·V⁻¹).
        errors = (noise / weights) * scaled
        left = (noise / weights) * (1.0 - (noise / weights) * np.diag(inverse))
        noises = _stepped_noises(noises, kind, scaled**2 / weights, np.diag(inverse) / weights)
        squared = (errors**2 + np.maximum(left, 0.0)) / noises[kind]
        weights = (DEGREES_OF_FREEDOM + 1) / (DEGREES_OF_FREEDOM + squared)
    usual = float(np.exp(np.mean(np.log(noises[kind]))))
    times = dict(zip(names.tolist(), (noises / usual).tolist(), strict=True))
    return Variances(factors, usual, times)


def _stepped_noises(noises: Values, kind: Codes, explained: Values, expected: Values) -> Values:
    """One step of the errors' variances by channel, which lean on that of all channels together."""
    together = float(np.sqrt(np.sum(explained) / np.sum(expected)))
    own = np.bincount(kind, explained), np.bincount(kind, expected)
    lean = PRIOR_PRICES * together / noises, PRIOR_PRICES / noises / together
    stepped: Values = noises * np.sqrt((own[0] + lean[0]) / (own[1] + lean[1]))
    return stepped


def sampled(sellers: Codes, most: int = MOST_PRICES) -> NDArray[np.bool_]:
    """Which prices are of the evenly chosen sellers that together have at most so many prices."""
    if len(sellers) <= most:
        return np.ones(len(sellers), dtype=np.bool_)
    count = np.bincount(sellers)
    step = int(np.ceil(len(sellers) / most))
    chosen = np.arange(0, len(count), step)
    chosen = chosen[np.cumsum(count[chosen]) <= most]
    return np.isin(sellers, chosen if len(chosen) else [0])


def _same(own: Codes) -> Square:
    same: Square = ((own[:, None] == own[None, :]) & (own >= 0)[:, None]).astype(np.float64)
    return same


def _stepped(variance: float, same: Square, inverse: Square, scaled: Values) -> float:
    explained = float(scaled @ (same @ scaled)) + PRIOR_GROUPS * USUAL**2 / variance**2
    expected = float(np.sum(inverse * same)) + PRIOR_GROUPS / variance
    return variance * float(np.sqrt(explained / expected))
