"""Numbers in a sentence: the patterns that find them and the one value that is printed.

A loose number is its lower whole number (두어 → 2, 2~3 → 2) with both ends kept for planning.
"""

from __future__ import annotations

import math
import re

from altteul.units import Span, parse_number
from altteul.units.numbers import APPROXIMATE, NATIVE_ONES, NATIVE_TENS

_LOOSE_MORE = {
    "한둘": (1, 2), "두셋": (2, 3), "서넛": (3, 4), "너덧": (4, 5), "네다섯": (4, 5),
    "너댓": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7), "엳아홉": (8, 9), "열댓": (15, 16),
    "여나믄": (11, 13), "스무남은": (21, 23), "두엇": (2, 3), "댓": (5, 6),
    "두서넛": (2, 4), "한두어": (1, 3),
}  # fmt: skip
# 하나 둘 셋 stand alone; 한 두 세 only before a counter.
_STANDING = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = "|".join(sorted(NATIVE_TENS, key=len, reverse=True))
_ONES = "|".join(sorted(NATIVE_ONES, key=len, reverse=True))
_LOOSE = "|".join(sorted({*APPROXIMATE, *_LOOSE_MORE}, key=len, reverse=True))

NATIVE = rf"(?:반의\s?반|절반|반|{_LOOSE}|(?:{_TENS})\s?(?:{_ONES})|{_TENS}|{_ONES})"
SINO = r"(?:[일이삼사오육칠팔구]?[십백천][일이삼사오육칠팔구십백천]*)"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:\s*/\s*\d+)?)(?:\s*[~∼\-]\s*\d+(?:\.\d+)?)?"
COUNTED = rf"(?:{DIGITS}|{NATIVE}|{SINO})"
"""A number before a counter."""
STANDING = rf"(?:{_LOOSE}|(?:{_TENS})(?:{'|'.join(_STANDING)})?|{'|'.join(_STANDING)})"
"""A number that needs no counter."""

_MONEY_NUMBER = re.compile(
    r"(?:(?P<man>[\d,.]+|[일이삼사오육칠팔구십백천]+)?\s*만)?\s*"
    r"(?:(?P<chun>\d+|[일이삼사오육칠팔구])?\s*천)?\s*(?:(?P<baek>\d+|"
    r"[일이삼사오육칠팔구])?\s*백)?\s*"
    r"(?P<ones>[\d,]+|[일이삼사오육칠팔구십]+)?"
)
MONEY = (
    r"(?:\d[\d,.]*\s*만(?:\s*\d+\s*천|\s*[일이삼사오육칠팔구]?천|\s*\d{1,4})?(?:\s*\d*\s*백)?|"
    r"\d+\s*천(?:\s*\d+\s*백|\s*[일이삼사오육칠팔구]백)?|\d+\s*백|\d[\d,]*|"
    r"[일이삼사오육칠팔구십백천]*만(?:\s*[일이삼사오육칠팔구]?천)?(?:\s*[일이삼사오육칠팔구]?백)?|"
    r"[일이삼사오육칠팔구]?천(?:\s*[일이삼사오육칠팔구]?백)?|[일이삼사오육칠팔구]?백)"
)
"""An amount of money without the word 원."""


def span_of(words: str) -> Span | None:
    """The number with both ends; None if the words are no number."""
    plain = " ".join(words.split())
    squeezed = plain.replace(" ", "")
    if squeezed in _LOOSE_MORE:
        return Span.between(*_LOOSE_MORE[squeezed])
    return parse_number(plain) or parse_number(squeezed)


def value_of(span: Span) -> float:
    """The one number printed for a span: itself, or the lower end as a whole number."""
    return span.low if span.is_exact else float(math.floor(span.low))


def won_of(words: str) -> int | None:
    """Won of '3만 5천', '삼만오천', '30,000', '만'; None if it is no sum of money."""
    found = _MONEY_NUMBER.fullmatch(words.strip())
    if not found or not words.strip():
        return None
    total = 0.0
    for name, worth in (("man", 10_000), ("chun", 1_000), ("baek", 100)):
        marks = {"man": "만", "chun": "천", "baek": "백"}
        if found[name]:
            part = _plain(found[name])
            if part is None:
                return None
            total += part * worth
        elif marks[name] in words and not _inside_man(words, marks[name]):
            total += worth
    if found["ones"]:
        total += _plain(found["ones"]) or 0
    return round(total) or None


def _inside_man(words: str, mark: str) -> bool:
    """'십만', '천만': the scale belongs to the number before 만."""
    before, _, after = words.partition("만")
    return mark != "만" and "만" in words and mark in before and mark not in after


def _plain(text: str) -> float | None:
    number = parse_number(text.replace(",", ""))
    return number.mid if number else None


__all__ = [
    "COUNTED",
    "DIGITS",
    "MONEY",
    "NATIVE",
    "SINO",
    "STANDING",
    "span_of",
    "value_of",
    "won_of",
]
