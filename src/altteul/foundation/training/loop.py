"""The training loop: AdamW, warm-up and decay, averaged weights, metrics, resumable."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from altteul.foundation import views
from altteul.foundation.training import checkpoints, pool
from altteul.foundation.training.network import ModelS, quantile_loss
from altteul.foundation.training.validation import Validation, validate

METRICS = "metrics.jsonl"


@dataclass(frozen=True)
class Settings:
    """Everything that decides a training run apart from its data.

    With `batches` the run is the same for the same seed; with `minutes` the learning rate follows
    the clock, so that a slow machine also reaches the end of the decay.
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


Report = Callable[[float, str], None]


def train(
    data: Path,
    validation: Validation,
    folder: Path,
    settings: Settings,
    report: Report,
    build: Callable[[], ModelS] = ModelS,
) -> ModelS:
    """Train model S on the shards below `data`, writing checkpoint and metrics into `folder`.

    Goes on from a checkpoint found there. `report(share done, sentence)` is called as it advances.
    Returns the model with the averaged weights.
    """
    torch.manual_seed(settings.seed)
    model = build()
    average = {name: value.clone() for name, value in model.state_dict().items()}
    optimiser = _optimiser(model, settings)
    folder.mkdir(parents=True, exist_ok=True)
    progress = checkpoints.restore(folder, model, average, optimiser)
    losses: list[float] = []
    clock = _Clock(progress.seconds)
    for number, batch in pool.epochs(data, settings.seed, settings.batch, progress.batch):
        share = _share(progress, settings)
        if share >= 1.0:
            break
        losses.append(_step(model, optimiser, batch, number, share, settings))
        _follow(average, model, settings.average, number)
        progress = checkpoints.Progress(number, clock.seconds())
        if number % settings.every == 0:
            checkpoints.save(folder, model, average, optimiser, progress)
            line = _measure(model, average, validation, progress, losses, settings)
            _log(folder, line)
            report(share, f"batch {number}: loss {line['loss']:.4f}, {line['validation']}")
            losses.clear()
    checkpoints.save(folder, model, average, optimiser, progress)
    model.load_state_dict(average)
    return model


class _Clock:
    def __init__(self, before: float) -> None:
        self._start = time.monotonic() - before

    def seconds(self) -> float:
        return time.monotonic() - self._start


def learning_rate(share: float, number: int, settings: Settings) -> float:
    """Linear warm-up, then half a cosine down to 1 % at share 1."""
    warm = min(1.0, number / settings.warm_up)
    decay = 0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * min(share, 1.0)))
    return settings.rate * warm * decay


def _share(progress: checkpoints.Progress, settings: Settings) -> float:
    if settings.batches is not None:
        return progress.batch / settings.batches
    return progress.seconds / (60.0 * settings.minutes)


def _optimiser(model: ModelS, settings: Settings) -> torch.optim.Optimizer:
    matrices = [value for value in model.parameters() if value.ndim > 1]
    vectors = [value for value in model.parameters() if value.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": settings.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), fused=True)


def _step(
    model: ModelS,
    optimiser: torch.optim.Optimizer,
    batch: pool.Shard,
    number: int,
    share: float,
    settings: Settings,
) -> float:
    for group in optimiser.param_groups:
        group["lr"] = learning_rate(share, number, settings)
    features, bases, target, reach = _tensors(batch, settings.turn and number % 2 == 1)
    with torch.autocast("cpu", torch.bfloat16, enabled=settings.half):
        forecast = model(features, bases)
    loss = quantile_loss(forecast, target, reach)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def _tensors(batch: pool.Shard, turned: bool) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A batch as tensors; every other one has the sign of its series turned."""
    features = batch.features.astype(np.float32)
    sign = -1.0 if turned else 1.0
    if turned:
        features = views.flipped(features)
    arrays = (
        features,
        sign * batch.bases.astype(np.float32),
        sign * batch.target.astype(np.float32),
    )
    first, second, third = (torch.from_numpy(np.ascontiguousarray(one)) for one in arrays)
    return first, second, third, torch.from_numpy(batch.reach.astype(np.float32))


def _follow(average: dict[str, Tensor], model: ModelS, memory: float, number: int) -> None:
    kept = min(memory, (1.0 + number) / (10.0 + number))
    with torch.no_grad():
        for name, value in model.state_dict().items():
            average[name].lerp_(value, 1.0 - kept)


def _measure(
    model: ModelS,
    average: dict[str, Tensor],
    validation: Validation,
    progress: checkpoints.Progress,
    losses: list[float],
    settings: Settings,
) -> dict[str, object]:
    live = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(average)
    scores = validate(model, validation)
    model.load_state_dict(live)
    return {
        "batch": progress.batch,
        "samples": progress.batch * settings.batch,
        "seconds": round(progress.seconds, 1),
        "loss": float(np.mean(losses)),
        "rate": learning_rate(_share(progress, settings), progress.batch, settings),
        "validation": scores,
    }


def _log(folder: Path, line: dict[str, object]) -> None:
    with (folder / METRICS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def metrics(folder: Path) -> Iterator[dict[str, object]]:
    """The lines of the metrics log, oldest first."""
    for line in (folder / METRICS).read_text("utf-8").splitlines():
        yield json.loads(line)
