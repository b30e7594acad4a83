"""All that is read of a sentence before its intent is known, in the order that matters: days,
money, people, ways and places are taken off the sheet first, then the names of food."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from altteul.assistant.circumstances.company import Company, people_of, read_company
from altteul.assistant.circumstances.conditions import (
    read_budget,
    read_mode,
    read_stops,
    read_wishes,
)
from altteul.assistant.circumstances.days import Day, read_day
from altteul.assistant.circumstances.whereabouts import read_place
from altteul.assistant.intents.purposes import Evidence
from altteul.assistant.intents.reading import Reading, spans_of
from altteul.assistant.mentions.gathering import Mentions, read_mentions
from altteul.assistant.names.morphemes import Sentence, analyse, spaced
from altteul.assistant.names.naming import Lexicon
from altteul.assistant.names.strange_dishes import strange_dishes
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.wording import tidy
from altteul.catalog import Catalog
from altteul.planner.plan import Mode

_RUN_TOGETHER = re.compile(r"[가-힣\d]{8,}")


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that was read off the sheet before the intent is known."""

    day: Day | None
    budget: int | None
    company: list[Company]
    mode: Mode | None
    stops: int | None
    place: str | None
    prefer: tuple[str, ...]
    avoid: tuple[str, ...]
    mentions: Mentions
    channels: int
    rest: int
    strange: tuple[str, ...]
    """Dishes that are in no book."""


def read_first(
    plain: str, text: str, on: date, lexicon: Lexicon, catalog: Catalog
) -> tuple[Said, Reading]:
    """All that is read of a sentence before its intent is known."""
    if _RUN_TOGETHER.search(plain) or _RUN_TOGETHER.search(text):
        plain = tidy(spaced(plain))
    sentence = analyse(plain)
    sheet = Sheet(plain)
    said = _read(sheet, on, lexicon, catalog, sentence)
    evidence = _evidence(plain, sentence, said)
    return said, Reading(evidence, sentence, spans_of(sheet, said.mentions))


def _read(sheet: Sheet, on: date, lexicon: Lexicon, catalog: Catalog, sentence: Sentence) -> Said:
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
    wishes = read_wishes(sheet)
    mentions = read_mentions(sheet, lexicon, catalog, sentence)
    return Said(
        day,
        budget,
        company,
        mode,
        stops,
        place,
        wishes.wanted,
        wishes.avoided,
        mentions,
        channels,
        len(sheet.rest),
        strange_dishes(sheet, sentence),
    )


def _evidence(plain: str, sentence: Sentence, said: Said) -> Evidence:
    named = [mention for mention in said.mentions.named if not mention.replaced]
    only_dishes = [mention for mention in named if mention.hit.name.dish]
    return Evidence(
        text=plain,
        stems=sentence.stems,
        foods=sum(1 for m in said.mentions.named if m.hit.name.item or m.hit.name.family),
        amounts=sum(1 for m in named if m.portion),
        dishes=len(only_dishes),
        people=people_of(said.company) is not None,
        conditions=bool(
            said.budget
            or said.company
            or said.mode
            or said.stops
            or said.place
            or said.prefer
            or said.mentions.loose
        ),
        dated=said.day is not None,
        rest=said.rest,
        excluded=any(mention.excluded for mention in named),
        replaced=any(mention.replaced for mention in said.mentions.named),
        channels=said.channels,
    )
