"""How fast a plan is made at people's size, beside OR-Tools CP-SAT in the same run.

    python benchmarks/plan.py

Size: 60 sellers x 20 needs x 7 days x 3 stops x 2 substitutes for each need. Timed are the search
alone, on random towns with market days, closing days, hours and substitutes ("open"), and with a
budget, a carrying limit, capped discounts and a seller who delivers on top ("limits"); the same
towns as CP-SAT models (one worker, strongest linear relaxation), where an optimum that CP-SAT does
not prove within its time counts with that time, so that the ratio is a least one; and `make_plan`
once loaded, on a simulated town that is imported into a history, for one day and for a week, with
all explanations. Every answer and every plan goes through the independent checkers of the tests.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "planner"))

from cp_sat_model import referee_cost  # noqa: E402
from naive_answer import checked_cost  # noqa: E402
from peoples_size import peoples_model  # noqa: E402
from plan_checker import check_plan  # noqa: E402

from altteul.catalog import Catalog, load_catalog  # noqa: E402
from altteul.history import History  # noqa: E402
from altteul.market import Market  # noqa: E402
from altteul.planner import make_plan  # noqa: E402
from altteul.planner.exact.search import solve  # noqa: E402
from altteul.planner.later import Moved  # noqa: E402
from altteul.planner.plan import (  # noqa: E402
    Mode,
    Need,
    NeedSubstitute,
    Programme,
    Request,
    ShopperDiscount,
    Status,
    Trip,
)
from altteul.sources.harvest import Harvest  # noqa: E402
from altteul.sources.observation import (  # noqa: E402
    Channel,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord  # noqa: E402

NEEDS, SELLERS, STOPS, DAYS, SUBSTITUTES = 20, 60, 3, 7, 2
DAY = date(2026, 11, 16)
CENTRE = 37.62, 127.07
SOURCE = "bench"


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor milliseconds; on a busy machine only the second says much."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1_000, (time.process_time() - processor) * 1_000


def figures(times: list[tuple[float, float]]) -> dict[str, float]:
    said: dict[str, float] = {"times": len(times)}
    twice = times * 2 if len(times) == 1 else times  # a quantile needs two values
    for name, values in zip(("wall", "cpu"), zip(*twice, strict=True), strict=True):
        cuts = quantiles(values, n=20, method="inclusive")
        said |= {f"{name}_p50_ms": round(cuts[9], 2), f"{name}_p95_ms": round(cuts[18], 2)}
    return said


def search_beside_referee(
    seeds: range, judged: int, seconds: float, **town: Any
) -> dict[str, object]:
    towns = [peoples_model(seed, **town) for seed in seeds]
    solve(towns[0])
    ours, theirs, optima, gaps, unproved = [], [], [], [], 0
    for one in towns:
        found: list[Any] = []
        ours.append(milliseconds(lambda one=one, found=found: found.append(solve(one))))
        assert found[0].best is not None, "something is always allowed: buying nothing"
        gaps.append(100 * (1 - found[0].bound / found[0].best.cost))
        assert checked_cost(one, found[0].best) == found[0].best.cost
        optima.append(found[0].best.cost)
    for one, optimum in zip(towns[:judged], optima, strict=False):
        told: list[int | None] = []
        theirs.append(milliseconds(lambda one=one, told=told: told.append(judge(one, seconds))))
        assert told[0] is None or told[0] <= optimum, "the referee's optimum costs more"
        assert told[0] in (None, optimum) or gaps[len(theirs) - 1] > 0, (
            "proved, but not the optimum"
        )
        unproved += told[0] is None
    ratios = [their[1] / our[1] for their, our in zip(theirs, ours, strict=False)]
    return {
        "search": figures(ours),
        "proved": sum(gap <= 0 for gap in gaps),
        "largest_gap_percent": round(max(gaps), 2),
        "cp_sat_cpu_s": [round(their[1] / 1_000, 1) for their in theirs],
        "cp_sat_unproved_in_its_time": unproved,
        "cp_sat_over_search_cpu_at_least": [round(ratio) for ratio in ratios],
    }


def judge(model: Any, seconds: float) -> int | None:
    try:
        return referee_cost(model, seconds)
    except RuntimeError:
        return None


def simulated_harvest(catalog: Catalog, items: list[str]) -> Harvest:
    rng = np.random.default_rng(20261122)
    sellers, observations = [], []
    for number in range(SELLERS):
        key = f"{SOURCE}:{number}"
        channel = (Channel.LARGE_STORE, Channel.TRADITIONAL_MARKET)[number % 2]
        lat, lng = CENTRE + rng.uniform(-0.02, 0.02, 2)
        sellers.append(
            SellerRecord(
                key=key, source=SOURCE, name=f"모의 {number}번 가게", channel=channel,
                region="서울", district="노원구", dong="공릉동", lat=lat, lng=lng,
                location_basis=LocationBasis.EXACT, simulated=True,
                open_days=(2, 7) if number % 10 == 1 else (),
            )
        )  # fmt: skip
        for item in items:
            if rng.random() < 0.67:
                observations.append(
                    _price(catalog, item, key, channel, int(rng.lognormal(8.2, 0.35)))
                )
    return Harvest(SOURCE, observation_frame(observations), sellers)


def _price(catalog: Catalog, item: str, seller: str, channel: Channel, won: int) -> Observation:
    pack = catalog.item(item).default_pack
    return Observation(
        date=DAY, stage=Stage.RETAIL, item=item, measure=Measure.PRICE, price=won // 10 * 10,
        mass_g=pack.mass_g, volume_ml=pack.volume_ml, count=pack.count,
        count_unit=pack.count_unit, region="서울", channel=channel, seller=seller,
        source=SOURCE, simulated=True,
    )  # fmt: skip


class Foreseen:
    """Changes of each item and channel that nobody could know: drawn once."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(7)
        self._known: dict[tuple[str, str | None, date], Moved] = {}

    def change(self, item: str, channel: Channel | None, day: date) -> Moved:
        key = item, channel, day
        if key not in self._known:
            mid = float(np.exp(self._rng.normal(0, 0.04)))
            self._known[key] = Moved(mid * 0.97, mid, mid * 1.03, True)
        return self._known[key]


