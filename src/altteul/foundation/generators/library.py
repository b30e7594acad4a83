"""The library of generators: every family of synthetic series with its share and its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from altteul.foundation.generators import (
    activity,
    counts,
    gaussian_process,
    nature,
    shocks,
    structural,
)
from altteul.foundation.generators.arrays import Floats, Integers, Random, chance, log_uniform

Generator = Callable[[Random, Integers, Integers, int], Floats]


@dataclass(frozen=True)
class Family:
    """One way to draw series: `draw(rng, first periods, second periods, length)`.

    `share` is its part of the training mixture, `locked` its part of the mixture that the locked
    validation set is drawn from, which later additions must not change.
    """

    name: str
    share: float
    locked: float
    draw: Generator
    reference: str


FAMILIES: tuple[Family, ...] = (
    Family("additive", 0.15, 0.20, structural.additive, "Harvey 1989"),
    Family(
        "multiplicative", 0.17, 0.24, structural.multiplicative, "Hyndman et al. 2008; Dooley 2023"
    ),
    Family("growth_curves", 0.03, 0.05, structural.growth_curves, "Gompertz 1825; Bass 1969"),
    Family("log_prices", 0.08, 0.10, shocks.log_prices, "Taylor 1986; Merton 1976"),
    Family("regimes", 0.04, 0.05, shocks.regimes, "Hamilton 1989"),
    Family("spikes_and_steps", 0.04, 0.05, shocks.spikes_and_steps, "Chen & Liu 1993"),
    Family("autoregressive_moving", 0.07, 0.08, shocks.autoregressive_moving, "Box & Jenkins 1970"),
    Family("demand_counts", 0.04, 0.05, counts.demand_counts, "Snyder et al. 2012"),
    Family("intermittent", 0.03, 0.04, counts.intermittent, "Croston 1972"),
    Family("bounded", 0.03, 0.04, counts.bounded, "logistic-normal, Aitchison 1982"),
    Family("kernel_synth", 0.05, 0.06, gaussian_process.kernel_synth, "Ansari et al. 2024"),
    Family("causal_graph", 0.03, 0.04, gaussian_process.causal_graph, "Xie et al. 2025"),
    Family("retail_demand", 0.05, 0.0, activity.retail_demand, "Makridakis et al. 2022"),
    Family("human_activity", 0.06, 0.0, activity.human_activity, "Taylor 2003"),
    Family("running_totals", 0.02, 0.0, activity.running_totals, "Cori et al. 2013"),
    Family("temperatures", 0.04, 0.0, nature.temperatures, "Campbell & Diebold 2005"),
    Family("rain_and_flow", 0.02, 0.0, nature.rain_and_flow, "Richardson 1981; Nash 1957"),
    Family("bending_trends", 0.05, 0.0, nature.bending_trends, "Taylor & Letham 2018"),
)
TRAINING: tuple[float, ...] = tuple(family.share for family in FAMILIES)
LOCKED: tuple[float, ...] = tuple(family.locked for family in FAMILIES)


def draw(
    rng: Random,
    first: Integers,
    second: Integers,
    length: int,
    shares: tuple[float, ...] = TRAINING,
) -> tuple[Floats, Integers]:
    """Series of all families by their shares, shape (count, length), and each one's family index.

    Families stand in blocks; every row is finite and moved to a random level, sign and scale as
    real data have them (mostly positive), some of them rounded to whole units.
    """
    drawn = [index for index, share in enumerate(shares) if share > 0]
    weights = np.array([shares[index] for index in drawn])
    counts_per = rng.multinomial(first.size, weights / weights.sum())
    blocks, labels, start = [], [], 0
    for index, size in zip(drawn, counts_per, strict=True):
        rows = slice(start, start + int(size))
        start += int(size)
        if size == 0:
            continue
        blocks.append(FAMILIES[index].draw(rng, first[rows], second[rows], length))
        labels.append(np.full(int(size), index))
    values = np.concatenate(blocks)
    values = np.nan_to_num(values, nan=0.0, posinf=1e9, neginf=-1e9)
    return _quantised(rng, _placed(rng, values)), np.concatenate(labels)


def _placed(rng: Random, values: Floats) -> Floats:
    """Lift series with values below zero above it in most cases; give every one a scale."""
    count = values.shape[0]
    lowest = values.min(axis=1)
    spread = values.max(axis=1) - lowest
    lift = np.where(lowest < 0, -lowest + spread * log_uniform(rng, 0.01, 5.0, count), 0.0)
    lift = np.where(chance(rng, 0.75, count), lift, 0.0)
    scale = log_uniform(rng, 0.1, 1e4, count)
    placed: Floats = (values + lift[:, None]) * scale[:, None] / np.maximum(spread, 1e-6)[:, None]
    return placed


def _quantised(rng: Random, values: Floats) -> Floats:
    """Round part of the series to between 8 and 200 steps of their range, as meters report."""
    rounded = chance(rng, 0.12, values.shape[0])
    spread = values.max(axis=1) - values.min(axis=1)
    unit = np.maximum(spread / log_uniform(rng, 8, 200, values.shape[0]), 1e-9)[:, None]
    return np.where(rounded[:, None], np.round(values / unit) * unit, values)
