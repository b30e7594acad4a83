"""A Korean sentence → what is meant, by grammar; nothing is invented, what is absent stays null.

The order matters: days, money, people, ways and places are read first and taken off the sheet,
then the names of food with their amounts, and at last the intent from what the sentence says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from altteul.assistant.company import Company, people_of, read_company
from altteul.assistant.conditions import (
    read_breed,
    read_budget,
    read_mode,
    read_preferences,
    read_stops,
)
from altteul.assistant.days import Day, read_day
from altteul.assistant.intents.deciding import decide
from altteul.assistant.intents.reading import Reading, spans_of
from altteul.assistant.menus import Menu, read_menu
from altteul.assistant.morphemes import Sentence, analyse, spaced
from altteul.assistant.naming import Lexicon, load_lexicon
from altteul.assistant.purposes import Evidence, is_general
from altteul.assistant.questions import WHAT_TO_BUY, WHICH_DISH, question_about
from altteul.assistant.sheet import Sheet
from altteul.assistant.understood import Intent, SpokenNeed, Understood
from altteul.assistant.uses import use_said
from altteul.assistant.whereabouts import read_place
from altteul.assistant.wishes import Wish, Wishes, read_wishes
from altteul.assistant.wording import tidy
from altteul.catalog import Catalog
from altteul.planner.plan import Mode
from altteul.recipes.book import Book

_LIST_SIGNS = re.compile(r"[\s,./·:;()~!?¦+\-]*")
_RUN_TOGETHER = re.compile(r"[가-힣\d]{8,}")
_WITH_NEEDS = frozenset({Intent.PLAN, Intent.PRICE, Intent.WHEN, Intent.WHY, Intent.SUBSTITUTE})
_NO_DISHES = frozenset({Intent.SEASON, Intent.RECORD})


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that was read off the sheet before the intent is known."""

    day: Day | None
    budget: int | None
    company: list[Company]
    mode: Mode | None
    stops: int | None
    place: str | None
    prefer: tuple[str, ...]
    wishes: Wishes
    channels: int
    rest: int


def understand(text: str, on: date, catalog: Catalog, book: Book) -> Understood:
    """Read a sentence said on a day; a plain list does not load the Korean analyser."""
    lexicon = load_lexicon()
    plain = tidy(text)
    if (listed := _plain_list(plain, lexicon, catalog)) is not None:
        return listed
    said, reading = _said(plain, text, on, lexicon, catalog)
    return _understood(decide(reading), reading.evidence.text, said, catalog, book)


def reading_of(text: str, on: date, catalog: Catalog) -> Reading | None:
    """What the intent of a sentence is decided from; None for a plain list."""
    lexicon = load_lexicon()
    plain = tidy(text)
    if _plain_list(plain, lexicon, catalog) is not None:
        return None
    return _said(plain, text, on, lexicon, catalog)[1]


def _said(
    plain: str, text: str, on: date, lexicon: Lexicon, catalog: Catalog
) -> tuple[_Said, Reading]:
    """All that is read of a sentence before its intent is known."""
    if _RUN_TOGETHER.search(plain) or _RUN_TOGETHER.search(text):
        plain = tidy(spaced(plain))
    sentence = analyse(plain)
    sheet = Sheet(plain)
    said = _read(sheet, on, lexicon, catalog, sentence)
    evidence = _evidence(plain, sentence, said)
    return said, Reading(evidence, sentence, spans_of(sheet, said.wishes))


def _plain_list(plain: str, lexicon: Lexicon, catalog: Catalog) -> Understood | None:
    """Names and amounts and nothing else, each name with its amount."""
    sheet = Sheet(plain)
    prefer = read_preferences(sheet)
    wishes = read_wishes(sheet, lexicon, catalog, None)
    listed = wishes.named and not wishes.loose and _LIST_SIGNS.fullmatch(sheet.left)
    certain = all(w.portion and w.hit.name.item and not w.hit.name.dish for w in wishes.named)
    if not listed or not certain:
        return None
    needs = tuple(_need(wish) for wish in wishes.named)
    return Understood(intent=Intent.PLAN, needs=needs, prefer=prefer)


def _read(sheet: Sheet, on: date, lexicon: Lexicon, catalog: Catalog, sentence: Sentence) -> _Said:
    channels = len(
        set(
            re.findall(
                r"이마트|홈플러스|롯데마트|하나로마트|코스트코|마트|시장|온라인|인터넷|백화점|로컬푸드|쿠팡|컬리|편의점|농협|슈퍼",
                sheet.text,
            )
        )
    )
    day = read_day(sheet, on)
    stops = read_stops(sheet)
    company = read_company(sheet)
    budget = read_budget(sheet)
    mode = read_mode(sheet)
    place = read_place(sheet, lexicon.words, sentence)
    prefer = read_preferences(sheet)
    wishes = read_wishes(sheet, lexicon, catalog, sentence)
    return _Said(
        day, budget, company, mode, stops, place, prefer, wishes, channels, len(sheet.rest)
    )


def _evidence(plain: str, sentence: Sentence, said: _Said) -> Evidence:
    named = [wish for wish in said.wishes.named if not wish.replaced]
    only_dishes = [wish for wish in named if wish.hit.name.dish]
    return Evidence(
        text=plain,
        stems=sentence.stems,
        foods=sum(1 for w in said.wishes.named if w.hit.name.item or w.hit.name.family),
        amounts=sum(1 for w in named if w.portion),
        dishes=len(only_dishes),
        people=people_of(said.company) is not None,
        conditions=bool(
            said.budget
            or said.company
            or said.mode
            or said.stops
            or said.place
            or said.prefer
            or said.wishes.loose
        ),
        dated=said.day is not None,
        rest=said.rest,
        excluded=any(wish.excluded for wish in named),
        replaced=any(wish.replaced for wish in said.wishes.named),
        channels=said.channels,
    )


