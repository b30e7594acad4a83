"""Two machines of a Ray cluster find what one process finds, and both take part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from altteul.errors import InputError
from altteul.forecast import models
from altteul.forecast.backtest import Plan, run_backtest
from altteul.forecast.panel import Panel, SeriesKey
from altteul.forecast.spreading import RayCluster

ray = pytest.importorskip("ray", reason="the extra altteul[ray] is not installed")

pytestmark = pytest.mark.slow
PLAN = Plan(date(2023, 1, 1), date(2023, 6, 30), (7, 28))


def small_panel() -> Panel:
    rng = np.random.default_rng(3)
    won = np.round(3000 * np.exp(np.cumsum(rng.normal(0, 0.02, (3, 1_000)), axis=1)))
    keys = tuple(
        SeriesKey(item, "", "", "retail", "서울", "", "made", "1000g")
        for item in ("무", "배추", "파")
    )
    return Panel(keys, date(2021, 1, 1), won, np.zeros(3, dtype=bool))


@pytest.fixture
def two_machines() -> Iterator[str]:
    from ray.cluster_utils import Cluster

    memory = {"num_cpus": 1, "object_store_memory": 80 * 1024 * 1024}
    cluster = Cluster(initialize_head=True, head_node_args={**memory, "include_dashboard": False})
    cluster.add_node(**memory)
    yield cluster.address
    ray.shutdown()
    cluster.shutdown()


def test_a_cluster_of_two_machines_finds_what_one_process_finds(
    two_machines: str, tmp_path: Path
) -> None:
    panel, cluster = small_panel(), RayCluster(two_machines)
    spread = run_backtest(panel, PLAN, tmp_path / "ray", workers=cluster)
    assert len(cluster.machines) == 2
    assert spread.equals(run_backtest(panel, PLAN, tmp_path / "here"))
    # The kept folds are the same files too: a backtest may go on elsewhere.
    names = [sorted(p.name for p in (tmp_path / part).iterdir()) for part in ("ray", "here")]
    assert names[0] == names[1]
    assert models.SETTINGS["deterministic"]


def test_an_address_where_nobody_answers_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Ray 클러스터가 없습니다"):
        run_backtest(small_panel(), PLAN, tmp_path, workers=RayCluster("auto"))
