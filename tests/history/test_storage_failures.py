"""A full disk, a damaged or forbidden folder: one sentence, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from altteul.errors import StorageError
from altteul.history.failures import told_plainly
from altteul.history.history import History

CHILD = Path(__file__).with_name("importing_child.py")

SMALL_FILES = """
import importlib.util, pathlib, resource, sys
from altteul.errors import StorageError
from altteul.history.history import History
spec = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(spec); spec.loader.exec_module(child)
history = History.open(pathlib.Path(sys.argv[2]))
history.record(child.batch(0), origin="before")
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    history.record(child.batch(1), origin="too large")
except StorageError as error:
    print(error)
"""


def is_one_korean_sentence_about_space(text: str) -> bool:
    return text.startswith("저장 공간이 모자라") and text.endswith("다시 실행해 주세요.")


@pytest.mark.parametrize("limit", [100, 2_000, 10_000])
def test_files_that_cannot_grow_tell_that_space_is_short_and_lose_nothing(
    tmp_path: Path, limit: int
) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", SMALL_FILES, str(CHILD), str(home), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert is_one_korean_sentence_about_space(done.stdout.strip())
    history = History.open(home)
    assert history.observations().height == 1500
    assert history.observations()["price"].min() == 1000
    assert [one.origin for one in history.imports()] == ["before"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB; needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_freeing_it_completes_the_import(
    tiny_disk: Path, harvest: Any
) -> None:
    history = History.open(tiny_disk / "home")
    history.record(harvest({}), origin="before")
    filler = tiny_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(b"x" * 2**20)
    rows = harvest(*({"item": f"품목{i}", "price": 5000 + i} for i in range(50)))
    with pytest.raises(StorageError) as error:
        history.record(rows, origin="full")
    assert is_one_korean_sentence_about_space(str(error.value))
    assert History.open(tiny_disk / "home").observations()["price"].to_list() == [5000]
    filler.unlink()
    assert history.record(rows, origin="again").new == 50
    assert history.observations().height == 51


def damage_log(home: Path) -> None:
    newest = max((home / "prices" / "_delta_log").glob("*.json"))
    newest.write_text("garbage")


def cut_prices_short(home: Path) -> None:
    for file in (home / "prices").rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:100])


def overwrite_prices(home: Path) -> None:
    for file in (home / "prices").rglob("*.parquet"):
        file.write_bytes(bytes(file.stat().st_size))


def lose_prices(home: Path) -> None:
    for file in (home / "prices").rglob("*.parquet"):
        file.unlink()


def damage_sellers(home: Path) -> None:
    for file in (home / "sellers").rglob("*.parquet"):
        file.write_bytes(b"garbage")


DAMAGES = [damage_log, cut_prices_short, overwrite_prices, lose_prices, damage_sellers]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_told_in_one_sentence(
    history: History, harvest: Any, record: Any, damage: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    history.record(harvest({}, sellers=(record("seoul:96", "도깨비시장"),)), origin="a.csv")
    damage(history._home)
    with pytest.raises(StorageError, match=r"손상되어 읽을 수 없습니다\. .+주세요\.$") as error:
        History.open(history._home).observations()
    assert str(history._home) in str(error.value)
    assert "\n" not in str(error.value)
    assert capfd.readouterr().err == ""


def test_a_damaged_ledger_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"garbage" * 1000)
    with pytest.raises(StorageError, match="손상"):
        History.open(tmp_path).imports()


def test_a_kill_before_the_very_first_commit_leaves_an_empty_history(
    history: History, harvest: Any
) -> None:
    (history._home / "prices" / "_delta_log").mkdir(parents=True)
    (history._home / "prices" / "_delta_log" / "_commit_1.json.tmp").write_text("half")
    assert history.is_empty()
    assert history.record(harvest({}), origin="a.csv").new == 1
    assert History.open(history._home).observations().height == 1


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path, harvest: Any) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StorageError):
        History.open(tmp_path / "home").record(harvest({}), origin="a.csv")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (OSError(28, "No space left on device"), "저장 공간이 모자라"),
        (PermissionError(13, "Permission denied"), "권한이 없습니다"),
        (OSError(30, "Read-only file system"), "권한이 없습니다"),
        (pl.exceptions.ComputeError("parquet: file is out of spec"), "손상"),
    ],
)
def test_each_failure_has_its_words(failure: Exception, words: str) -> None:
    with pytest.raises(StorageError, match=words), told_plainly("/data"):
        raise failure


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(KeyError), told_plainly("/data"):
        raise KeyError("not about storage")
