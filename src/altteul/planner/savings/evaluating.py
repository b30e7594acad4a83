"""Measure what plans save: standard baskets at every surveyed place, paid at true prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from altteul.errors import InputError, NoDataError
from altteul.market import Market
from altteul.market.offer import Place
from altteul.planner.plan import Request, Risk, Trip
from altteul.planner.savings.baskets import Basket
from altteul.planner.savings.results import SavingsEvaluation, Trial
from altteul.planner.savings.summing_up import HALF, family_goal, summary
from altteul.planner.savings.trying import Truth, trial, truth_of
from altteul.planner.savings.views import PAIR, without_delivery, without_prices
from altteul.sources.observation import Measure, Stage

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History

One = TypeVar("One")
Progress = Callable[[str, float], None]
UNLIMITED_KG = 1_000.0
"""Carrying is not limited, so that every way of shopping brings the same home."""
SEEDS = tuple(range(10))
"""Draws of hidden prices unless said otherwise: enough for an interval of about ± 2 points."""


def evaluate_savings(  # noqa: PLR0913 - each is an option of the command
    history: History,
    catalog: Catalog,
    baskets: Sequence[Basket],
    *,
    hide: float = HALF,
    seeds: Sequence[int] = SEEDS,
    max_stops: int = 3,
    risk: Risk = Risk.NORMAL,
    most_places: int = 40,
    most_days: int = 4,
    progress: Progress | None = None,
) -> SavingsEvaluation:
    """Every basket at every surveyed place on survey days; see `BasketSavings` for the figures.

    A part `hide` (0 to below 1) of the (seller, item) prices is hidden from the plans by chance,
    anew for each of the seeds; `risk` is how much a plan shuns what is only estimated.
    Raises NoDataError without prices of sellers whose place is known.
    """
    if not 0 <= hide < 1:
        raise InputError(f"감출 몫 {hide}은(는) 0 이상 1 미만이어야 합니다. 예: --hide 0.5")
    seeds = tuple(seeds) if hide else (0,)
    prices = history.observations(stages=[Stage.RETAIL], measures=[Measure.PRICE])
    market = without_delivery(Market(history, catalog))
    places = _spread(_places(market, history, prices), most_places)
    days = _spread(sorted(prices["date"].unique()), most_days)
    if not places or not days:
        raise NoDataError(
            "장소를 아는 판매처의 조사가격이 없습니다. 먼저 `altteul import`로 넣어 주세요."
        )
    asked = [(b, _request(b, p, d, max_stops, risk)) for b in baskets for d in days for p in places]
    truths = list(_truths(asked, market, catalog, progress))
    trials: dict[str, list[Trial]] = defaultdict(list)
    for number, seed in enumerate(seeds):
        known = _known(history, catalog, prices, hide, seed) if hide else market
        for done, (key, truth) in enumerate(truths):
            _tell(
                progress, f"감춘 값 {number + 1}/{len(seeds)}", number + done / len(truths), seeds
            )
            trials[key].append(trial(truth, known, catalog, seed))
    sold = frozenset(prices["item"])
    found = tuple(summary(b, trials[b.key], sold) for b in baskets if trials[b.key])
    return SavingsEvaluation(
        family_half_hidden=family_goal(found, hide),
        hide=hide,
        seeds=seeds,
        max_stops=max_stops,
        risk=risk,
        days=tuple(days),
        places=len(places),
        simulated=bool(prices["simulated"].any()),
        baskets=found,
        trials={key: tuple(own) for key, own in trials.items()},
    )


def _truths(
    asked: Sequence[tuple[Basket, Request]],
    market: Market,
    catalog: Catalog,
    progress: Progress | None,
) -> Iterator[tuple[str, Truth]]:
    """(basket's key, truth) of every request that can be measured."""
    for number, (basket, request) in enumerate(asked):
        _tell(progress, basket.title, number, asked)
        if truth := truth_of(request, market, catalog):
            yield basket.key, truth


def _tell(progress: Progress | None, what: str, done: float, every: Sequence[object]) -> None:
    if progress:
        progress(what, done / len(every))


def _known(
    history: History, catalog: Catalog, prices: pl.DataFrame, hide: float, seed: int
) -> Market:
    """The market without the part of its (seller, item) prices that a draw hides."""
    pairs = prices.select(PAIR).unique().sort(PAIR)
    chosen = np.random.default_rng(seed).permutation(pairs.height) < round(hide * pairs.height)
    hidden = pairs.filter(pl.Series(chosen))
    return without_delivery(Market(without_prices(history, hidden), catalog))


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
