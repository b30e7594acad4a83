"""The locked synthetic validation set, the only thing models are chosen by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from altteul.foundation.shape import LEVELS, MEDIAN
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.recipe import GROUPS, Samples, synthetic_windows, to_samples

LOCKED_SEED = 1_000_003
SERIES = {"tiny": 1500, "medium": 1200, "long": 800}
SNAIVE = 1  # position of the seasonal naive among the bases


@dataclass(frozen=True)
class Validation:
    """Samples of each group of the recipe, drawn from a seed that training never uses."""

    groups: dict[str, Samples]


def locked() -> Validation:
    """The validation set: synthetic series alone, always the same."""
    made = {}
    for index, group in enumerate(GROUPS):
        rng = np.random.default_rng((LOCKED_SEED, index))
        made[group.name] = to_samples(synthetic_windows(rng, group, SERIES[group.name]))
    return Validation(made)


def validate(model: ModelS, validation: Validation) -> dict[str, float]:
    """Per group and overall: median error and pinball loss relative to the seasonal naive.

    Overall values are geometric means over groups; less is better. `coverage` is the share of
    points between the 0.1 and 0.9 quantiles.
    """
    absolute, pinball, inside = [], [], []
    scores: dict[str, float] = {}
    for name, samples in validation.groups.items():
        quantiles = run(model, samples)
        counted = np.arange(quantiles.shape[1])[None, :] < samples.reach[:, None]
        one = relative_scores(quantiles, samples, counted)
        absolute.append(one[0])
        pinball.append(one[1])
        inside.append(one[2])
        scores[f"mae {name}"], scores[f"pinball {name}"] = round(one[0], 4), round(one[1], 4)
    scores["mae"] = round(float(np.exp(np.mean(np.log(absolute)))), 4)
    scores["pinball"] = round(float(np.exp(np.mean(np.log(pinball)))), 4)
    scores["coverage"] = round(float(np.mean(inside)), 4)
    return scores


def run(model: ModelS, samples: Samples) -> np.ndarray:
    """Quantiles of all samples, shape (count, horizon, levels)."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(samples.reach), 1024):
            rows = slice(start, start + 1024)
            features = torch.from_numpy(np.ascontiguousarray(samples.features[rows]))
            bases = torch.from_numpy(np.ascontiguousarray(samples.bases[rows]))
            parts.append(model(features, bases).numpy())
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
