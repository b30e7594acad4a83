"""Speed of the foundation model on this machine, beside AutoETS and Theta in the same run.

    python benchmarks/foundation.py [--quick]

Prints one line a measurement: throughput of a batch on two threads' worth of processes, a single
series, loading, and the peers of statsforecast where it is installed (`altteul[stats]`).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np

HORIZON = 64
CORES = 2


def series(count: int, points: int, seed: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    time_axis = np.arange(points)
    season = np.sin(2 * np.pi * time_axis / 12)
    walks = np.cumsum(rng.standard_normal((count, points)), axis=1)
    return list(200 + 10 * season + walks)


def forecast(job: tuple[list[np.ndarray], bool]) -> int:
    from altteul.foundation import load_model

    rows, thorough = job
    made = load_model().predict(rows, HORIZON, freq="monthly", thorough=thorough)
    return len(made.quantiles)


def batch_rate(count: int, points: int, thorough: bool) -> float:
    """Series × 64 steps per second over CORES processes, started and warmed before the clock."""
    rows = series(count, points)
    halves = [(rows[start::CORES], thorough) for start in range(CORES)]
    with ProcessPoolExecutor(CORES) as workers:
        list(workers.map(forecast, [(rows[:2], thorough)] * CORES))
        start = time.perf_counter()
        done = sum(workers.map(forecast, halves))
        return done / (time.perf_counter() - start)


def single_seconds(points: int, thorough: bool) -> float:
    from altteul.foundation import load_model

    model, one = load_model(), series(1, points)[0]
    model.predict(one, HORIZON, freq="monthly", thorough=thorough)
    return best(lambda: model.predict(one, HORIZON, freq="monthly", thorough=thorough), 20)


def best(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def load_seconds() -> float:
    """Opening the packaged model in a fresh process that has imported numpy and onnxruntime."""
    code = (
        "import time, numpy, onnxruntime; start = time.perf_counter();"
        "from altteul.foundation import load_model; load_model();"
        "print(time.perf_counter() - start)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            for _ in range(3)]  # fmt: skip
    return min(float(run.stdout) for run in runs)


def peer_rates(count: int, points: int) -> None:
    try:
        from statsforecast import models
    except ImportError:
        print("AutoETS, Theta: statsforecast is not installed (pip install 'altteul[stats]')")
        return
    for name in ("AutoETS", "DynamicOptimizedTheta"):
        model = getattr(models, name)(season_length=12)
        rows = series(count, points)
        model.forecast(y=rows[0], h=HORIZON, level=[80])
        start = time.perf_counter()
        for row in rows:
            model.forecast(y=row, h=HORIZON, level=[80])
        rate = count / (time.perf_counter() - start)
        print(f"{name} of statsforecast, one process, {points} points: {rate:,.0f} series/s")


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    count = 400 if quick else 4000
    for points in (120, 512):
        fast = batch_rate(count, points, thorough=False)
        print(f"model S, fast, {CORES} processes, {points} points: {fast:,.0f} series × 64 steps/s")
        rate = batch_rate(count // 4, points, thorough=True)
        print(f"model S, thorough, {CORES} processes, {points} points: {rate:,.0f} series/s")
    for thorough in (False, True):
        seconds = single_seconds(120, thorough)
        name = "thorough" if thorough else "fast"
        print(f"one series of 120 points, {name}: {seconds * 1000:.1f} ms")
    print(f"load (fresh process, after its libraries): {load_seconds() * 1000:.0f} ms")
    peer_rates(20 if quick else 100, 120)


if __name__ == "__main__":
    main()
