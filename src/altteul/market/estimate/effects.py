"""Shrunken effects by robust backfitting: every group moves as far as its prices carry it.

Each factor's effects are normal with the factor's variance, errors follow Student's t. The
solution of Henderson's mixed model equations is reached factor by factor (Gauss–Seidel;
Henderson 1975, Hastie & Tibshirani 1990), with t weights as in Lange, Little & Taylor 1989.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from altteul.market.estimate.features import Codes
from altteul.market.estimate.level import Values

DEGREES_OF_FREEDOM = 6.0
ROUNDS = 40
SMALL = 2e-4
LEVEL_VARIANCE = 0.3


@dataclass(frozen=True, slots=True)
class Variances:
    """Variance of each factor's effects and of the errors, in squared usual spreads of ln price.

    `channels` is how many times as large the errors' variance is in each channel (1 where missing):
    stalls of a market go by each other's prices, large stores do not.
    """

    factors: Mapping[str, float]
    noise: float
    channels: Mapping[str, float] = field(default_factory=dict)

    def times(self, channels: Sequence[str]) -> Values:
        """The errors' variance over `noise` for goods of these channels, shape (goods,)."""
        return np.array([self.channels.get(name, 1.0) for name in channels], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Effects:
    """By factor the effect of each group and its variance, shape (groups,), and of the levels."""

    effect: Mapping[str, Values]
    variance: Mapping[str, Values]
    weights: Values

    def total(
        self, codes: Mapping[str, Codes], variances: Variances, times: Values
    ) -> tuple[Values, Values]:
        """The sum of the effects and its variance with the error, each shape (goods,); `times` as
        `Variances.times` gives it.

        A group never seen has the effect 0 and the factor's whole variance.
        """
        size = len(next(iter(codes.values())))
        total, variance = np.zeros(size), variances.noise * times
        for name, own in codes.items():
            unseen = variances.factors.get(name, LEVEL_VARIANCE)
            # One more place at the end answers the code −1.
            total += np.append(self.effect[name], 0.0)[own]
            variance += np.append(self.variance[name], unseen)[own]
        return total, variance


def fit_effects(
    values: Values, codes: Mapping[str, Codes], variances: Variances, known: Values | None = None
) -> Effects:
    """The effects of all factors on `values`, shape (prices,), already without level and spread.

    `codes` of "level" are corrected with a wide variance. `known` weighs prices that are less
    certain than today's (1: as certain).
    """
    given = np.ones(len(values)) if known is None else known
    weights = given.copy()
    # One more group at the end holds the prices that are in none; its effect stays 0.
    size = {name: int(own.max()) + 2 for name, own in codes.items()}
    padded = {name: np.where(own < 0, size[name] - 1, own) for name, own in codes.items()}
    effect = {name: np.zeros(size[name]) for name in codes}
    variance = {name: np.zeros_like(u) for name, u in effect.items()}
    fitted = np.zeros(len(values))
    for _ in range(ROUNDS):
        before = fitted.copy()
        for name, own in padded.items():
            prior = variances.factors.get(name, LEVEL_VARIANCE)
            moved, variance[name] = _shrunken(
                values - fitted + effect[name][own],
                own,
                weights,
                variances.noise,
                prior,
                size[name],
            )
            moved[-1] = 0.0
            fitted += (moved - effect[name])[own]
            effect[name] = moved
        squared = (values - fitted) ** 2 / variances.noise
        weights = given * (DEGREES_OF_FREEDOM + 1) / (DEGREES_OF_FREEDOM + squared * given)
        if np.abs(fitted - before).max(initial=0.0) < SMALL:
            break
    return Effects(
        {name: values[:-1] for name, values in effect.items()},
        {name: values[:-1] for name, values in variance.items()},
        weights,
    )


def _shrunken(
    rest: Values, own: Codes, weights: Values, noise: float, prior: float, size: int
) -> tuple[Values, Values]:
    """The best linear prediction of one factor's effects from what the others leave."""
    weight = np.bincount(own, weights, size)
    ratio = noise / max(prior, 1e-9)
    moved = np.bincount(own, weights * rest, size) / (weight + ratio)
    left = noise / (weight + ratio)
    return moved.astype(np.float64), left.astype(np.float64)
