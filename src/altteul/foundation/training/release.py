"""From a finished run to files that can be shipped: ONNX, safetensors, card, manifest, plot."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from altteul.foundation import manifest
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder
from altteul.foundation.shape import LEVELS
from altteul.foundation.training import calibration, export, loop, plot


def release(
    model: loop.Network, run: Path, real: Path | None, folder: Path, facts: dict[str, Any]
) -> Path:
    """Write model_s.onnx (or _m), .safetensors, .json, manifest.json, training.svg to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"model_{model.size}.onnx"
    export.save_onnx(model, path)
    export.save_weights(model, path.with_suffix(".safetensors"))
    lines = list(loop.metrics(run))
    plot.draw(lines, folder / "training.svg")
    shutil.copyfile(run / loop.METRICS, folder / "training.jsonl")
    groups = load_folder(real) if real is not None else []
    manifest.write(folder, groups, "Real series trained on; everything else was synthetic.")
    card: dict[str, Any] = {
        "model": f"altteul model {model.size.upper()}",
        "parameters": sum(value.numel() for value in model.parameters()),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "last": lines[-1] if lines else {},
        **facts,
    }
    _write_card(path, card)
    calibrate(path, groups)
    return path


def calibrate(path: Path, groups: list[SeriesSet]) -> None:
    """Fit the widening of the model at `path` and write it into its card."""
    card = json.loads(path.with_suffix(".json").read_text("utf-8"))
    card["context_widening"] = {}
    card["widening"] = [1.0] * len(LEVELS)
    for name, fit in (
        ("widening", lambda: calibration.fit_widening(path)),
        ("context_widening", lambda: calibration.fit_context_widening(path, groups)),
    ):
        _write_card(path, card)
        card[name] = fit()
    _write_card(path, card)


def _write_card(path: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", "utf-8")
