"""How well ten-day wholesale means are forecast, beside last price and same period last year.

    python benchmarks/ten_day.py [FILE] [--year 2021]

FILE is the table of ten-day means (period, item, kind, unit, grade, price); without it, the one
among the real data files (ALTTEUL_SHARED_DATA), and where those are absent nothing is measured.

Each quarter of the year the model is learned anew from all periods before it; every period is an
origin. One series of each of ten items: the one with the most prices. NMAE is the sum of absolute
errors over the sum of prices of an item, then the mean over items.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from altteul.catalog import load_catalog
from altteul.forecast.ten_day import PERIODS_A_YEAR, TenDayModel, TenDayPanel, ten_day_panel
from altteul.sources.files import read_file

ITEMS = ("건고추", "사과", "감자", "배", "깐마늘", "무", "상추", "배추", "양파", "대파")
HORIZONS = (1, 2, 3)
FILE = "wholesale_tenday_2018_2021.csv.gz"
HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("ALTTEUL_SHARED_DATA", HERE.parents[1] / "shared" / "data"))
QUARTER = PERIODS_A_YEAR // 4


def longest_of(panel: TenDayPanel) -> list[int]:
    known = np.isfinite(panel.log).sum(axis=1)
    rows = {item: [r for r, name in enumerate(panel.items) if name == item] for item in ITEMS}
    return [max(found, key=lambda row: known[row]) for found in rows.values() if found]


def errors(panel: TenDayPanel, year: int) -> Iterator[tuple[int, int, float, float, float, float]]:
    """(horizon, series, error of the model, of the last price, of last year, the price)."""
    rows, end = longest_of(panel), panel.first + panel.log.shape[1]
    for start in range(PERIODS_A_YEAR * year, PERIODS_A_YEAR * (year + 1), QUARTER):
        model = TenDayModel(HORIZONS).fit(panel.until(start - 1))
        for origin in range(start, min(start + QUARTER, end)):
            known = panel.until(origin)
            for horizon in HORIZONS:
                column = origin + horizon - panel.first
                if column >= panel.log.shape[1]:
                    continue
                said = model.predict(known, origin, horizon)
                truth, now = np.exp(panel.log[:, column]), np.exp(known.log[:, -1])
                before = np.exp(panel.log[:, column - PERIODS_A_YEAR])
                for row in rows:
                    if np.isfinite(truth[row]) and np.isfinite(now[row]):
                        gaps = [abs(v[row] - truth[row]) for v in (np.exp(said), now, before)]
                        yield horizon, row, *gaps, truth[row]


def nmae(found: list[tuple[int, int, float, float, float, float]], place: int) -> float:
    shares = []
    for series in sorted({one[1] for one in found}):
        mine = [(one[place], one[5]) for one in found if one[1] == series]
        known = np.array([pair for pair in mine if np.isfinite(pair[0])])
        if known.size:
            shares.append(known[:, 0].sum() / known[:, 1].sum())
    return float(np.mean(shares))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("file", type=Path, nargs="?", default=DATA / "prices" / FILE)
    words.add_argument("--year", type=int, default=2021)
    asked = words.parse_args()
    if not asked.file.exists():
        print(f"{asked.file.name} is absent; set ALTTEUL_SHARED_DATA or name the file")
        return
    panel = ten_day_panel(read_file(asked.file, load_catalog()).observations)
    every = list(errors(panel, asked.year))
    said = []
    for horizon in HORIZONS:
        found = [one for one in every if one[0] == horizon]
        ours, last, year = (nmae(found, place) for place in (2, 3, 4))
        said.append(
            {
                "periods_ahead": horizon,
                "items": len({one[1] for one in found}),
                "nmae": ours,
                "nmae_last_price": last,
                "nmae_same_period_last_year": year,
                "gain_on_last_price": 1 - ours / last,
            }
        )
    print(json.dumps(said, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
