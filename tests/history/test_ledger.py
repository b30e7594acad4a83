"""The ledger of imports: what came, what became of it, and that it cannot disagree."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from altteul.history.history import History
from altteul.sources.harvest import Dropped, Harvest


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL server; skipped where its packages are absent."""
    for package in ("pgserver", "psycopg"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"the package {package} is not installed")
    server = importlib.import_module("pgserver").get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[History]:
    """A history whose ledger stands in SQLite, and one whose ledger stands in PostgreSQL."""
    url = request.getfixturevalue("postgres") if request.param == "postgres" else None
    history = History.open(tmp_path / "home", url)
    yield history
    history.close()


def test_an_import_is_noted_with_its_counts(kept: History, harvest: Any, record: Any) -> None:
    before = datetime.now(UTC)
    rows: Harvest = harvest({}, {"date": date(2021, 6, 2)}, sellers=(record("seoul:96", "시장"),))
    rows.dropped += [Dropped("값이 0", "3행"), Dropped("값이 0", "9행"), Dropped("단위", "4행")]
    outcome = kept.record(rows, origin="may.csv")
    noted = kept.imports()[-1]
    assert noted == outcome
    assert (noted.source, noted.origin) == ("seoul", "may.csv")
    assert (noted.new, noted.unchanged, noted.corrected, noted.sellers) == (2, 0, 0, 1)
    assert noted.dropped_by_reason == {"값이 0": 2, "단위": 1}
    assert noted.dropped == 3
    assert (noted.first_day, noted.last_day) == (date(2021, 5, 31), date(2021, 6, 2))
    assert before <= noted.recorded_at <= datetime.now(UTC)


def test_the_ledger_is_oldest_first_and_keeps_imports_that_changed_nothing(
    kept: History, harvest: Any
) -> None:
    for origin, price in (("a", 5000), ("b", 5000), ("c", 5200)):
        kept.record(harvest({"price": price}), origin=origin)
    noted = kept.imports()[-3:]
    assert [(one.origin, one.new, one.unchanged, one.corrected) for one in noted] == [
        ("a", 1, 0, 0), ("b", 0, 1, 0), ("c", 0, 0, 1)
    ]  # fmt: skip


def test_what_a_kill_kept_from_the_ledger_is_copied_from_the_commits(
    kept: History, harvest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.record(harvest({}), origin="a")
    with monkeypatch.context() as killed:
        killed.setattr(kept._ledger, "copy_commits", raise_interrupt)
        with pytest.raises(KeyboardInterrupt):
            kept.record(harvest({"price": 6000}), origin="b")
    noted = kept.imports()[-2:]
    assert [(one.origin, one.corrected) for one in noted] == [("a", 0), ("b", 1)]


def raise_interrupt() -> None:
    raise KeyboardInterrupt


def test_a_lost_database_is_rebuilt_from_the_commits(
    history: History, harvest: Any, record: Any
) -> None:
    history.record(harvest(sellers=(record("seoul:96", "시장"),)), origin="sellers")
    for price in range(12):
        history.record(harvest({"price": 5000 + price}), origin=f"{price}")
    history.compact()
    before = history.imports()
    history.close()
    for file in history._home.glob("state.sqlite*"):
        file.unlink()
    assert History.open(history._home).imports() == before
    assert len(before) == 13


def test_two_folders_can_share_one_database(tmp_path: Path, harvest: Any) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    for name in ("one", "two"):
        history = History.open(tmp_path / name, url)
        history.record(harvest({}), origin=name)
    assert [one.origin for one in history.imports()] == ["one", "two"]
    assert not (tmp_path / "one" / "state.sqlite").exists()
