"""The document of an answer in words."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.frozen import Frozen
from altteul.korean.spoken_numbers import read_aloud

PRACTICE = "연습용(가상) 값이에요."


class SpokenAnswer(Frozen):
    """`short`: one or two sentences. `long`: the same and what one should know besides.

    `spoken`: the short form with every number in words, for reading aloud. `question`: whether the
    answer asks something back.
    """

    short: str
    long: str
    spoken: str
    question: bool = False


def spoken_answer(
    short: Sequence[str], more: Sequence[str] = (), *, simulated: bool = False
) -> SpokenAnswer:
    """Put the sentences together; empty ones are left out, practice data is always labelled."""
    first = " ".join(filter(None, (*short, PRACTICE if simulated else "")))
    return SpokenAnswer(
        short=first, long=" ".join(filter(None, (first, *more))), spoken=read_aloud(first)
    )
