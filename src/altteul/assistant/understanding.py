"""A Korean sentence → what is meant, by grammar; nothing is invented, what is absent stays null.

`first_reading` takes what is said off the sheet, `intents` decides what is wanted, and `menus`
sorts the names for it.
"""

from __future__ import annotations

import re
from datetime import date

from altteul.assistant.circumstances.company import people_of
from altteul.assistant.circumstances.conditions import (
    read_breed,
    read_wishes,
)
from altteul.assistant.first_reading import Said, read_first
from altteul.assistant.intents.deciding import decide
from altteul.assistant.intents.purposes import is_general
from altteul.assistant.intents.reading import Reading
from altteul.assistant.mentions.gathering import Mention, Mentions, read_mentions
from altteul.assistant.menus.menu import Menu, read_menu
from altteul.assistant.menus.uses import use_said
from altteul.assistant.names.naming import Lexicon, load_lexicon
from altteul.assistant.questions import WHAT_TO_BUY, WHICH_DISH, question_about
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.wording import tidy
from altteul.assistant.understood import Intent, SpokenNeed, Understood
from altteul.catalog import Catalog
from altteul.recipes.book import Book

_LIST_SIGNS = re.compile(r"[\s,./·:;()~!?¦+\-]*")
_WITH_NEEDS = frozenset({Intent.PLAN, Intent.PRICE, Intent.WHEN, Intent.WHY, Intent.SUBSTITUTE})
_NO_DISHES = frozenset({Intent.SEASON, Intent.RECORD})


def understand(text: str, on: date, catalog: Catalog, book: Book) -> Understood:
    """Read a sentence said on a day; a plain list does not load the Korean analyser."""
    lexicon = load_lexicon()
    plain = tidy(text)
    if (listed := _plain_list(plain, lexicon, catalog)) is not None:
        return listed
    said, reading = read_first(plain, text, on, lexicon, catalog)
    return _understood(decide(reading), reading.evidence.text, said, catalog, book)


def reading_of(text: str, on: date, catalog: Catalog) -> Reading | None:
    """What the intent of a sentence is decided from; None for a plain list."""
    lexicon = load_lexicon()
    plain = tidy(text)
    if _plain_list(plain, lexicon, catalog) is not None:
        return None
    return read_first(plain, text, on, lexicon, catalog)[1]


def _plain_list(plain: str, lexicon: Lexicon, catalog: Catalog) -> Understood | None:
    """Names and amounts and nothing else, each name with its amount."""
    sheet = Sheet(plain)
    breed = read_breed(plain)
    wishes = read_wishes(sheet)
    prefer = (*wishes.wanted, *((breed,) if breed else ()))
    mentions = read_mentions(sheet, lexicon, catalog, None)
    listed = mentions.named and not mentions.loose and _LIST_SIGNS.fullmatch(sheet.left)
    certain = all(m.portion and m.hit.name.item and not m.hit.name.dish for m in mentions.named)
    if not listed or not certain:
        return None
    needs = tuple(_need(mention) for mention in mentions.named)
    return Understood(intent=Intent.PLAN, needs=needs, prefer=prefer, avoid=wishes.avoided)


def _understood(intent: Intent, plain: str, said: Said, catalog: Catalog, book: Book) -> Understood:
    if intent in (Intent.OUT_OF_SCOPE, Intent.HELP):
        return Understood(intent=intent)
    menu = read_menu(intent, plain, said.mentions, said.company, book, catalog)
    keep = intent in _WITH_NEEDS and not (intent is Intent.PRICE and is_general(plain))
    families = [m.hit.name.family for m in menu.needs if m.hit.name.family] if keep else []
    needs = [m for m in menu.needs if keep or not m.hit.name.family]
    if intent is Intent.DISH and menu.dishes:
        needs = [m for m in needs if m.portion]
    several = menu.people_by_dish
    loose = said.mentions.loose[0] if said.mentions.loose and not needs else None
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
        several_days=said.day is not None and said.day.later,
        avoid=said.avoid,
        strange_dishes=_strange(intent, said, menu),
        ask=question_about(families, catalog) or _open_question(intent, plain, said, menu),
        loose_servings=_loose_servings(said, menu),
        loose_amount=loose.amount if loose else None,
        loose_unit=loose.unit if loose else None,
        adds=_adds(plain, said.mentions),
        more_people=_MORE_PEOPLE.search(plain) is not None,
        unknown=said.mentions.unknown if intent is Intent.PLAN else (),
        use=use_said(plain, needs[0]) if needs and intent is Intent.SUBSTITUTE else None,
    )


