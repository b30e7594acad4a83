"""What mattered in training: model S anew at an equal, small budget, each time without one part.

Variants that see, weigh or turn something else read the same samples in the same order; those with
another recipe draw theirs from the same seed. All are judged by the same validation set.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from altteul.foundation import views
from altteul.foundation.bases import HORIZON, NAMES
from altteul.foundation.generators import LOCKED, TRAINING
from altteul.foundation.training import loop, pool, validation
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.real import RealSeries
from altteul.foundation.training.settings import Settings
from altteul.foundation.training.validation import Validation

RAW, FOURTH, SIXTEENTH = (wanted for _, wanted in views.VIEWS)
VIEW_COLUMNS = RAW + FOURTH + SIXTEENTH
READ_START = VIEW_COLUMNS + VIEW_COLUMNS // views.MASK_BLOCK + views.NEAR
READ_COLUMNS = (len(views.READ_BASES) + 1 + 3) * HORIZON
ROWS = pool.SHARD
READ = (READ_START, READ_START + READ_COLUMNS)


@dataclass(frozen=True)
class Variant:
    """What one model is trained without.

    The network: features that are blanked (first, last column), bases that stay (None: all).
    Training: `turn` (signs). The recipe: real series, mixing, families of the second recipe.
    """

    blank: tuple[int, int] = (0, 0)
    kept: tuple[str, ...] | None = None
    turn: bool = True
    real: bool = True
    mixing: bool = True
    shares: tuple[float, ...] = TRAINING

    def recipe(self, seed: int, real: tuple[RealSeries, ...]) -> pool.Recipe:
        """The recipe of its samples."""
        kept = real if self.real else ()
        return pool.Recipe(seed, kept, rows=ROWS, shares=self.shares, mixing=self.mixing)


VARIANTS: dict[str, Variant] = {
    "whole": Variant(),
    "without basis forecasts": Variant(blank=READ, kept=("last value",)),
    "without bases in the output": Variant(kept=("last value",)),
    "without bases in the input": Variant(blank=READ),
    "without coarse views": Variant(blank=(RAW, VIEW_COLUMNS)),
    "without any view of the points": Variant(blank=(0, VIEW_COLUMNS)),
    "without turned signs": Variant(turn=False),
    "without real windows": Variant(real=False),
    "without mixing": Variant(mixing=False),
    "without the families added later": Variant(shares=LOCKED),
}


class Ablated(ModelS):
    """Model S that does not see part of its input."""

    def __init__(self, variant: Variant) -> None:
        super().__init__()
        seen = torch.ones(views.FEATURES)
        seen[variant.blank[0] : variant.blank[1]] = 0.0
        self.register_buffer("seen", seen)
        kept = NAMES if variant.kept is None else variant.kept
        chosen = [NAMES.index(name if name in kept else NAMES[0]) for name in NAMES]
        self.register_buffer("chosen", torch.tensor(chosen, dtype=torch.float32))

    def forward(self, features: Tensor, bases: Tensor, points: Tensor | None = None) -> Tensor:
        """Bases that are left out are replaced by the last value."""
        return super().forward(features * self.seen, bases[:, self.chosen.long()])


def run(
    folder: Path, real: tuple[RealSeries, ...], judged: Validation, settings: Settings
) -> Iterator[tuple[str, dict[str, float]]]:
    """Train every variant; its name and its scores (see `overall`) as they come.

    Samples lie in `folder` as long as the next variant has the same recipe.
    """
    before: pool.Recipe | None = None
    for name, variant in VARIANTS.items():
        recipe = variant.recipe(settings.seed, real)
        if recipe != before:
            shutil.rmtree(folder, ignore_errors=True)
        before = recipe
        data = folder / "pool"
        make = partial(pool.write_shard, data, recipe)
        batches = partial(pool.growing, data, make, settings.seed, settings.batch)
        run_folder = folder / name.replace(" ", "-")
        chosen = replace(settings, turn=variant.turn)
        build = partial(Ablated, variant)
        model = loop.train(batches, judged, run_folder, chosen, lambda *_: None, build)
        yield name, overall(validation.validate(model.eval(), judged))
    shutil.rmtree(folder, ignore_errors=True)


def overall(scores: dict[str, float]) -> dict[str, float]:
    """Pinball loss over the locked groups and, where judged, the broad and the real ones."""
    result = {"locked": scores["pinball"], "locked median": scores["mae"]}
    for kind in ("broad", "real"):
        losses = [value for name, value in scores.items() if name.startswith(f"pinball {kind} ")]
        if losses:
            mean = sum(math.log(loss) for loss in losses) / len(losses)
            result[kind] = round(math.exp(mean), 4)
    return result
