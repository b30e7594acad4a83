"""Who trains together: one process alone, or several that average their gradients."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn


class Team(Protocol):
    """The workers of one run; each takes its rows of every batch and all step alike."""

    rank: int
    size: int

    def rows(self, count: int) -> NDArray[np.int64]:
        """Which rows of a batch of `count` are this worker's."""

    def average(self, model: nn.Module, loss: float) -> float:
        """Replace gradients by their mean over the team; the mean loss."""

    def agreed(self, value: float) -> float:
        """The first worker's value, for what must not differ (the clock)."""


class Alone:
    """One process."""

    rank, size = 0, 1

    def rows(self, count: int) -> NDArray[np.int64]:
        return np.arange(count)

    def average(self, model: nn.Module, loss: float) -> float:
        return loss

    def agreed(self, value: float) -> float:
        return value


class Distributed:
    """The processes of torch.distributed, however they were started (Ray Train, torchrun)."""

    def __init__(self, device: str = "cpu") -> None:
        self.rank = torch.distributed.get_rank()
        self.size = torch.distributed.get_world_size()
        self._device = device

    def rows(self, count: int) -> NDArray[np.int64]:
        """Equal parts, so that the mean of the workers' means is the mean of the batch."""
        even = count // self.size
        return np.arange(self.rank * even, (self.rank + 1) * even)

    def average(self, model: nn.Module, loss: float) -> float:
        gradients = [one.grad for one in model.parameters() if one.grad is not None]
        flat = torch.cat([one.flatten() for one in gradients] + [gradients[0].new_tensor([loss])])
        torch.distributed.all_reduce(flat)
        flat /= self.size
        start = 0
        for one in gradients:
            one.copy_(flat[start : start + one.numel()].view_as(one))
            start += one.numel()
        return float(flat[-1])

    def agreed(self, value: float) -> float:
        said = torch.tensor([value], dtype=torch.float64, device=self._device)
        torch.distributed.broadcast(said, 0)
        return float(said)
