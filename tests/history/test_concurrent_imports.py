"""Several imports at once: each row once, each correction counted, every import in the ledger."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import polars as pl
import pytest

from altteul.history.history import History

IMPORTER = """
import importlib.util, pathlib, sys
from altteul.history.history import History
spec = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(spec); spec.loader.exec_module(child)
history = History.open(pathlib.Path(sys.argv[2]))
print("ready", flush=True); sys.stdin.readline()
for number in range(6):
    history.record(child.batch(number), origin=f"{number}")
"""


@pytest.mark.slow
def test_processes_that_import_the_same_at_once_write_each_row_once(tmp_path: Path) -> None:
    child = Path(__file__).with_name("importing_child.py")
    command = [sys.executable, "-c", IMPORTER, str(child), str(tmp_path / "home")]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.communicate("go\n")
    assert [process.returncode for process in running] == [0, 0, 0]
    history = History.open(tmp_path / "home")
    stored = pl.scan_delta(tmp_path / "home" / "prices").collect()
    assert not stored.select("item", "revision").is_duplicated().any()
    assert len(history.imports()) == 18
    assert sum(one.new + one.corrected for one in history.imports()) == stored.height
    assert sum(one.new for one in history.imports()) == stored["item"].n_unique()
    assert len(history.sellers()) == 6


def test_threads_that_import_different_days_lose_nothing(tmp_path: Path, harvest: Any) -> None:
    def take(number: int) -> None:
        rows = harvest({"item": f"품목{number}"}, {"item": "배추", "price": 5000 + number})
        History.open(tmp_path / "home").record(rows, origin=f"{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(8)))
    history = History.open(tmp_path / "home")
    assert history.observations()["item"].n_unique() == 9
    stored = pl.scan_delta(tmp_path / "home" / "prices").filter(pl.col("item") == "배추").collect()
    assert sorted(stored["revision"]) == list(range(8))
    assert len(history.imports()) == 8


def test_readers_of_one_history_do_not_disturb_its_imports(tmp_path: Path, harvest: Any) -> None:
    histories = [History.open(tmp_path / "home") for _ in range(2)]
    finished = Event()

    def read(history: History) -> None:
        while not finished.is_set():
            frame = history.observations(items=["배추"])
            assert frame.height <= 1

    def write(history: History) -> None:
        for price in range(10):
            history.record(harvest({"price": 5000 + price}), origin=f"{price}")

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read, history) for history in histories * 2]
        writers = [pool.submit(write, history) for history in histories]
        problems = [writer.exception() for writer in writers]
        finished.set()
    assert problems == [None, None]
    assert [reader.exception() for reader in readers] == [None] * 4
    stored = pl.scan_delta(tmp_path / "home" / "prices").collect()
    assert sorted(stored["revision"]) == list(range(stored.height))


def test_compacting_beside_imports_loses_nothing(tmp_path: Path, harvest: Any) -> None:
    home = tmp_path / "home"
    History.open(home).record(harvest({}), origin="first")

    def write(number: int) -> None:
        History.open(home).record(harvest({"item": f"품목{number}"}), origin=f"{number}")

    with ThreadPoolExecutor(2) as pool:
        writing = pool.map(write, range(15))
        for _ in range(5):
            History.open(home).compact()
        list(writing)
    history = History.open(home)
    assert history.observations().height == 16
    assert len(history.imports()) == 16
