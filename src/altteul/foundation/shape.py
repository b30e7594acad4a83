"""What the network's input and output are made of; shared by training and inference."""

from __future__ import annotations

from altteul.foundation.bases import HORIZON, NAMES
from altteul.foundation.views import FEATURES, POINTS

LEVELS: tuple[float, ...] = (0.02, *(round(0.05 * step, 2) for step in range(1, 20)), 0.98)
MEDIAN = LEVELS.index(0.5)
ANCHORS = 8  # steps ahead at which the weights of the bases are given; linear between them
BASES = len(NAMES)

__all__ = [
    "ANCHORS",
    "BASES",
    "FEATURES",
    "HORIZON",
    "LEVELS",
    "MEDIAN",
    "POINTS",
    "anchor_weights",
]


def anchor_weights() -> list[list[float]]:
    """Rows of linear interpolation, shape (ANCHORS, HORIZON), anchors denser at short steps."""
    positions = [0.0, 1.0, 3.0, 7.0, 12.0, 23.0, 47.0, HORIZON - 1.0]
    rows = [[0.0] * HORIZON for _ in range(ANCHORS)]
    for step in range(HORIZON):
        right = next(i for i, position in enumerate(positions) if position >= step)
        left = max(right - 1, 0)
        span = positions[right] - positions[left]
        share = (step - positions[left]) / span if span else 1.0
        rows[left][step] += 1.0 - share
        rows[right][step] += share
    return rows
