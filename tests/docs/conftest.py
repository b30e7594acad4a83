"""A data folder with the practice market, as the samples in the documentation use it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from altteul.demo import build_demo

BUILT_ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home, until=BUILT_ON)
    return home
