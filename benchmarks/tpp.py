"""Large baskets on the TPPLIB instances, beside OR-Tools CP-SAT and a plain HiGHS model.

    python benchmarks/tpp.py --only 'EEuclideo.50.*' --seconds 20
    python benchmarks/tpp.py --only 'CapEuclideo.50.50.9.*' --peers cp-sat,highs --json

The files (`*.tpp`, `*.tpp.gz`) and `best_known_*.csv` are looked for in ../shared/data/tpp
(`--folder` for another place); they are not part of the project. Every solver runs in a process of
its own, so that its peak memory is its own; every solution is recomputed by the tests' checker. A
published value that took 18,000 s is an upper bound: a gap below zero is an improvement there, and
an error anywhere else. Instances run one after the other unless `--jobs` says otherwise.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "planner" / "large"))

from large_checker import check_solution  # noqa: E402
from tpplib import Published, published, read_tpplib  # noqa: E402

from altteul.planner.large import LargeSolution, solve  # noqa: E402

SOLVERS = ("ours", "cp-sat", "highs")


@dataclass(frozen=True)
class Row:
    """One solver on one instance. Gaps are percent of the published value."""

    instance: str
    solver: str
    cost: int | None
    best_known: int | None
    best_known_proved: bool
    gap_percent: float | None
    proved: bool
    lower_bound: float
    bound_gap_percent: float | None
    seconds: float
    cpu_seconds: float
    peak_mb: int


def measure(task: tuple[Path, str, float, int, Published | None]) -> Row:
    file, solver, seconds, seed, known = task
    instance = read_tpplib(file)
    wall, cpu = time.perf_counter(), time.process_time()
    if solver == "ours":
        found: LargeSolution = solve(instance, seconds=seconds, seed=seed)
        check_solution(instance, found)
    else:
        from large_referees import cp_sat, highs

        found = (cp_sat if solver == "cp-sat" else highs)(instance, seconds)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Row(
        instance=name_of(file),
        solver=solver,
        cost=found.cost,
        best_known=known.cost if known else None,
        best_known_proved=bool(known and known.proved),
        gap_percent=percent(found.cost, known.cost if known else None),
        proved=found.proved,
        lower_bound=found.lower_bound,
        bound_gap_percent=percent(found.cost, found.lower_bound),
        seconds=round(wall, 2),
        cpu_seconds=round(cpu, 2),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def percent(cost: int | None, beside: float | None) -> float | None:
    return round(100 * (cost / beside - 1), 3) if cost is not None and beside else None


def contradiction(row: Row) -> str | None:
    """A cost below a published optimum, or a bound above a published solution: one of the two is
    wrong, ours or theirs."""
    if row.best_known is None or row.cost is None:
        return None
    if row.best_known_proved and row.cost < row.best_known:
        return f"{row.instance}: {row.cost} is below the published optimum {row.best_known}"
    if row.lower_bound > row.best_known + 1e-6:
        return f"{row.instance}: bound {row.lower_bound} is above the published {row.best_known}"
    return None


def name_of(file: Path) -> str:
    return file.name.removesuffix(".gz").removesuffix(".tpp")


def order_of(file: Path) -> tuple[object, ...]:
    family, *numbers = name_of(file).split(".")
    return (family, *(int(n) if n.isdigit() else 0 for n in numbers))


def tasks(asked: argparse.Namespace) -> list[tuple[Path, str, float, int, Published | None]]:
    known = published(asked.folder)
    files = sorted([*asked.folder.glob("*.tpp"), *asked.folder.glob("*.tpp.gz")], key=order_of)
    patterns = asked.only.split(",")
    chosen = [f for f in files if any(fnmatch.fnmatch(name_of(f), p) for p in patterns)]
    solvers = ["ours", *(p for p in asked.peers.split(",") if p)]
    if unknown := set(solvers) - set(SOLVERS):
        sys.exit(f"unknown peers {sorted(unknown)}: choose from cp-sat, highs")
    return [
        (file, solver, asked.seconds, asked.seed, known.get(name_of(file)))
        for file in chosen
        for solver in solvers
    ]


def rows(asked: argparse.Namespace) -> Iterator[Row]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(asked.jobs, maxtasksperchild=1) as pool:
        yield from pool.imap(measure, tasks(asked), chunksize=1)


HEAD = (
    f"{'instance':26}{'solver':8}{'cost':>8}{'best':>8}{'gap %':>8}{'':7}"
    f"{'bound':>11}{'open %':>8}{'s':>8}{'cpu s':>8}{'MB':>6}"
)


def line(row: Row) -> str:
    best = f"{row.best_known or '-'}{'' if row.best_known_proved else '*'}"
    gap = "-" if row.gap_percent is None else f"{row.gap_percent:.2f}"
    still = "-" if row.bound_gap_percent is None else f"{row.bound_gap_percent:.2f}"
    return (
        f"{row.instance:26}{row.solver:8}{row.cost or '-':>8}{best:>8}{gap:>8}"
        f"{' proved' if row.proved else '':7}{row.lower_bound:>11.1f}{still:>8}"
        f"{row.seconds:>8.1f}{row.cpu_seconds:>8.1f}{row.peak_mb:>6}"
    )


def summary(done: list[Row]) -> Iterator[str]:
    """Per solver and number of markets: gaps, proofs, seconds."""
    groups: dict[tuple[str, str, int], list[Row]] = {}
    for row in done:
        family, *numbers = row.instance.split(".")
        markets = int(numbers[0]) if numbers and numbers[0].isdigit() else 0
        groups.setdefault((row.solver, family, markets), []).append(row)
    for (solver, family, markets), group in sorted(groups.items()):
        gaps = [r.gap_percent for r in group if r.gap_percent is not None]
        matched = sum(r.cost == r.best_known for r in group if r.best_known_proved)
        better = sum(g < 0 for g in gaps)
        yield (
            f"{solver:7} {family} {markets:>4} markets: {len(group)} instances, "
            f"proved {sum(r.proved for r in group)}, matched {matched} of "
            f"{sum(r.best_known_proved for r in group)} proved rows, better than an upper bound "
            f"{better}, mean gap {mean(gaps):.3f} %, worst {max(gaps):.2f} %, "
            f"mean {mean(r.seconds for r in group):.1f} s, slowest "
            f"{max(r.seconds for r in group):.1f} s"
            if gaps
            else f"{solver:7} {family} {markets:>4} markets: nothing found or nothing published"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=default_folder())
    parser.add_argument("--only", default="EEuclideo.50.*", help="patterns of names, by commas")
    parser.add_argument("--seconds", type=float, default=20.0, help="per solver and instance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", default="", help="cp-sat, highs")
    parser.add_argument("--jobs", type=int, default=1, help="instances at once")
    parser.add_argument("--json", action="store_true", help="one JSON line per row")
    asked = parser.parse_args()
    if not asked.folder.is_dir():
        print(f"no TPPLIB files at {asked.folder}; say where with --folder")
        return
    done = []
    if not asked.json:
        print(HEAD)
    for row in rows(asked):
        done.append(row)
        print(json.dumps(asdict(row)) if asked.json else line(row), flush=True)
    if not asked.json:
        print("* = upper bound (18,000 s or more)", *summary(done), sep="\n")
    if against := [found for row in done if (found := contradiction(row))]:
        sys.exit("\n".join(["contradicts what was published:", *against]))


def default_folder() -> Path:
    shared = os.environ.get("ALTTEUL_SHARED_DATA", ROOT.parent / "shared" / "data")
    return Path(shared) / "tpp"


if __name__ == "__main__":
    main()
