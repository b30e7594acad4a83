"""How names are compared: spelling normalised, brackets split, cooking words set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_NOISE = re.compile(r"[\s\x00-\x1f·・,./\-_'\"~!?]+")
_BRACKET = re.compile(r"[\(\[\{<]([^\)\]\}>]*)[\)\]\}>]")

# What cooks and shops write before a name without making another item of it.
PREPARATIONS = (
    "다진", "다짐", "간", "저민", "채썬", "채친", "곱게다진", "잘게썬", "얇게썬", "어슷썬", "썬",
    "삶은", "데친", "불린", "찐", "볶은", "구운", "절인", "절임용", "손질", "손질한", "세척", "깐",
    "국물용", "육수용", "장식용", "고명용", "김장용", "양념용", "조림용", "구이용", "국거리",
    "시판용", "냉동", "신선한", "싱싱한", "국산", "국내산", "유기농", "무농약", "친환경", "햇",
    "굵은", "가는", "고운", "작은", "큰", "어린", "통", "생", "왕", "미니", "껍질벗긴",
)  # fmt: skip
# Parts and forms after a name: 배즙 is made of 배, 당근채 of 당근.
FORMS = ("즙", "채", "잎", "살", "나물", "줄기", "다리", "알갱이", "뿌리")

_FOLD = str.maketrans("ㅔㅖㅒㅚㅞㅛㅠㅑㅕ", "ㅐㅐㅐㅙㅙㅗㅜㅏㅓ")
_HANGUL_BASE, _VOWELS = 0xAC00, "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


def key_of(text: str) -> str:
    """Return the text as it is compared: NFC, lower case, no spaces, no punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def split_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what stands outside brackets and the words inside: '무(세척무, 중)'."""
    plain = unicodedata.normalize("NFKC", text)
    inside = [word for part in _BRACKET.findall(plain) for word in re.split(r"[,/·\s]+", part)]
    return _BRACKET.sub(" ", plain).strip(), tuple(word for word in inside if word)


def jamo(text: str) -> str:
    """Return the letters of the syllables: '배추' → six conjoining jamo at most."""
    return unicodedata.normalize("NFD", text)


def folded(key: str) -> str:
    """Return the key with vowels that sound alike made one: '베추', '배츄' → the same as '배추'."""
    return "".join(_fold_syllable(letter) for letter in key)


@cache
def _fold_syllable(letter: str) -> str:
    code = ord(letter) - _HANGUL_BASE
    if not 0 <= code < 11172:
        return letter
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    plain = _VOWELS.index(_VOWELS[vowel].translate(_FOLD))
    return chr(_HANGUL_BASE + initial * 588 + plain * 28 + final)


def without_preparation(key: str) -> Iterator[tuple[str, str]]:
    """Yield the key without a leading preparation or a trailing form, and what was set aside.

    A word of one syllable needs two behind it: '간장' is not ground '장', '생강' no raw '강'.
    """
    for word in PREPARATIONS:
        if key.startswith(word) and len(key) - len(word) >= (2 if len(word) == 1 else 1):
            yield key[len(word) :], word
    for word in FORMS:
        if key.endswith(word) and len(key) - len(word) >= 2:
            yield key[: -len(word)], word
