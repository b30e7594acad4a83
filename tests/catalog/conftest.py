"""The catalog as every test of this room uses it."""

from __future__ import annotations

import pytest

from altteul.catalog import Catalog, load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()
