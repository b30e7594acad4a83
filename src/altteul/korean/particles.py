"""The particle that fits a word by how the word ends when it is said: 두부는, 무는, 600g은, 2는."""

from __future__ import annotations

import re

from altteul.korean.spoken_numbers import read_aloud

FIRST_SYLLABLE, LAST_SYLLABLE, CODAS, RIEUL = 0xAC00, 0xD7A3, 28, 8
LETTERS_WITH_CODA = frozenset("LMNR")
"""Latin letters whose Korean names end in a consonant: 엘, 엠, 엔, 알."""
LETTER_WITH_RIEUL = frozenset("LR")
_ASIDE = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")


def with_particle(word: str, particles: str) -> str:
    """The word with one of "은/는", "이/가", "을/를", "과/와", "으로/로", "이에요/예요" …

    The first of the two follows a consonant. 로 follows ㄹ too (서울로). What stands in brackets at
    the end is not said and does not count.
    """
    after_coda, after_vowel = particles.split("/")
    coda = _coda(word)
    takes_vowel_form = coda == 0 or (coda == RIEUL and after_coda == "으로")
    return word + (after_vowel if takes_vowel_form else after_coda)


def fitted(text: str) -> str:
    """The text with every "은(는)", "이(가)", "을(를)", "과(와)" settled by the word before it."""
    return _OPEN.sub(_settled, text)


_PAIRS = {"은(는)": "은/는", "이(가)": "이/가", "을(를)": "을/를", "과(와)": "과/와"}
_OPEN = re.compile("|".join(map(re.escape, _PAIRS)))
_NEAR = 60
"""Letters before a particle that can matter: the last word, with brackets and quotation marks."""


def _settled(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    return with_particle(before, _PAIRS[found[0]]).removeprefix(before)


def _coda(word: str) -> int:
    """The number of the last consonant (0: none, 8: ㄹ) of what is said last."""
    said = read_aloud(_ASIDE.sub("", word))
    last = next((letter for letter in reversed(said) if letter.isalnum()), "")
    if not last:
        return 0
    if FIRST_SYLLABLE <= ord(last) <= LAST_SYLLABLE:
        return (ord(last) - FIRST_SYLLABLE) % CODAS
    letter = last.upper()
    if letter in LETTER_WITH_RIEUL:
        return RIEUL
    return 1 if letter in LETTERS_WITH_CODA else 0
