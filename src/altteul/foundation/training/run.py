"""A whole training run: data made as it is needed, the loop, alone or as a worker of a team."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from altteul.errors import FileError
from altteul.foundation.training import export, loop, pool, real, validation
from altteul.foundation.training.decoder import ModelM
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.settings import Settings
from altteul.foundation.training.supply import Supply
from altteul.foundation.training.team import Alone, Team

SIZES: dict[str, type[ModelS] | type[ModelM]] = {"s": ModelS, "m": ModelM}


@dataclass(frozen=True)
class Plan:
    """What to train, from what, where to.

    `folder` takes pool, checkpoint and metrics (shared by all workers), `real` holds the series
    that may be trained on, `start` weights to go on from (.onnx of model S, or .safetensors),
    `makers` processes that make data ahead.
    """

    folder: Path
    size: str = "s"
    real: Path | None = None
    start: Path | None = None
    makers: int = 0
    settings: Settings = Settings()


def train(plan: Plan, report: loop.Report, team: Team | None = None) -> loop.Network:
    """Train by the plan; the model with the averaged weights."""
    worker = team or Alone()
    kept, held_out = real.split(real.load(plan.real)) if plan.real is not None else ([], [])
    with_points = SIZES[plan.size].reads_points
    recipe = pool.Recipe(plan.settings.seed, tuple(kept), with_points)
    data = plan.folder / "pool"
    judged = validation.locked(held_out, with_points)
    with Supply(data, recipe, plan.makers, worker.rank, worker.size) as supply:
        batches = partial(pool.growing, data, supply, plan.settings.seed, plan.settings.batch)
        build = partial(_started, plan)
        return loop.train(batches, judged, plan.folder, plan.settings, report, build, worker)


def _started(plan: Plan) -> loop.Network:
    if plan.start is None:
        return SIZES[plan.size]()
    loaded = (
        export.load_onnx(plan.start)
        if plan.start.suffix == ".onnx"
        else export.load_weights(plan.start)
    )
    if loaded.size != plan.size:
        raise FileError(
            f"{plan.start.name}은(는) 모델 {loaded.size.upper()}입니다. "
            f"--size {loaded.size}로 이어 가거나 다른 파일을 주세요."
        )
    loaded.train()
    return loaded
