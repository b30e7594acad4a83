"""Checkpoints: all that is needed to go on as if training had never stopped."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

NAME = "checkpoint.pt"


@dataclass
class Progress:
    """How far training is: batches done and seconds spent on them."""

    batch: int = 0
    seconds: float = 0.0


def save(
    folder: Path,
    model: torch.nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
    progress: Progress,
) -> None:
    """Write the checkpoint beside the old one and put it in its place in one step."""
    state = {
        "model": model.state_dict(),
        "average": average,
        "optimiser": optimiser.state_dict(),
        "batch": progress.batch,
        "seconds": progress.seconds,
    }
    unfinished = folder / (NAME + ".unfinished")
    torch.save(state, unfinished)
    os.replace(unfinished, folder / NAME)  # noqa: PTH105 (atomic on every system)


def restore(
    folder: Path,
    model: torch.nn.Module,
    average: dict[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> Progress:
    """Load the checkpoint of `folder` into what is given; a fresh start where there is none."""
    path = folder / NAME
    if not path.is_file():
        return Progress()
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    average.update(state["average"])
    return Progress(int(state["batch"]), float(state["seconds"]))
