"""From a finished run to files that can be shipped: ONNX, safetensors, card, manifest, plot."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from altteul.foundation import manifest
from altteul.foundation.contexts import REACH
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder
from altteul.foundation.evaluation.windows import rolling
from altteul.foundation.inference import FAST, THOROUGH, Switches, forecast_quantiles
from altteul.foundation.runtime import Network, load_network
from altteul.foundation.seasons import periods_of
from altteul.foundation.shape import LEVELS, MEDIAN
from altteul.foundation.training import export, loop, plot
from altteul.foundation.training.recipe import GROUPS, Windows, synthetic_windows
from altteul.foundation.training.validation import LOCKED_SEED

WIDENING_SERIES = 600
REAL_WINDOWS = 8
REAL_SERIES = 60
WIDENING_GRID = np.linspace(0.8, 1.4, 61)


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
        "widening": [1.0] * len(LEVELS),
    }
    _write_card(path, card)
    card["widening"] = fit_widening(path)
    _write_card(path, card)
    card["real_factor"] = real_factor(path, groups)
    card["widening"] = _times(card["widening"], card["real_factor"])
    _write_card(path, card)
    return path


def fit_widening(path: Path, switches: Switches = FAST) -> list[float]:
    """One factor a level that makes its share of outcomes right on synthetic validation series.

    Both sides of the median share a factor, so that a mirrored series keeps its mirrored forecast;
    neighbouring factors are averaged; the median's is 1.
    """
    network = load_network(path)
    scores = []
    for index, group in enumerate(GROUPS):
        rng = np.random.default_rng((LOCKED_SEED, 100 + index))
        windows = synthetic_windows(rng, group, WIDENING_SERIES)
        scores.append(_relative_truth(network, windows, switches))
    ratios = np.concatenate(scores)
    upper = [_factor(ratios, column) for column in range(MEDIAN + 1, len(LEVELS))]
    smooth = np.convolve(np.pad(upper, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    above = [round(float(factor), 4) for factor in smooth]
    return [*reversed(above), 1.0, *above]


def real_factor(path: Path, groups: list[SeriesSet]) -> float:
    """One further factor that makes the 80 % interval right on the real series trained on.

    Real series are less regular than synthetic ones. Coverage is the mean over sets, by the last
    REAL_WINDOWS windows of up to REAL_SERIES series each, with the thorough inference.
    """
    network = load_network(path)
    ratios = [_real_ratios(network, group) for group in groups]
    if not ratios:
        return 1.0
    inside = [np.mean([(one <= factor).mean() for one in ratios]) for factor in WIDENING_GRID]
    return round(float(WIDENING_GRID[int(np.abs(np.array(inside) - 0.8).argmin())]), 4)


def _real_ratios(network: Network, group: SeriesSet) -> np.ndarray:
    """How far each true point lies, as a share of the way from the median to the 0.1 or 0.9."""
    fewer = replace(group, series=group.series[:REAL_SERIES])
    contexts, truth = rolling(fewer, group.horizon, REAL_WINDOWS)
    usable = [row for row, one in enumerate(contexts) if np.isfinite(one[-REACH:]).any()]
    season = periods_of(group.freq, group.mase_season)
    periods = np.tile(season, (len(usable), 1))
    chosen = [contexts[row][-REACH:] for row in usable]
    made = forecast_quantiles(network, chosen, periods, group.horizon, THOROUGH)
    median = made[:, :, MEDIAN]
    low, high = made[:, :, LEVELS.index(0.1)], made[:, :, LEVELS.index(0.9)]
    distance = truth[usable] - median
    reach = np.where(distance < 0, median - low, high - median)
    ratio = np.abs(distance) / np.maximum(reach, 1e-12)
    kept: np.ndarray = ratio[np.isfinite(ratio)]
    return kept


def _times(widening: list[float], factor: float) -> list[float]:
    return [
        1.0 if level == MEDIAN else round(one * factor, 4) for level, one in enumerate(widening)
    ]


def _relative_truth(network: Network, windows: Windows, switches: Switches) -> np.ndarray:
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
    """The factor at which the share of outcomes beyond a level and its mirror is right."""
    mirror = len(LEVELS) - 1 - column
    wanted = 2.0 * (1.0 - LEVELS[column])
    beyond = [
        (ratios[:, column] > factor).mean() + (ratios[:, mirror] > factor).mean()
        for factor in WIDENING_GRID
    ]
    return float(WIDENING_GRID[int(np.abs(np.array(beyond) - wanted).argmin())])


def _write_card(path: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", "utf-8")
