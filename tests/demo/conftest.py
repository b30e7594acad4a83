"""The practice market, simulated once for all tests."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from altteul.demo import practice_harvest
from altteul.demo.simulation import Simulation, simulate
from altteul.sources.harvest import Harvest

SEED = 11
UNTIL = date(2026, 11, 22)


@pytest.fixture(scope="session")
def simulated() -> Simulation:
    return simulate(SEED, UNTIL)


@pytest.fixture(scope="session")
def harvest() -> Harvest:
    return practice_harvest(seed=SEED, until=UNTIL)


@pytest.fixture(scope="session")
def means(harvest: Harvest) -> pl.DataFrame:
    """Published means of the larger city."""
    return harvest.observations.filter(measure="mean", region="가람").sort("date")
