"""Prices of KAMIS's daily list that stand in the row of another pack of the same item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from altteul.sources.kamis_replies import Row
from altteul.sources.money import read_won


def borrowed_values(rows: list[Row], columns: Collection[int]) -> set[tuple[int, int]]:
    """(row, column) of prices (dpr1 …) that belong to another pack of the same item.

    On 2026-08-21 the row of 쌀 10kg showed the month-ago price of 쌀 20kg. Two packs cannot have
    one price, so the row that lies farther from its own other columns is the wrong one.
    """
    same: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for column in columns:
            if price := read_won(row.get(f"dpr{column}", "")):
                same[row.get("item_code", ""), row.get("rank_code", ""), column, price] += [index]
    return {
        (max(indexes, key=lambda index: _distance(rows[index], columns, column, price)), column)
        for (_, _, column, price), indexes in same.items()
        if len({rows[index].get("unit") for index in indexes}) > 1
    }


def _distance(row: Row, columns: Collection[int], column: int, price: int) -> float:
    """How far a price lies from the middle of its row's other columns, as a ratio over 1."""
    others = sorted(p for c in columns if c != column and (p := read_won(row.get(f"dpr{c}", ""))))
    if not others:
        return 1.0
    middle = others[len(others) // 2]
    return max(price / middle, middle / price)
