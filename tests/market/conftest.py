"""A market from a handful of observations, or from the real files, in a history of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from altteul.catalog import load_catalog
from altteul.history import History
from altteul.market import Market
from altteul.sources.files import read_file
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Observation, observation_frame
from altteul.sources.seller import SellerRecord

sys.path.insert(0, str(Path(__file__).parent))

MakeMarket = Callable[..., Market]


@pytest.fixture
def make_market(tmp_path: Path) -> MakeMarket:
    def make(sellers: Sequence[SellerRecord], observations: Sequence[Observation]) -> Market:
        history = History.open(tmp_path / "home")
        harvest = Harvest("seoul_shops", observation_frame(observations), list(sellers))
        history.record(harvest, origin="test")
        return Market(history, load_catalog())

    return make


REAL_FILES = (
    "sellers/seoul_shop_prices_202105_13gu.csv.gz",
    "sellers/traditional_markets_cp949.csv",
    "sellers/price_go_kr_stores.csv.gz",
    "prices/kamis_seoul_retail_2021_202506.csv.gz",
)


@pytest.fixture(scope="session")
def real_market(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Market:
    """The real survey files of Seoul, imported as a person would."""
    history, catalog = History.open(tmp_path_factory.mktemp("real")), load_catalog()
    for name in REAL_FILES:
        history.record(read_file(shared_data / name, catalog), origin=name)
    return Market(history, catalog)
