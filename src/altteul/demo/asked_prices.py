"""What the stalls ask day by day: prices that stick, sales, empty shelves, market days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from altteul.demo.goods import Good
from altteul.demo.stalls import Stall
from altteul.demo.survey_days import feast_nearness
from altteul.sources.observation import Channel

REPRICE_CHANCE = 0.04
"""Chance that a stall reprices on a survey day for no reason of the level."""

FEAST_RESTLESSNESS = 5.0
"""On the eve of a feast that chance is so many times larger, and more."""

REPRICE_PULL = 4.0
"""How much the chance grows with the squared log gap between asked and wanted price."""

REPRICE_NOISE = 0.05
SALE_CHANCE, SALE_DAYS, SALE_LOWEST, SALE_HIGHEST = 0.003, 5, 0.68, 0.88
ONE_PLUS_ONE_SHARE = 0.1
EMPTY_CHANCE, EMPTY_DAYS, MISSED_CHANCE = 0.002, 8, 0.02


@dataclass(frozen=True, slots=True)
class Asked:
    """Won asked by every stall on every day; arrays of shape (days, stalls).

    `won` counts only where `seen`; `sale` and `one_plus_one` mark prices of a promotion.
    """

    won: NDArray[np.int32]
    seen: NDArray[np.bool_]
    sale: NDArray[np.bool_]
    one_plus_one: NDArray[np.bool_]


def ask_prices(
    levels: NDArray[np.float64],
    stalls: Sequence[Stall],
    goods: Sequence[Good],
    days: Sequence[date],
    seed: int,
) -> Asked:
    """Simulate the stalls; `levels` is price_levels(…) for the same goods and days."""
    everyday = _everyday(levels, stalls, feast_nearness(days), seed)
    sale, one_plus_one, cut = _promotions(stalls, len(days), seed)
    won = np.where(sale, np.floor(everyday * cut / 10) * 10, everyday).astype(np.int32)
    seen = _open(stalls, days) & _in_season(stalls, goods, days) & _on_shelf(won.shape, seed)
    return Asked(np.maximum(won, 10), seen, sale, one_plus_one)


def _everyday(
    levels: NDArray[np.float64],
    stalls: Sequence[Stall],
    feast: NDArray[np.float64],
    seed: int,
) -> NDArray[np.float64]:
    """Sticky prices: a stall keeps its price until chance or a wide gap makes it reprice."""
    random = np.random.default_rng([seed, 5])
    goods = np.array([stall.good for stall in stalls])
    cities = np.array([-1 if stall.city is None else stall.city for stall in stalls])
    markup = np.array([stall.markup for stall in stalls])
    ticks = _ticks(stalls)
    nationwide = levels.mean(axis=1)
    chance = REPRICE_CHANCE * (1 + FEAST_RESTLESSNESS * feast)
    asked = np.empty((len(levels), len(stalls)))
    for day, level in enumerate(levels):
        draw, noise = random.random(len(stalls)), random.standard_normal(len(stalls))
        wanted = np.where(cities < 0, nationwide[day, goods], level[cities, goods]) + markup
        if day:
            gap = wanted - np.log(asked[day - 1])
            keeps = draw > 1 - np.exp(-chance[day] - REPRICE_PULL * gap**2)
        new = _rounded(np.exp(wanted + REPRICE_NOISE * noise), *ticks)
        asked[day] = np.where(keeps, asked[day - 1], new) if day else new
    return asked


def _ticks(stalls: Sequence[Stall]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Smallest steps of a price below and above 1,000 won: markets count in larger coins."""
    market = np.array([stall.seller.channel is Channel.TRADITIONAL_MARKET for stall in stalls])
    return np.where(market, 50.0, 10.0), np.where(market, 100.0, 10.0)


def _rounded(
    won: NDArray[np.float64], small: NDArray[np.float64], large: NDArray[np.float64]
) -> NDArray[np.float64]:
    tick = np.where(won < 1000, small, large)
    return np.maximum(np.rint(won / tick), 1) * tick


def _promotions(
    stalls: Sequence[Stall], days: int, seed: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float32]]:
    random = np.random.default_rng([seed, 6])
    promotes = np.array(
        [stall.seller.channel in (Channel.LARGE_STORE, Channel.ONLINE) for stall in stalls]
    )
    cut = random.uniform(SALE_LOWEST, SALE_HIGHEST, len(stalls)).astype(np.float32)
    gives_one_more = random.random(len(stalls)) < ONE_PLUS_ONE_SHARE
    starts = random.random((days, len(stalls)), dtype=np.float32) < SALE_CHANCE
    runs = _lasting(starts & promotes, SALE_DAYS)
    return runs & ~gives_one_more, runs & gives_one_more, cut


def _lasting(starts: NDArray[np.bool_], days: int) -> NDArray[np.bool_]:
    runs = starts.copy()
    for later in range(1, days):
        runs[later:] |= starts[:-later]
    return runs


def _open(stalls: Sequence[Stall], days: Sequence[date]) -> NDArray[np.bool_]:
    """5-day markets stand on days whose last figure is one of theirs."""
    last_figures = np.array([day.day % 10 for day in days])
    columns = [np.isin(last_figures, stall.seller.open_days or range(10)) for stall in stalls]
    stands: NDArray[np.bool_] = np.stack(columns, axis=1)
    return stands


def _in_season(
    stalls: Sequence[Stall], goods: Sequence[Good], days: Sequence[date]
) -> NDArray[np.bool_]:
    months = np.array([day.month for day in days])
    by_good = np.stack([np.isin(months, good.months or range(1, 13)) for good in goods], axis=1)
    sold: NDArray[np.bool_] = np.take(by_good, [stall.good for stall in stalls], axis=1)
    return sold


def _on_shelf(shape: tuple[int, ...], seed: int) -> NDArray[np.bool_]:
    random = np.random.default_rng([seed, 7])
    missed, empty = random.random((shape[0], 2, shape[1]), dtype=np.float32).swapaxes(0, 1)
    there: NDArray[np.bool_] = missed >= MISSED_CHANCE
    return there & ~_lasting(empty < EMPTY_CHANCE, EMPTY_DAYS)
