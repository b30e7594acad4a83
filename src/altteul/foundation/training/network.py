"""Model S in PyTorch: a residual multilayer perceptron that weighs basis forecasts.

median(h) = Σ_k softmax(weights)(k, h) · basis(k, h) + correction(h); the other quantiles stand
above and below it by running sums of positive steps, so they never cross.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from altteul.foundation.shape import (
    ANCHORS,
    BASES,
    FEATURES,
    HORIZON,
    LEVELS,
    MEDIAN,
    anchor_weights,
)

WIDTH = 416
DEPTH = 3
OUTPUTS = ANCHORS * BASES + HORIZON * len(LEVELS)


class ResidualBlock(nn.Module):  # type: ignore[misc]
    """x + W₂ silu(W₁ norm(x)), twice as wide inside."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, values: Tensor) -> Tensor:
        """Shape (count, width) in and out."""
        inner = nn.functional.silu(self.widen(self.norm(values)))
        narrowed: Tensor = self.narrow(inner)
        return values + narrowed


class ModelS(nn.Module):  # type: ignore[misc]
    """Views (count, FEATURES) and bases (count, BASES, HORIZON) to quantiles.

    Output: (count, HORIZON, len(LEVELS)) in the units of the views.
    """

    def __init__(self, width: int = WIDTH, depth: int = DEPTH) -> None:
        super().__init__()
        self.read = nn.Linear(FEATURES, width)
        self.blocks = nn.ModuleList([ResidualBlock(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, OUTPUTS)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)
        self.register_buffer("anchors", torch.tensor(anchor_weights()), persistent=False)

    def forward(self, features: Tensor, bases: Tensor) -> Tensor:
        """Quantiles at LEVELS, increasing along the last axis."""
        hidden = self.read(features)
        for block in self.blocks:
            hidden = block(hidden)
        out = self.head(self.norm(hidden)).float()
        median = self._median(out, bases)
        steps = out[:, ANCHORS * BASES + HORIZON :].view(-1, HORIZON, len(LEVELS) - 1)
        positive = nn.functional.softplus(steps - 2.0)
        below = torch.cumsum(positive[:, :, :MEDIAN], dim=2).flip(2)
        above = torch.cumsum(positive[:, :, MEDIAN:], dim=2)
        centre = median[:, :, None]
        return torch.cat([centre - below, centre, centre + above], dim=2)

    def _median(self, out: Tensor, bases: Tensor) -> Tensor:
        logits = out[:, : ANCHORS * BASES].view(-1, BASES, ANCHORS)
        weights = torch.softmax(logits @ self.anchors, dim=1)
        correction = out[:, ANCHORS * BASES : ANCHORS * BASES + HORIZON]
        return (weights * bases).sum(dim=1) + correction


def quantile_loss(forecast: Tensor, target: Tensor, reach: Tensor) -> Tensor:
    """Pinball loss (twice, as WQL has it) averaged over levels and the first `reach` steps."""
    levels = torch.tensor(LEVELS)
    error = target[:, :, None] - forecast
    loss = 2.0 * torch.maximum(levels * error, (levels - 1.0) * error).mean(dim=2)
    counted = (torch.arange(HORIZON)[None, :] < reach[:, None]).float()
    return ((loss * counted).sum(dim=1) / reach).mean()
