"""What one state of the history tells, worked out as it is asked for and kept ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from altteul import units
from altteul.market.estimate.carrying import STILL, Movement
from altteul.market.estimate.goods import goods_table
from altteul.market.estimate.offers import CARRIED_DAYS, EstimateBook, open_book
from altteul.market.faults import Fault, faults
from altteul.market.freshness import Freshness, freshness
from altteul.market.judgement import RegionalSeries
from altteul.market.offer import Offer, Pack, Place
from altteul.market.packs import in_base_unit
from altteul.market.place_names import WHOLE_COUNTRY
from altteul.market.places import Gazetteer
from altteul.market.quotes import SAME_GOODS, Goods, QuoteBook
from altteul.market.reach import reach
from altteul.market.regional import in_regions, series_of
from altteul.sources.description import SourceDescription
from altteul.sources.observation import Measure, Stage

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History, Sellers

Key = TypeVar("Key")
Value = TypeVar("Value")
Around = tuple[float, float, int, date, str]
"""Latitude, longitude, metres, day, item."""

YEAR = 366
KEPT = 1024
"""How many of each (days, places, an item's offers at a place) are kept ready; the oldest goes
first. A thousand lists of 40 offers are about 45 MB."""


class Known:
    """The prices, sellers and places of one state of the history; thrown away when that changes.

    Prices are of the retail stage.
    """

    def __init__(
        self, history: History, catalog: Catalog, prices: pl.DataFrame, sellers: Sellers
    ) -> None:
        self.prices = prices
        self.sellers = sellers
        self.places = Gazetteer(sellers.all())
        self.offers: dict[tuple[Around, bool], list[Offer]] = {}
        self.estimated: dict[Around, list[Offer]] = {}
        self._history = history
        self._catalog = catalog
        self._lock = Lock()
        self._books: dict[date, QuoteBook] = {}
        self._near: dict[tuple[float, float, int], dict[str, int]] = {}
        self._regional: dict[str, RegionalSeries] = {}
        self._estimates: dict[date, EstimateBook] = {}
        self._fresh: dict[date, tuple[Freshness, ...]] = {}

    def remember(self, kept: dict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
        """The kept value, or a new one; two threads may make the same, which does no harm."""
        value = kept.get(key)
        if value is None:
            value = make()
            with self._lock:
                while len(kept) >= KEPT:
                    del kept[next(iter(kept))]
                kept[key] = value
        return value

    def near(self, place: Place, radius_m: int) -> dict[str, int]:
        """Seller.id → metres, for sellers within the radius."""
        key = place.lat, place.lng, radius_m
        return self.remember(
            self._near, key, lambda: reach(place, self.sellers, self.places, radius_m)
        )

    def book(self, on: date) -> QuoteBook:
        """The quotes of a day."""
        find = self.sellers.by_id
        return self.remember(
            self._books, on, lambda: QuoteBook(on, find, self._prices, self._in_base, self._faults)
        )

    def estimates(self, on: date) -> EstimateBook:
        """The estimates of a day."""
        return self.remember(self._estimates, on, lambda: self._open_estimates(on))

    def regional(self, item: str) -> RegionalSeries:
        """The published values of an item by region."""
        return self.remember(self._regional, item, lambda: self._read_regional(item))

    def freshness(self, on: date) -> tuple[Freshness, ...]:
        """The newest survey date of every source up to a day."""
        return self.remember(self._fresh, on, lambda: self._freshness(on))

    def _open_estimates(self, on: date) -> EstimateBook:
        prices = self._prices(on - timedelta(days=CARRIED_DAYS), on)
        return open_book(prices, self.sellers.all(), self._catalog, on, self._movement)

    def _movement(self, region: str | None, item: str) -> Movement:
        """A published mean of the item in a region, else in the whole country."""
        regions = [region, WHOLE_COUNTRY] if region else [WHOLE_COUNTRY]
        found = next(in_regions(self.regional(item).means, regions), None)
        return Movement(found.days, np.log(found.won)) if found else STILL

    def _freshness(self, on: date) -> tuple[Freshness, ...]:
        newest: dict[str, date] = {}
        for entry in self._history.imports():
            if entry.last_day is not None:
                newest[entry.source] = max(entry.last_day, newest.get(entry.source, date.min))
        dated = (
            (source, day if day <= on else self._newest_before(source, on))
            for source, day in newest.items()
        )
        return freshness(((s, day) for s, day in dated if day is not None), on, described())

    def _newest_before(self, source: str, on: date) -> date | None:
        """The ledger only knows the last day of an import; about an earlier day ask the prices."""
        since = on - timedelta(days=YEAR)
        days = self._history.observations(sources=[source], since=since, until=on)["date"]
        newest = days.max()
        return newest if isinstance(newest, date) else None

    def _faults(self, newest: pl.DataFrame) -> dict[Goods, Fault]:
        goods = goods_table(newest, self.sellers.all(), self._catalog)
        rows = newest.select(SAME_GOODS).rows()
        judged = zip(goods["row"], faults(goods), strict=True)
        return {rows[row]: fault for row, fault in judged if fault}

    def _prices(self, since: date, until: date) -> pl.DataFrame:
        return self._history.observations(
            since=since,
            until=until,
            stages=[Stage.RETAIL],
            measures=[Measure.PRICE],
        )

    def _read_regional(self, item: str) -> RegionalSeries:
        rows = self._history.observations(
            items=[item], stages=[Stage.RETAIL], measures=[Measure.MEAN, Measure.NORMAL]
        )
        return RegionalSeries(
            series_of(rows, Measure.MEAN, self._in_base),
            series_of(rows, Measure.NORMAL, self._in_base),
        )

    def _in_base(self, item: str, variety: str | None, pack: units.Pack) -> Pack:
        return in_base_unit(self._catalog, item, variety, pack)


def described() -> Mapping[str, SourceDescription]:
    """What each source says of itself, by key."""
    from altteul.sources.adapters import all_sources

    return all_sources()
