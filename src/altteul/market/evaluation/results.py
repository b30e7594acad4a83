"""What an evaluation of the estimates says, as shown and as JSON."""

from __future__ import annotations

from datetime import date

from altteul.frozen import Frozen
from altteul.market.estimate.hiding import Hidden


class Errors(Frozen):
    """Absolute errors of ln price: 0.10 is about 10 %."""

    mean: float
    median: float


class Measured(Frozen):
    """How estimates of hidden prices did, beside the two baselines on the same prices.

    `better` is the part by which the mean error is below that of the city's item × channel mean
    (0.15: 15 % below), `better_median` the same of the median errors. `inside_50` and `inside_80`
    are the parts of prices inside the intervals, `width_80` the median of high over low.
    `rank_error` is how often the dearer of two shops was taken for the cheaper.
    """

    prices: int
    estimate: Errors
    item_mean: Errors
    item_channel_mean: Errors
    better: float
    better_median: float
    inside_50: float
    inside_80: float
    width_80: float
    rank_error: float
    rank_error_item_channel_mean: float


class HiddenResult(Frozen):
    """The result of hiding single prices, whole sellers, whole districts, or half of the sellers.

    `better_by_seed` are the parts by which the mean error was below the item × channel mean's,
    one a repetition. `basket_regret` is the mean over districts of what a basket bought in at
    most two shops by the expected prices cost more than the best one (None: no district to plan
    in); `basket_regret_with_limits` when an item is bought at the shop visited first only up to
    what the other one asks; `basket_regret_least` what the doubt itself costs (see baskets.py).
    """

    hidden: Hidden
    overall: Measured
    better_by_seed: tuple[float, ...]
    basket_regret: float | None
    basket_regret_with_limits: float | None
    basket_regret_least: float | None
    by_item: dict[str, Measured]


class Marked(Frozen):
    """A price that is kept and shown to analysts but not used."""

    seller: str
    item: str
    won_per_unit: float
    base_unit: str
    expected: float
    why: str


class EstimateEvaluation(Frozen):
    """`altteul evaluate estimate`: the same seed and data give the same figures."""

    seed: int
    repeats: int
    prices: int
    sellers: int
    districts: int
    first_day: date
    last_day: date
    simulated: bool
    results: tuple[HiddenResult, ...]
    marked: tuple[Marked, ...]
