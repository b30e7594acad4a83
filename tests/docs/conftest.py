"""The data folders that the samples in the documentation work on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from altteul.catalog import load_catalog
from altteul.demo import build_demo
from altteul.history import History
from altteul.sources.files import read_file

BUILT_ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice")
    build_demo(home, until=BUILT_ON)
    return home


@pytest.fixture(scope="session")
def surveyed_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey of May 2021 in Seoul, and the sellers' registries."""
    home = tmp_path_factory.mktemp("surveyed")
    history = History.open(home)
    for name in (
        "sellers/seoul_shop_prices_202105_13gu.csv.gz",
        "sellers/traditional_markets_cp949.csv",
        "sellers/price_go_kr_stores.csv.gz",
        "prices/kamis_seoul_retail_2021_202506.csv.gz",
    ):
        history.record(read_file(shared_data / name, load_catalog()), origin=name)
    return home
