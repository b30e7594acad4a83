"""What matters in the foundation model: asked and trained again, each time without one part.

    python benchmarks/foundation_ablations.py [--batches 700] [--seeds 2] [--only training]

Training: every variant of altteul.foundation.training.ablations anew from nothing, the same number
of batches, the same seeds. Inference: the packaged model (or --model FILE) with parts of the
inference left away. Kinds: how often the 80 % range holds on synthetic look-alikes of kinds of
series. Judged on synthetic series from seeds that training never uses and, where
../shared/data/series/train (or ALTTEUL_SHARED_DATA) is there, on windows of the quarter of the real
series that is held out. No evaluation series is read. Needs PyTorch (`altteul[train]`).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from altteul.foundation.contexts import aligned, scaled
from altteul.foundation.experts import EXPERTS
from altteul.foundation.generators import FAMILIES, TRAINING
from altteul.foundation.inference import FAST, THOROUGH, Switches
from altteul.foundation.runtime import Network, load_network
from altteul.foundation.shape import HORIZON, LEVELS, MEDIAN
from altteul.foundation.training import real, recipe
from altteul.foundation.training.recipe import GROUPS, synthetic_windows
from altteul.foundation.training.settings import Settings
from altteul.foundation.widening import NONE

try:
    import torch

    from altteul.foundation.training import ablations, validation
    from altteul.foundation.training.calibration import Cases, cases_of, forecast
except ImportError:
    torch = None

ASKING_SEED = 300  # beside the locked seed; the widening was fitted on others
KIND_SEED = 340
SEED = 20261201
WARM_UP = 100
MOST_UNITS = 10.0
EXACT = (1.0,) * len(LEVELS)


def look_alike(lengths: tuple[int, int], period: tuple[int, int], horizon: int) -> recipe.Group:
    points = lengths[1] + HORIZON
    return recipe.Group("kind", 1.0, points, *lengths, ((*period, 1.0),), (horizon,), 1)


def families(*names: str) -> tuple[float, ...]:
    return tuple(family.share * (family.name in names) for family in FAMILIES)


TRENDING = families("growth_curves", "bending_trends", "running_totals", "log_prices")
KINDS: dict[str, tuple[recipe.Group, tuple[float, ...]]] = {
    "yearly, 8 to 40 points": (look_alike((8, 40), (1, 1), 6), TRAINING),
    "yearly and trending": (look_alike((8, 40), (1, 1), 6), TRENDING),
    "quarterly": (look_alike((16, 100), (4, 1), 8), TRAINING),
    "quarterly, growing season": (look_alike((16, 100), (4, 1), 8), families("multiplicative")),
    "monthly": (look_alike((30, 300), (12, 1), 18), TRAINING),
    "weekly": (look_alike((60, 500), (52, 1), 13), TRAINING),
    "daily": (look_alike((60, 1000), (7, 365), 28), TRAINING),
    "hourly": (look_alike((200, 1000), (24, 168), 48), TRAINING),
}


@dataclass(frozen=True)
class Unmirrored(Network):
    """The network without the mirrored forecast beside the plain one."""

    def quantiles(self, series, periods, flip=True):
        return super().quantiles(series, periods, False)


def series_to_train() -> dict[str, real.RealSeries]:
    root = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("ALTTEUL_SHARED_DATA", root)) / "series" / "train"
    return real.load(folder) if folder.is_dir() else {}


def asking(network: Network) -> Iterator[tuple[str, Network, Switches]]:
    """Each way of asking, by what it leaves away."""
    bare = Unmirrored(network.session, network.widening, network.context_widening, network.card)
    constant = replace(network, context_widening={"fast": NONE, "thorough": NONE})
    for mode in (FAST, THOROUGH):
        yield mode.name, network, mode
        yield f"{mode.name} without mirroring", bare, mode
        yield f"{mode.name} without widening by context", constant, mode
        yield f"{mode.name} without any widening", replace(constant, widening=EXACT), mode
    yield "thorough without backtests", network, replace(THOROUGH, origins=0)
    for place, name in enumerate(EXPERTS[1:], start=1):
        priors = tuple(0.0 if one == place else share for one, share in enumerate(THOROUGH.priors))
        yield f"thorough without {name}", network, replace(THOROUGH, priors=priors)


def cases_by_group(held_out: list[real.RealSeries], count: int) -> dict[str, dict[str, Cases]]:
    made: dict[str, dict[str, Cases]] = {"synthetic": {}, "real": {}}
    for index, group in enumerate(GROUPS):
        rng = np.random.default_rng((validation.LOCKED_SEED, ASKING_SEED + index))
        made["synthetic"][group.name] = cases_of(synthetic_windows(rng, group, count))
        if held_out:
            windows = real.real_windows(rng, held_out, group, count, mixed=0.0)
            made["real"][group.name] = cases_of(windows)
    return {kind: groups for kind, groups in made.items() if groups}


def scores(network: Network, cases: Cases, switches: Switches) -> tuple[float, float, float]:
    """Pinball loss and median error over the seasonal naive's, coverage of the 80 % range.

    Each window counts by the naive error in its own units, at most MOST_UNITS a step, so that no
    single one decides.
    """
    quantiles = forecast(network, cases, switches)
    unit, naive = in_units(cases)
    known = np.isfinite(cases.future) & np.isfinite(quantiles[:, :, MEDIAN]) & (unit > 0)[:, None]
    scale = np.where(unit > 0, unit, 1.0)[:, None]
    error = (cases.future[:, :, None] - quantiles) / scale[:, :, None]
    levels = np.array(LEVELS)
    loss = by_window(2 * np.maximum(levels * error, (levels - 1) * error).mean(axis=2), known)
    median = by_window(np.abs(error[:, :, MEDIAN]), known)
    base = by_window(np.abs((cases.future - naive) / scale), known)
    weight = np.minimum(1.0, MOST_UNITS * known.sum(axis=1) / np.maximum(base, 1e-9))
    low, high = error[:, :, LEVELS.index(0.1)], error[:, :, LEVELS.index(0.9)]
    held = float(((low >= 0) & (high <= 0))[known].mean())
    total = weight @ base
    return float(weight @ loss / total), float(weight @ median / total), held


def by_window(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.where(known, values, 0.0).sum(axis=1)


def measured_kinds(path: Path | None, count: int) -> dict:
    """Coverage of the 80 % range by kind, fast and thorough, with and without context widening."""
    network = load_network(path)
    constant = replace(network, context_widening={"fast": NONE, "thorough": NONE})
    table: dict[str, dict[str, float]] = {}
    for order, (kind, (group, shares)) in enumerate(KINDS.items()):
        rng = np.random.default_rng((validation.LOCKED_SEED, KIND_SEED + order))
        cases = cases_of(synthetic_windows(rng, group, count, shares, 0.0))
        table[kind] = {
            f"{mode.name}{mark}": round(scores(used, cases, mode)[2], 3)
            for mode in (FAST, THOROUGH)
            for used, mark in ((network, ""), (constant, " without context widening"))
        }
        print(f"{kind}: {table[kind]}", flush=True)
    return table


def in_units(cases: Cases) -> tuple[np.ndarray, np.ndarray]:
    """Each context's unit (count,) and its seasonal naive (count, HORIZON)."""
    unit = np.empty(len(cases.contexts))
    naive = np.empty((len(cases.contexts), HORIZON))
    for row, context in enumerate(cases.contexts):
        made = scaled(aligned([context]), cases.periods[row : row + 1, 0])
        unit[row] = made.scale[0]
        season = min(int(cases.periods[row, 0]), context.size)
        last = made.values[0, -season:] * made.unit[0] + made.centre[0]
        naive[row] = np.resize(last, HORIZON)
    return unit, naive


