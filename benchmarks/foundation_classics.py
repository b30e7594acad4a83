"""The foundation model beside AutoETS, Theta and the seasonal naive on classic series.

    pip install statsmodels pmdarima aeon sktime   (in an environment of its own)
    python benchmarks/foundation_classics.py [--model FILE] [--out FILE]

Packages under MIT and BSD licences ship well-known series that nobody chose with us in mind: air
passengers, Australian beer, wine and wool, CO₂, El Niño, the Nile, US macro data … A package that
is absent is named and left out. None of the series was trained on: those whose hash or any twelve
values in a row stand among the training series (where ../shared/data/series/train is there) are
left out and named. Each series counts once: up to MOST_WINDOWS windows at its end, MASE and WQL
over the seasonal naive's, geometric mean over series; intervals draw the series again.
"""

from __future__ import annotations

import argparse
import json
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from altteul.foundation import load_model, manifest
from altteul.foundation.evaluation.datasets import SeriesSet, load_folder
from altteul.foundation.evaluation.peers import Forecaster, peers
from altteul.foundation.evaluation.protocol import Scores, score_forecast
from altteul.foundation.evaluation.report import forecaster
from altteul.foundation.evaluation.windows import M4_HORIZONS, SEASONS, rolling
from altteul.foundation.runtime import PACKAGED

HORIZONS = M4_HORIZONS | {"half-hourly": 48}
MOST_WINDOWS = 8
LEAST_CONTEXT = 0.5  # share of the series before the first window
WEEKS = 52
DRAWS = 2000
BASE = "seasonal_naive"
OURS = ("model S, thorough", "model S, fast")
MEASURES = ("mase", "wql")
LONG_CYCLES = {"taylor", "GB solar", "lynx"}  # AutoETS takes seasons up to 24; ten-year cycles


@dataclass(frozen=True)
class Classic:
    """A series with its frequency, and where it comes from."""

    name: str
    freq: str
    values: np.ndarray

    def task(self) -> SeriesSet:
        season = WEEKS if self.freq == "weekly" else SEASONS[self.freq]
        horizon = HORIZONS[self.freq]
        one = np.asarray(self.values, dtype=np.float64)
        return SeriesSet(self.name, self.freq, horizon, season, season, (self.name,), (one,))


def of_pmdarima() -> Iterator[Classic]:
    from pmdarima import datasets

    for name, freq in (
        ("airpassengers", "monthly"),
        ("ausbeer", "quarterly"),
        ("austres", "quarterly"),
        ("lynx", "yearly"),
        ("taylor", "half-hourly"),
        ("wineind", "monthly"),
        ("woolyrnq", "quarterly"),
    ):
        yield Classic(name, freq, np.asarray(getattr(datasets, f"load_{name}")()))


def of_statsmodels() -> Iterator[Classic]:
    from statsmodels import datasets
    from statsmodels.datasets import elec_equip

    yield Classic("co2", "weekly", datasets.co2.load_pandas().data["co2"].to_numpy())
    yield Classic("elec_equip", "monthly", elec_equip.load_pandas().data.iloc[:, -1])
    table = datasets.elnino.load_pandas().data
    months = [name for name in table.columns if name != "YEAR"]
    yield Classic("elnino", "monthly", table[months].to_numpy().reshape(-1))
    yield Classic("nile", "yearly", datasets.nile.load_pandas().data["volume"])
    macro = datasets.macrodata.load_pandas().data
    for name in macro.columns.drop(["year", "quarter"]):
        yield Classic(f"macrodata {name}", "quarterly", macro[name])
    danish = datasets.danish_data.load_pandas().data
    for name in ("lrm", "lry", "lpy", "ibo", "ide"):
        yield Classic(f"danish {name}", "quarterly", danish[name])


def of_aeon() -> Iterator[Classic]:
    yield Classic("PBS", "monthly", column("aeon", "PBS_dataset", 1))
    yield Classic("shampoo", "monthly", column("aeon", "ShampooSales", 1))
    yield Classic("GB solar", "half-hourly", column("aeon", "solar", 1))
    for place, name in enumerate(("consumption", "income", "production", "savings"), start=2):
        yield Classic(f"US change {name}", "quarterly", column("aeon", "Uschange", place))


