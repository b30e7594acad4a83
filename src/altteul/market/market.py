"""The market: who sells what, for how much, around a place on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from altteul import units
from altteul.market.dispersion import Dispersion, dispersion_of
from altteul.market.estimate.carrying import STILL, Movement
from altteul.market.estimate.goods import goods_table
from altteul.market.estimate.offers import (
    CARRIED_DAYS,
    EstimateBook,
    estimated_offers,
    open_book,
)
from altteul.market.faults import Fault, faults
from altteul.market.freshness import Freshness, freshness, sources_of, standing_still
from altteul.market.judgement import RegionalSeries, judge, normal_price, recent_level
from altteul.market.nearby import Nearby, nearby
from altteul.market.normal import NormalRule
from altteul.market.notices import notices_of
from altteul.market.offer import NormalPrice, Offer, Pack, Place
from altteul.market.packs import PER, in_base_unit
from altteul.market.place_names import WHOLE_COUNTRY, survey_regions
from altteul.market.places import Gazetteer
from altteul.market.quotes import SAME_GOODS, Goods, Quote, QuoteBook
from altteul.market.reach import DEFAULT_RADIUS_M, is_open, reach
from altteul.market.regional import (
    CURRENT_DAYS,
    RegionValue,
    Series,
    in_regions,
    known_on,
    of_variety,
    series_of,
)
from altteul.market.report import MarkedPrice, PriceReport
from altteul.market.spread import spread_by_channel, spread_of
from altteul.sources.description import SourceDescription
from altteul.sources.observation import Measure, Stage

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History, Sellers

Key = TypeVar("Key")
Value = TypeVar("Value")

YEAR = 366
KEPT = 1024
"""How many of each (days, places, an item's offers at a place) are kept ready; the oldest goes
first. A thousand lists of 40 offers are about 45 MB."""


@dataclass(slots=True)
class _Ready:
    """What was worked out from one state of the history; thrown away when that changes."""

    prices: pl.DataFrame
    sellers: Sellers
    places: Gazetteer
    books: dict[date, QuoteBook] = field(default_factory=dict)
    near: dict[tuple[float, float, int], dict[str, int]] = field(default_factory=dict)
    offers: dict[tuple[float, float, int, date, str, bool], list[Offer]] = field(
        default_factory=dict
    )
    regional: dict[str, RegionalSeries] = field(default_factory=dict)
    estimates: dict[date, EstimateBook] = field(default_factory=dict)
    estimated: dict[tuple[float, float, int, date, str], list[Offer]] = field(default_factory=dict)
    fresh: dict[date, tuple[Freshness, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Around:
    """The offers of one item within reach, and how many prices were left out."""

    offers: list[Offer]
    marked: tuple[MarkedPrice, ...]
    closed: int


class Market:
    """Answers from the price history; keeps what it worked out until the history changes.

    `rule` is how earlier years become a normal price. Prices are of the retail stage.
    """

    def __init__(
        self, history: History, catalog: Catalog, *, rule: NormalRule = NormalRule.TRIMMED
    ) -> None:
        self._history = history
        self._catalog = catalog
        self._rule = rule
        self._kept: _Ready | None = None
        self._lock = Lock()

    def place(self, text: str) -> Place:
        """The place that a person names: 시군구, 동, a seller's name, or "37.62,127.07".

        Raises PlaceError with the nearest names or the choices; NoDataError without sellers.
        """
        return self._ready().places.find(text)

    def offers(
        self,
        place: Place,
        on: date,
        *,
        items: Collection[str] | None = None,
        radius_m: int,
        closed_too: bool = False,
    ) -> list[Offer]:
        """What sellers within `radius_m` last asked, not after `on` and at most 45 days before.

        `items` are catalog names (None: everything). Item by item in the order given, each by
        unit price. Left out are prices marked as faults, and 5-day markets on other days unless
        `closed_too` (a plan may go there later).
        """
        ready = self._ready()
        near = self._near(ready, place, radius_m)
        found: list[Offer] = []
        for quotes in self._book(ready, on).of(items):
            if quotes:
                key = (place.lat, place.lng, radius_m, on, quotes[0].item, closed_too)
                make = partial(_offers, quotes, near, on, closed_too=closed_too)
                offers: list[Offer] = self._remember(ready.offers, key, make)
                found += offers
        return found

    def delivered_offers(self, on: date, *, items: Collection[str] | None = None) -> list[Offer]:
        """What sellers who deliver last asked, wherever one is (terms: `Offer.seller.delivery`)."""
        delivering = [s.id for s in self._ready().sellers.all() if s.delivery]
        return self.offers_of(delivering, on, items=items)

    def offers_of(
        self, sellers: Collection[str], on: date, *, items: Collection[str] | None = None
    ) -> list[Offer]:
        """What these sellers (by id or by name) last asked, wherever one is.

        Their `distance_m` is 0: there is no way to go. Order, age and what is left out as in
        `offers`.
        """
        ready, wanted = self._ready(), set(sellers)
        chosen = {s.id: 0 for s in ready.sellers.all() if {s.id, s.name} & wanted}
        books = self._book(ready, on).of(items)
        return [offer for quotes in books for offer in _offers(quotes, chosen, on)]

    def estimated_offers(
        self, place: Place, on: date, *, items: Collection[str], radius_m: int
    ) -> list[Offer]:
        """Estimates (추정) for sellers within `radius_m` that were not surveyed for an item.

        Basis ESTIMATED; low and high of a price are its 80 % interval. They are never among
        `offers`, and no plan uses them. A seller counts where its channel and its register say
        that it sells such goods. Empty where too few sellers were surveyed to be honest.
        """
        ready = self._ready()
        near = self._near(ready, place, radius_m)
        names = list(dict.fromkeys(items))
        found: list[Offer] = []
        for item, quotes in zip(names, self._book(ready, on).of(names), strict=True):
            key = (place.lat, place.lng, radius_m, on, item)
            make = partial(self._estimated, ready, item, quotes, near, on)
            offers: list[Offer] = self._remember(ready.estimated, key, make)
            found += offers
        return found

    def _estimated(
        self, ready: _Ready, item: str, quotes: Sequence[Quote], near: Mapping[str, int], on: date
    ) -> list[Offer]:
        book = self._remember(ready.estimates, on, lambda: self._estimate_book(ready, on))
        surveyed = {quote.seller.id for quote in quotes if not quote.fault}
        others = (ready.sellers.by_id(name) for name in near if name not in surveyed)
        sellers = [seller for seller in others if seller and is_open(seller, on)]
        return estimated_offers(book, self._catalog, item, sellers, near)

    def _estimate_book(self, ready: _Ready, on: date) -> EstimateBook:
        prices = self._prices(on - timedelta(days=CARRIED_DAYS), on)
        return open_book(prices, ready.sellers.all(), self._catalog, on, self._movement)

    def _movement(self, region: str | None, item: str) -> Movement:
        """A published mean of the item in a region, else in the whole country."""
        regions = [region, WHOLE_COUNTRY] if region else [WHOLE_COUNTRY]
        found = next(in_regions(self._regional(item).means, regions), None)
        return Movement(found.days, np.log(found.won)) if found else STILL

    def normal_price(
        self,
        item: str,
        on: date,
        *,
        variety: str | None = None,
        region: str | None = None,
    ) -> NormalPrice | None:
        """The published normal price (평년) of a day, else the computed one, else None.

        `region` is a survey region ("서울"); the whole country is asked next. None: the whole
        country, then any region. Nothing after `on` is used.
        """
        every = self._regional(self._catalog.item(item).name)
        regions = [region, WHOLE_COUNTRY] if region else [WHOLE_COUNTRY, *_regions(every)]
        found = normal_price(every, on, list(dict.fromkeys(regions)), variety, self._rule)
        return found.shown if found else None

    def price_report(self, item: str, place: Place, on: date, radius_m: int) -> PriceReport:
        """Everything known of an item's price around a place on a day.

        `item` is as a person says it ("삼겹살" is a variety of 돼지고기: then other varieties are
        left out, prices that name none stay). Raises UnknownItemError with the nearest names.
        """
        found = self._catalog.find(item)
        name, variety = found.item.name, found.variety.name if found.variety else None
        around = self._around(name, variety, place, on, radius_m)
        offers, every, regions = around.offers, self._regional(name), survey_regions(place)
        values = _values(of_variety(every.means, variety), on, regions)
        spread = spread_of(offers)
        judged = judge(every, on, regions, spread, variety, self._rule)
        sources = sources_of((*offers, *values), _described(), self.freshness(on))
        simulated = any(o.simulated for o in offers) or any(v.simulated for v in values)
        return PriceReport(
            item=name,
            variety=variety,
            place=place,
            on=on,
            radius_m=radius_m,
            offers=tuple(offers),
            spread=spread,
            channels=spread_by_channel(offers),
            region_values=values,
            normal=judged.normal,
            normal_note=judged.note,
            unusual=judged.unusual,
            compared=judged.compared,
            recent=recent_level(every, on, regions, variety),
            doubtful=len(around.marked),
            marked=around.marked,
            closed=around.closed,
            sources=sources,
            simulated=simulated,
            notices=notices_of(
                offers,
                spread,
                variety=variety,
                doubtful=len(around.marked),
                closed=around.closed,
                simulated=simulated,
                still=self.standing_still(on, [source.key for source in sources]),
            ),
        )

    def dispersion(self, item: str, place: Place, on: date) -> Dispersion:
        """How far an item's price differs within walking, bus and car reach, and by channel.

        `item` is as a person says it, as in `price_report`. Raises UnknownItemError.
        """
        found = self._catalog.find(item)
        name, variety = found.item.name, found.variety.name if found.variety else None
        around = self._around(name, variety, place, on, max(DEFAULT_RADIUS_M.values()))
        return dispersion_of(around.offers, item=name, variety=variety, place=place, on=on)

    def nearby(self, place: Place, on: date, *, radius_m: int) -> Nearby:
        """The sellers within reach, nearest first, with how dear each one is here."""
        ready = self._ready()
        near = self._near(ready, place, radius_m)
        found = ((ready.sellers.by_id(name), metres) for name, metres in near.items())
        sellers = [(seller, metres) for seller, metres in found if seller]
        return nearby(place, on, radius_m, sellers, self.offers(place, on, radius_m=radius_m))

    def freshness(self, on: date) -> tuple[Freshness, ...]:
        """Every source that brought prices: its newest survey date up to `on`, freshest first."""
        return self._remember(self._ready().fresh, on, lambda: self._freshness(on))

    def standing_still(self, on: date, sources: Collection[str]) -> tuple[str, ...]:
        """A sentence for each of the sources that brought nothing new for longer than it should."""
        return standing_still(self.freshness(on), sources)

    def _freshness(self, on: date) -> tuple[Freshness, ...]:
        newest: dict[str, date] = {}
        for entry in self._history.imports():
            if entry.last_day is not None:
                newest[entry.source] = max(entry.last_day, newest.get(entry.source, date.min))
        dated = (
            (source, day if day <= on else self._newest_before(source, on))
            for source, day in newest.items()
        )
        return freshness(((s, day) for s, day in dated if day is not None), on, _described())

    def _newest_before(self, source: str, on: date) -> date | None:
        """The ledger only knows the last day of an import; about an earlier day ask the prices."""
        since = on - timedelta(days=YEAR)
        days = self._history.observations(sources=[source], since=since, until=on)["date"]
        newest = days.max()
        return newest if isinstance(newest, date) else None

    def _around(
        self, item: str, variety: str | None, place: Place, on: date, radius_m: int
    ) -> _Around:
        ready = self._ready()
        near = self._near(ready, place, radius_m)
        quotes = [
            quote
            for quote in self._book(ready, on).of([item])[0]
            if quote.seller.id in near and (variety is None or quote.variety in (variety, None))
        ]
        closed = {quote.seller.id for quote in quotes if not is_open(quote.seller, on)}
        return _Around(
            offers=_offers(quotes, near, on),
            marked=tuple(_marked(quote, near, on) for quote in quotes if quote.fault),
            closed=len(closed),
        )

    def _ready(self) -> _Ready:
        # The history hands out the same objects until it changes: they stand for its version.
        # No survey is of the last day of the calendar, so that no file is read for it.
        sellers = self._history.sellers()
        prices = self._history.observations(items=(), since=date.max)
        kept = self._kept
        if kept is None or kept.sellers is not sellers or kept.prices is not prices:
            self._kept = kept = _Ready(prices, sellers, Gazetteer(sellers.all()))
        return kept

    def _near(self, ready: _Ready, place: Place, radius_m: int) -> dict[str, int]:
        key = place.lat, place.lng, radius_m
        return self._remember(
            ready.near, key, lambda: reach(place, ready.sellers, ready.places, radius_m)
        )

    def _book(self, ready: _Ready, on: date) -> QuoteBook:
        find = ready.sellers.by_id
        return self._remember(
            ready.books, on, lambda: QuoteBook(on, find, self._prices, self._in_base, self._faults)
        )

    def _faults(self, newest: pl.DataFrame) -> dict[Goods, Fault]:
        goods = goods_table(newest, self._ready().sellers.all(), self._catalog)
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

    def _regional(self, item: str) -> RegionalSeries:
        return self._remember(self._ready().regional, item, lambda: self._read_regional(item))

    def _read_regional(self, item: str) -> RegionalSeries:
        rows = self._history.observations(
            items=[item], stages=[Stage.RETAIL], measures=[Measure.MEAN, Measure.NORMAL]
        )
        return RegionalSeries(
            series_of(rows, Measure.MEAN, self._in_base),
            series_of(rows, Measure.NORMAL, self._in_base),
        )

    def _remember(self, kept: dict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
        """The kept value, or a new one; two threads may make the same, which does no harm."""
        value = kept.get(key)
        if value is None:
            value = make()
            with self._lock:
                while len(kept) >= KEPT:
                    del kept[next(iter(kept))]
                kept[key] = value
        return value

    def _in_base(self, item: str, variety: str | None, pack: units.Pack) -> Pack:
        return in_base_unit(self._catalog, item, variety, pack)


def _offers(
    quotes: Sequence[Quote], near: Mapping[str, int], on: date, *, closed_too: bool = False
) -> list[Offer]:
    """The quotes within reach that are believed and open that day, by unit price."""
    offers = [
        quote.offer(near[quote.seller.id], on)
        for quote in quotes
        if quote.seller.id in near and not quote.fault and (closed_too or is_open(quote.seller, on))
    ]
    return sorted(offers, key=_by_unit_price)


def _marked(quote: Quote, near: Mapping[str, int], on: date) -> MarkedPrice:
    assert quote.fault is not None
    size, _ = PER.get(quote.pack.base_unit, (1.0, ""))
    return MarkedPrice(
        offer=quote.offer(near[quote.seller.id], on),
        expected_won=round(quote.fault.expected * size),
        why=quote.fault.why,
    )


def _by_unit_price(offer: Offer) -> tuple[str, int, int, str, str]:
    price = offer.unit_price
    return price.per, price.won.mid, offer.distance_m, offer.seller.id, offer.pack.label


def _values(means: Sequence[Series], on: date, regions: Collection[str]) -> tuple[RegionValue, ...]:
    """The current means of the first region that has any."""
    current = known_on(means, on, CURRENT_DAYS)
    for region in regions:
        if values := tuple(series.value(on) for series in in_regions(current, [region])):
            return values
    return ()


def _regions(every: RegionalSeries) -> list[str]:
    return sorted({series.region for series in (*every.normals, *every.means)})


def _described() -> Mapping[str, SourceDescription]:
    from altteul.sources.adapters import all_sources

    return all_sources()
