"""The locked synthetic validation set, the only thing models are chosen by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from altteul.foundation.generators import LOCKED
from altteul.foundation.shape import LEVELS, MEDIAN
from altteul.foundation.training.decoder import ModelM
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.real import RealSeries, real_windows
from altteul.foundation.training.recipe import (
    GROUPS,
    LOCKED_GROUPS,
    Samples,
    synthetic_windows,
    to_samples,
)

LOCKED_SEED = 1_000_003
SERIES = {"tiny": 1500, "medium": 1200, "long": 800}
BESIDE = 800
SNAIVE = 1  # position of the seasonal naive among the bases


@dataclass(frozen=True)
class Validation:
    """Samples of each group of the recipe, drawn from a seed that training never uses.

    `beside` are further groups that are reported, but do not enter the overall values.
    """

    groups: dict[str, Samples]
    beside: dict[str, Samples] = field(default_factory=dict)


def locked(held_out: Sequence[RealSeries] = (), with_points: bool = False) -> Validation:
    """The validation set: synthetic series alone, always the same.

    Beside it stand the families and frequencies added later ("broad …"), and windows of the real
    series `held_out` from training ("real …").
    """
    made, beside = {}, {}
    for index, group in enumerate(LOCKED_GROUPS):
        rng = np.random.default_rng((LOCKED_SEED, index))
        windows = synthetic_windows(rng, group, SERIES[group.name], LOCKED)
        made[group.name] = to_samples(windows, with_points)
    for index, group in enumerate(GROUPS):
        rng = np.random.default_rng((LOCKED_SEED, 50 + index))
        windows = synthetic_windows(rng, group, BESIDE)
        beside[f"broad {group.name}"] = to_samples(windows, with_points)
        if held_out:
            windows = real_windows(rng, list(held_out), group, BESIDE // 2)
            beside[f"real {group.name}"] = to_samples(windows, with_points)
    return Validation(made, beside)


def validate(
    model: ModelS | ModelM, validation: Validation, device: str = "cpu"
) -> dict[str, float]:
    """Per group and overall: median error and pinball loss relative to the seasonal naive.

    Overall values are geometric means over groups; less is better. `coverage` is the share of
    points between the 0.1 and 0.9 quantiles.
    """
    absolute, pinball, inside = [], [], []
    scores: dict[str, float] = {}
    for name, samples in (validation.groups | validation.beside).items():
        quantiles = run(model, samples, device)
        counted = np.arange(quantiles.shape[1])[None, :] < samples.reach[:, None]
        one = relative_scores(quantiles, samples, counted)
        if name in validation.groups:
            absolute.append(one[0])
            pinball.append(one[1])
            inside.append(one[2])
        scores[f"mae {name}"], scores[f"pinball {name}"] = round(one[0], 4), round(one[1], 4)
    scores["mae"] = round(float(np.exp(np.mean(np.log(absolute)))), 4)
    scores["pinball"] = round(float(np.exp(np.mean(np.log(pinball)))), 4)
    scores["coverage"] = round(float(np.mean(inside)), 4)
    return scores


def run(model: ModelS | ModelM, samples: Samples, device: str = "cpu") -> np.ndarray:
    """Quantiles of all samples, shape (count, horizon, levels)."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(samples.reach), 1024):
            rows = slice(start, start + 1024)
            read = [
                torch.from_numpy(np.ascontiguousarray(getattr(samples, field)[rows])).to(device)
                for field in ("features", "bases", "points")
            ]
            parts.append(model(*read).cpu().numpy())
    return np.concatenate(parts)


def relative_scores(
    quantiles: np.ndarray, samples: Samples, counted: np.ndarray
) -> tuple[float, float, float]:
    """Median error, pinball loss (both over the seasonal naive's) and coverage of one group."""
    truth = samples.target
    naive = np.abs(samples.bases[:, SNAIVE] - truth)[counted].sum()
    error = truth[:, :, None] - quantiles
    levels = np.array(LEVELS)
    loss = 2.0 * np.maximum(levels * error, (levels - 1.0) * error).mean(axis=2)
    low, high = LEVELS.index(0.1), LEVELS.index(0.9)
    inside = (truth >= quantiles[:, :, low]) & (truth <= quantiles[:, :, high])
    median = np.abs(error[:, :, MEDIAN])[counted].sum()
    return float(median / naive), float(loss[counted].sum() / naive), float(inside[counted].mean())
