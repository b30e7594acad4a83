"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real survey files; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("ALTTEUL_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data files are absent ({folder.name}/); set ALTTEUL_SHARED_DATA")
    return folder
