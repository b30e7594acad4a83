"""Training by several workers gives what one worker gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="training needs altteul[train]")
pytest.importorskip("ray", reason="training on several workers needs altteul[ray]")

from altteul.foundation.training import cluster, loop, run  # noqa: E402
from altteul.foundation.training.settings import Settings  # noqa: E402

pytestmark = pytest.mark.slow


def test_two_workers_of_ray_train_give_the_weights_of_one(tmp_path):
    settings = Settings(seed=3, batch=256, batches=6, warm_up=2, every=3, half=False, rate=1e-3)
    plan = run.Plan(tmp_path / "one", settings=settings)
    one = run.train(plan, lambda share, words: None)
    two = cluster.train(replace(plan, folder=tmp_path / "two"), cluster.Cluster(workers=2))
    for name, value in one.state_dict().items():
        assert torch.allclose(value, two.state_dict()[name], atol=2e-5), name
    alone, together = (list(loop.metrics(tmp_path / name)) for name in ("one", "two"))
    assert [line["batch"] for line in together] == [3, 6]
    for first, second in zip(alone, together, strict=True):
        assert second["loss"] == pytest.approx(first["loss"], rel=1e-4)
