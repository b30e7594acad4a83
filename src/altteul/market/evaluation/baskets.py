"""Regret: what a basket planned on estimates costs more than one planned on the hidden truth.

Three figures for the same plan. *Committed*: every item is bought where the plan says, whatever
its price turns out to be. *With limits*: the shop that was not surveyed is visited first, and an
item is bought there only up to the price that the other shop of the tour is known, or expected, to
ask. *Least*: what the committed plan would lose on average if prices were exactly as uncertain as
the intervals say, which no better use of the same knowledge can avoid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from altteul.market.estimate.level import Values

MOST_STOPS = 2
FEWEST_ITEMS = 5
DRAWS = 10


@dataclass(frozen=True, slots=True)
class Regret:
    """One basket's regrets, as shares of the best basket's cost; `least` is an expectation."""

    committed: float
    with_limits: float
    least: float


@dataclass(frozen=True, slots=True)
class Town:
    """(sellers, items): won of a usual pack in truth and as expected, and the deviation of ln price
    that the expectation has (0 where the price is known)."""

    true: Values
    expected: Values
    doubt: Values


def regrets(goods: pl.DataFrame) -> list[Regret]:
    """For each district the regrets of its basket.

    Columns beside GOODS_SCHEMA: `believed` is ln of the expected price as the plan sees it (the
    price itself where it is not hidden), `doubt` the deviation of ln price (0 where not hidden).
    The basket holds a usual pack of every item that all sellers of the district have; it may be
    bought in at most two shops.
    """
    towns = (town for town in _towns(goods) if not np.isnan(town.expected).any())
    return [regret_of(town, seed) for seed, town in enumerate(towns)]


def regret_of(town: Town, seed: int) -> Regret:
    """The regrets of one district's basket; `seed` draws the prices of the least one."""
    best = _paid(town.true, _bought(town.true, _tour(town.true)))
    tour = _tour(town.expected)
    return Regret(
        committed=_paid(town.true, _bought(town.expected, tour)) / best - 1.0,
        with_limits=_paid(town.true, _within_limits(town, tour)) / best - 1.0,
        least=_least(town, tour, np.random.default_rng(seed)),
    )


def _least(town: Town, tour: Sequence[int], chance: np.random.Generator) -> float:
    chosen = _bought(town.expected, tour)
    middle = np.log(town.expected) - town.doubt**2 / 2
    lost = []
    for _ in range(DRAWS):
        true = np.exp(middle + town.doubt * chance.standard_normal(middle.shape))
        lost.append(_paid(true, chosen) / _paid(true, _bought(true, _tour(true))) - 1.0)
    return float(np.mean(lost))


def _within_limits(town: Town, tour: Sequence[int]) -> NDArray[np.intp]:
    """The seller of each item when the shop that is known least is visited first."""
    first, *others = sorted(tour, key=lambda seller: -float(town.doubt[seller].sum()))
    if not others:
        return np.full(town.true.shape[1], first, dtype=np.intp)
    (second,) = others
    return np.where(town.true[first] <= town.expected[second], first, second)


def _towns(goods: pl.DataFrame) -> Iterator[Town]:
    pack = pl.lit(2.0) ** pl.col("size").median().over("item", "tray")
    known = goods.drop_nulls("district").with_columns(pack=pack)
    for _, town in sorted(known.group_by("district"), key=lambda keyed: str(keyed[0])):
        sellers = town["seller"].n_unique()
        offered = town.group_by("item", "tray", "seller").agg(
            true=(pl.col("log_price").exp() * pl.col("pack")).min(),
            expected=(pl.col("believed").exp() * pl.col("pack")).min(),
            doubt=pl.col("doubt").min(),
        )
        everywhere = offered.filter(pl.len().over("item", "tray") == sellers)
        ordered = everywhere.sort("seller", "item", "tray")
        if sellers > 1 and ordered.height >= FEWEST_ITEMS * sellers:
            columns = (ordered[name].to_numpy() for name in ("true", "expected", "doubt"))
            yield Town(*(column.reshape(sellers, -1) for column in columns))


def _tour(won: Values) -> list[int]:
    """The at most two shops where the items together cost least."""
    visits = [
        list(stops) for n in range(1, MOST_STOPS + 1) for stops in combinations(range(len(won)), n)
    ]
    return min(visits, key=lambda stops: float(won[stops].min(axis=0).sum()))


def _bought(won: Values, tour: Sequence[int]) -> NDArray[np.intp]:
    """The seller of each item, the cheapest of the tour."""
    chosen: NDArray[np.intp] = np.array(tour)[won[list(tour)].argmin(axis=0)]
    return chosen


def _paid(true: Values, chosen: NDArray[np.intp]) -> float:
    return float(true[chosen, np.arange(true.shape[1])].sum())
