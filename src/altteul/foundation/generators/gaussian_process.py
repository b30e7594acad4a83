"""Gaussian processes with composed kernels (KernelSynth) and graphs of them (CauKer)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from altteul.foundation.generators.arrays import (
    Floats,
    Integers,
    Random,
    chance,
    column,
    log_uniform,
    standardised,
)

PATHS_PER_KERNEL = 8
MOST_POINTS = 640


def kernel_synth(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Draws from Gaussian processes whose kernels are random sums and products.

    (Ansari et al. 2024, "Chronos", appendix on KernelSynth: linear, squared-exponential, rational
    quadratic, periodic and white kernels joined by + and ×.) Longer series than MOST_POINTS are
    drawn on a coarser grid and interpolated, with white noise added back on the fine grid.
    """
    count = first.size
    points = min(length, MOST_POINTS)
    step = length / points
    paths = np.empty((count, points))
    for start in range(0, count, PATHS_PER_KERNEL):
        rows = slice(start, min(start + PATHS_PER_KERNEL, count))
        season = max(float(first[start]), 1.0) / step
        longer = max(float(second[start]), 1.0) / step
        kernel = _composed(rng, points, season, longer)
        root = _square_root(kernel)
        paths[rows] = (root @ rng.standard_normal((points, rows.stop - rows.start))).T
    values = standardised(paths)
    if points < length:
        values = _stretched(values, length)
    noise = column(np.where(chance(rng, 0.5, count), 0.0, log_uniform(rng, 0.01, 0.5, count)))
    return values + noise * rng.standard_normal((count, length))


def causal_graph(rng: Random, first: Integers, second: Integers, length: int) -> Floats:
    """Nodes of a random causal graph: each mixes the activations of earlier nodes.

    (Xie et al. 2025, "CauKer": root nodes are Gaussian processes, edges carry activations.) Nodes
    of one graph stand next to each other, so a batch holds children as well as roots.
    """
    values = kernel_synth(rng, first, second, length)
    for node in range(2, values.shape[0]):
        if node % PATHS_PER_KERNEL < 2:
            continue
        oldest = node - node % PATHS_PER_KERNEL
        parents = rng.integers(oldest, node, size=2)
        lags = rng.integers(0, 12, size=2)
        mixed = sum(
            rng.standard_normal() * _activation(rng)(np.roll(values[parent], lag))
            for parent, lag in zip(parents, lags, strict=True)
        )
        values[node] = 0.3 * values[node] + mixed
    return values


def _composed(rng: Random, points: int, season: float, longer: float) -> Floats:
    lag = np.abs(np.arange(points)[:, None] - np.arange(points)[None, :]).astype(np.float64)
    kernel: Floats = _base(rng, lag, season, longer)
    for _ in range(int(rng.integers(0, 4))):
        other = _base(rng, lag, season, longer)
        kernel = kernel + other if rng.random() < 0.6 else kernel * other
    return kernel


def _base(rng: Random, lag: Floats, season: float, longer: float) -> Any:
    points = lag.shape[0]
    kind = rng.choice(6, p=[0.2, 0.15, 0.3, 0.1, 0.15, 0.1])
    reach = points * float(log_uniform(rng, 0.01, 1.0, 1)[0])
    if kind == 0:
        return np.exp(-0.5 * (lag / reach) ** 2)
    if kind == 1:
        return (1.0 + 0.5 * (lag / reach) ** 2) ** -1.0
    if kind == 2:
        period = season if rng.random() < 0.6 else longer
        period = period if period > 1.5 else float(log_uniform(rng, 3.0, points / 2, 1)[0])
        width = float(log_uniform(rng, 0.4, 3.0, 1)[0])
        return np.exp(-2.0 * np.sin(np.pi * lag / period) ** 2 / width**2)
    if kind == 3:
        time = np.linspace(-1.0, 1.0, points) - rng.uniform(-1, 1)
        return np.outer(time, time) + 0.1
    if kind == 4:
        return np.exp(-lag / reach)
    return np.eye(points) * float(log_uniform(rng, 0.05, 1.0, 1)[0])


def _square_root(kernel: Floats) -> Floats:
    jitter = 1e-6 * float(np.trace(kernel)) / kernel.shape[0]
    for _ in range(6):
        try:
            return np.linalg.cholesky(kernel + np.eye(kernel.shape[0]) * jitter)
        except np.linalg.LinAlgError:
            jitter *= 10.0
    return np.eye(kernel.shape[0])


def _stretched(values: Floats, length: int) -> Floats:
    grid = np.linspace(0.0, values.shape[1] - 1.0, length)
    old = np.arange(values.shape[1])
    return np.stack([np.interp(grid, old, row) for row in values])


def _activation(rng: Random) -> Callable[[Floats], Floats]:
    choices: list[Callable[[Floats], Floats]] = [
        lambda x: x,
        lambda x: np.maximum(x, 0.0),
        np.tanh,
        lambda x: 1.0 / (1.0 + np.exp(-3.0 * np.clip(x, -10, 10))),
        np.sin,
        lambda x: x * np.clip(np.abs(x), 0.0, 3.0),
    ]
    return choices[int(rng.integers(len(choices)))]
