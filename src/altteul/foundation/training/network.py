"""Model S in PyTorch: a residual multilayer perceptron that weighs basis forecasts.

median(h) = Σ_k softmax(weights)(k, h) · basis(k, h) + correction(h); the other quantiles stand
above and below it by running sums of positive steps, so they never cross. Model M (decoder.py) ends
in the same head.
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

    size = "s"
    reads_points = False

    def __init__(self, width: int = WIDTH, depth: int = DEPTH) -> None:
        super().__init__()
        self.read = nn.Linear(FEATURES, width)
        self.blocks = nn.ModuleList([ResidualBlock(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = new_head(width)
        self.register_buffer("anchors", torch.tensor(anchor_weights()), persistent=False)

    def forward(self, features: Tensor, bases: Tensor, points: Tensor | None = None) -> Tensor:
        """Quantiles at LEVELS, increasing along the last axis; `points` is not read."""
        hidden = self.read(features)
        for block in self.blocks:
            hidden = block(hidden)
        return as_quantiles(self.head(self.norm(hidden)).float(), bases, self.anchors)

    def loss(
        self, features: Tensor, bases: Tensor, points: Tensor, target: Tensor, reach: Tensor
    ) -> Tensor:
        """What training makes small: the pinball loss of the first `reach` steps."""
        return quantile_loss(self(features, bases), target, reach)


def new_head(width: int) -> nn.Linear:
    """The last layer, started so that all bases weigh about the same."""
    head = nn.Linear(width, OUTPUTS)
    nn.init.normal_(head.weight, std=0.01)
    nn.init.zeros_(head.bias)
    return head


def as_quantiles(out: Tensor, bases: Tensor, anchors: Tensor) -> Tensor:
    """What the head gives (count, OUTPUTS), read as quantiles (count, HORIZON, levels)."""
    logits = out[:, : ANCHORS * BASES].view(-1, BASES, ANCHORS)
    weights = torch.softmax(logits @ anchors, dim=1)
    correction = out[:, ANCHORS * BASES : ANCHORS * BASES + HORIZON]
    centre = ((weights * bases).sum(dim=1) + correction)[:, :, None]
    steps = out[:, ANCHORS * BASES + HORIZON :].view(-1, HORIZON, len(LEVELS) - 1)
    positive = nn.functional.softplus(steps - 2.0)
    below = torch.cumsum(positive[:, :, :MEDIAN], dim=2).flip(2)
    above = torch.cumsum(positive[:, :, MEDIAN:], dim=2)
    return torch.cat([centre - below, centre, centre + above], dim=2)


def quantile_loss(forecast: Tensor, target: Tensor, reach: Tensor) -> Tensor:
    """Pinball loss (twice, as WQL has it) averaged over levels and the first `reach` steps."""
    levels = torch.tensor(LEVELS, device=forecast.device)
    error = target[:, :, None] - forecast
    loss = 2.0 * torch.maximum(levels * error, (levels - 1.0) * error).mean(dim=2)
    counted = (torch.arange(HORIZON, device=forecast.device)[None, :] < reach[:, None]).float()
    return ((loss * counted).sum(dim=1) / reach).mean()
