"""Names of food that were misspelt or misheard: '깐마눌 3키로', '씨래기국 어떻게 끓여'.

A word that nobody took is compared by sound with every name. How far it may be off depends on its
length and on what stands around it: an amount behind it, a particle, a word of buying or cooking.
A word that the analyser knows (무슨, 파는, 감사) is left alone, except right before a counter that
the item is sold by ('전북 한 마리').
"""

from __future__ import annotations

import re

from altteul.assistant.amounts.portions import METRIC, Portion
from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.names.naming import Hit, Lexicon, Name
from altteul.assistant.names.near_names import nearest
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.small_words import SMALL
from altteul.assistant.speech.word_lists import words
from altteul.catalog import Catalog
from altteul.errors import UnknownItemError

_WORD = re.compile(r"(?<![가-힣])[가-힣]{2,10}")
_BETWEEN = re.compile(
    r"(?:이랑|랑|을|를|은|는|이|가|도|만|하고|좀|한|딱|약|큰|작은|좋은|굵은|실한|놈|거|걸로|것|로|으로|[\s,])*"
)
_ABOUT_FOOD = re.compile(
    r"\s*(?:$|[?,.¦]|값|갑|가격|시세|얼마|얼만|사|살|비싸|비싼|싸|싼|언제|몇\s*월|제철|왜|대신|말고|빼|좀|어디|어떻게|"
    r"끓|볶|굽|구워|무치|무쳐|부치|부쳐|담|만들|해|하|먹|재료|인분|\d|넣|들어|요즘|지금|올랐|내렸|없)"
)
_BASE = {2: 0.46, 3: 0.75, 4: 1.05}
_LONG = 1.3
_WITH_AMOUNT = {2: 0.25}
_KNOWN_WORD = {2: 0.36, 3: 0.5}
_KNOWN_BY_WEIGHT = 0.15
_KNOWN_BY_COUNT = 0.3
LIKELY = 0.6
"""A near name of the catalog with a lower score is left unread."""
_NO_SLIPS = frozenset(words("no_slips"))


def misspelled(
    portions: list[Portion],
    sheet: Sheet,
    catalog: Catalog,
    lexicon: Lexicon,
    sentence: Sentence | None,
) -> list[Hit]:
    """Every misspelt name that is left on the sheet, taken off it. In a list (`sentence` None)
    only other spellings that the catalog knows: what is merely near is asked about there."""
    if sentence is None:
        return _other_spellings(portions, sheet, catalog)
    found: list[Hit] = []
    for word in _WORD.finditer(sheet.left):
        hit = _slip(word, sheet, portions, lexicon, sentence)
        if hit:
            found.append(hit)
            sheet.take(hit.start, hit.end)
    return found


def _slip(
    word: re.Match[str], sheet: Sheet, portions: list[Portion], lexicon: Lexicon, sentence: Sentence
) -> Hit | None:
    start = word.start()
    if lexicon.begins_with_name(word[0]):
        return None  # it was looked at as the name it is, and is another word here
    for end in range(word.end(), start + 1, -1):
        said = sheet.left[start:end]
        portion = _portion_behind(end, portions, sheet)
        ordinary = _is_ordinary(start, end, word.end(), sentence)
        if said in _NO_SLIPS or (ordinary and (portion is None or portion.unit is None)):
            continue
        for cost, key in nearest(said, lexicon):
            name = lexicon.names[key]
            if cost <= _allowed(len(said), portion, name, ordinary, sheet.left[end:]) and (
                portion is not None or lexicon.ends_at(sheet.left, end, name, key)
            ):
                return Hit(start, end, said, name, exact=False)
    return None


def _portion_behind(end: int, portions: list[Portion], sheet: Sheet) -> Portion | None:
    """The amount that follows with nothing but particles between."""
    behind = next((p for p in portions if p.start >= end), None)
    between = sheet.left[end : behind.start] if behind else ""
    return behind if behind and _BETWEEN.fullmatch(between) else None


def _is_ordinary(start: int, end: int, word_end: int, sentence: Sentence) -> bool:
    """Whether the analyser knows what stands here: a noun, or a word of grammar and all behind."""
    if sentence.common_word(start, end):
        return True
    inside = [m for m in sentence.morphemes if start <= m.start < word_end]
    if not inside or not all(m.known for m in inside):
        return False
    first, others = inside[0], inside[1:]
    if first.tag[0] == "N":
        return bool(others) and all(m.tag[0] in "JX" for m in others)
    return first.tag[0] in "VEJM" and all(m.tag[0] in "JEXV" or m.tag == "NNB" for m in others)


def _allowed(length: int, portion: Portion | None, name: Name, ordinary: bool, after: str) -> float:
    if ordinary:
        unit = portion.unit if portion else None
        if unit in METRIC:
            return _KNOWN_BY_WEIGHT
        if _sold_by(name, unit or ""):
            return _KNOWN_WORD.get(length, 0.6)
        return _KNOWN_BY_COUNT if length > 2 else -1.0
    allowed = _BASE.get(length, _LONG)
    if portion is not None:
        return allowed + (_WITH_AMOUNT.get(length, 0.35) if portion.unit else 0.0)
    return allowed if _ABOUT_FOOD.match(_particle_off(after)) else allowed / 2


def _sold_by(name: Name, unit: str) -> bool:
    item = name.item.item if name.item else None
    return item is not None and (unit in item.weights or unit in item.same)


_PARTICLE = re.compile(r"(?:이|가|은|는|을|를|도|랑|이랑|하고|좀|나|에|로|으로)?(?=\s|$|[^가-힣])")


def _particle_off(after: str) -> str:
    found = _PARTICLE.match(after)
    return after[found.end() :] if found else after


def _other_spellings(portions: list[Portion], sheet: Sheet, catalog: Catalog) -> list[Hit]:
    found: list[Hit] = []
    for portion in portions:
        before = re.search(r"([가-힣]{2,7})\s*$", sheet.left[: portion.start])
        if not before or portion.unit is None or SMALL.fullmatch(before[1]):
            continue
        if meant := _known_to(catalog, before[1]):
            found.append(Hit(*before.span(1), before[1], meant, exact=False))
            sheet.take(*before.span(1))
    return found


def _known_to(catalog: Catalog, word: str) -> Name | None:
    try:
        found = catalog.find(word)
    except UnknownItemError:
        return None
    return Name(item=found) if found.how != "fuzzy" and found.score >= LIKELY else None


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
        sort = not sentence.common_word(start, end) and any(
            hit.name.item and not sheet.left[hit.end : start].strip()
            for hit in hits
            if hit.end < start
        )  # "돼지고기 통삼겹 두 근": a word of the trade for the goods before it
        if sentence.noun_until(start, end) and not (named or sort):
            amount = sheet.text[portion.start : portion.end].strip()
            found[f"{before[1]} {_JOINING.sub('', amount)}"] = portion
    return found


_JOINING = re.compile(r"(?:이랑|랑|하고|이하고|과|와)$")
"""What joins the next name stands at the end of an amount: "휴지 두 통이랑 배추"."""
