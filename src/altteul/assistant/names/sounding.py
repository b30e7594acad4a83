"""How far apart two Korean words sound or are typed, letter by letter.

A syllable is a lead, a vowel and a final. Letters that speech recognition and thumbs confuse cost
little (ㅐ/ㅔ, ㄱ/ㄲ/ㅋ, finals of one sound), any other letter costs one. Words are first written
as they are pronounced: a final moves over to an empty lead (볶음 is 보끔).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPLIT = {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㅄ": "ㅂㅅ"}

Syllable = tuple[str, str, str]
OTHER = 1.0
"""A letter that sounds different."""
_EXTRA = 1.4
"""A syllable too many or too few."""


def _pairs(groups: Iterable[tuple[str, float]]) -> dict[frozenset[str], float]:
    costs: dict[frozenset[str], float] = {}
    for letters, cost in groups:
        for one in letters:
            for other in letters:
                if one != other:
                    costs.setdefault(frozenset((one, other)), cost)
    return costs


_LEAD_COSTS = _pairs((
    ("ㄱㄲㅋ", 0.3), ("ㄷㄸㅌ", 0.3), ("ㅂㅃㅍ", 0.3), ("ㅈㅉㅊ", 0.3), ("ㅅㅆ", 0.2),
    ("ㄴㄹ", 0.4), ("ㄴㅇ", 0.4), ("ㅇㅎ", 0.5), ("ㅁㅂ", 0.6), ("ㅅㅈ", 0.7), ("ㄱㅎ", 0.8),
))  # fmt: skip
_VOWEL_COSTS = _pairs((
    ("ㅐㅔ", 0.05), ("ㅒㅖ", 0.05), ("ㅚㅙㅞ", 0.05), ("ㅖㅔ", 0.1), ("ㅒㅐ", 0.2), ("ㅢㅣ", 0.2),
    ("ㅢㅡ", 0.2), ("ㅢㅔ", 0.3), ("ㅗㅜ", 0.35), ("ㅡㅜ", 0.35), ("ㅓㅡ", 0.4), ("ㅓㅗ", 0.4),
    ("ㅏㅑ", 0.4), ("ㅓㅕ", 0.3), ("ㅗㅛ", 0.3), ("ㅜㅠ", 0.3), ("ㅘㅏ", 0.4), ("ㅝㅓ", 0.3),
    ("ㅝㅗ", 0.4), ("ㅟㅣ", 0.3), ("ㅟㅜ", 0.4), ("ㅏㅓ", 0.5), ("ㅐㅏ", 0.4), ("ㅔㅓ", 0.4),
    ("ㅚㅗ", 0.35), ("ㅚㅔ", 0.35), ("ㅚㅐ", 0.35), ("ㅙㅐ", 0.3), ("ㅞㅔ", 0.3), ("ㅣㅔ", 0.5),
    ("ㅣㅡ", 0.5), ("ㅣㅐ", 0.6), ("ㅕㅔ", 0.4), ("ㅕㅖ", 0.3), ("ㅖㅐ", 0.2), ("ㅏㅗ", 0.5),
    ("ㅕㅣ", 0.6), ("ㅓㅜ", 0.6), ("ㅡㅗ", 0.5), ("ㅜㅣ", 0.7), ("ㅗㅣ", 0.8),
))  # fmt: skip
_FINAL_COSTS = _pairs((
    ("ㄱㄲㄳㄺㅋ", 0.1), ("ㄷㅅㅆㅈㅊㅌㅎ", 0.1), ("ㅂㅍㅄㄿ", 0.1), ("ㄴㄵㄶ", 0.1),
    ("ㄹㄼㄽㄾㅀ", 0.1), ("ㅁㄻ", 0.1), (" ㅅㅆㅎ", 0.3), ("ㄴㅇㅁ", 0.4), ("ㄱㄷㅂㅅ", 0.45),
    ("ㄴㄷㅅ", 0.5), ("ㄴㄹ", 0.5), (" ㄴㅇㄹㅁ", 0.6), (" ㄱㅂㄷ", 0.6),
    ("ㅂㅁ", 0.5), ("ㄱㅇ", 0.5),
))  # fmt: skip


@lru_cache(maxsize=16384)
def sound(word: str) -> tuple[Syllable, ...]:
    """The syllables of a word as pronounced; other letters stand as leads of their own."""
    letters = [_apart(letter) for letter in word]
    for place, (lead, vowel, final) in enumerate(letters[:-1]):
        behind = letters[place + 1]
        if final not in " ㅇㅎ" and behind[0] == "ㅇ" and behind[1]:
            split = _SPLIT.get(final, " " + final)
            letters[place] = (lead, vowel, split[0])
            letters[place + 1] = (split[1], behind[1], behind[2])
    return tuple(letters)


def _apart(letter: str) -> Syllable:
    code = ord(letter) - 0xAC00
    if not 0 <= code < 11172:
        return letter, "", " "
    return _LEADS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]


def _cost(costs: dict[frozenset[str], float], one: str, other: str) -> float:
    return 0.0 if one == other else costs.get(frozenset((one, other)), OTHER)


@lru_cache(maxsize=65536)
def _syllable_cost(one: Syllable, other: Syllable) -> float:
    return (
        _cost(_LEAD_COSTS, one[0], other[0])
        + _cost(_VOWEL_COSTS, one[1], other[1])
        + _cost(_FINAL_COSTS, one[2], other[2])
    )


def difference(one: str, other: str) -> float:
    """How far two words are apart in sound: 0.0 alike, about 0.4 a likely slip, 1.0 a letter.

    The lesser of comparing them as written and as pronounced; a syllable more or less costs 1.4.
    """
    written = _aligned([_apart(c) for c in one], [_apart(c) for c in other])
    return min(written, _aligned(sound(one), sound(other)))


def _aligned(one: Iterable[Syllable], other: Iterable[Syllable]) -> float:
    others = list(other)
    row = [_EXTRA * n for n in range(len(others) + 1)]
    for left in one:
        above, row = row, [row[0] + _EXTRA]
        for place, right in enumerate(others):
            change = above[place] + _syllable_cost(left, right)
            row.append(min(change, above[place + 1] + _EXTRA, row[place] + _EXTRA))
    return row[-1]


_ALIKE = str.maketrans(
    "ㄲㅋㄸㅌㅃㅍㅉㅊㅆㄹㅔㅒㅖㅙㅞㅚㅛㅜㅠㅡㅑㅕㅝㅘㅢㅟㄳㄺㅎㄵㄶㄼㄽㄾㅀㄻㅄㄿ",
    "ㄱㄱㄷㄷㅂㅂㅈㅈㅅㄴㅐㅐㅐㅐㅐㅐㅗㅗㅗㅗㅏㅓㅓㅏㅣㅣㄱㄱㅅㄴㄴㄹㄹㄹㄹㅁㅂㅂ",
)


def outline(word: str) -> str:
    """The letters with those that sound alike made one: to find a few words worth comparing."""
    return "".join("".join(s).translate(_ALIKE).replace(" ", "") for s in sound(word))
