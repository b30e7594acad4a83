"""How fast prices are estimated: 5,000 sellers × 150 items; and a place's offers served.

    python benchmarks/market.py [--surveyed 30]

Simulated prices (levels, sellers, districts and noise drawn by a fixed seed): every seller was
surveyed for so many of the items, the model is fitted and calibrated on them, and every item is
then estimated at every seller with its 80 % interval. To reach: 10 s and 2 GB on two cores.
Serving is `Market.offers` and `Market.estimated_offers` for 40 sellers, once warm. To reach: 5 ms.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from altteul.catalog import load_catalog
from altteul.history import History
from altteul.market import Market
from altteul.market.estimate.estimator import fit_estimator
from altteul.market.estimate.goods import GOODS_SCHEMA
from altteul.market.offer import Place
from altteul.sources.harvest import Harvest
from altteul.sources.observation import (
    Channel,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord

SELLERS, ITEMS, DISTRICTS = 5_000, 150, 250
DAY = date(2026, 11, 20)
NEAR_SELLERS = 40
HERE = Place(name="여기", lat=37.62, lng=127.07, region="서울", district="노원구")


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds; on a busy machine only the second says much."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def country(surveyed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(surveyed prices, every item at every seller with whether it was surveyed)."""
    chance = np.random.default_rng(0)
    seller, item = (
        grid.ravel() for grid in np.meshgrid(range(SELLERS), range(ITEMS), indexing="ij")
    )
    log_price = (
        chance.normal(8, 1, ITEMS)[item]
        + chance.normal(0, 0.15, SELLERS)[seller]
        + chance.normal(0, 0.1, (DISTRICTS, ITEMS))[seller % DISTRICTS, item]
        + 0.15 * chance.standard_t(5, len(item))
    )
    channel = np.where(seller % 3 == 0, "large_store", "traditional_market")
    goods = pl.DataFrame(
        {
            "seller": np.char.add("s", seller.astype(str)),
            "item": np.char.add("i", item.astype(str)),
            "group": np.array(["채소", "과일", "축산", "수산"])[item % 4],
            "channel": channel,
            "format": channel,
            "district": np.char.add("d", (seller % DISTRICTS).astype(str)),
            "log_price": log_price,
        }
    ).with_columns(
        tray=False, weighed=False, size=0, region=pl.lit("서울"), date=DAY, base_unit=pl.lit("개")
    )
    missing = [pl.lit(None, pl.String()).alias(n) for n in ("variety", "grade", "origin", "chain")]
    goods = goods.with_columns(missing).select(GOODS_SCHEMA.names()).cast(dict(GOODS_SCHEMA))
    chosen = chance.random(goods.height) < surveyed / ITEMS
    return goods.filter(chosen), goods.with_columns(surveyed=pl.Series(chosen))


def estimating(surveyed: int) -> dict[str, float]:
    known, every = country(surveyed)
    found: list[float] = []

    def work() -> None:
        estimator = fit_estimator(known)
        assert estimator is not None
        estimates = estimator.estimate(every)
        error = np.abs(estimates.middle - every["log_price"].to_numpy())
        inside = error <= estimates.half_width(0.8)
        found.append(float(np.mean(inside[~every["surveyed"].to_numpy()])))

    wall, processor = seconds(work)
    return {
        "surveyed_prices": known.height,
        "estimated": every.height,
        "wall_s": round(wall, 2),
        "processor_s": round(processor, 2),
        "inside_80": round(found[0], 3),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def serving() -> dict[str, float]:
    catalog = load_catalog()
    items = [item for item in catalog.items.values() if item.base == "개"][:20]
    chance = np.random.default_rng(1)
    sellers = [_seller(number) for number in range(NEAR_SELLERS)]
    prices = [
        _price(seller.key, item.name, int(chance.integers(1_000, 4_000)))
        for seller in sellers
        for item in items
        if chance.random() < 0.7
    ]
    with tempfile.TemporaryDirectory() as home:
        history = History.open(Path(home))
        history.record(Harvest("seoul_shops", observation_frame(prices), sellers), origin="bench")
        market, names = Market(history, catalog), [item.name for item in items]

        def offers() -> object:
            return market.offers(HERE, DAY, items=names, radius_m=3_000)

        def estimates() -> object:
            return market.estimated_offers(HERE, DAY, items=names, radius_m=3_000)

        result = {}
        for name, work in (("offers", offers), ("estimated_offers", estimates)):
            result[f"{name}_first_ms"] = round(seconds(work)[0] * 1_000, 1)
            result[f"{name}_ms"] = round(median(seconds(work)[0] for _ in range(50)) * 1_000, 2)
    return result


def _seller(number: int) -> SellerRecord:
    return SellerRecord(
        key=f"seoul_shops:{number}",
        source="seoul_shops",
        name=f"가게 {number}",
        channel=Channel.LARGE_STORE,
        region="서울",
        district="노원구",
        lat=HERE.lat + number * 1e-4,
        lng=HERE.lng,
        location_basis=LocationBasis.EXACT,
    )


def _price(seller: str, item: str, won: int) -> Observation:
    return Observation(
        date=DAY, stage=Stage.RETAIL, item=item, measure=Measure.PRICE, price=won, count=1,
        count_unit="개", region="서울", channel=Channel.LARGE_STORE, seller=seller,
        source="seoul_shops",
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surveyed", type=int, default=30, help="items surveyed per seller")
    surveyed = parser.parse_args().surveyed
    print(json.dumps({"serving": serving(), "estimating": estimating(surveyed)}, indent=2))


if __name__ == "__main__":
    main()
