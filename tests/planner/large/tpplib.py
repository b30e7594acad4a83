"""Reads TPPLIB files: Euclidean distance cut to whole numbers, market 1 is home."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from altteul.planner.large import LargeInstance

PROVED_BELOW = 18_000
"""Seconds: a published value that took longer is the best found, not a proved optimum."""


@dataclass(frozen=True)
class Published:
    cost: int
    proved: bool


def read_tpplib(file: Path) -> LargeInstance:
    raw = file.read_bytes()
    whole = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode()
    head, _, rest = whole.partition("NODE_COORD_SECTION")
    places, _, rest = rest.partition("DEMAND_SECTION")
    demands, _, offers = rest.partition("OFFER_SECTION")
    where = np.array(_numbers(places)).reshape(-1, 3)[:, 1:]
    wanted = np.array(_numbers(demands)[1:], dtype=np.int64).reshape(-1, 2)[:, 1]
    away = np.sqrt(((where[:, None, :] - where[None, :, :]) ** 2).sum(axis=2))
    price, amount = _offers(_numbers(offers), len(where), len(wanted))
    return LargeInstance(np.floor(away + 1e-9).astype(np.int64), price, amount, wanted)


def _numbers(text: str) -> list[int]:
    return [int(float(word)) for word in text.replace(":", " ").split() if word != "EOF"]


def _offers(numbers: list[int], sellers: int, needs: int) -> tuple[np.ndarray, np.ndarray]:
    price = np.zeros((sellers, needs), dtype=np.int64)
    amount = np.zeros((sellers, needs), dtype=np.int64)
    at = 0
    for _ in range(sellers):
        seller, count = numbers[at] - 1, numbers[at + 1]
        rows = np.array(numbers[at + 2 : at + 2 + 3 * count], dtype=np.int64).reshape(-1, 3)
        price[seller, rows[:, 0] - 1] = rows[:, 1]
        amount[seller, rows[:, 0] - 1] = rows[:, 2]
        at += 2 + 3 * count
    return price, amount


def published(folder: Path) -> dict[str, Published]:
    """Name of an instance → its published value."""
    rows = {}
    for file in sorted(folder.glob("best_known_*.csv")):
        with file.open(newline="", encoding="utf-8") as text:
            for row in csv.DictReader(text):
                proved = float(row["Sec"]) < PROVED_BELOW
                rows[row["Instance"]] = Published(int(row["OPT"]), proved)
    return rows
