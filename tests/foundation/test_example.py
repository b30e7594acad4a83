"""The example of the docs runs, and says what a reader expects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "forecast_any_series.py"


def test_the_ten_line_example_forecasts_a_year_with_its_summer_peak():
    made = subprocess.run(
        [sys.executable, str(EXAMPLE)], capture_output=True, text=True, check=True, timeout=60
    )
    rows = [list(map(float, line.split())) for line in made.stdout.splitlines()]
    assert [row[0] for row in rows] == list(range(1, 13))
    assert all(low < middle < high for _, low, middle, high in rows)
    peak = max(rows, key=lambda row: row[2])
    assert peak[0] in (7, 8)
    assert 160 < peak[2] < 220
    lines = [one for one in EXAMPLE.read_text("utf-8").splitlines() if one.strip()]
    assert len(lines) <= 10
