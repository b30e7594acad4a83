"""Training: deterministic, resumable, and exported without change."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs altteul[train]")

from altteul.errors import FileError  # noqa: E402
from altteul.foundation.runtime import PACKAGED, load_network  # noqa: E402
from altteul.foundation.shape import BASES, FEATURES, HORIZON, LEVELS, MEDIAN  # noqa: E402
from altteul.foundation.training import (  # noqa: E402
    ablations,
    calibration,
    export,
    loop,
    pool,
    release,
    run,
)
from altteul.foundation.training.network import ModelS, quantile_loss  # noqa: E402
from altteul.foundation.training.recipe import (  # noqa: E402
    GROUPS,
    synthetic_windows,
    to_samples,
)
from altteul.foundation.training.settings import Settings  # noqa: E402
from altteul.foundation.training.validation import Validation, validate  # noqa: E402


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pool")
    for index in range(2):
        pool.write_shard(folder, pool.Recipe(1, rows=96), index)
    return folder


@pytest.fixture(scope="module")
def small():
    rng = np.random.default_rng(0)
    return Validation({g.name: to_samples(synthetic_windows(rng, g, 24)) for g in GROUPS})


def settings(batches: int) -> Settings:
    return Settings(seed=3, batch=32, batches=batches, warm_up=2, every=2, half=False)


def trained(data, small, folder, batches):
    batches_from = partial(pool.epochs, data, 3, 32)
    chosen = settings(batches)
    return loop.train(batches_from, small, folder, chosen, lambda share, words: None)


def test_the_same_seed_gives_the_same_weights(data, small, tmp_path):
    one = trained(data, small, tmp_path / "one", 4).state_dict()
    two = trained(data, small, tmp_path / "two", 4).state_dict()
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(data, small, tmp_path):
    whole = trained(data, small, tmp_path / "whole", 6).state_dict()

    class StopError(Exception):
        pass

    def stop(share, words):
        if share >= 3 / 6:
            raise StopError

    with pytest.raises(StopError):
        loop.train(partial(pool.epochs, data, 3, 32), small, tmp_path / "parts", settings(6), stop)
    resumed = trained(data, small, tmp_path / "parts", 6).state_dict()
    assert all(torch.allclose(whole[name], resumed[name], atol=1e-7) for name in whole)


def test_training_lowers_the_loss_on_unseen_series(data, small, tmp_path):
    before = validate(ModelS().eval(), small)
    after = validate(trained(data, small, tmp_path, 40), small)
    assert after["pinball"] < before["pinball"]
    lines = list(loop.metrics(tmp_path))
    assert [line["batch"] for line in lines] == list(range(2, 41, 2))


def test_pinball_loss_by_hand():
    forecast = torch.zeros(1, HORIZON, len(LEVELS))
    target = torch.full((1, HORIZON), 2.0)
    target[0, 3:] = 100.0
    # mean level 0.5, twice: the loss of a miss by 2 is 2; later steps do not count
    loss = quantile_loss(forecast, target, torch.tensor([3.0]))
    assert float(loss) == pytest.approx(2.0, rel=1e-5)


def test_quantiles_of_an_untrained_network_never_cross():
    made = ModelS()(torch.randn(5, FEATURES) * 5, torch.randn(5, BASES, HORIZON) * 5)
    assert (made.diff(dim=2) > 0).all()
    assert made.shape == (5, HORIZON, len(LEVELS))
    assert made[0, 0, MEDIAN].isfinite()


def test_onnx_and_safetensors_give_what_the_network_gives(tmp_path):
    torch.manual_seed(0)
    model = ModelS(width=64, depth=2).eval()
    torch.nn.init.normal_(model.head.weight, std=0.2)
    export.save_weights(model, tmp_path / "m.safetensors")
    loaded = export.load_weights(tmp_path / "m.safetensors")
    export.save_onnx(loaded, tmp_path / "m.onnx")
    (tmp_path / "m.json").write_text(json.dumps({"widening": [1.0] * len(LEVELS)}))
    features, bases = torch.randn(3, FEATURES), torch.randn(3, BASES, HORIZON)
    with torch.inference_mode():
        expected = loaded(features, bases).numpy()
        original = model(features, bases).numpy()
    unread = np.zeros((3, 0), np.float32)
    made = load_network(tmp_path / "m.onnx").run(features.numpy(), bases.numpy(), unread)
    assert np.abs(made - expected).max() < 1e-4
    assert np.abs(expected - original).max() < 0.02


def test_the_shipped_weights_can_be_trained_on(tmp_path):
    packaged = PACKAGED / "model_s.onnx"
    model = export.load_onnx(packaged)
    export.save_onnx(model, tmp_path / "again.onnx")
    (tmp_path / "again.json").write_text(packaged.with_suffix(".json").read_text())
    series, periods = [np.sin(np.arange(90.0)) + 3], np.array([[12, 1]])
    first = load_network(packaged).quantiles(series, periods)
    again = load_network(tmp_path / "again.onnx").quantiles(series, periods)
    assert np.array_equal(first, again)
    (tmp_path / "torn.onnx").write_bytes(b"torn")
    with pytest.raises(FileError, match=r"torn\.onnx"):
        export.load_onnx(tmp_path / "torn.onnx")


def test_learning_rate_warms_up_and_decays_to_a_hundredth():
    chosen = Settings(rate=1.0, warm_up=10)
    assert chosen.learning_rate(0.0, 5) == pytest.approx(0.5)
    assert chosen.learning_rate(0.5, 100) == pytest.approx(0.505)
    assert chosen.learning_rate(1.0, 100) == pytest.approx(0.01)


@pytest.mark.slow
def test_a_release_can_be_loaded_and_forecasts(data, small, tmp_path, monkeypatch):
    monkeypatch.setattr(calibration, "SYNTHETIC_SERIES", 30)
    model = trained(data, small, tmp_path / "run", 4)
    path = release.release(model, tmp_path / "run", None, tmp_path / "out", {"seed": 3})
    network = load_network(path)
    assert network.card["parameters"] == sum(one.numel() for one in model.parameters())
    assert network.widening[MEDIAN] == 1.0
    assert (tmp_path / "out" / "training.svg").read_text().startswith("<svg")
    assert network.quantiles([np.arange(30.0)], np.array([[1, 1]])).shape == (1, 64, 21)


def test_an_ablation_does_not_see_what_is_left_out():
    variant = ablations.VARIANTS["without bases in the input"]
    model = ablations.Ablated(variant).eval()
    torch.nn.init.normal_(model.head.weight, std=0.2)
    features, bases = torch.randn(2, FEATURES), torch.randn(2, BASES, HORIZON)
    changed = features.clone()
    changed[:, variant.blank[0] : variant.blank[1]] += 9.0
    assert torch.equal(model(features, bases), model(changed, bases))
    changed[:, 0] += 9.0
    assert not torch.equal(model(features, bases), model(changed, bases))


def test_without_bases_in_the_output_only_the_last_value_counts():
    model = ablations.Ablated(ablations.VARIANTS["without bases in the output"]).eval()
    features, bases = torch.randn(2, FEATURES), torch.randn(2, BASES, HORIZON)
    other = torch.randn(2, BASES, HORIZON)
    other[:, 0] = bases[:, 0]
    assert torch.equal(model(features, bases), model(features, other))


def test_ablations_train_every_variant_alike_and_judge_it(small, tmp_path, monkeypatch):
    few = {name: ablations.VARIANTS[name] for name in ("whole", "without mixing")}
    monkeypatch.setattr(ablations, "VARIANTS", few)
    monkeypatch.setattr(ablations, "ROWS", 60)
    made = dict(ablations.run(tmp_path / "run", (), small, settings(2)))
    assert list(made) == list(few)
    assert made["whole"]["locked"] != made["without mixing"]["locked"]
    assert not (tmp_path / "run").exists()


def test_the_overall_score_is_the_geometric_mean_over_groups():
    scores = {"pinball": 0.5, "mae": 0.7, "pinball real a": 0.2, "pinball real b": 0.8}
    assert ablations.overall(scores) == {"locked": 0.5, "locked median": 0.7, "real": 0.4}


@pytest.mark.slow
def test_the_command_goes_on_from_given_weights_and_releases_them(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from altteul.foundation.commands import app

    monkeypatch.setattr(calibration, "SYNTHETIC_SERIES", 20)
    words = ["train", str(tmp_path), "--batches", "4", "--batch", "64", "--rate", "1e-5"]
    words += ["--start", str(PACKAGED / "model_s.onnx")]
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 0, said.output
    assert "model_s.onnx" in said.output
    series, periods = [np.sin(np.arange(90.0)) + 3], np.array([[12, 1]])
    before = load_network().quantiles(series, periods)
    after = load_network(tmp_path / "release" / "model_s.onnx").quantiles(series, periods)
    assert not np.array_equal(before, after)
    assert np.abs(before - after).max() < 0.1


def test_weights_of_another_model_are_refused(tmp_path):
    plan = run.Plan(tmp_path, size="m", start=PACKAGED / "model_s.onnx")
    with pytest.raises(FileError, match="--size s"):
        run._started(plan)