def needs_of(
    catalog: Catalog, items: list[str], others: list[str], rng: np.random.Generator
) -> tuple[Need, ...]:
    return tuple(
        _need(
            catalog, item, int(rng.integers(1, 4)),
            tuple(
                NeedSubstitute(item=others[int(rng.integers(len(others)))], dislike_won=300)
                for _ in range(SUBSTITUTES)
            ),
        )
        for item in items
    )  # fmt: skip


def _need(catalog: Catalog, item: str, packs: int, substitutes: tuple[NeedSubstitute, ...]) -> Need:
    pack = catalog.item(item).default_pack
    amount, unit = next(
        (size * packs, unit)
        for size, unit in (
            (pack.count, pack.count_unit), (pack.mass_g, "g"), (pack.volume_ml, "mL"),
        )
        if size and unit
    )  # fmt: skip
    return Need(
        text=item, item=item, amount_low=amount, amount=amount, amount_high=amount, unit=unit,
        substitutes=substitutes,
    )  # fmt: skip


def make_plan_once_loaded(repeats: int) -> dict[str, object]:
    catalog = load_catalog()
    known = [item.name for item in catalog.items.values() if item.kamis]
    items, others = known[:NEEDS], known[NEEDS : 2 * NEEDS]
    rng = np.random.default_rng(1)
    said: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as home:
        history = History.open(Path(home))
        history.record(simulated_harvest(catalog, [*items, *others]), origin="benchmarks/plan.py")
        market, foreseen = Market(history, catalog), Foreseen()
        place = market.place(f"{CENTRE[0]},{CENTRE[1]}")
        trip = Trip(mode=Mode.BUS, max_stops=STOPS)
        plain = [
            Request(needs=needs_of(catalog, items, others, rng), place=place, on=DAY, trip=trip)
            for _ in range(repeats)
        ]
        week = [r.model_copy(update={"latest": DAY + timedelta(days=DAYS - 1)}) for r in plain]
        listed = [
            r.model_copy(
                update={"needs": tuple(n.model_copy(update={"substitutes": ()}) for n in r.needs)}
            )
            for r in plain
        ]
        tight = [limited(r, make_plan(r, market, catalog, outlook=foreseen)) for r in week]
        for name, requests in (
            ("one_day_without_substitutes", listed),
            ("one_day", plain),
            ("a_week", week),
            ("a_week_with_limits", tight[: max(2, repeats // 3)]),
        ):
            plans: list[Any] = []
            plans.append(make_plan(requests[0], market, catalog, outlook=foreseen))
            times = [
                milliseconds(
                    lambda r=r, plans=plans: plans.append(
                        make_plan(r, market, catalog, outlook=foreseen)
                    )
                )
                for r in requests
            ]
            offers = market.offers(
                place, DAY, items=[*items, *others], radius_m=6_000, closed_too=True
            )
            for plan in plans:
                check_plan(plan, offers, foreseen)
            said[f"make_plan_{name}"] = figures(times) | {
                "candidates": plans[0].candidates,
                "proved": sum(plan.status is Status.PROVED for plan in plans[1:]),
                "largest_gap_percent": max(plan.gap_percent for plan in plans),
            }
    return said


def limited(request: Request, plan: Any) -> Request:
    """The same with three quarters of the money, room for three fifths of the weight on a trip and
    two discounts with caps."""
    weight_g = sum(one.weight_g or 0 for stop in plan.best.stops for one in stop.purchases)
    return request.model_copy(
        update={
            "budget": int(plan.best.total.mid * 0.75),
            "trip": request.trip.model_copy(update={"carry_kg": weight_g / 1_000 * 0.6}),
            "discounts": (
                ShopperDiscount(programme=Programme.ONNURI, cap_won=2_000),
                ShopperDiscount(programme=Programme.LOCAL_CURRENCY, cap_won=1_000),
            ),
        }
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--instances", type=int, default=100)
    arguments.add_argument("--judged", type=int, default=1, help="how many CP-SAT solves too")
    arguments.add_argument("--seconds", type=float, default=60, help="CP-SAT's time for each")
    arguments.add_argument("--repeats", type=int, default=20)
    arguments.add_argument("--days", type=int, default=DAYS, help="days of the random towns")
    arguments.add_argument("--first", type=int, default=0, help="the first town (a seed)")
    arguments.add_argument("--budget", type=float, default=0.85, help="share of the usual cost")
    arguments.add_argument("--carry", type=float, default=0.8, help="share of the weight, a day")
    chosen = arguments.parse_args()
    said: dict[str, object] = {
        "size": f"{NEEDS} needs x {SELLERS} sellers x {chosen.days} days x {STOPS} stops x "
        f"{SUBSTITUTES} substitutes"
    }
    for name, limits in (("open", False), ("limits", True)):
        many = chosen.instances if not limits else max(1, chosen.instances // 4)
        said[name] = search_beside_referee(
            range(chosen.first, chosen.first + many), chosen.judged, chosen.seconds,
            limits=limits, days=chosen.days, budget=chosen.budget, carry=chosen.carry,
        )  # fmt: skip
    said |= make_plan_once_loaded(chosen.repeats) if chosen.repeats else {}
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    main()
