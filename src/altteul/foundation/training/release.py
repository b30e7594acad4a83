"""From a finished run to files that can be shipped: ONNX, safetensors, card, manifest, plot."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from altteul.foundation import manifest
from altteul.foundation.evaluation.datasets import load_folder
from altteul.foundation.inference import FAST, Switches, forecast_quantiles
from altteul.foundation.runtime import load_network
from altteul.foundation.shape import LEVELS, MEDIAN
from altteul.foundation.training import export, loop, plot
from altteul.foundation.training.network import ModelS
from altteul.foundation.training.recipe import GROUPS, Windows, synthetic_windows
from altteul.foundation.training.validation import LOCKED_SEED

WIDENING_SERIES = 600
WIDENING_GRID = np.linspace(0.8, 1.4, 61)


def release(
    model: ModelS, run: Path, real: Path | None, folder: Path, facts: dict[str, Any]
) -> Path:
    """Write model_s.onnx, .safetensors, .json, manifest.json and training.svg into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model_s.onnx"
    export.save_onnx(model, path)
    export.save_weights(model, folder / "model_s.safetensors")
    lines = list(loop.metrics(run))
    plot.draw(lines, folder / "training.svg")
    shutil.copyfile(run / loop.METRICS, folder / "training.jsonl")
    groups = load_folder(real) if real is not None else []
    manifest.write(folder, groups, "Real series trained on; everything else was synthetic.")
    card: dict[str, Any] = {
        "model": "altteul model S",
        "parameters": sum(value.numel() for value in model.parameters()),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "last": lines[-1] if lines else {},
        **facts,
        "widening": [1.0] * len(LEVELS),
    }
    _write_card(path, card)
    card["widening"] = fit_widening(path)
    _write_card(path, card)
    return path


def fit_widening(path: Path, switches: Switches = FAST) -> list[float]:
    """One factor a level that makes its share of outcomes right on synthetic validation series.

    Neighbouring factors are averaged; the median's is 1.
    """
    network = load_network(path)
    scores, counted = [], []
    for index, group in enumerate(GROUPS):
        rng = np.random.default_rng((LOCKED_SEED, 100 + index))
        windows = synthetic_windows(rng, group, WIDENING_SERIES)
        scores.append(_relative_truth(network, windows, switches))
        counted.append(windows.reach)
    factors = [_factor(np.concatenate(scores), column) for column in range(len(LEVELS))]
    smooth = np.convolve(np.pad(factors, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    smooth[MEDIAN] = 1.0
    return [round(float(factor), 4) for factor in smooth]


def _relative_truth(network: Any, windows: Windows, switches: Switches) -> np.ndarray:
    """(truth − median) / (quantile − median) for every counted point and level."""
    contexts = [row[np.argmax(np.isfinite(row)) :] for row in windows.contexts]
    made = forecast_quantiles(network, contexts, windows.periods, 64, switches)
    median = made[:, :, MEDIAN]
    inside = np.arange(64)[None, :] < windows.reach[:, None]
    spread = made - median[:, :, None]
    distance = (windows.future - median)[:, :, None]
    ratio = distance / np.where(np.abs(spread) > 1e-12, spread, np.inf)
    return ratio[inside]


def _factor(ratios: np.ndarray, column: int) -> float:
    """The factor at which the share of outcomes beyond the level is what it should be."""
    if column == MEDIAN:
        return 1.0
    wanted = min(LEVELS[column], 1.0 - LEVELS[column])
    beyond = [(ratios[:, column] > factor).mean() for factor in WIDENING_GRID]
    return float(WIDENING_GRID[int(np.abs(np.array(beyond) - wanted).argmin())])


def _write_card(path: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", "utf-8")
