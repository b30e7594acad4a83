"""Priced goods of a simulated city whose levels, sellers and noise are known."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from altteul.market.estimate.goods import GOODS_SCHEMA

DAY = date(2026, 5, 20)


def city(
    sellers: int = 40, items: int = 12, seller_sd: float = 0.2, noise: float = 0.1, seed: int = 1
) -> pl.DataFrame:
    """Every item at every seller, four sellers a district; GOODS_SCHEMA and `row`."""
    chance = np.random.default_rng(seed)
    levels, effects = chance.normal(8, 1, items), chance.normal(0, seller_sd, sellers)
    rows = [
        {
            "seller": f"s{s}",
            "item": f"i{i}",
            "group": "채소" if i % 2 else "과일",
            "tray": False,
            "weighed": False,
            "size": 0,
            "channel": "large_store" if s % 2 else "traditional_market",
            "format": "large_store" if s % 2 else "traditional_market",
            "region": "서울",
            "district": f"서울 {s // 4}구",
            "date": DAY,
            "base_unit": "개",
            "log_price": levels[i] + effects[s] + chance.normal(0, noise),
        }
        for s in range(sellers)
        for i in range(items)
    ]
    return pl.DataFrame(rows, schema=GOODS_SCHEMA).with_row_index("row")
