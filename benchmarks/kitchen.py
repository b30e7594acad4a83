"""A kitchen's order planned with many stops: invented towns of 60 to 200 sellers.

    python benchmarks/kitchen.py --sellers 60,120,200 --needs 120 --stops 15

Every seller sells a part of the list, each thing up to twice as dear at one as at another
(연습용(가상): the prices are drawn at random). Beside it stands the exact search with three stops.
Every plan is checked by the tests' checker.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "planner"))

from plan_checker import check_plan  # noqa: E402
from small_world import HOME, HandMadeMarket, need, offer, request, seller  # noqa: E402

from altteul.catalog import load_catalog  # noqa: E402
from altteul.planner import make_plan  # noqa: E402
from altteul.planner.plan import Mode, Plan, Request  # noqa: E402

RADIUS_M = 15_000
KILOGRAMS = 20


def town(sellers: int, needs: int, seed: int) -> tuple[HandMadeMarket, list[str]]:
    """Sellers within some 8 km; each sells 60 % of the things."""
    chance = Random(seed)
    items = chance.sample(sorted(load_catalog().items), needs)
    usual = {item: chance.randrange(2_000, 12_000) for item in items}
    offers = []
    for number in range(sellers):
        east = chance.uniform(-0.09, 0.09)
        shop = seller(f"가게{number:03}", chance.uniform(-8_000, 8_000)).model_copy(
            update={"lng": HOME.lng + east}
        )
        dear = chance.uniform(0.9, 1.2)
        offers += [
            offer(shop, item, round(usual[item] * dear * chance.uniform(0.75, 1.25)), 1_000, "g")
            for item in items
            if chance.random() < 0.6
        ]
    return HandMadeMarket(offers), items


def asked(items: list[str], stops: int) -> Request:
    kinds = [need(f"{item} {KILOGRAMS}kg", item, KILOGRAMS * 1_000, "g") for item in items]
    return request(*kinds, mode=Mode.CAR, max_stops=stops, radius_m=RADIUS_M)


def planned(market: HandMadeMarket, question: Request) -> tuple[Plan, float]:
    start = time.process_time()
    plan = make_plan(question, market, load_catalog(), explained=False)  # type: ignore[arg-type]
    seconds = time.process_time() - start
    check_plan(plan, market.offers(question.place, question.on, radius_m=RADIUS_M))
    return plan, seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sellers", default="60,120,200", help="by commas")
    parser.add_argument("--needs", type=int, default=120)
    parser.add_argument("--stops", type=int, default=15)
    parser.add_argument("--seeds", type=int, default=2)
    chosen = parser.parse_args()
    print("sellers needs  3 stops won (cpu s)   many: stops  won (cpu s)  gap %  saves %")
    for sellers in map(int, chosen.sellers.split(",")):
        for seed in range(chosen.seeds):
            market, items = town(sellers, chosen.needs, seed)
            few, few_s = planned(market, asked(items, 3))
            many, many_s = planned(market, asked(items, chosen.stops))
            assert few.best is not None
            assert many.best is not None
            saves = 100 * (1 - many.best.cost / few.best.cost)
            print(
                f"{many.candidates:7}{len(items):6}{few.best.cost:13,}{few_s:8.1f}"
                f"{len(many.best.stops):14}{many.best.cost:13,}{many_s:8.1f}"
                f"{many.gap_percent:8.2f}{saves:9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
