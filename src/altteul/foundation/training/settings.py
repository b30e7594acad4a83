"""What decides a training run apart from its data."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Everything that decides a training run apart from its data.

    With `batches` the run is the same for the same seed; with `minutes` the learning rate follows
    the clock, so that a slow machine also reaches the end of the decay. `compact` checkpoints hold
    averages and moments in half precision (62 MB for model M instead of 104).
    """

    seed: int = 20261122
    batch: int = 512
    batches: int | None = None
    minutes: float = 60.0
    rate: float = 2e-3
    warm_up: int = 300
    weight_decay: float = 0.02
    average: float = 0.999
    half: bool = True
    every: int = 500
    turn: bool = True  # every other batch with the sign of its series turned
    device: str = "cpu"
    compact: bool = False

    def share(self, batch: int, seconds: float) -> float:
        """How much of the run is done after `batch` batches and `seconds` seconds."""
        if self.batches is not None:
            return batch / self.batches
        return seconds / (60.0 * self.minutes)

    def learning_rate(self, share: float, number: int) -> float:
        """Linear warm-up, then half a cosine down to 1 % at share 1."""
        warm = min(1.0, number / self.warm_up)
        decay = 0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * min(share, 1.0)))
        return self.rate * warm * decay
