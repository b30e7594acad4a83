"""How fast a plan is made: 15 needs × 60 sellers × 3 stops, beside OR-Tools CP-SAT.

    python benchmarks/plan.py

Two things are timed. The search alone, on random towns, next to the same problem as a CP-SAT model
(one worker, strongest linear relaxation) in the same run, with equal optima asserted. And
`make_plan` once loaded: a simulated town of 60 shops is imported into a history, one list is
planned, and then other lists are timed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "planner"))

from cp_sat_referee import referee_cost  # noqa: E402
from plan_checker import check_plan  # noqa: E402
from random_towns import town  # noqa: E402

from altteul.catalog import Catalog, load_catalog  # noqa: E402
from altteul.history import History  # noqa: E402
from altteul.market import Market  # noqa: E402
from altteul.planner import make_plan  # noqa: E402
from altteul.planner.plan import Mode, Need, Request, Status, Trip  # noqa: E402
from altteul.planner.search import best_by_stops  # noqa: E402
from altteul.sources.harvest import Harvest  # noqa: E402
from altteul.sources.observation import (  # noqa: E402
    Channel,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord  # noqa: E402

NEEDS, SELLERS, STOPS = 15, 60, 3
DAY = date(2026, 11, 20)
CENTRE = 37.62, 127.07
SOURCE = "bench"


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor milliseconds; on a busy machine only the second says much."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1_000, (time.process_time() - processor) * 1_000


def figures(times: list[tuple[float, float]]) -> dict[str, float]:
    said = {"times": len(times)}
    for name, values in zip(("wall", "cpu"), zip(*times, strict=True), strict=True):
        cuts = quantiles(values, n=20, method="inclusive")
        said |= {f"{name}_p50_ms": round(cuts[9], 2), f"{name}_p95_ms": round(cuts[18], 2)}
    return said


def search_beside_referee(instances: int, judged: int) -> dict[str, object]:
    towns = [town(seed, NEEDS, SELLERS) for seed in range(instances)]
    best_by_stops(towns[0], STOPS)
    ours = [milliseconds(lambda one=one: best_by_stops(one, STOPS)) for one in towns]
    theirs, optima = [], []
    for one in towns[:judged]:
        theirs.append(milliseconds(lambda one=one: optima.append(referee_cost(one, STOPS, 3_600))))
        found = best_by_stops(one, STOPS)
        assert found.proved
        assert found.by_stops[-1].cost == optima[-1], "the referee found another optimum"
    ratios = [their[1] / our[1] for their, our in zip(theirs, ours, strict=False)]
    low, median, high = np.quantile(ratios, [0, 0.5, 1]).round()
    return {
        "search": figures(ours),
        "cp_sat": figures(theirs) | {"equal_optimum": True},
        "cp_sat_over_search_cpu": {"least": low, "median": median, "most": high},
    }


def simulated_harvest(catalog: Catalog, items: list[str]) -> Harvest:
    rng = np.random.default_rng(20261122)
    sellers, observations = [], []
    for number in range(SELLERS):
        key = f"{SOURCE}:{number}"
        lat, lng = CENTRE + rng.uniform(-0.02, 0.02, 2)
        sellers.append(
            SellerRecord(
                key=key, source=SOURCE, name=f"모의 {number}번 마트", channel=Channel.LARGE_STORE,
                region="서울", district="노원구", dong="공릉동", lat=lat, lng=lng,
                location_basis=LocationBasis.EXACT, simulated=True,
            )
        )  # fmt: skip
        for item in items:
            if rng.random() < 0.67:
                observations.append(_price(catalog, item, key, int(rng.lognormal(8.2, 0.35))))
    return Harvest(SOURCE, observation_frame(observations), sellers)


def _price(catalog: Catalog, item: str, seller: str, won: int) -> Observation:
    pack = catalog.item(item).default_pack
    return Observation(
        date=DAY, stage=Stage.RETAIL, item=item, measure=Measure.PRICE, price=won // 10 * 10,
        mass_g=pack.mass_g, volume_ml=pack.volume_ml, count=pack.count,
        count_unit=pack.count_unit, region="서울", channel=Channel.LARGE_STORE, seller=seller,
        source=SOURCE, simulated=True,
    )  # fmt: skip


def needs_of(catalog: Catalog, items: list[str], rng: np.random.Generator) -> tuple[Need, ...]:
    return tuple(_need(catalog, item, int(rng.integers(1, 4))) for item in items)


def _need(catalog: Catalog, item: str, packs: int) -> Need:
    pack = catalog.item(item).default_pack
    amount, unit = next(
        (size * packs, unit)
        for size, unit in (
            (pack.count, pack.count_unit), (pack.mass_g, "g"), (pack.volume_ml, "mL"),
        )
        if size and unit
    )  # fmt: skip
    return Need(
        text=item, item=item, amount_low=amount, amount=amount, amount_high=amount, unit=unit
    )


def make_plan_once_loaded(repeats: int) -> dict[str, object]:
    catalog = load_catalog()
    items = [item.name for item in catalog.items.values() if item.kamis][:NEEDS]
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as home:
        history = History.open(Path(home))
        history.record(simulated_harvest(catalog, items), origin="benchmarks/plan.py")
        market = Market(history, catalog)
        place = market.place(f"{CENTRE[0]},{CENTRE[1]}")
        requests = [
            Request(needs=needs_of(catalog, items, rng), place=place, on=DAY,
                    trip=Trip(mode=Mode.BUS, max_stops=STOPS))
            for _ in range(repeats)
        ]  # fmt: skip
        first = milliseconds(lambda: make_plan(requests[0], market, catalog))
        times = [milliseconds(lambda r=r: make_plan(r, market, catalog)) for r in requests]
        plan = make_plan(requests[0], market, catalog)
        offers = market.offers(place, DAY, items=items, radius_m=6_000)
        check_plan(plan, offers)
    assert plan.status is Status.PROVED
    assert plan.candidates == SELLERS, f"{plan.candidates} sellers, not {SELLERS}"
    assert not plan.not_priced, plan.not_priced
    return {
        "make_plan_first_ms": round(first[0], 1),
        "make_plan": figures(times),
        "offers": len(offers),
        "sellers": plan.candidates,
        "needs": len(plan.request.needs),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--instances", type=int, default=100)
    arguments.add_argument("--judged", type=int, default=5, help="how many CP-SAT solves too")
    arguments.add_argument("--repeats", type=int, default=50)
    chosen = arguments.parse_args()
    said: dict[str, object] = {"size": f"{NEEDS} needs x {SELLERS} sellers x {STOPS} stops"}
    said |= make_plan_once_loaded(chosen.repeats)
    said |= search_beside_referee(chosen.instances, chosen.judged)
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    main()