def of_sktime() -> Iterator[Classic]:
    yield Classic("seatbelts", "monthly", column("sktime", "seatbelts", 1))


def column(package: str, name: str, place: int) -> np.ndarray:
    """A column of a CSV file that a package ships; the package itself is not imported."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "datasets" / "data" / name
    return np.genfromtxt(folder / f"{name}.csv", delimiter=",", skip_header=1, usecols=place)


SOURCES: dict[str, Callable[[], Iterator[Classic]]] = {
    "statsmodels": of_statsmodels,
    "pmdarima": of_pmdarima,
    "aeon": of_aeon,
    "sktime": of_sktime,
}


def classics() -> list[SeriesSet]:
    """The tasks of every package that is here, save what was trained on."""
    tasks: list[SeriesSet] = []
    for package, read in SOURCES.items():
        if find_spec(package) is None:
            print(f"{package} is not installed: its series are left out")
            continue
        tasks += [one.task() for one in read()]
    trained = set(manifest.trained_on(tasks, manifest.read(PACKAGED)))
    root = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("ALTTEUL_SHARED_DATA", root)) / "series" / "train"
    training = load_folder(folder) if folder.is_dir() else []
    kept = []
    for task in tasks:
        seen = f"{task.name}/{task.name}" in trained
        if seen or (training and manifest.shared_windows([task], training)):
            print(f"{task.name} was trained on: left out")
        else:
            kept.append(task)
    return kept


def scored(task: SeriesSet, run: Forecaster) -> Scores:
    windows = int((1 - LEAST_CONTEXT) * task.series[0].size / task.horizon)
    contexts, truths = rolling(task, task.horizon, min(max(windows, 1), MOST_WINDOWS))
    return score_forecast(contexts, truths, run(contexts, task), task.mase_season)


def geometric(values: np.ndarray) -> float:
    return float(np.exp(np.log(values).mean()))


def compared(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float, float]:
    """Ours as a share of theirs, geometric mean over series, with a 90 % interval."""
    logs = np.log(ours / theirs)
    drawn = np.random.default_rng(0).integers(0, logs.size, (DRAWS, logs.size))
    low, high = np.quantile(logs[drawn].mean(axis=1), [0.05, 0.95])
    return tuple(float(np.exp(one)) for one in (logs.mean(), low, high))


def told(table: dict[str, list[Scores]], rows: list[int]) -> None:
    """Print aggregates over some of the series, and ours as a share of each peer's."""

    def values(name: str, measure: str) -> np.ndarray:
        return np.array([getattr(table[name][row], measure) for row in rows])

    for name in table:
        mase, wql = (geometric(values(name, m) / values(BASE, m)) for m in MEASURES)
        held = values(name, "coverage").mean()
        print(f"  {name}: MASE {mase:.3f}, WQL {wql:.3f}, 80 % range held {held:.1%}")
    for name in [one for one in table if one not in {*OURS, BASE}]:
        shares = [compared(values(OURS[0], m), values(name, m)) for m in MEASURES]
        words = [f"{one:.3f} (90 % {low:.3f} to {high:.3f})" for one, low, high in shares]
        print(f"  {OURS[0]} over {name}: MASE {words[0]}, WQL {words[1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="The foundation model on classic series.")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--out", type=Path, help="JSON file for MASE, WQL, coverage by series")
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    model = load_model(chosen.model)
    runs = dict(zip(OURS, (forecaster(model), forecaster(model, False)), strict=True))
    tasks = classics()
    if not tasks:
        return
    table = {
        name: [scored(task, run) for task in tasks] for name, run in {**runs, **peers()}.items()
    }
    print(f"all {len(tasks)} series:")
    told(table, list(range(len(tasks))))
    usual = [row for row, task in enumerate(tasks) if task.name not in LONG_CYCLES]
    print(f"{len(usual)} series, without those whose cycle the peers cannot follow:")
    told(table, usual)
    if chosen.out is not None:
        names = [task.name for task in tasks]
        by_series = {
            name: {one: list(astuple(made)) for one, made in zip(names, rows, strict=True)}
            for name, rows in table.items()
        }
        chosen.out.write_text(json.dumps(by_series, indent=1), "utf-8")


if __name__ == "__main__":
    main()
