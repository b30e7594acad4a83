"""What is ambiguous is asked back in one short question with choices."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.catalog import Catalog
from altteul.catalog.loading import read_families

_ASKED = {
    "고기": "고기는 소고기, 돼지고기, 닭고기 중에 무엇인가요?",
    "갈비": "갈비는 소갈비인가요, 돼지갈비인가요?",
}


def question_about(families: Sequence[str], catalog: Catalog) -> str | None:
    """One question about the first word that may be several items; None without any."""
    if not families:
        return None
    word = families[0]
    if word in _ASKED:
        return _ASKED[word]
    choices = read_families(catalog.items).get(word, ())
    named = f" {', '.join(choices)} 중에 있나요?" if choices else ""
    return f"어떤 {word}{_object(word)} 찾으세요?{named}"


def _object(word: str) -> str:
    return "을" if (ord(word[-1]) - 0xAC00) % 28 else "를"
