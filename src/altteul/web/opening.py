"""One state of the data folder, with what the pages say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from altteul.catalog import Catalog
from altteul.forecast.keeping import newest_kept
from altteul.history import History, ImportRecord
from altteul.history.seller import Seller
from altteul.market import Market
from altteul.settings import Settings
from altteul.sources.observation import Measure, Stage

MOST_PLACES = 300
"""Place names that the form carries; more would make the page heavy."""
RECENT_DAYS = 45
"""Sellers with a price not older than this before the newest one count as known."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What every answer of this moment is made from.

    `newest` is the last day on which single sellers were surveyed (of any price where none was),
    `sellers` how many have a recent price, `places` the 구 and 동 where they are.
    """

    state: str
    history: History
    market: Market
    places: tuple[str, ...]
    newest: date | None
    sellers: int
    simulated: bool


def open_folder(settings: Settings, catalog: Catalog) -> Opened:
    """Open the data folder as it is now."""
    history = History.of(settings)
    newest, priced = _recent(history)
    return Opened(
        state=state_of(history, settings.home),
        history=history,
        market=Market(history, catalog),
        places=_place_names(priced or history.sellers().all()),
        newest=newest,
        sellers=len(priced),
        simulated=any(seller.simulated for seller in priced),
    )


def state_of(history: History, home: Path) -> str:
    """A text that changes with every import and every night's forecasts."""
    imports = history.imports()
    imported = f"{len(imports)}-{imports[-1].import_id}" if imports else "0"
    kept = newest_kept(home, date.max)
    return f"{imported}-{kept.path.name}" if kept else imported


def surveyed_items(history: History, on: date) -> list[str]:
    """The items with a retail price shortly before a day."""
    since = on - timedelta(days=RECENT_DAYS)
    rows = history.observations(stages=[Stage.RETAIL], since=since, until=on)
    return rows.get_column("item").unique().sort().to_list()


def _recent(history: History) -> tuple[date | None, list[Seller]]:
    """The newest day with prices of sellers, and the sellers with a price shortly before it."""
    newest = _newest_import(history.imports())
    if newest is None:
        return None, []
    since = newest - timedelta(days=RECENT_DAYS)
    rows = history.observations(measures=[Measure.PRICE], since=since, until=newest)
    sellers = history.sellers()
    ids = rows.get_column("seller").drop_nulls().unique().sort()
    found = [seller for key in ids if (seller := sellers.by_id(key))]
    last = rows.select(pl.col("date").max()).item()
    return last or newest, found


def _newest_import(imports: Iterable[ImportRecord]) -> date | None:
    """The last survey day of the feeds that bring sellers; without such a feed, of any feed."""
    records = list(imports)
    of_sellers = {record.source for record in records if record.sellers}
    days = [(r.source in of_sellers, r.last_day) for r in records if r.last_day]
    return max(days, default=(False, None))[1]


def _place_names(sellers: Iterable[Seller]) -> tuple[str, ...]:
    """The 구·동 that the form offers: districts alone when the 동 are too many."""
    placed = [s for s in sellers if s.district and s.lat is not None]
    names = {" ".join(filter(None, (s.district, s.dong))) for s in placed}
    names |= {s.district for s in placed if s.district}
    if len(names) > MOST_PLACES:
        names = {f"{s.region or ''} {s.district}".strip() for s in placed}
    return tuple(sorted(names)[:MOST_PLACES])
