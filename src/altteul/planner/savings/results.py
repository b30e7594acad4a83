"""What an evaluation of savings says. Won are for one shopping, trips included."""

from __future__ import annotations

from datetime import date

from altteul.frozen import Frozen
from altteul.planner.plan import Risk


class Trial(Frozen):
    """One basket at one place on one day; every way of shopping at true prices, the same needs.

    `oracle` plans knowing every price, `plan` what was not hidden and estimates of the rest,
    `plan_with_limits` is the same plan when estimated goods are bought only up to what a later
    stop asks, `known_only` plans without estimates. `random` is the mean over `shops` (sellers of
    more than half of the list), `nearest` and `cheapest` one of them (the cheapest for the whole
    list, which one must know every price to find).
    """

    place: str
    on: date
    needs: int
    sellers: int
    shops: int
    oracle: int
    plan: int
    plan_with_limits: int
    known_only: int
    random: int
    nearest: int
    cheapest: int
    one_shop_is_best: bool
    estimated_share: float


class BasketSavings(Frozen):
    """A basket over all places and days: mean won of each way, and what part of the oracle's
    saving the plan captures (sums over the trials, so that large savings count more).

    `captured_of_random` is against a random shop, `captured_of_nearest` against the nearest one;
    None where the oracle saves nothing. `never_sold` are needs that nobody near any place sells.
    """

    basket: str
    title: str
    source: str
    mode: str
    trials: int
    needs_priced: float
    never_sold: tuple[str, ...]
    oracle: int
    plan: int
    plan_with_limits: int
    known_only: int
    random: int
    nearest: int
    cheapest: int
    captured_of_random: float | None
    captured_of_random_with_limits: float | None
    captured_of_random_known_only: float | None
    captured_of_nearest: float | None
    captured_of_nearest_with_limits: float | None
    one_shop_is_best: float
    dearer_than_nearest: float
    estimated_share: float


class SavingsEvaluation(Frozen):
    """`altteul evaluate savings`: the same seed and data give the same figures."""

    hide: float
    seed: int
    max_stops: int
    risk: Risk
    days: tuple[date, ...]
    places: int
    simulated: bool
    baskets: tuple[BasketSavings, ...]
    trials: dict[str, tuple[Trial, ...]]
