"""The same training on several processes or machines, through Ray Train.

Every worker runs the loop on its part of each batch and gradients are averaged, so the result is
that of one worker up to rounding. The run's folder must be seen by all machines; a worker that is
lost is started again from the checkpoint there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from altteul.errors import AltteulError
from altteul.foundation.training import loop, run

RESTARTS = 3


@dataclass(frozen=True)
class Cluster:
    """Which workers to use: how many, on which Ray cluster (None: this machine), with GPUs."""

    workers: int = 2
    address: str | None = None
    gpus: bool = False


def train(plan: run.Plan, cluster: Cluster) -> loop.Network:
    """Train by the plan on the cluster; the model with the averaged weights.

    AltteulError where Ray is missing or the run failed; what was trained is kept in the folder.
    """
    try:
        import ray
        from ray.train import FailureConfig, RunConfig, ScalingConfig
        from ray.train.torch import TorchTrainer
    except ImportError as error:
        raise AltteulError(
            "여러 작업자로 학습하려면 Ray가 필요합니다. pip install 'altteul[train,ray]'로 "
            "설치해 주세요."
        ) from error
    began_here = not ray.is_initialized()
    if began_here:
        _start(ray, cluster)
    try:
        trainer = TorchTrainer(
            _worker,
            train_loop_config={"plan": plan},
            scaling_config=ScalingConfig(num_workers=cluster.workers, use_gpu=cluster.gpus),
            run_config=RunConfig(
                name="ray",
                storage_path=str(plan.folder.resolve()),
                failure_config=FailureConfig(max_failures=RESTARTS),
            ),
        )
        trainer.fit()
    except Exception as error:
        raise AltteulError(
            f"여러 작업자의 학습이 멈췄습니다({type(error).__name__}: {error}). 같은 명령으로 "
            f"{plan.folder}의 중간 저장에서 이어 갈 수 있습니다."
        ) from error
    finally:
        if began_here:
            ray.shutdown()
    return _finished(plan)


def _start(ray: Any, cluster: Cluster) -> None:
    if cluster.address is not None:
        ray.init(address=cluster.address, log_to_driver=False)
        return
    ray.init(
        num_cpus=cluster.workers + 1,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
    )


def _worker(config: dict[str, Any]) -> None:
    """What each process of the team runs."""
    import torch

    from altteul.foundation.training.team import Distributed

    plan: run.Plan = config["plan"]
    torch.set_num_threads(1)
    team = Distributed(plan.settings.device)
    model = run.train(plan, lambda share, words: None, team)
    if team.rank == 0:
        unfinished = _result(plan.folder).with_suffix(".unfinished")
        torch.save(model.state_dict(), unfinished)
        unfinished.replace(_result(plan.folder))
    torch.distributed.barrier()


def _finished(plan: run.Plan) -> loop.Network:
    import torch

    model = run.SIZES[plan.size]()
    model.load_state_dict(torch.load(_result(plan.folder), weights_only=True))
    return model


def _result(folder: Path) -> Path:
    return folder / "averaged.pt"
