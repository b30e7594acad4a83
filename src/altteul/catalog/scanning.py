"""Find item names in a running sentence, where other words may look like names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from altteul.units import COUNT_UNITS
from altteul.units.numbers import number_words

T = TypeVar("T")

# What may follow an item's name in a sentence without being part of another word.
_AFTER = re.compile(
    r"(?:값|가격|시세)?"
    r"(?:이랑|랑|하고|으로|로|을|를|이|가|은|는|과|와|도|만|의|에|나|이나|좀|들)?"
    r"(?=$|[^가-힣]|(?:한|두|세|네|반|다섯|여섯|열|서너|두어)(?=\s*[가-힣]))"
)
# A name may follow an amount without a space: '두부두모콩나물한봉'.
_COUNTERS = "|".join(sorted({*COUNT_UNITS, "근", "판", "봉지"}))
_AMOUNT_BEFORE = re.compile(rf"(?:\d|{'|'.join(number_words())})\s*(?:{_COUNTERS})$")
# Items that are other words too (밤에, 갓 구운, 사는 게, 대구에서): only where a list or an amount
# goes on.
_HOMONYMS = frozenset(
    ["양", "램", "딜", "마", "조", "감", "소", "회", "밤", "갓", "게"]
    + ["가지", "대구", "은행", "안심", "사태", "조기", "기름", "생수", "대게", "고수"]
)
_COUNTED = re.compile(r"(?:\d|몇|여러|한|두|세|네|다섯|여섯)\s*$")  # '세 가지'
_LISTED = re.compile(
    rf"\s*(?:$|[,/·(\n]|\d|(?:을|를|랑|이랑|와|과|도)(?![가-힣])|"
    rf"(?:{'|'.join(number_words())})\s*(?:{_COUNTERS}))"
)
_HANGUL = re.compile(r"[가-힣]")


def scan_names(
    text: str, lookup: Callable[[str], T | None], longest: int
) -> list[tuple[int, int, T]]:
    """Return (start, end, what `lookup` says of the name), in order, the longest names first.

    `lookup` gets names without spaces in lower case; `longest` is the length of the longest.
    """
    hits: list[tuple[int, int, T]] = []
    start = 0
    while start < len(text):
        after_hit = bool(hits) and hits[-1][1] == start
        starts = after_hit or _starts_word(text, start)
        hit = _name_at(text, start, lookup, longest) if starts else None
        if hit:
            hits.append(hit)
        start = hit[1] if hit else start + 1
    return hits


def _name_at(
    text: str, start: int, lookup: Callable[[str], T | None], longest: int
) -> tuple[int, int, T] | None:
    """Return the longest name at `start` that ends as a word does."""
    best = None
    for key, end, spaced in _stretches(text, start, longest):
        found = lookup(key)
        if found is None or (spaced and len(key) < 3):
            continue
        if key in _HOMONYMS and not _is_listed(text, start, end):
            continue
        follows = len(key) >= 2 and _name_follows(text, end, lookup, longest)
        if follows or _AFTER.match(text, end):
            best = (start, end, found)
    return best


def _is_listed(text: str, start: int, end: int) -> bool:
    return bool(_LISTED.match(text, end)) and not _COUNTED.search(text[:start])


def _name_follows(text: str, start: int, lookup: Callable[[str], T | None], longest: int) -> bool:
    """Tell whether another name of two syllables or more begins here: '상추깻잎쌈장'."""
    return any(
        len(key) >= 2
        and lookup(key) is not None
        and (_AFTER.match(text, end) is not None or _name_follows(text, end, lookup, longest))
        for key, end, spaced in _stretches(text, start, longest)
        if not spaced
    )


def _starts_word(text: str, start: int) -> bool:
    if text[start].isspace():
        return False
    if start == 0 or not _HANGUL.match(text[start - 1]):
        return True
    return _AMOUNT_BEFORE.search(text[max(0, start - 8) : start]) is not None


def _stretches(text: str, start: int, longest: int) -> Iterator[tuple[str, int, bool]]:
    """Yield growing stretches of text without their spaces: (key, end, had a space)."""
    key, spaced = "", False
    for end in range(start, len(text)):
        letter = text[end]
        if letter == " ":
            spaced = True
            continue
        key += letter.lower()
        if len(key) > longest:
            return
        yield key, end + 1, spaced
