"""The training loop: AdamW, warm-up and decay, averaged weights, metrics, resumable.

The same loop trains model S and M, on a processor or a GPU, alone or in a team of workers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from altteul.foundation import views
from altteul.foundation.training import checkpoints, pool
from altteul.foundation.training.checkpoints import Progress
from altteul.foundation.training.decoder import ModelM
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.settings import Settings
from altteul.foundation.training.team import Alone, Team
from altteul.foundation.training.validation import Validation, validate

METRICS = "metrics.jsonl"

Network = ModelS | ModelM
Report = Callable[[float, str], None]
Batches = Callable[[int], Iterator[tuple[int, pool.Shard]]]


def train(
    batches: Batches,
    validation: Validation,
    folder: Path,
    settings: Settings,
    report: Report,
    build: Callable[[], Network] = ModelS,
    team: Team | None = None,
) -> Network:
    """Train on the numbered batches that `batches(done)` goes on with.

    Writes checkpoint and metrics into `folder` and goes on from a checkpoint found there; in a team
    the first worker writes. `report(share done, sentence)` is called as it advances. Returns the
    model with the averaged weights.
    """
    torch.manual_seed(settings.seed)
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(build().to(settings.device), folder, settings, team or Alone())
    losses: list[float] = []
    clock = _Clock(run.progress.seconds)
    first = run.progress.batch
    for number, batch in batches(first):
        share = run.team.agreed(settings.share(number - 1, clock.seconds()))
        if share >= 1.0:
            break
        losses.append(run.step(batch, number, share))
        run.progress = Progress(number, clock.seconds())
        if number % settings.every == 0:
            run.save()
            line = run.measure(validation, losses, share)
            report(share, f"batch {number}: loss {line['loss']:.4f}, {line['validation']}")
            losses.clear()
    run.save()
    if losses:
        run.measure(validation, losses, 1.0)
    run.model.load_state_dict(run.average)
    run.model.cpu()
    return run.model


class _Clock:
    def __init__(self, before: float) -> None:
        self._start = time.monotonic() - before

    def seconds(self) -> float:
        return time.monotonic() - self._start


class _Run:
    """Everything that changes while training."""

    def __init__(self, model: Network, folder: Path, settings: Settings, team: Team) -> None:
        self.model, self.folder, self.settings, self.team = model, folder, settings, team
        self.average = {name: value.clone() for name, value in model.state_dict().items()}
        self.optimiser = _optimiser(model, settings)
        self.progress = checkpoints.restore(
            folder, model, self.average, self.optimiser, settings.device
        )
        self._measured = (self.progress.batch, self.progress.seconds)

    def step(self, batch: pool.Shard, number: int, share: float) -> float:
        """One step on this worker's rows; the loss over all rows."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.learning_rate(share, number)
        rows = self.team.rows(len(batch.reach))
        turned = self.settings.turn and number % 2 == 1
        read = [one.to(self.settings.device) for one in as_tensors(batch, rows, turned)]
        kind = self.settings.device.split(":")[0]
        with torch.autocast(kind, torch.bfloat16, enabled=self.settings.half):
            loss = self.model.loss(*read)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        whole = self.team.average(self.model, float(loss.detach()))
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self._follow(number)
        return whole

    def save(self) -> None:
        """Write a checkpoint, as the first of the team."""
        if self.team.rank == 0:
            checkpoints.save(
                self.folder,
                self.model,
                self.average,
                self.optimiser,
                self.progress,
                self.settings.compact,
            )

    def measure(
        self, validation: Validation, losses: list[float], share: float
    ) -> dict[str, object]:
        """Validate the averaged weights and log a line, as the first of the team."""
        scores: dict[str, float] = {}
        if self.team.rank == 0:
            live = {name: value.clone() for name, value in self.model.state_dict().items()}
            self.model.load_state_dict(self.average)
            scores = validate(self.model, validation, self.settings.device)
            self.model.load_state_dict(live)
        before, self._measured = self._measured, (self.progress.batch, self.progress.seconds)
        done = (self.progress.batch - before[0]) * self.settings.batch
        line: dict[str, object] = {
            "batch": self.progress.batch,
            "samples": self.progress.batch * self.settings.batch,
            "seconds": round(self.progress.seconds, 1),
            "samples_per_second": round(done / max(self.progress.seconds - before[1], 1e-9), 1),
            "loss": float(np.mean(losses)),
            "rate": self.settings.learning_rate(share, self.progress.batch),
            "validation": scores,
        }
        if self.team.rank == 0:
            with (self.folder / METRICS).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        return line

    def _follow(self, number: int) -> None:
        kept = min(self.settings.average, (1.0 + number) / (10.0 + number))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                self.average[name].lerp_(value, 1.0 - kept)


def _optimiser(model: Network, settings: Settings) -> torch.optim.Optimizer:
    matrices = [value for value in model.parameters() if value.ndim > 1]
    vectors = [value for value in model.parameters() if value.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": settings.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), fused=True)


def as_tensors(batch: pool.Shard, rows: np.ndarray, turned: bool) -> list[Tensor]:
    """Rows of a batch as features, bases, points, target, reach; `turned`: signs are turned."""
    features = batch.features[rows].astype(np.float32)
    sign = -1.0 if turned else 1.0
    arrays = [views.flipped(features) if turned else features]
    arrays += [
        sign * getattr(batch, field)[rows].astype(np.float32)
        for field in ("bases", "points", "target")
    ]
    arrays.append(batch.reach[rows].astype(np.float32))
    return [torch.from_numpy(np.ascontiguousarray(one)) for one in arrays]


def metrics(folder: Path) -> Iterator[dict[str, object]]:
    """The lines of the metrics log, oldest first."""
    for line in (folder / METRICS).read_text("utf-8").splitlines():
        yield json.loads(line)
