"""Words that are only near a name ("시금취 한단", "떡뽁이"), and goods that nobody knows."""

from __future__ import annotations

import re

from altteul.assistant.morphemes import Sentence
from altteul.assistant.naming import Hit, Lexicon, Name
from altteul.assistant.portions import Portion
from altteul.assistant.sheet import Sheet
from altteul.assistant.small_words import SMALL
from altteul.catalog import Catalog
from altteul.errors import UnknownItemError

LIKELY = 0.6
"""A near name of the catalog with a lower score is left unread."""


def misspelled(
    portions: list[Portion],
    sheet: Sheet,
    catalog: Catalog,
    lexicon: Lexicon,
    sentence: Sentence | None,
) -> list[Hit]:
    """Words before an amount that are nearly a name: '삼겹쌀 한 근', '시금취 한단'."""
    found: list[Hit] = []
    for portion in portions:
        before = re.search(r"([가-힣]{2,7})\s*$", sheet.left[: portion.start])
        if not before or (portion.unit is None and len(before[1]) < 3):
            continue
        word = (
            re.sub(r"(?:을|를|은|는|도|만|하고|이랑|랑)$", "", before[1])
            if len(before[1]) > 2
            else before[1]
        )
        if len(word) < 2 or SMALL.fullmatch(before[1]):
            continue
        start = before.start(1)
        if sentence and (
            sentence.grammar_at(start) or sentence.common_word(start, start + len(word))
        ):
            continue
        if meant := _nearly(word, catalog, lexicon if sentence else None):
            found.append(Hit(start, start + len(word), word, meant, exact=False))
            sheet.take(start, start + len(word))
    return found + _slips(sheet, lexicon, sentence) + _dish_slips(sheet, lexicon, sentence)


def of_unknown(
    portions: list[Portion], hits: list[Hit], sheet: Sheet, sentence: Sentence
) -> dict[str, Portion]:
    """Nouns right before an amount that name nothing of the catalog: '휴지 두 통'."""
    found: dict[str, Portion] = {}
    for portion in portions:
        before = re.search(r"(?:^|[\s,])([가-힣]{2,8})\s*$", sheet.left[: portion.start])
        if not before or portion.unit in (None, "원") or SMALL.fullmatch(before[1]):
            continue
        start, end = before.span(1)
        named = any(hit.start < end and start < hit.end for hit in hits)
        if sentence.noun_until(start, end) and not named:
            found[f"{before[1]} {sheet.text[portion.start : portion.end].strip()}"] = portion
    return found


_DISH_SLIP = re.compile(
    r"(?<![가-힣])([가-힣]{3,7}?)(?:이|가|은|는|을|를|도|랑|이랑|하고|좀|나)?"
    r"(?=\s*(?:$|[?,.¦]|\d|해|하|끓|만들|볶|굽|구워|먹|재료|인분|사\s?인분|할|싸|얼마|한|두|세|네))"
)


def _dish_slips(sheet: Sheet, lexicon: Lexicon, sentence: Sentence | None) -> list[Hit]:
    """Words that nobody knows and that are two letters off a dish: '떡뽁이 3인분'."""
    found: list[Hit] = []
    if sentence is None:
        return found
    for slip in _DISH_SLIP.finditer(sheet.left):
        start, end = slip.span(1)
        if sentence.common_word(start, end) or sentence.verb_at(start):
            continue
        if meant := lexicon.near_dish(slip[1]):
            found.append(Hit(start, end, slip[1], meant, exact=False))
            sheet.take(start, end)
    return found


_SLIP = re.compile(
    r"(?<![가-힣])([가-힣]{3,5}?)(?:이|가|은|는|을|를|도|랑|이랑|하고|좀)?"
    r"(?=\s*(?:$|[,?¦]|값|가격|시세|얼마|얼만|사|살|비싸|비싼|싸|싼|언제|왜|와\s|우째|대신|말고|빼|좀|어디|"
    r"제철|요즘|지금|올랐|내렸|없))"
)


def _slips(sheet: Sheet, lexicon: Lexicon, sentence: Sentence | None) -> list[Hit]:
    """Words of three syllables and more that are one letter off usual goods: '시금지 얼마야'."""
    found: list[Hit] = []
    if sentence is None:
        return found
    for slip in _SLIP.finditer(sheet.left):
        known = sentence.verb_at(slip.start()) or sentence.common_word(slip.start(), slip.end(1))
        meant = None if known else lexicon.near_usual(slip[1])
        if meant:
            found.append(Hit(slip.start(), slip.end(1), slip[1], meant, exact=False))
            sheet.take(slip.start(), slip.end(1))
    return found


def _nearly(word: str, catalog: Catalog, lexicon: Lexicon | None) -> Name | None:
    """The item that a misspelled word must mean."""
    try:
        found = catalog.find(word)
    except UnknownItemError:
        return lexicon.near(word) if lexicon else None
    if found.how == "fuzzy" and (lexicon is None or found.item.category == "none"):
        # A list is asked about rather than guessed, and so are goods that are seldom bought.
        return None
    return Name(item=found) if found.score >= LIKELY else None
