"""Model M in PyTorch: a causal decoder over patches of the series, for a GPU.

The last POINTS points are cut into patches; each attends to those before it (Vaswani et al. 2017;
patches as in Nie et al. 2023, PatchTST; decoder-only as in Das et al. 2024, TimesFM). In training
every patch forecasts what follows it, so one window teaches as often as it has patches. The last
patch, together with the views and basis forecasts that model S reads, ends in model S's head.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from altteul.foundation.shape import FEATURES, HORIZON, POINTS, anchor_weights
from altteul.foundation.training.network import (
    ResidualBlock,
    as_quantiles,
    new_head,
    quantile_loss,
)

PATCH = 16
TOKENS = POINTS // PATCH
WIDTH = 256
DEPTH = 6
HEADS = 8
TAIL = 2  # residual blocks after patches and views have met
COARSE = (0.1, 0.3, 0.5, 0.7, 0.9)  # what every patch forecasts in training
PATCH_SHARE = 0.2  # of the loss, for what the patches forecast


class DecoderBlock(nn.Module):  # type: ignore[misc]
    """Causal self-attention, then a perceptron four times as wide; both added to what came in."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width)
        self.queries_keys_values = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.before_perceptron = nn.LayerNorm(width)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, values: Tensor) -> Tensor:
        """Shape (count, tokens, width) in and out."""
        count, tokens, width = values.shape
        three = self.queries_keys_values(self.before_attention(values))
        split = three.view(count, tokens, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        seen = nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        values = values + self.out(seen.transpose(1, 2).reshape(count, tokens, width))
        inner = nn.functional.silu(self.widen(self.before_perceptron(values)))
        narrowed: Tensor = self.narrow(inner)
        return values + narrowed


class ModelM(nn.Module):  # type: ignore[misc]
    """Views, bases and points (count, POINTS; NaN = unknown) to quantiles, as ModelS gives them."""

    size = "m"
    reads_points = True

    def __init__(self, width: int = WIDTH, depth: int = DEPTH, heads: int = HEADS) -> None:
        super().__init__()
        self.embed = nn.Linear(2 * PATCH, width)
        self.position = nn.Parameter(0.02 * torch.randn(TOKENS, width))
        self.blocks = nn.ModuleList([DecoderBlock(width, heads) for _ in range(depth)])
        self.read = nn.Linear(FEATURES, width)
        self.tail = nn.ModuleList([ResidualBlock(width) for _ in range(TAIL)])
        self.norm = nn.LayerNorm(width)
        self.head = new_head(width)
        self.ahead = nn.Linear(width, HORIZON * len(COARSE))
        nn.init.zeros_(self.ahead.weight)
        nn.init.zeros_(self.ahead.bias)
        self.register_buffer("anchors", torch.tensor(anchor_weights()), persistent=False)

    def forward(self, features: Tensor, bases: Tensor, points: Tensor) -> Tensor:
        """Quantiles at LEVELS, increasing along the last axis."""
        return self._last(self._tokens(points), features, bases)

    def loss(
        self, features: Tensor, bases: Tensor, points: Tensor, target: Tensor, reach: Tensor
    ) -> Tensor:
        """Pinball loss of the forecast, and of what every patch expects to follow it."""
        tokens = self._tokens(points)
        whole = quantile_loss(self._last(tokens, features, bases), target, reach)
        return whole + PATCH_SHARE * self._patch_loss(tokens, points, target)

    def _tokens(self, points: Tensor) -> Tensor:
        """What each patch has understood of itself and those before it (count, TOKENS, width)."""
        known = ~torch.isnan(points)
        filled = torch.where(known, points, torch.zeros_like(points))
        both = torch.cat(
            [filled.view(-1, TOKENS, PATCH), known.to(filled.dtype).view(-1, TOKENS, PATCH)], dim=2
        )
        values = self.embed(both) + self.position
        for block in self.blocks:
            values = block(values)
        return values

    def _last(self, tokens: Tensor, features: Tensor, bases: Tensor) -> Tensor:
        hidden = tokens[:, -1] + self.read(features)
        for block in self.tail:
            hidden = block(hidden)
        return as_quantiles(self.head(self.norm(hidden)).float(), bases, self.anchors)

    def _patch_loss(self, tokens: Tensor, points: Tensor, target: Tensor) -> Tensor:
        """In compressed units, from the patch's last value on; only where both are known."""
        following = torch.cat([points, torch.asinh(target) * 0.5], dim=1)[:, PATCH:]
        truth = following.unfold(1, HORIZON, PATCH)
        last = points[:, PATCH - 1 :: PATCH, None]
        made = self.ahead(tokens).float().view(*truth.shape, len(COARSE))
        counted = ~torch.isnan(truth) & ~torch.isnan(last)
        error = torch.where(counted, truth - last, torch.zeros_like(truth))[..., None] - made
        levels = torch.tensor(COARSE, device=made.device)
        loss = torch.maximum(levels * error, (levels - 1.0) * error).mean(dim=3)
        return (loss * counted).sum() / counted.sum().clamp(min=1)
