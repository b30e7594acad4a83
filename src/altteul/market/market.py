"""The market: who sells what, for how much, around a place on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from altteul.market.around import Around, offers_near
from altteul.market.dispersion import Dispersion, dispersion_of
from altteul.market.estimate.offers import (
    estimated_offers,
)
from altteul.market.freshness import Freshness, sources_of, standing_still
from altteul.market.judgement import RegionalSeries, judge, normal_price, recent_level
from altteul.market.known import Known, described
from altteul.market.nearby import Nearby, nearby
from altteul.market.normal import NormalRule
from altteul.market.notices import notices_of
from altteul.market.offer import NormalPrice, Offer, Place
from altteul.market.place_names import WHOLE_COUNTRY, survey_regions
from altteul.market.quotes import Quote
from altteul.market.reach import DEFAULT_RADIUS_M, is_open
from altteul.market.regional import (
    current_values,
    of_variety,
)
from altteul.market.report import PriceReport
from altteul.market.spread import spread_by_channel, spread_of

if TYPE_CHECKING:
    from altteul.catalog import Catalog
    from altteul.history import History


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
        self._kept: Known | None = None

    def place(self, text: str) -> Place:
        """The place that a person names: 시군구, 동, a seller's name, or "37.62,127.07".

        Raises PlaceError with the nearest names or the choices; NoDataError without sellers.
        """
        return self._known().places.find(text)

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
        known = self._known()
        near = known.near(place, radius_m)
        found: list[Offer] = []
        for quotes in known.book(on).of(items):
            if quotes:
                key = (place.lat, place.lng, radius_m, on, quotes[0].item), closed_too
                make = partial(offers_near, quotes, near, on, closed_too=closed_too)
                offers: list[Offer] = known.remember(known.offers, key, make)
                found += offers
        return found

    def delivered_offers(self, on: date, *, items: Collection[str] | None = None) -> list[Offer]:
        """What sellers who deliver last asked, wherever one is (terms: `Offer.seller.delivery`)."""
        delivering = [s.id for s in self._known().sellers.all() if s.delivery]
        return self.offers_of(delivering, on, items=items)

    def offers_of(
        self, sellers: Collection[str], on: date, *, items: Collection[str] | None = None
    ) -> list[Offer]:
        """What these sellers (by id or by name) last asked, wherever one is.

        Their `distance_m` is 0: there is no way to go. Order, age and what is left out as in
        `offers`.
        """
        known, wanted = self._known(), set(sellers)
        chosen = {s.id: 0 for s in known.sellers.all() if {s.id, s.name} & wanted}
        books = known.book(on).of(items)
        return [offer for quotes in books for offer in offers_near(quotes, chosen, on)]

    def estimated_offers(
        self, place: Place, on: date, *, items: Collection[str], radius_m: int
    ) -> list[Offer]:
        """Estimates (추정) for sellers within `radius_m` that were not surveyed for an item.

        Basis ESTIMATED; the middle of a price is what is expected, low and high its 80 % interval.
        They are never among `offers`; a plan uses them only where its request allows it. A seller
        counts where its channel and its register say that it sells such goods. Empty where too few
        sellers were surveyed to be honest.
        """
        known = self._known()
        near = known.near(place, radius_m)
        names = list(dict.fromkeys(items))
        found: list[Offer] = []
        for item, quotes in zip(names, known.book(on).of(names), strict=True):
            key = place.lat, place.lng, radius_m, on, item
            make = partial(self._estimated, known, item, quotes, near, on)
            offers: list[Offer] = known.remember(known.estimated, key, make)
            found += offers
        return found

    def _estimated(
        self, known: Known, item: str, quotes: Sequence[Quote], near: Mapping[str, int], on: date
    ) -> list[Offer]:
        surveyed = {quote.seller.id for quote in quotes if not quote.fault}
        others = (known.sellers.by_id(name) for name in near if name not in surveyed)
        sellers = [seller for seller in others if seller and is_open(seller, on)]
        return estimated_offers(known.estimates(on), self._catalog, item, sellers, near)

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
        every = self._known().regional(self._catalog.item(item).name)
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
        offers, every, regions = around.offers, self._known().regional(name), survey_regions(place)
        values = current_values(of_variety(every.means, variety), on, regions)
        spread = spread_of(offers)
        judged = judge(every, on, regions, spread, variety, self._rule)
        sources = sources_of((*offers, *values), described(), self.freshness(on))
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
        known = self._known()
        near = known.near(place, radius_m)
        found = ((known.sellers.by_id(name), metres) for name, metres in near.items())
        sellers = [(seller, metres) for seller, metres in found if seller]
        return nearby(place, on, radius_m, sellers, self.offers(place, on, radius_m=radius_m))

    def freshness(self, on: date) -> tuple[Freshness, ...]:
        """Every source that brought prices: its newest survey date up to `on`, freshest first."""
        return self._known().freshness(on)

    def standing_still(self, on: date, sources: Collection[str]) -> tuple[str, ...]:
        """A sentence for each of the sources that brought nothing new for longer than it should."""
        return standing_still(self.freshness(on), sources) if sources else ()

    def _around(
        self, item: str, variety: str | None, place: Place, on: date, radius_m: int
    ) -> Around:
        known = self._known()
        near = known.near(place, radius_m)
        quotes = [
            quote
            for quote in known.book(on).of([item])[0]
            if quote.seller.id in near and (variety is None or quote.variety in (variety, None))
        ]
        return Around.of(quotes, near, on)

    def _known(self) -> Known:
        # The history hands out the same objects until it changes: they stand for its version.
        # No survey is of the last day of the calendar, so that no file is read for it.
        sellers = self._history.sellers()
        prices = self._history.observations(items=(), since=date.max)
        kept = self._kept
        if kept is None or kept.sellers is not sellers or kept.prices is not prices:
            self._kept = kept = Known(self._history, self._catalog, prices, sellers)
        return kept


def _regions(every: RegionalSeries) -> list[str]:
    return sorted({series.region for series in (*every.normals, *every.means)})
