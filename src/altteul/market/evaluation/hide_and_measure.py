"""Hide prices, estimate them from the rest, and measure: singly, by seller, by district."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from altteul.errors import NoDataError
from altteul.history.seller import Seller
from altteul.market.estimate.conformal import NORMAL_80
from altteul.market.estimate.estimator import fit_estimator
from altteul.market.estimate.goods import goods_table
from altteul.market.estimate.hiding import Hidden, parts
from altteul.market.evaluation.baselines import BASELINES, mean_prices
from altteul.market.evaluation.baskets import Regret, regrets
from altteul.market.evaluation.measuring import GUESS_SCHEMA, measured
from altteul.market.evaluation.results import EstimateEvaluation, HiddenResult, Marked, Measured
from altteul.market.faults import faults, without_faults
from altteul.market.quotes import MAX_AGE_DAYS, newest_of_each
from altteul.sources.observation import Measure, Stage

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History

MOST_PARTS = {Hidden.SINGLE: 10, Hidden.SELLER: 20, Hidden.DISTRICT: 25, Hidden.MIXED: 2}
Progress = Callable[[str, float], None]


def evaluate_estimates(
    prices: pl.DataFrame,
    sellers: Iterable[Seller],
    catalog: Catalog,
    *,
    seed: int = 0,
    repeats: int = 1,
    hide: Sequence[Hidden] = tuple(Hidden),
    progress: Progress | None = None,
) -> EstimateEvaluation:
    """How well hidden prices are estimated from the rest of `prices` (OBSERVATION_SCHEMA).

    The prices should be of one survey round: single prices of sellers at the retail stage. Raises
    NoDataError where they are too few for an estimate.
    """
    goods = goods_table(prices, sellers, catalog)
    goods = goods.sort("seller", "item", "tray", "size", "log_price", "row")
    results = []
    for done, hidden in enumerate(hide):
        if progress:
            progress(f"{hidden} 감추고 재기", done / len(hide))
        if found := _hidden_result(goods, hidden, seed, repeats):
            results.append(found)
    if not results:
        raise NoDataError(
            "추정을 재 볼 만큼 가게별 가격이 없습니다. "
            "서울시 생필품 가격 같은 판매처별 조사 파일을 `altteul import`로 넣어 주세요."
        )
    return EstimateEvaluation(
        seed=seed,
        repeats=repeats,
        prices=goods.height,
        sellers=goods["seller"].n_unique(),
        districts=goods["district"].drop_nulls().n_unique(),
        first_day=prices["date"].min(),
        last_day=prices["date"].max(),
        simulated=bool(prices["simulated"].any()),
        results=tuple(results),
        marked=_marked(goods),
    )


def evaluated_prices(history: History, on: date | None = None) -> pl.DataFrame:
    """One survey round: each seller's newest prices of the 45 days up to `on` (None: the newest).

    Columns of OBSERVATION_SCHEMA; single prices at the retail stage.
    """
    every = history.observations(until=on, stages=[Stage.RETAIL], measures=[Measure.PRICE])
    last = every["date"].max()
    if not isinstance(last, date):
        return every
    return newest_of_each(every.filter(pl.col("date") > last - timedelta(days=MAX_AGE_DAYS)))


def _hidden_result(
    goods: pl.DataFrame, hidden: Hidden, seed: int, repeats: int
) -> HiddenResult | None:
    rounds = [_guessed(goods, hidden, seed + repeat, repeat) for repeat in range(repeats)]
    together = pl.concat([guessed for guessed, _ in rounds])
    overall = measured(together)
    if overall is None:
        return None
    each = (measured(guessed) for guessed, _ in rounds)
    found = [regret for _, values in rounds for regret in values]
    return HiddenResult(
        hidden=hidden,
        overall=overall,
        better_by_seed=tuple(one.better for one in each if one is not None),
        basket_regret=_mean([regret.committed for regret in found]),
        basket_regret_with_limits=_mean([regret.with_limits for regret in found]),
        basket_regret_least=_mean([regret.least for regret in found]),
        by_item=_by_item(together),
    )


def _guessed(
    goods: pl.DataFrame, hidden: Hidden, seed: int, repeat: int
) -> tuple[pl.DataFrame, list[Regret]]:
    """The goods with what was guessed of each when it was hidden, and the regrets of baskets."""
    guessed, regret = [], []
    for number, part in enumerate(parts(goods, hidden, seed, MOST_PARTS[hidden])):
        seen, asked = goods.filter(~part), goods.filter(part)
        guesses = _guesses(seen, asked, number + repeat * MOST_PARTS[hidden])
        guessed.append(asked.hstack(guesses))
        doubt = guesses["half_80"] / NORMAL_80
        expected = guesses["estimate"] + doubt**2 / 2
        planned = pl.concat(
            [
                seen.with_columns(believed="log_price", doubt=pl.lit(0.0)),
                asked.with_columns(believed=expected, doubt=doubt),
            ]
        )
        towns = asked["district"].drop_nulls().unique()
        regret += regrets(planned.filter(pl.col("district").is_in(towns.implode())))
    empty = goods.clear().hstack(pl.DataFrame(schema=GUESS_SCHEMA))
    return pl.concat([empty, *guessed]), regret


def _guesses(seen: pl.DataFrame, asked: pl.DataFrame, together: int) -> pl.DataFrame:
    estimator = fit_estimator(without_faults(seen))
    nothing = np.full(asked.height, np.nan)
    estimates = estimator.estimate(asked) if estimator else None
    values = {
        "together": np.full(asked.height, together),
        "estimate": estimates.middle if estimates else nothing,
        "half_50": estimates.half_width(0.5) if estimates else nothing,
        "half_80": estimates.half_width(0.8) if estimates else nothing,
        "item_mean": mean_prices(seen, asked, BASELINES["item_mean"]),
        "item_channel_mean": mean_prices(seen, asked, BASELINES["item_channel_mean"]),
    }
    return pl.DataFrame(values, schema=GUESS_SCHEMA)


def _by_item(guessed: pl.DataFrame) -> dict[str, Measured]:
    parts_of = guessed.partition_by("item", as_dict=True)
    found = ((str(key[0]), measured(own)) for key, own in sorted(parts_of.items()))
    return {item: one for item, one in found if one is not None}


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 5) if values else None


def _marked(goods: pl.DataFrame) -> tuple[Marked, ...]:
    judged = zip(goods.iter_rows(named=True), faults(goods), strict=True)
    return tuple(
        Marked(
            seller=row["seller"],
            item=row["item"],
            won_per_unit=round(float(np.exp(row["log_price"])), 2),
            base_unit=row["base_unit"],
            expected=round(fault.expected, 2),
            why=fault.why,
        )
        for row, fault in judged
        if fault
    )
