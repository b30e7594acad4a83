"""Building the practice market into a data folder."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from altteul.demo import build_demo
from altteul.errors import InputError
from altteul.history import History
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Channel
from altteul.sources.seller import SellerRecord

UNTIL = date(2026, 11, 22)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float, list[tuple[int, int]]]:
    home, steps = tmp_path_factory.mktemp("demo"), []
    start = time.monotonic()
    build_demo(home, until=UNTIL, progress=lambda done, total: steps.append((done, total)))
    return home, time.monotonic() - start, steps


def test_it_is_ready_within_25_seconds_and_60_megabytes(built) -> None:
    home, seconds, steps = built
    assert seconds < 25
    assert sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) < 60e6
    assert steps[-1][0] == steps[-1][1]


def test_every_seller_stays_itself_in_the_registry(built) -> None:
    sellers = History.open(built[0]).sellers().all()
    assert len(sellers) == 42
    assert all(seller.simulated and len(seller.sources) == 1 for seller in sellers)


def test_a_neighbourhood_has_prices_of_the_last_survey_day(built) -> None:
    history = History.open(built[0])
    found = history.observations(items=["배추"], since=date(2026, 11, 20), measures=["price"])
    assert found.height > 20
    assert found["simulated"].all()
    assert found["seller"].is_in([seller.id for seller in history.sellers().all()]).all()


def test_building_again_changes_nothing(built) -> None:
    build_demo(built[0], until=UNTIL)
    last = History.open(built[0]).imports()[-1]
    assert (last.new, last.corrected) == (0, 0)
    assert last.unchanged > 600_000


def test_invented_prices_are_not_mixed_with_surveyed_ones(tmp_path: Path) -> None:
    market = SellerRecord(
        key="seoul:1", source="seoul", name="어느 시장", channel=Channel.TRADITIONAL_MARKET
    )
    History.open(tmp_path).record(Harvest("seoul", sellers=[market]), origin="시장.csv")
    with pytest.raises(InputError, match="섞지 않습니다"):
        build_demo(tmp_path, until=UNTIL)
    assert len(History.open(tmp_path).sellers().all()) == 1