def measured_asking(path: Path | None, held_out: list[real.RealSeries], count: int) -> dict:
    groups = cases_by_group(held_out, count)
    table: dict[str, dict[str, float]] = {}
    for name, network, switches in asking(load_network(path)):
        began = time.process_time()
        row: dict[str, float] = {}
        for kind, by_name in groups.items():
            parts = np.array([scores(network, cases, switches) for cases in by_name.values()])
            row[f"{kind} pinball"] = float(np.exp(np.log(parts[:, 0]).mean()))
            row[f"{kind} median"] = float(np.exp(np.log(parts[:, 1]).mean()))
            row[f"{kind} coverage"] = float(parts[:, 2].mean())
        row["processor seconds"] = time.process_time() - began
        table[name] = {key: round(value, 4) for key, value in row.items()}
        print(f"{name}: {table[name]}", flush=True)
    return table


def measured_training(kept: list, held_out: list, batches: int, seeds: range) -> dict:
    judged = validation.locked(held_out)
    table: dict[str, list[dict[str, float]]] = {}
    for seed in seeds:
        settings = Settings(seed=seed, batches=batches, every=10 * batches, warm_up=WARM_UP)
        with tempfile.TemporaryDirectory() as folder:
            runs = ablations.run(Path(folder) / "run", tuple(kept), judged, settings)
            for name, row in runs:
                table.setdefault(name, []).append(row)
                spent = time.process_time() / 60
                print(f"seed {seed}, {name}: {row} ({spent:.1f} processor minutes)", flush=True)
    for name, rows in table.items():
        means = {key: round(float(np.mean([row[key] for row in rows])), 4) for key in rows[0]}
        print(f"mean of {len(seeds)}, {name}: {means}", flush=True)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description="Ablations of the foundation model.")
    parser.add_argument("--batches", type=int, default=700)
    parser.add_argument("--seeds", type=int, default=2, help="how many")
    parser.add_argument("--seed", type=int, default=SEED, help="the first of them")
    parser.add_argument("--count", type=int, default=200, help="windows asked for of each group")
    parser.add_argument("--only", choices=("training", "inference", "kinds"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--out", type=Path, help="JSON file for the results")
    chosen = parser.parse_args()
    if torch is None:
        print("ablations: PyTorch is not installed (pip install 'altteul[train]')")
        return
    torch.set_num_threads(1)
    kept, held_out = real.split(series_to_train())
    seeds = range(chosen.seed, chosen.seed + chosen.seeds)
    results: dict[str, dict] = {}
    if chosen.only in (None, "kinds"):
        results["kinds"] = measured_kinds(chosen.model, 2 * chosen.count)
    if chosen.only in (None, "inference"):
        results["inference"] = measured_asking(chosen.model, held_out, chosen.count)
    if chosen.only == "training":  # half an hour
        results["training"] = measured_training(kept, held_out, chosen.batches, seeds)
    if chosen.out is not None:
        chosen.out.write_text(json.dumps(results, indent=1), "utf-8")


if __name__ == "__main__":
    main()
