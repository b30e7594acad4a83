"""Measure what plans save: standard baskets at every surveyed place, paid at true prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from altteul.errors import InputError, NoDataError
from altteul.market import Market
from altteul.market.offer import Basis, Place
from altteul.planner.limit_prices import guide_of
from altteul.planner.plan import Estimates, Plan, Request, Risk, ShoppingPlan, Trip
from altteul.planner.planning import make_plan
from altteul.planner.preparing import prepare
from altteul.planner.savings.baskets import Basket
from altteul.planner.savings.limits import paid_within_limits
from altteul.planner.savings.price_table import PriceTable, price_table
from altteul.planner.savings.results import BasketSavings, SavingsEvaluation, Trial
from altteul.planner.savings.views import (
    PAIR,
    estimated_where_sold,
    without_delivery,
    without_prices,
)
from altteul.sources.observation import Measure, Stage

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History

One = TypeVar("One")
Progress = Callable[[str, float], None]
UNLIMITED_KG = 1_000.0
"""Carrying is not limited, so that every way of shopping brings the same home."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The trial's worlds: all prices, and what is left after hiding. `items` are all that have a
    price."""

    catalog: Catalog
    truth: Market
    known: Market
    items: frozenset[str]
    max_stops: int


def evaluate_savings(  # noqa: PLR0913 - each is an option of the command
    history: History,
    catalog: Catalog,
    baskets: Sequence[Basket],
    *,
    hide: float = 0.0,
    seed: int = 0,
    max_stops: int = 3,
    risk: Risk = Risk.NORMAL,
    most_places: int = 40,
    most_days: int = 4,
    progress: Progress | None = None,
) -> SavingsEvaluation:
    """Every basket at every surveyed place on survey days; see `BasketSavings` for the figures.

    A part `hide` (0 to below 1) of the (seller, item) prices is hidden from the plans by chance;
    `risk` is how much a plan shuns what is only estimated.
    Raises NoDataError without prices of sellers whose place is known.
    """
    if not 0 <= hide < 1:
        raise InputError(f"감출 몫 {hide}은(는) 0 이상 1 미만이어야 합니다. 예: --hide 0.5")
    prices = history.observations(stages=[Stage.RETAIL], measures=[Measure.PRICE])
    setting = _setting(history, catalog, prices, hide, seed, max_stops)
    places = _spread(_places(setting.truth, history, prices), most_places)
    days = _spread(sorted(prices["date"].unique()), most_days)
    if not places or not days:
        raise NoDataError(
            "장소를 아는 판매처의 조사가격이 없습니다. 먼저 `altteul import`로 넣어 주세요."
        )
    trials: dict[str, tuple[Trial, ...]] = {}
    for number, basket in enumerate(baskets):
        if progress:
            progress(basket.title, number / len(baskets))
        asked = (_request(basket, place, day, max_stops, risk) for day in days for place in places)
        found = (_trial(setting, request) for request in asked)
        trials[basket.key] = tuple(trial for trial in found if trial)
    return SavingsEvaluation(
        hide=hide,
        seed=seed,
        max_stops=max_stops,
        risk=risk,
        days=tuple(days),
        places=len(places),
        simulated=bool(prices["simulated"].any()),
        baskets=tuple(_summary(b, trials[b.key], setting) for b in baskets if trials[b.key]),
        trials=trials,
    )


def _setting(
    history: History, catalog: Catalog, prices: pl.DataFrame, hide: float, seed: int, stops: int
) -> Setting:
    pairs = prices.select(PAIR).unique().sort(PAIR)
    chosen = np.random.default_rng(seed).permutation(pairs.height) < round(hide * pairs.height)
    hidden = pairs.filter(pl.Series(chosen))
    truth = without_delivery(Market(history, catalog))
    part = Market(without_prices(history, hidden), catalog)
    known = without_delivery(part) if hidden.height else truth
    return Setting(catalog, truth, known, frozenset(pairs["item"]), stops)


def _places(market: Market, history: History, prices: pl.DataFrame) -> list[Place]:
    """The 동 (else the district) of every surveyed seller, each once, in the order of names."""
    directory = history.sellers()
    found = (directory.by_id(name) for name in prices["seller"].unique())
    named = {
        " ".join(part for part in (seller.region, seller.district, seller.dong) if part)
        for seller in found
        if seller and seller.lat is not None and seller.district
    }
    places = {place.name: place for place in map(market.place, sorted(named))}
    return list(places.values())


def _spread(every: Sequence[One], most: int) -> list[One]:
    """At most so many of them, evenly chosen, the last one always."""
    if len(every) <= most:
        return list(every)
    return [every[round((n + 1) * len(every) / most) - 1] for n in range(most)]


def _request(basket: Basket, place: Place, on: date, max_stops: int, risk: Risk) -> Request:
    trip = Trip(mode=basket.mode, max_stops=max_stops, carry_kg=UNLIMITED_KG)
    return Request(needs=basket.as_needs(), place=place, on=on, trip=trip, risk=risk)


def _trial(setting: Setting, request: Request) -> Trial | None:
    table = price_table(request, setting.truth, setting.catalog)
    if table is None:
        return None
    priced = tuple(need for need in request.needs if need.text in table.needs)
    request = request.model_copy(update={"needs": priced})
    oracle = min(table.paid(plan) for plan in _plans(setting, request, setting.truth))
    believed = estimated_where_sold(setting.known, _sold(table, request))
    guessing = request.model_copy(update={"estimates": Estimates.ALWAYS})
    plan = make_plan(guessing, believed, setting.catalog, explained=False).best
    outing = prepare(guessing, believed, setting.catalog).outing
    guide = guide_of(plan, outing) if plan and outing else None
    known = make_plan(request, setting.known, setting.catalog, explained=False).best
    alone, shops = table.at_one(), table.shops()
    best_alone = float(alone.min())
    return Trial(
        place=request.place.name,
        on=request.on,
        needs=len(table.needs),
        sellers=len(table.sellers),
        shops=len(shops),
        oracle=round(min(oracle, best_alone)),
        plan=round(table.paid(plan)),
        plan_with_limits=round(
            paid_within_limits(plan, table, guide) if plan else table.paid(plan)
        ),
        known_only=round(table.paid(known)),
        random=round(float(alone[shops].mean())),
        nearest=round(float(alone[_nearest(table)])),
        cheapest=round(float(alone[shops].min())),
        one_shop_is_best=best_alone <= oracle,
        estimated_share=_estimated(plan),
    )


def _sold(table: PriceTable, request: Request) -> set[tuple[str, str]]:
    """(seller.id, item) that can truly be bought; a price that is a fault does not count."""
    return {
        (seller, need.item)
        for need in request.needs
        for seller in table.sellers
        if not np.isnan(table.cost(need.text, seller))
    }


def _plans(setting: Setting, request: Request, market: Market) -> Iterator[ShoppingPlan]:
    answer: Plan = make_plan(request, market, setting.catalog, explained=False)
    yield from (saving.plan for saving in answer.by_stops)
    if answer.best:
        yield answer.best


def _nearest(table: PriceTable) -> int:
    shops: list[int] = table.shops().tolist()
    return min(shops, key=lambda seller: (table.distance[seller], seller))


def _estimated(plan: ShoppingPlan | None) -> float:
    """The part of the bought needs whose price was estimated."""
    bases = [p.basis for stop in plan.stops for p in stop.purchases] if plan else []
    return round(sum(b is Basis.ESTIMATED for b in bases) / len(bases), 3) if bases else 0.0


def _summary(basket: Basket, trials: Sequence[Trial], setting: Setting) -> BasketSavings:
    won = {
        way: np.array([getattr(trial, way) for trial in trials], dtype=np.float64)
        for way in ("oracle", "plan", "plan_with_limits", "known_only", "random", "nearest",
                    "cheapest")
    }  # fmt: skip
    return BasketSavings(
        basket=basket.key,
        title=basket.title,
        source=basket.source,
        mode=basket.mode,
        trials=len(trials),
        needs_priced=round(float(np.mean([trial.needs for trial in trials])), 1),
        never_sold=tuple(need.item for need in basket.needs if need.item not in setting.items),
        **{way: round(float(each.mean())) for way, each in won.items()},
        captured_of_random=_captured(won, "random", "plan"),
        captured_of_random_with_limits=_captured(won, "random", "plan_with_limits"),
        captured_of_random_known_only=_captured(won, "random", "known_only"),
        captured_of_nearest=_captured(won, "nearest", "plan"),
        captured_of_nearest_with_limits=_captured(won, "nearest", "plan_with_limits"),
        one_shop_is_best=round(float(np.mean([t.one_shop_is_best for t in trials])), 4),
        dearer_than_nearest=round(float(np.mean(won["plan"] > won["nearest"])), 4),
        estimated_share=round(float(np.mean([t.estimated_share for t in trials])), 3),
    )


def _captured(won: dict[str, np.ndarray], against: str, way: str) -> float | None:
    possible = float((won[against] - won["oracle"]).sum())
    return round(float((won[against] - won[way]).sum()) / possible, 4) if possible > 0 else None
