"""What a substitute is wanted for: "배추가 비싼데 **김치** 뭘로 담그지"."""

from __future__ import annotations

import re
from typing import Final

from altteul.assistant.mentions.gathering import Mention
from altteul.recipes.substitutes import load_swaps

_SAID_AS: Final = {
    "국거리": "국거리|국|찌개|찌게|탕",
    "나물": "나물|무침",
    "쌈": "쌈",
    "밥": "밥",
    "전": "전|부침개",
}
"""How a use is said, where the name of the table is not it or is a single syllable."""
_AFTER: Final = r"(?=[을를은는]|으?로|에|이\s|용|감|거리|할|해|담|끓|무칠|부칠|싸|\s|[?.,!]|$)"
_BEFORE_THIS: Final = {"전": r"(?=[을를]|으?로|용|감|부칠|부쳐|거리)"}
"""전에 is mostly "before", not "for pancakes"."""


def use_said(plain: str, mention: Mention) -> str | None:
    """The use of the item, as the table of substitutes calls it; None where none is named.

    The word may end a longer one (배추김치, 된장국); other uses of one syllable (소, 속) end too
    many words that mean something else (채소) and are not looked for.
    """
    if mention.hit.name.item is None:
        return None
    for use in load_swaps().uses_of(mention.hit.name.item.item.name):
        words = _SAID_AS.get(use, use if len(use) > 1 else "")
        if words and re.search(f"(?:{words}){_BEFORE_THIS.get(use, _AFTER)}", plain):
            return use
    return None