_MUST_BE_TOLD = re.compile(
    r"장\s*(?:좀\s*)?(?:보러|봐|볼|보려|보고|을\s*보)|뭐\s*사려고\s*했|살\s*(?:게|거)\s*(?:뭐|있었)|그대로\s*(?:또\s*)?(?:살|사|주)"
)
_SOME_DISH = re.compile(
    r"(?<![가-힣])(?:찌개|국|반찬|찜|볶음|조림|전|탕)(?:를|을|나|이나|거리)?\s*(?:좀\s*)?"
    r"(?:끓|할\s|하려|해\s*먹|만들|부칠|부치|볶을|조릴)"
)


def _open_question(intent: Intent, plain: str, said: Said, menu: Menu) -> str | None:
    """What must be asked where nothing was named that could be bought or cooked."""
    if intent is not Intent.PLAN or menu.needs or menu.dishes or menu.exclude:
        return None
    if said.mentions.unknown or said.strange:
        return None
    if _SOME_DISH.search(plain):
        return WHICH_DISH
    return WHAT_TO_BUY if _MUST_BE_TOLD.search(plain) else None


def _strange(intent: Intent, said: Said, menu: Menu) -> tuple[str, ...]:
    """Dishes of no book, where no dish of it was named."""
    asked = intent in (Intent.PLAN, Intent.DISH) and not menu.dishes
    return said.strange if asked else ()


_WHICH_SHOP = re.compile(
    r"중(?:에|에서)?\s*(?:어디|어느|뭐)|(?:싸|쌀|나을|좋을|나아|싼)[가-힣]{0,3}[,?\s]+\S*(?:마트|시장|온라인|인터넷|쿠팡)\S*\s*(?:이|가)?\s*(?:더\s*)?(?:싸|쌀|나|좋)|어느\s*쪽"
)
"""Shops that are compared are no wish for one: '시장이 싸 마트가 싸'."""


def _preferred(intent: Intent, plain: str, said: Said) -> tuple[str, ...]:
    if said.channels > 1 and (intent is not Intent.PLAN or _WHICH_SHOP.search(plain)):
        return ()
    breed = read_breed(plain) if intent is not Intent.SUBSTITUTE else None
    if breed is None:
        return said.prefer
    return (*(word for word in said.prefer if word != "국산" or "국산" in plain), breed)


_MORE_PEOPLE = re.compile(
    r"(?:명|분|사람|하나|둘|셋|넷)(?:이|은|도|만)?\s*더\s*(?:온|와|오|올|추가|늘|먹|있|생)|"
    r"(?:명|분|사람)(?:이|은)?\s*(?:추가|늘었|늘어났|더요?$)"
)


def _adds(plain: str, mentions: Mentions) -> bool:
    """Whether a thing is said to come on top: "잡채도", "추가해 줘"."""
    besides = any(plain[mention.hit.end :].startswith("도") for mention in mentions.named)
    return besides or re.search(r"추가|더\s*(?:해|사|넣|담)", plain) is not None


def _each_once(mentions: list[Mention]) -> tuple[SpokenNeed, ...]:
    """The needs in order; a name said again without an amount, or with the same
    one ("배추 다섯 포기, 그래 배추 다섯 포기"), is one need."""
    needs: list[SpokenNeed] = []
    for need in map(_need, mentions):
        same = [other for other in needs if other.item == need.item]
        if (same and need.amount is None) or need in same:
            continue
        needs = [n for n in needs if n.item != need.item or n.amount is not None]
        needs.append(need)
    return tuple(needs)


def _loose_servings(said: Said, menu: Menu) -> float | None:
    """'4인분으로' without a dish: of the dish that was named before."""
    servings = [one.number for one in said.company if not one.eaters]
    return float(servings[0]) if servings and not menu.dishes else None


def _need(mention: Mention) -> SpokenNeed:
    name, portion = mention.hit.name, mention.portion
    item = name.item.item.name if name.item else name.family or ""
    variety = name.item.variety.name if name.item and name.item.variety else None
    guessed = None if mention.hit.exact else mention.hit.word
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
