"""What an evaluation of savings says. Won are for one shopping, trips included."""

from __future__ import annotations

from datetime import date

from altteul.frozen import Frozen
from altteul.planner.plan import Risk

GOAL = 0.9
"""The part of the oracle's saving that the family basket should keep, half of the prices hidden."""


class Trial(Frozen):
    """One basket at one place on one day with one draw of hidden prices (`seed`); every way of
    shopping at true prices, the same needs.

    `oracle` knows every price, `knowing_all` is our plan with every price. With prices hidden:
    `plan` buys what the plan says where it says it; `plan_with_limits` is the same plan when
    estimated goods are bought only up to the limits that it tells; `plan_replanned` starts as the
    plan says and is planned anew at every stop with the prices seen there (`altteul replan`);
    `known_only` plans without estimates. `random` is the mean over `shops` (sellers of more than
    half of the list), `nearest` and `cheapest` one of them (the cheapest for the whole list, which
    one must know every price to find). `unlike` are needs left out here: all that was surveyed for
    them in reach is another good (등심 for 소고기).
    """

    place: str
    on: date
    seed: int
    needs: int
    sellers: int
    shops: int
    oracle: int
    knowing_all: int
    plan: int
    plan_with_limits: int
    plan_replanned: int
    known_only: int
    random: int
    nearest: int
    cheapest: int
    one_shop_is_best: bool
    estimated_share: float
    unlike: tuple[str, ...] = ()


class Captured(Frozen):
    """The part of the oracle's saving that a way of shopping keeps, over draws of hidden prices.

    `mean` of the draws (`by_seed`), its 95 % interval `low` to `high` (Student's t over the draws:
    what other draws at the same places would give; None with one draw), and the `worst` draw.
    """

    mean: float
    low: float | None
    high: float | None
    worst: float
    by_seed: tuple[float, ...]


class CapturedByWay(Frozen):
    """The same for every way, against one baseline; the ways are those of `Trial`."""

    as_written: Captured
    with_limits: Captured
    replanned: Captured
    without_estimates: Captured


class BasketSavings(Frozen):
    """A basket over all places, days and draws: mean won of each way, and what part of the
    oracle's saving the plan captures (sums over the trials, so that large savings count more).

    `captured` is against a random shop, `captured_against_nearest` against the nearest one; None
    where the oracle saves nothing. The single `captured_of_…` are their means. `never_sold` are
    needs that nobody near any place sells.
    """

    basket: str
    title: str
    source: str
    mode: str
    trials: int
    needs_priced: float
    never_sold: tuple[str, ...]
    oracle: int
    knowing_all: int
    plan: int
    plan_with_limits: int
    plan_replanned: int
    known_only: int
    random: int
    nearest: int
    cheapest: int
    captured: CapturedByWay | None
    captured_against_nearest: CapturedByWay | None
    captured_knowing_all: float | None
    captured_of_random: float | None
    captured_of_random_with_limits: float | None
    captured_of_random_replanned: float | None
    captured_of_random_known_only: float | None
    captured_of_nearest: float | None
    captured_of_nearest_with_limits: float | None
    captured_of_nearest_replanned: float | None
    one_shop_is_best: float
    dearer_than_nearest: float
    estimated_share: float


class FamilyGoal(Frozen):
    """The goal of the family basket with half of the prices hidden: 90 % of the oracle's net saving
    against a random shop, by ways of following the plan; `reached` are those whose mean has it."""

    goal: float
    as_written: Captured
    with_limits: Captured
    replanned: Captured
    reached: tuple[str, ...]


class SavingsEvaluation(Frozen):
    """`altteul evaluate savings`: the same seeds and data give the same figures.

    `family_half_hidden` is None where the family basket was not measured with half hidden.
    """

    family_half_hidden: FamilyGoal | None
    hide: float
    seeds: tuple[int, ...]
    max_stops: int
    risk: Risk
    days: tuple[date, ...]
    places: int
    simulated: bool
    baskets: tuple[BasketSavings, ...]
    trials: dict[str, tuple[Trial, ...]]
