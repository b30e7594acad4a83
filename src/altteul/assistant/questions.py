"""What is ambiguous is asked back in one short question with choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from altteul.catalog import Catalog
from altteul.catalog.loading import read_families

SEVERAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "고추": ("풋고추", "청양고추", "홍고추", "건고추"),
        "호박": ("애호박", "단호박", "늙은호박"),
    }
)
"""Names of one item in the catalog that may mean several when they are said."""
_ASKED = {
    "고추": "고추는 풋고추, 청양고추, 홍고추, 건고추 중에 무엇인가요?",
    "호박": "호박은 애호박, 단호박, 늙은호박 중에 무엇인가요?",
    "고기": "고기는 소고기, 돼지고기, 닭고기 중에 무엇인가요?",
    "갈비": "갈비는 소갈비인가요, 돼지갈비인가요?",
}


WHAT_TO_BUY = "무엇을 사실 건가요?"
WHICH_DISH = "어떤 음식을 하실 건가요?"


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


NOT_IN_THE_BOOK = "알뜰 음식책에 없는 음식이에요. 들어갈 재료를 말씀해 주세요."
"""What is said of a dish that is in no book, behind its name."""
