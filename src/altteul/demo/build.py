"""Fills a data folder with the practice market (연습용(가상) 장터)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from altteul.calendar_date import today
from altteul.demo.facts import mean_rows, seller_rows
from altteul.demo.published import normal_prices, regional_means
from altteul.demo.simulation import FIRST_DAY, Simulation, simulate
from altteul.demo.towns import NATIONWIDE, SOURCE, regions
from altteul.errors import InputError
from altteul.sources.harvest import Harvest
from altteul.sources.observation import Measure

if TYPE_CHECKING:
    from altteul.history import History

Progress = Callable[[int, int], None]
"""Called with the steps done and their number."""

STEPS = 3

SEED = 20261122
YEARS_KEPT = 3
ORIGIN = "연습용(가상) 장터"


def practice_harvest(*, seed: int = SEED, until: date | None = None) -> Harvest:
    """Sellers and prices of the practice market up to `until` (default: today in Seoul).

    Every row is marked simulated. The same seed gives the same prices, and a later `until` adds
    days without changing earlier ones. Regional means and normal prices cover every survey day
    of three years; single sellers the last 40 survey days and one day a week before.
    Raises InputError when the simulation does not reach three years back from `until`.
    """
    last = until or today()
    since = _years_before(last, YEARS_KEPT)
    if since < FIRST_DAY:
        earliest = FIRST_DAY.replace(year=FIRST_DAY.year + YEARS_KEPT)
        raise InputError(
            f"연습용(가상) 장터는 {earliest}부터 만들 수 있습니다. 더 늦은 날을 골라 주세요."
        )
    market = simulate(seed, last)
    return Harvest(SOURCE, _observations(market, since), market.sellers)


def build_demo(
    home: Path,
    *,
    seed: int = SEED,
    until: date | None = None,
    progress: Progress | None = None,
) -> None:
    """Fill the data folder `home` with the practice market; building twice changes nothing.

    Raises InputError when the folder holds prices of real sources: invented prices are never
    mixed with surveyed ones.
    """
    from altteul.history import History

    tell = progress or (lambda done, total: None)
    history = History.open(home)
    _refuse_real_prices(history, home)
    tell(1, STEPS)
    harvest = practice_harvest(seed=seed, until=until)
    tell(2, STEPS)
    history.record(harvest, origin=ORIGIN)
    tell(3, STEPS)


def _refuse_real_prices(history: History, home: Path) -> None:
    if any(record.source != SOURCE for record in history.imports()):
        raise InputError(
            f"자료 폴더 {home}에는 실제 조사가격이 있어 연습용(가상) 장터를 섞지 않습니다. "
            "`--home`으로 다른 폴더를 골라 주세요."
        )


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)


def _observations(market: Simulation, since: date) -> pl.DataFrame:
    goods, days, stalls, asked = market.goods, market.days, market.stalls, market.asked
    first = sum(day < since for day in days)
    frames = [seller_rows(asked, stalls, goods, days, since)]
    for city, region in enumerate(regions()):
        means = regional_means(asked, stalls, len(goods), city)[first:]
        frames.append(mean_rows(means, goods, days[first:], region, Measure.MEAN))
    nationwide = regional_means(asked, stalls, len(goods), None)
    normal = normal_prices(nationwide, days, since)
    frames.append(mean_rows(normal, goods, days[first:], NATIONWIDE, Measure.NORMAL))
    return pl.concat(frames)
