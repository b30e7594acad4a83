"""The rooms behind the page: what is asked there, answered from the newest data."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from threading import Lock

from altteul.assistant.answering import answer
from altteul.assistant.answering.telling import noticed
from altteul.assistant.asking import ReadyRequest, Typed, check, make_ready, read_typed
from altteul.assistant.dialogue.talking import read_talk
from altteul.assistant.language_model import Endpoint
from altteul.assistant.understanding import understand
from altteul.assistant.understood import Intent, SpokenNeed, Understood
from altteul.calendar_date import today
from altteul.catalog import Catalog, load_catalog
from altteul.forecast.outlook import Outlook
from altteul.forecast.record import RecordReport, record_summary
from altteul.history import ImportRecord
from altteul.market import Market
from altteul.market.freshness import Freshness
from altteul.market.offer import Place
from altteul.market.report import PriceReport
from altteul.planner import make_plan
from altteul.planner.limit_prices import with_limits
from altteul.planner.plan import Plan
from altteul.planner.substitution import advise
from altteul.recipes.book import load_book
from altteul.recipes.substitutes import load_swaps
from altteul.settings import Settings
from altteul.web.answer_day import default_day
from altteul.web.asked import Asked
from altteul.web.dish_costs import DishCost, dish_costs, matching
from altteul.web.goods import Prices, ranges
from altteul.web.item_facts import ItemFacts, item_facts
from altteul.web.open_folder import OpenFolder
from altteul.web.opening import Opened, surveyed_items
from altteul.web.today import Board, Today, board, instead_of
from altteul.web.understood_words import said_again, without
from altteul.web.wishes import wished

BREATH_S = 0.002
FIRST_SENTENCE = "내일 비빔밥 사 인분 재료를 어디서 사지?"
FIRST_LIST = "배추 1포기, 무 1개"
NEARBY_M = 5_000
"""How far the item page looks, straight line; as `altteul price` does."""
ABOUT = frozenset({"when", "why", "substitute", "season"})
"""What may be asked of an item besides its price."""


class Answers:
    """Plans, price reports and facts about the data; safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.model = Endpoint.of(settings)
        self._folder = OpenFolder(settings, self.catalog)
        # The market keeps what it has read and is not made for several threads.
        self._one_at_a_time = Lock()

    @property
    def catalog(self) -> Catalog:
        """The vocabulary (read once per process)."""
        return load_catalog()

    def opened(self) -> Opened:
        """The data folder as it is now; it is looked at again after a couple of seconds."""
        return self._folder.now()

    def warm_up(self) -> None:
        """Read the prices of the default day and plan once, so that the first person need not wait
        for what is loaded at first use."""
        opened = self.opened()
        if opened.places and opened.newest:
            asked = Asked(need=FIRST_LIST, near=opened.places[0])
            with self._one_at_a_time:
                place = opened.market.place(asked.near)
                opened.market.offers(place, self.default_day()[0], radius_m=NEARBY_M)
            self.plan(asked)

    def warm_up_the_rest(self) -> None:
        """Load what sentences and the screen of today need, while people ask already."""
        opened = self.opened()
        if opened.places and opened.newest:
            # The Korean analyser takes a second or two to load.
            understand(FIRST_SENTENCE, today(), self.catalog, load_book())
            self.board(Asked(near=opened.places[0]))

    def default_day(self) -> tuple[date, str]:
        """Today, or the newest surveyed day where that lies well back, with a sentence on it."""
        return default_day(self.opened().newest)

    def day(self, asked: Asked) -> date:
        """The day that was asked for, else the default day."""
        return asked.day(today()) or self.default_day()[0]

    def ready(self, asked: Asked) -> ReadyRequest:
        """What was typed, as a request for the planner.

        Raises InputError or PlaceError when the question cannot be read (ElsewhereError,
        WhichError, NoPlaceError and NothingReadError where a word more would do), NoDataError when
        nothing was imported yet.
        """
        text, book = "\n".join((asked.checked_list(), *asked.sentences)), load_book()
        typed = self._typed(asked)
        if typed.said is None:
            asked.checked_place()
        else:
            typed = typed.meaning(without(typed.said, asked, self.catalog))
        check(typed, text, asked.near, self.catalog)
        trip, on, market = asked.trip(), self.day(asked), self._folder.market()
        with self._one_at_a_time:
            ready = make_ready(typed, asked.near, on, trip, market, self.catalog, book)
        ready = replace(ready, request=wished(ready.request, asked, load_swaps()))
        return ready.checked()

    def _typed(self, asked: Asked) -> Typed:
        on, book = asked.day(today()) or today(), load_book()
        if not asked.sentences:
            return read_typed(asked.need, on, self.catalog, book, self.model)
        return read_talk((asked.need, *asked.sentences), on, self.catalog, book, self.model)

    def after(self, asked: Asked, sentence: str) -> Asked:
        """The question that a sentence makes of the one before; InputError when it is too long."""
        on = asked.day(today()) or today()
        said = understand(sentence, on, self.catalog, load_book())
        return asked.saying(sentence, said_again(said))

    def plan(
        self, asked: Asked, ready: ReadyRequest | None = None, *, explained: bool = True
    ) -> Plan:
        """The plan for a question, or for what `ready` made of it; raises what `ready` raises.

        `explained` also looks for what comes close and what would change the answer.
        """
        ready = ready or self.ready(asked)
        request = ready.request
        # Only who can wait needs to know how prices are expected to change.
        home, region = self._settings.home, request.place.region
        outlook = Outlook.open(home, region, request.on) if request.latest else None
        with self._one_at_a_time:
            made = make_plan(
                request, self._folder.market(), self.catalog, outlook=outlook, explained=explained
            )
            made = with_limits(made, self._folder.market(), self.catalog)
        return noticed(made, ready)

    def price(self, item: str, asked: Asked) -> PriceReport:
        """The prices of an item within reach; UnknownItemError when there is no such item."""
        found = self.catalog.find(item)
        near, on = asked.checked_place(), self.day(asked)
        market = self._folder.market()
        with self._one_at_a_time:
            return market.price_report(found.item.name, market.place(near), on, NEARBY_M)

    def facts(self, report: PriceReport) -> ItemFacts:
        """What is told of an item beside its report; nothing long is computed."""
        market, history = self._folder.market(), self.opened().history
        name = " ".join(filter(None, (report.item, report.variety)))
        with self._one_at_a_time:
            dispersion = market.dispersion(name, report.place, report.on)
        return item_facts(report, dispersion, history, self._settings.home, self.catalog)

    def record(self) -> RecordReport:
        """How past advice did, from the state database."""
        return record_summary(self._settings.state_database)

    def told(self, report: PriceReport, asked: Asked) -> str:
        """What was asked of an item besides its price (when, why, instead, season), in words."""
        need = SpokenNeed(item=report.item, variety=report.variety)
        known = load_swaps().uses_of(report.item)
        use = asked.use if asked.use in known else None
        said = Understood(intent=Intent(asked.about), needs=(need,), use=use)
        with self._one_at_a_time:
            return answer(
                said,
                market=self._folder.market(),
                catalog=self.catalog,
                place=report.place,
                on=report.on,
            ).long

    def board(self, asked: Asked) -> Board:
        """What is cheap, dear and in season around a place; the lock is given back between two
        items, so that a plan need not wait for all of them."""
        near, on = asked.checked_place(), self.day(asked)
        market = self._folder.market()
        with self._one_at_a_time:
            place = market.place(near)
            items = surveyed_items(self.opened().history, on)
        reports = [self._report(market, item, place, on) for item in items]
        found = board(place, on, reports, self.catalog)
        return replace(found, dear=tuple(self._with_instead(one, found) for one in found.dear))

    def dish_costs(self, asked: Asked) -> tuple[Place, date, list[DishCost]]:
        """The dishes of the book that match, with what their ingredients cost around a place."""
        near, people, on = asked.checked_place(), asked.headcount(), self.day(asked)
        market = self._folder.market()
        chosen = matching(load_book().dishes.values(), asked.find)
        with self._one_at_a_time:
            place = market.place(near)
            offers = market.offers(place, on, radius_m=NEARBY_M)
        return place, on, dish_costs(chosen, people, offers, self.catalog)

    def ranges(self, asked: Asked) -> Prices:
        """What every good costs around a place, for lists on devices."""
        near, on = asked.checked_place(), self.day(asked)
        market = self._folder.market()
        with self._one_at_a_time:
            place = market.place(near)
            return ranges(place, on, market.offers(place, on, radius_m=NEARBY_M))

    def _report(self, market: Market, item: str, place: Place, on: date) -> PriceReport:
        with self._one_at_a_time:
            report = market.price_report(item, place, on, NEARBY_M)
        time.sleep(BREATH_S)  # the lock is not fair: without it the next item would take it again
        return report

    def _with_instead(self, one: Today, found: Board) -> Today:
        market, swaps = self._folder.market(), load_swaps()
        with self._one_at_a_time:
            advice = advise(one.item, None, found.place, found.on, market, self.catalog, swaps)
        return replace(one, instead=instead_of(advice))

    def is_fresh(self) -> bool:
        """Whether `opened` answers at once, without looking at the data folder."""
        return self._folder.is_fresh()

    def imports(self) -> list[ImportRecord]:
        """Every import of the ledger."""
        return self.opened().history.imports()

    def freshness(self) -> tuple[Freshness, ...]:
        """How new each source's prices are today; none where nothing was imported."""
        opened = self.opened()
        if opened.newest is None:
            return ()
        with self._one_at_a_time:
            return opened.market.freshness(today())
