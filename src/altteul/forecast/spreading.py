"""Where folds are computed: in this process, on the cores of this machine, or on a Ray cluster.

Each way takes the same folds through the same function, so what comes out is the same; only the
order in which folds are done differs. A fold whose worker was lost is done again by Ray.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, Protocol

import polars as pl

from altteul.errors import InputError
from altteul.forecast.folds import Fold, run_fold
from altteul.forecast.panel import Panel

Wanted = Sequence[tuple[int, Fold]]
"""The folds to be done with their places in the plan."""
Done = Iterator[tuple[int, pl.DataFrame]]

ATTEMPTS = 3
"""How often Ray tries a fold again whose machine was lost."""


@dataclass(frozen=True)
class Forecasting:
    """What every fold of a plan has in common (see folds.run_fold)."""

    horizons: tuple[int, ...]
    regions: tuple[str, ...] | None
    step: int


class Workers(Protocol):
    """Who computes folds; results come as they are done."""

    def run(self, panel: Panel, wanted: Wanted, how: Forecasting) -> Done:
        """Each fold's place and raw forecasts."""
        ...


@dataclass(frozen=True)
class LocalCores:
    """`jobs` processes of this machine; with one, this process alone."""

    jobs: int = 1

    def run(self, panel: Panel, wanted: Wanted, how: Forecasting) -> Done:
        """Each fold's place and raw forecasts."""
        if self.jobs <= 1 or len(wanted) < 2:
            for place, fold in wanted:
                yield place, run_fold(panel, fold, how.horizons, how.regions, how.step)
            return
        # A forked child would inherit the threads of Polars and LightGBM and could stand still.
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn")) as pool:
            tasks = {
                pool.submit(run_fold, panel, fold, how.horizons, how.regions, how.step): place
                for place, fold in wanted
            }
            for task in as_completed(tasks):
                yield tasks[task], task.result()


@dataclass
class RayCluster:
    """A running Ray cluster ("auto", "host:6379" or "ray://host:10001"); needs `altteul[ray]`.

    Every machine of it must have this same version of Altteul. `machines` names those that did
    folds. Raises InputError where Ray is not installed or nobody answers at the address.
    """

    address: str
    machines: set[str] = field(default_factory=set)

    def run(self, panel: Panel, wanted: Wanted, how: Forecasting) -> Done:
        """Each fold's place and raw forecasts; the panel is sent to each machine once."""
        ray = _connected(self.address)
        task = ray.remote(max_retries=ATTEMPTS, scheduling_strategy="SPREAD")(_fold_on_a_machine)
        shared = ray.put(panel)
        waiting = {task.remote(shared, fold, how): place for place, fold in wanted}
        while waiting:
            (done, *_), _ = ray.wait(list(waiting), num_returns=1)
            machine, frame = ray.get(done)
            self.machines.add(machine)
            yield waiting.pop(done), frame


def _fold_on_a_machine(panel: Panel, fold: Fold, how: Forecasting) -> tuple[str, pl.DataFrame]:
    import ray

    machine = str(ray.get_runtime_context().get_node_id())
    return machine, run_fold(panel, fold, how.horizons, how.regions, how.step)


def _connected(address: str) -> Any:
    try:
        import ray
    except ImportError:
        raise InputError(
            "Ray가 설치되어 있지 않습니다. `pip install 'altteul[ray]'`로 넣거나 "
            "--ray 없이 해 주세요."
        ) from None
    if ray.is_initialized():
        return ray
    try:
        ray.init(address=address, logging_level="warning", log_to_driver=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise InputError(
            f"'{address}'에 Ray 클러스터가 없습니다. `ray start --head`로 열고 주소를 적어 주세요."
        ) from error
    return ray
