"""Whether what was typed is a plain list, or a sentence that says more than a list does."""

from __future__ import annotations

import re
from typing import Final

from altteul.assistant.understood import Intent, Understood
from altteul.planner.plan import Need

_SPOKEN: Final = re.compile(
    r"[?？]|[가-힣](?:요|까|줘|라고|려고|는데|건데|텐데)(?:[\s.!~]|$)|어디|얼마|언제|무엇|뭐|"
    r"싸게|싼\s*(?:곳|데)|사려|사야|사고\s*싶|사자|살까|필요해|추천|알려|해\s*먹|왜\s"
)


def is_sentence(text: str, listed: tuple[Need, ...], said: Understood) -> bool:
    """Whether `said` is more than the needs that were read off the text as a list.

    A list with a slip of the pen stays a list, so that the slip is shown with the nearest names.
    """
    spoken = _SPOKEN.search(text) is not None
    if said.intent is Intent.OUT_OF_SCOPE:
        several = len(text.split()) > 1 and not said.unknown
        return not listed and (spoken or several)
    if said.intent is not Intent.PLAN:
        return True
    more = (
        said.dishes,
        said.people,
        said.date,
        said.place,
        said.budget,
        said.mode,
        said.max_stops,
        said.exclude,
        said.prefer,
        said.ask,
        said.strange_dishes,
        spoken and said.unknown,
    )
    return any(more) or (spoken and bool(said.needs))
