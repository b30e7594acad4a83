"""Dishes that are in no book: '감바스 만들 건데', '마라샹궈 해 먹으려고'.

They are told by name as not known, since nothing would be worse than a plan for something else.
"""

from __future__ import annotations

import re
from typing import Final

from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.word_lists import words

_COOKED: Final = re.compile(
    r"(?<![가-힣])(?P<dish>[가-힣]{2,8}?)(?:을|를|이나|나|도|좀|에는?|은|는)?[\s¦]*"
    r"(?:(?:좀|한번|처음|집에서|직접)\s*)?"
    r"(?P<verb>만드는|만들|해\s?먹|끓[이일여]|볶[아을]|구워|구울|레시피|재료|인분|"
    r"어떻게\s*(?:만들|끓|해\s)|(?:뭐|뭘|무엇을?|뭐가)\s*(?:넣|들어)|하려|할\s?건데|하는\s?법)"
)
_PLAIN: Final = re.compile(r"하려|할\s?건데|하는\s?법")
"""Verbs that go with anything; only a word that no dictionary knows is a dish before them."""
_NO_DISH: Final = frozenset(words("no_dishes"))


def strange_dishes(sheet: Sheet, sentence: Sentence) -> tuple[str, ...]:
    """Words that nothing took, said as what is cooked, in order."""
    found = []
    for said in _COOKED.finditer(sheet.left):
        start, end = said.span("dish")
        word = said["dish"]
        known = sentence.common_word(start, end) or sentence.grammar_at(start)
        if word in _NO_DISH or (known and _PLAIN.match(said["verb"])):
            continue
        if sentence.noun_until(start, end) and not sentence.verb_at(start):
            found.append(word)
    return tuple(dict.fromkeys(found))
