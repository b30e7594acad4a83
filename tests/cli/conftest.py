"""Runs the command in this process, the way a terminal would see it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from altteul.cli.main import run


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def run_command(*words: str | Path) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    typed = patch.object(sys, "argv", ["altteul", *map(str, words)])
    with typed, redirect_stdout(out), redirect_stderr(err):
        try:
            run()
        except SystemExit as stop:
            code = stop.code or 0
    return Ended(code if isinstance(code, int) else 1, out.getvalue(), err.getvalue())


@pytest.fixture
def altteul() -> Command:
    """`altteul("plan", …)` → how it ended; a traceback would fail the test by itself."""
    return run_command


@pytest.fixture(scope="session")
def seoul_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the four real files of the main job."""
    home = tmp_path_factory.mktemp("seoul")
    files = (
        shared_data / "sellers" / "seoul_shop_prices_202105_13gu.csv.gz",
        shared_data / "sellers" / "traditional_markets_cp949.csv",
        shared_data / "sellers" / "price_go_kr_stores.csv.gz",
        shared_data / "prices" / "kamis_seoul_retail_2021_202506.csv.gz",
    )
    ended = run_command("--home", home, "import", *files)
    assert ended.code == 0, ended.err
    return home
