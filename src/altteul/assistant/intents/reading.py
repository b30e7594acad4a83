"""A sentence as the grammar read it, with what it took shown by its class and not by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from altteul.assistant.intents.purposes import Evidence
from altteul.assistant.mentions.mention import Mention, Mentions
from altteul.assistant.names.morphemes import Sentence
from altteul.assistant.speech.sheet import TAKEN as TAKEN_LETTER
from altteul.assistant.speech.sheet import Sheet

ITEM, DISH, FAMILY, AMOUNT, MONEY, TAKEN, NUMBER = "①②③④⑤⑥⑦"
"""One letter for each class of words; TAKEN: a day, people, a place, a way, a wish."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text and the letter of the class that it is shown by."""

    start: int
    end: int
    letter: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the intent is decided from; `spans` are in order and do not overlap."""

    evidence: Evidence
    sentence: Sentence
    spans: Sequence[Span]

    @property
    def shown(self) -> str:
        """The text with a letter for each class: "배추 두 포기 얼마야" → "① ④ 얼마야"."""
        text, parts, at = self.evidence.text, [], 0
        for span in self.spans:
            parts += [text[at : span.start], span.letter]
            at = span.end
        plain = re.sub(r"\d+", NUMBER, "".join([*parts, text[at:]]))
        return re.sub(rf"([{ITEM}-{NUMBER}])(?:\s*\1)+", r"\1", plain)


def spans_of(sheet: Sheet, mentions: Mentions) -> tuple[Span, ...]:
    """Everything that was taken off a sheet, by class; names win over amounts."""
    letters = [TAKEN if left == TAKEN_LETTER else "" for left in sheet.left]
    own = [mention.portion for mention in mentions.named if mention.portion]
    for portion in (*own, *mentions.loose):
        letter = MONEY if portion.unit == "원" else AMOUNT
        letters[portion.start : portion.end] = letter * (portion.end - portion.start)
    for mention in mentions.named:
        letters[mention.hit.start : mention.hit.end] = _class_of(mention) * (
            mention.hit.end - mention.hit.start
        )
    spans, at = [], 0
    for letter, run in groupby(letters):
        end = at + len(list(run))
        if letter:
            spans.append(Span(at, end, letter))
        at = end
    return tuple(spans)


def _class_of(mention: Mention) -> str:
    name = mention.hit.name
    if name.item:
        return ITEM
    return FAMILY if name.family and not name.dish else DISH
