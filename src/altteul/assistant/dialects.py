"""The endings and small words of the regions, and of hurried thumbs → those the grammar reads.

One table (data/dialects.toml), so that no other rule needs to know a dialect. Names of food in
dialect (정구지, 지슬) are the catalog's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from altteul.assistant.word_lists import dialect_lines


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = [line.split("=>") for line in dialect_lines()]
    return tuple((re.compile(pattern), words) for pattern, words in lines)


def in_common_speech(text: str) -> str:
    """The sentence with regional endings and clipped words as one writes them."""
    for pattern, words in _table():
        text = pattern.sub(words, text)
    return text
