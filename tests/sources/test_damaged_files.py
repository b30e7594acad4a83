"""Whatever stands in a cell, the rest of the file is read and nobody sees a traceback."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from altteul.catalog import Catalog
from altteul.errors import FileError
from altteul.sources.files import read_file

REPLIES = Path(__file__).parent / "replies"
TABLES = sorted(path.name for path in REPLIES.glob("*.csv"))
STRANGE = [
    "", " ", "-", "nan", "inf", "-1", "0", "1e30", "99999999999999999999", "가", "1/0",
    "2026-02-30", "None", "null", "\u3000", "🥬", "'; DROP TABLE", "=1+1", "1,2,3",
    "a" * 5000, "３", "１,０００",
]  # fmt: skip


def damaged(text: str, seed: int) -> str:
    """The table with some cells replaced by strange ones."""
    chance = random.Random(seed)
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows[1:]:
        for place in range(len(row)):
            if chance.random() < 0.25:
                row[place] = chance.choice(STRANGE)
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def outcome(file: Path, catalog: Catalog) -> str:
    """How reading ended, in words; anything but a harvest or a FileError is let through."""
    try:
        return read_file(file, catalog).source
    except FileError as error:
        return str(error)


@pytest.mark.parametrize("name", TABLES)
def test_strange_cells_are_dropped_with_a_reason(name, tmp_path, catalog):
    text = (REPLIES / name).read_text(encoding="utf-8")
    file = tmp_path / "값.csv"
    for seed in range(60):
        file.write_text(damaged(text, seed), encoding="utf-8")
        harvest = read_file(file, catalog)
        assert all(row.reason for row in harvest.dropped)
        assert harvest.observations.filter(harvest.observations["price"] <= 0).is_empty()


@pytest.mark.parametrize("name", TABLES)
def test_a_file_cut_anywhere_is_read_or_refused_in_one_sentence(name, tmp_path, catalog):
    data = (REPLIES / name).read_bytes()
    file = tmp_path / "값.csv"
    for end in range(1, len(data), max(1, len(data) // 40)):
        file.write_bytes(data[:end])
        assert "\n" not in outcome(file, catalog)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["sellers", "prices"])
def test_strange_cells_in_the_real_files(folder, shared_data, tmp_path, catalog):
    from altteul.sources.tables import read_text

    for source in sorted((shared_data / folder).iterdir()):
        lines = read_text(source).splitlines()
        chance = random.Random(source.name)
        some = [lines[0], *chance.sample(lines[1:], 300)]
        file = tmp_path / "값.csv"
        for seed in range(5):
            file.write_text(damaged("\n".join(some), seed), encoding="utf-8")
            assert read_file(file, catalog).dropped
