"""An import killed at any moment leaves the prices as before or after; a repeat completes it."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from altteul.history.history import History

KILLS = 32
CHILD = Path(__file__).with_name("importing_child.py")


@pytest.fixture(scope="module")
def child() -> ModuleType:
    spec = importlib.util.spec_from_file_location("importing_child", CHILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Importers:
    """Importing processes; the next one loads while the last one's folder is looked at."""

    def __init__(self) -> None:
        self._next = self._start()

    def kill_while_importing(self, home: Path, first: int, seconds: float) -> int:
        """Let one import from that batch on, SIGKILL it after so long; the last it completed."""
        process, self._next = self._next, self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        with process:
            process.stdin.write(f"{home}\t{first}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "ready\n"
            time.sleep(seconds)
            process.kill()
            completed = [int(line) for line in process.stdout if line.endswith("\n")]
        return max(completed, default=first - 1)

    def close(self) -> None:
        self._next.kill()
        self._next.communicate()

    def _start(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen([sys.executable, str(CHILD)], stdin=pipe, stdout=pipe, text=True)


class Model:
    """What must be read after the first n batches: the last price of each item."""

    def __init__(self, child: ModuleType) -> None:
        self._child = child
        self._prices: dict[str, int] = {}
        self._imported = 0

    def after(self, batches: int) -> dict[str, int]:
        while self._imported < batches:
            frame = self._child.batch(self._imported).observations
            self._prices |= dict(frame.select("item", "price").iter_rows())
            self._imported += 1
        return dict(self._prices)


def prices(history: History) -> dict[str, int]:
    frame = history.observations().select("item", "price")
    assert not frame["item"].is_duplicated().any()
    return dict(frame.iter_rows())


@pytest.fixture
def importers() -> Iterator[Importers]:
    started = Importers()
    yield started
    started.close()


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_prices_as_before_or_after(
    tmp_path: Path, child: ModuleType, importers: Importers
) -> None:
    home, chance, model = tmp_path / "home", random.Random(20261122), Model(child)
    done, cut = 0, 0
    for _ in range(KILLS):
        done = importers.kill_while_importing(home, done, chance.uniform(0.0, 0.4)) + 1
        history = History.open(home)
        before, found = model.after(done), prices(history)
        interrupted = history.record(child.batch(done), origin="again")
        after = model.after(done + 1)
        assert found in (before, after)
        assert prices(history) == after
        cut += interrupted.new == 0
        assert (interrupted.new == 0) == (found == after)
        check_ledger(history)
        done += 1
        history.close()
    assert len(History.open(home).sellers()) >= done
    print(f"{KILLS} kills, {done} batches, {cut} killed between commit and ledger")


def check_ledger(history: History) -> None:
    """Every commit of prices stands in the ledger, with the counts that the table shows."""
    stored = pl.scan_delta(history._home / "prices").collect()
    counted = dict(stored.group_by("import_id").len().iter_rows())
    noted = {one.import_id: one.new + one.corrected for one in history.imports()}
    assert {key: count for key, count in noted.items() if count} == counted