def _understood(
    intent: Intent, plain: str, said: _Said, catalog: Catalog, book: Book
) -> Understood:
    if intent in (Intent.OUT_OF_SCOPE, Intent.HELP):
        return Understood(intent=intent)
    menu = read_menu(intent, plain, said.wishes, said.company, book, catalog)
    keep = intent in _WITH_NEEDS and not (intent is Intent.PRICE and is_general(plain))
    families = [w.hit.name.family for w in menu.needs if w.hit.name.family] if keep else []
    needs = [w for w in menu.needs if keep or not w.hit.name.family]
    if intent is Intent.DISH and menu.dishes:
        needs = [w for w in needs if w.portion]
    several = menu.people_by_dish
    loose = said.wishes.loose[0] if said.wishes.loose and not needs else None
    return Understood(
        intent=intent,
        needs=_each_once(needs),
        dishes=() if intent in _NO_DISHES else menu.dishes,
        people=None if several else people_of(said.company),
        date=said.day.day if said.day else None,
        until=said.day is not None and said.day.until,
        place=said.place,
        budget=said.budget if intent in (Intent.PLAN, Intent.DISH) else None,
        mode=said.mode,
        max_stops=said.stops,
        exclude=menu.exclude,
        prefer=_preferred(intent, plain, said),
        ask=question_about(families, catalog) or _open_question(intent, plain, said, menu),
        loose_servings=_loose_servings(said, menu),
        loose_amount=loose.amount if loose else None,
        loose_unit=loose.unit if loose else None,
        adds=_adds(plain, said.wishes),
        more_people=_MORE_PEOPLE.search(plain) is not None,
        unknown=said.wishes.unknown if intent is Intent.PLAN else (),
        use=use_said(plain, needs[0]) if needs and intent is Intent.SUBSTITUTE else None,
    )


_MUST_BE_TOLD = re.compile(
    r"장\s*(?:보러|봐|볼|보려|보고|을\s*보)|뭐\s*사려고\s*했|살\s*(?:게|거)\s*(?:뭐|있었)|그대로\s*(?:또\s*)?(?:살|사|주)"
)
_SOME_DISH = re.compile(
    r"(?<![가-힣])(?:찌개|국|반찬|찜|볶음|조림|전|탕)(?:를|을|나|이나|거리)?\s*(?:좀\s*)?"
    r"(?:끓|할\s|하려|해\s*먹|만들|부칠|부치|볶을|조릴)"
)


def _open_question(intent: Intent, plain: str, said: _Said, menu: Menu) -> str | None:
    """What must be asked where nothing was named that could be bought or cooked."""
    if intent is not Intent.PLAN or menu.needs or menu.dishes or menu.exclude:
        return None
    if said.wishes.unknown:
        return None
    if _SOME_DISH.search(plain):
        return WHICH_DISH
    return WHAT_TO_BUY if _MUST_BE_TOLD.search(plain) else None


def _preferred(intent: Intent, plain: str, said: _Said) -> tuple[str, ...]:
    if intent is not Intent.PLAN and said.channels > 1:
        return ()
    breed = read_breed(plain) if intent is not Intent.SUBSTITUTE else None
    if breed is None:
        return said.prefer
    return (*(word for word in said.prefer if word != "국산" or "국산" in plain), breed)


_MORE_PEOPLE = re.compile(
    r"(?:명|분|사람|하나|둘|셋|넷)(?:이|은|도|만)?\s*더\s*(?:온|와|오|올|추가|늘|먹|있|생)|"
    r"(?:명|분|사람)(?:이|은)?\s*(?:추가|늘었|늘어났|더요?$)"
)


def _adds(plain: str, wishes: Wishes) -> bool:
    """Whether a thing is said to come on top: "잡채도", "추가해 줘"."""
    besides = any(plain[wish.hit.end :].startswith("도") for wish in wishes.named)
    return besides or re.search(r"추가|더\s*(?:해|사|넣|담)", plain) is not None


def _each_once(wishes: list[Wish]) -> tuple[SpokenNeed, ...]:
    """The needs in order; a name said again without an amount is one need."""
    needs: list[SpokenNeed] = []
    for need in map(_need, wishes):
        if need.amount is None and any(other.item == need.item for other in needs):
            continue
        needs = [n for n in needs if n.item != need.item or n.amount is not None]
        needs.append(need)
    return tuple(needs)


def _loose_servings(said: _Said, menu: Menu) -> float | None:
    """'4인분으로' without a dish: of the dish that was named before."""
    servings = [one.number for one in said.company if not one.eaters]
    return float(servings[0]) if servings and not menu.dishes else None


def _need(wish: Wish) -> SpokenNeed:
    name, portion = wish.hit.name, wish.portion
    item = name.item.item.name if name.item else name.family or ""
    variety = name.item.variety.name if name.item and name.item.variety else None
    guessed = None if wish.hit.exact else wish.hit.word
    if portion is None:
        return SpokenNeed(item=item, variety=variety, guessed=guessed)
    if item == "깐마늘" and portion.unit == "접":
        item = "통마늘"
    return SpokenNeed(
        item=item,
        amount=portion.amount,
        unit=portion.unit,
        variety=variety,
        low=portion.span.low,
        high=portion.span.high,
        guessed=guessed,
    )
