"""The intent of a sentence: what the learned model says, or the rules where it is in doubt."""

from __future__ import annotations

import re

from altteul.assistant.intents.model import load_model
from altteul.assistant.intents.purposes import intent_of
from altteul.assistant.intents.reading import Reading
from altteul.assistant.intents.signs import signs_of
from altteul.assistant.understood import Intent

SURE = 0.3
"""Below this probability of its best intent the model is not asked; chosen by leaving authors out
(of ten intents, so 0.3 is still three times an even guess)."""

_WORDS = re.compile(r"[가-힣]{2}")


def decide(reading: Reading) -> Intent:
    """The intent; a text without a word of Korean is left to the rules."""
    if not _WORDS.search(reading.evidence.text):
        return intent_of(reading.evidence)
    likely = load_model().probabilities(signs_of(reading))
    best = max(likely, key=lambda intent: likely[intent])
    return best if likely[best] >= SURE else intent_of(reading.evidence)
