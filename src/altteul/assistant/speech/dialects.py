"""The endings and small words of the regions, and of hurried thumbs → those the grammar reads.

One table (data/dialects.toml), so that no other rule needs to know a dialect. Names of food in
dialect (정구지, 지슬) are the catalog's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from altteul.assistant.speech.word_lists import dialect_lines


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = [line.split("=>") for line in dialect_lines()]
    return tuple((re.compile(pattern), words) for pattern, words in lines)


_WILL = re.compile(
    r"(?P<stem>[가-힣])라(?P<after>\s?(?:는데|는디|고(?!\s?[하해했])|꼬|카|캐|는지|믄|면|니까|니께|니(?=[\s,])))"
)
"""살라는데, 담글라고: the ending -ㄹ라 of speech for -려."""
_SHALL = re.compile(
    r"(?<![가-힣])(?P<verb>사|하|되|가|보|기다리|담그|고르|팔)(?:까|꼬)(?=[\s?,.]|$|요|예|네|잉)"
)
"""사까, 되까: -ㄹ까 without its ㄹ."""
_FINAL_L = 8
_NO_STEM = frozenset("달몰골발빨흘불별널일술풀물")


def in_common_speech(text: str) -> str:
    """The sentence with regional endings and clipped words as one writes them."""
    for pattern, words in _table():
        text = pattern.sub(words, text)
    return _SHALL.sub(_with_l, _WILL.sub(_without_l, text))


def _without_l(found: re.Match[str]) -> str:
    stem = found["stem"]
    if (ord(stem) - 0xAC00) % 28 != _FINAL_L or stem in _NO_STEM:
        return found[0]
    return f"{chr(ord(stem) - _FINAL_L)}려{found['after']}"


def _with_l(found: re.Match[str]) -> str:
    verb = found["verb"]
    return f"{verb[:-1]}{chr(ord(verb[-1]) + _FINAL_L)}까"
