"""Small panels with a known nature."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from altteul.forecast.panel import Panel, SeriesKey

FIRST = date(2021, 1, 1)


def seasonal_panel(series: int = 6, days: int = 1400, noise: float = 0.02, seed: int = 1) -> Panel:
    """Prices with a strong yearly wave, a week-end gap and a walk; survey days only."""
    rng = np.random.default_rng(seed)
    day = np.arange(days)
    phase = rng.uniform(0, 2 * np.pi, (series, 1))
    wave = 0.5 * np.sin(2 * np.pi * day[None] / 364 + phase)
    walk = np.cumsum(rng.normal(0, noise / 3, (series, days)), axis=1)
    won = np.round(3000 * np.exp(wave + walk + rng.normal(0, noise, (series, days))))
    weekday = (day + FIRST.weekday()) % 7
    won[:, weekday >= 5] = np.nan
    keys = tuple(
        SeriesKey(f"품목{row:02d}", "", "", "retail", "서울", "", "made", "1000g")
        for row in range(series)
    )
    return Panel(keys, FIRST, won, np.zeros(series, dtype=bool))


@pytest.fixture(scope="session")
def seasonal() -> Panel:
    return seasonal_panel()
