"""Which of the goods is to be replaced in a question for a substitute."""

from __future__ import annotations

import re

from altteul.assistant.mentions.mention import Mention

_MAY_BE = re.compile(
    r"(?:로|으로)\s*(?:만들|해|할|끓일|담글|먹을|쓸)\S*\s*수\s*(?:있|없)|"
    r"(?:로|으로)\s*[가-힣]{1,5}\s(?:담가|무쳐|만들어|해|끓여)도\s*(?:되|돼|될|됩|괜찮)|"
    r"(?:을|를|로|으로|은|는|도)?\s*(?:넣|쓰|써|바꿔|바꾸|사|먹|해|하|볶|끓)\S*(?:도|면)\s*(?:되|돼|될|됩|괜찮|어때|어떨)"
)


def replaced_first(goods: list[Mention], plain: str) -> list[Mention]:
    """What is to be replaced: the word before 대신 or 말고, else the first word; and what is asked
    about in its place ("숙주 써도 돼?")."""
    first = _to_replace(goods, plain)
    return [m for m in goods if m in first or _MAY_BE.match(plain[m.hit.end :])]


def _to_replace(goods: list[Mention], plain: str) -> list[Mention]:
    before = [m for m in goods if re.match(r"(?:을|를)?\s*대신", plain[m.hit.end :])]
    replaced = [m for m in goods if m.replaced]
    return before or replaced or goods[:1]
