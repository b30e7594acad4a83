"""Model M: causal, trained in small, exported without change, checkpointed in pieces."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs altteul[train]")

from altteul.errors import FileError  # noqa: E402
from altteul.foundation.runtime import load_network  # noqa: E402
from altteul.foundation.shape import BASES, FEATURES, HORIZON, LEVELS, POINTS  # noqa: E402
from altteul.foundation.training import checkpoints, export, loop, pool  # noqa: E402
from altteul.foundation.training.decoder import COARSE, PATCH, ModelM  # noqa: E402
from altteul.foundation.training.recipe import (  # noqa: E402
    GROUPS,
    synthetic_windows,
    to_samples,
)
from altteul.foundation.training.settings import Settings  # noqa: E402
from altteul.foundation.training.supply import Supply  # noqa: E402
from altteul.foundation.training.validation import Validation, validate  # noqa: E402


def tiny() -> ModelM:
    return ModelM(width=32, depth=2, heads=2)


def awake(model: ModelM) -> ModelM:
    """Weights that start at zero are drawn, so that every part has an effect."""
    torch.manual_seed(1)
    for one in model.parameters():
        if one.ndim > 1 and not one.abs().any():
            torch.nn.init.normal_(one, std=0.2)
    return model.eval()


def inputs(count: int = 3) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(2)
    points = torch.randn(count, POINTS)
    points[0, : POINTS - 100] = float("nan")
    return torch.randn(count, FEATURES), torch.randn(count, BASES, HORIZON), points


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pool")
    supply = Supply(folder, pool.Recipe(1, (), with_points=True, rows=64))
    for index in range(4):
        supply(index)
    return partial(pool.epochs, folder, 3, 16)


@pytest.fixture(scope="module")
def small():
    rng = np.random.default_rng(0)
    made = {g.name: to_samples(synthetic_windows(rng, g, 16), True) for g in GROUPS}
    return Validation(made)


def settings(batches: int, compact: bool = False) -> Settings:
    return Settings(
        seed=3, batch=16, batches=batches, warm_up=2, every=4, half=False, compact=compact
    )


def quiet(share: float, words: str) -> None:
    pass


def test_the_full_size_is_six_to_seven_million_parameters():
    exported = [one for name, one in ModelM().named_parameters() if not name.startswith("ahead")]
    assert 6_000_000 <= sum(one.numel() for one in exported) <= 7_000_000


def test_a_patch_does_not_see_what_comes_after_it():
    model = awake(tiny())
    _, _, points = inputs()
    changed = points.clone()
    changed[:, 100 * PATCH :] += 1.0
    first, second = model._tokens(points), model._tokens(changed)
    assert torch.allclose(first[:, :100], second[:, :100], atol=1e-6)
    assert not torch.allclose(first[1:, 100], second[1:, 100], atol=1e-3)


def test_what_is_unknown_is_told_apart_from_zero():
    model = awake(tiny())
    features, bases, points = inputs()
    zeros = torch.nan_to_num(points, nan=0.0)
    first, second = model(features, bases, points), model(features, bases, zeros)
    assert not torch.allclose(first[0], second[0], atol=1e-4)
    assert torch.allclose(first[1:], second[1:], atol=1e-6)


def test_the_patches_learn_from_the_64_points_that_follow_each():
    model = tiny()
    points = torch.full((1, POINTS), float("nan"))
    points[0, -2 * PATCH :] = 0.0  # two known patches at the end
    target = torch.full((1, HORIZON), float(np.sinh(2.0)))  # 1 in compressed units
    made = model._patch_loss(model._tokens(points), points, target)
    # untrained, every patch expects its last value, 0: the last misses 64 points by 1, the one
    # before it 48 of 64, the first 16 being zeros; patches without a known end do not count
    miss = sum(max(level, 0.0) for level in COARSE) / len(COARSE)
    assert made.item() == pytest.approx(miss * (64 + 48) / 128, rel=1e-4)


def test_a_few_batches_lower_the_loss_on_unseen_series(data, small, tmp_path):
    before = validate(tiny().eval(), small)
    model = loop.train(data, small, tmp_path, settings(60), quiet, tiny)
    assert validate(model.eval(), small)["pinball"] < before["pinball"]


def test_checkpoints_are_in_pieces_and_a_lost_piece_is_named(data, small, tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "PIECE", 100_000)
    loop.train(data, small, tmp_path, settings(4), quiet, tiny)
    pieces = sorted(tmp_path.glob("checkpoint-*/piece-*"))
    assert len(pieces) > 3
    assert all(one.stat().st_size <= 100_000 for one in pieces)
    pieces[1].write_bytes(b"torn")
    with pytest.raises(FileError, match="piece-001"):
        loop.train(data, small, tmp_path, settings(8), quiet, tiny)


@pytest.mark.parametrize(("compact", "distance"), [(False, 1e-6), (True, 0.02)])
def test_a_stopped_run_goes_on(data, small, tmp_path, compact, distance):
    whole = loop.train(data, small, tmp_path / "whole", settings(8, compact), quiet, tiny)
    at_four = partial(stop_at, 4)
    with pytest.raises(KeyboardInterrupt):
        loop.train(data, small, tmp_path / "parts", settings(8, compact), at_four, tiny)
    parts = loop.train(data, small, tmp_path / "parts", settings(8, compact), quiet, tiny)
    one, two = whole.state_dict(), parts.state_dict()
    assert max(float((one[name] - two[name]).abs().max()) for name in one) <= distance


def stop_at(batch: int, share: float, words: str) -> None:
    if words.startswith(f"batch {batch}:"):
        raise KeyboardInterrupt


def test_a_compact_checkpoint_of_the_full_size_fits_in_62_megabytes(tmp_path):
    model = ModelM()
    optimiser = torch.optim.AdamW(model.parameters())
    model.loss(*inputs(2), torch.zeros(2, HORIZON), torch.full((2,), 8.0)).backward()
    optimiser.step()
    average = {name: value.clone() for name, value in model.state_dict().items()}
    checkpoints.save(tmp_path, model, average, optimiser, checkpoints.Progress(1, 1.0), True)
    sizes = [one.stat().st_size for one in tmp_path.glob("checkpoint-*/piece-*")]
    assert max(sizes) <= 16_000_000
    assert sum(sizes) < 64 * 2**20


@pytest.mark.slow
def test_onnx_and_safetensors_give_what_the_network_gives(tmp_path):
    pytest.importorskip("onnxscript", reason="exporting model M needs altteul[train]")
    model = awake(tiny())
    export.save_weights(model, tmp_path / "m.safetensors")
    loaded = export.load_weights(tmp_path / "m.safetensors")
    assert isinstance(loaded, ModelM)
    export.save_onnx(model, tmp_path / "m.onnx")
    (tmp_path / "m.json").write_text(json.dumps({"widening": [1.0] * len(LEVELS)}))
    read = inputs(5)
    with torch.inference_mode():
        expected = model(*read).numpy()
    network = load_network(tmp_path / "m.onnx")
    assert network.reads_points
    made = network.run(*(one.numpy() for one in read))
    assert np.abs(made - expected).max() < 0.01
    series = [np.sin(np.arange(50.0)), np.arange(3000.0)]
    quantiles = network.quantiles(series, np.array([[1, 1], [7, 1]]))
    assert quantiles.shape == (2, HORIZON, len(LEVELS))
    assert np.isfinite(quantiles).all()
