"""What matters: model S trained again at an equal, small budget, each time without one part.

    python -m altteul.foundation.training.ablations POOL OUT BATCHES

writes OUT/ablations.json: validation scores of every variant after BATCHES batches, same seed, same
data in the same order.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from altteul.foundation import views
from altteul.foundation.bases import HORIZON, NAMES
from altteul.foundation.training import loop, pool, validation
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.settings import Settings

RAW, FOURTH, SIXTEENTH = (wanted for _, wanted in views.VIEWS)
VIEW_COLUMNS = RAW + FOURTH + SIXTEENTH
READ_START = VIEW_COLUMNS + VIEW_COLUMNS // views.MASK_BLOCK + views.NEAR
READ_COLUMNS = (len(views.READ_BASES) + 1 + 3) * HORIZON


@dataclass(frozen=True)
class Variant:
    """Features that are blanked (first, last column) and bases that stay (None: all)."""

    blank: tuple[int, int] = (0, 0)
    kept: tuple[str, ...] | None = None
    turn: bool = True


VARIANTS: dict[str, Variant] = {
    "whole": Variant(),
    "without bases in the output": Variant(kept=("last value",)),
    "without bases in the input": Variant(blank=(READ_START, READ_START + READ_COLUMNS)),
    "without decimated views": Variant(blank=(RAW, VIEW_COLUMNS)),
    "without any view of the points": Variant(blank=(0, VIEW_COLUMNS)),
    "seasonal naives alone as bases": Variant(
        kept=("last value", *(f"seasonal naive {order}" for order in (1, 2, 3)))
    ),
    "without turned signs": Variant(turn=False),
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


def run(data: Path, out: Path, settings: Settings, report: Callable[[str], None]) -> None:
    """Train every variant and write the scores as they come."""
    locked = validation.locked()
    batches = partial(pool.epochs, data, settings.seed, settings.batch)
    scores: dict[str, dict[str, float]] = {}
    out.mkdir(parents=True, exist_ok=True)
    for name, variant in VARIANTS.items():
        folder = out / name.replace(" ", "-")
        chosen = replace(settings, turn=variant.turn)
        build = partial(Ablated, variant)
        model = loop.train(batches, locked, folder, chosen, lambda share, words: None, build)
        scores[name] = validation.validate(model, locked)
        (out / "ablations.json").write_text(json.dumps(scores, indent=1), "utf-8")
        report(f"{name}: {scores[name]}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    batches = int(sys.argv[3])
    chosen = Settings(batches=batches, every=10 * batches, warm_up=100)
    run(Path(sys.argv[1]), Path(sys.argv[2]), chosen, print)
