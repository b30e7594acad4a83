"""Every number in a text, in digits or in Korean words, with what it counts.

Made to check a language model's reply: it may take an innocent word for a number (the reply is then
thrown away for nothing), but it must not miss one.
"""

from __future__ import annotations

import re

from altteul.korean.spoken_numbers import (
    DIGITS as _DIGIT,
)
from altteul.korean.spoken_numbers import (
    MEASURES,
    NATIVE_COUNTERS,
    SINO_COUNTERS,
)
from altteul.units import parse_number
from altteul.units.numbers import APPROXIMATE, DIGITS, NATIVE_ONES, NATIVE_TENS

Said = tuple[str, str]
"""A number ("3500", "1.5"; as written where it cannot be read) and its unit ("원"; "" for none)."""

_NAMES = {name: sign for sign, name in MEASURES.items() if sign != "ml"}
_ALIKE = {"ml": "mL", "KG": "kg", "Kg": "kg", "G": "g", "프로": "%", "킬로": "kg", "사람": "명"}
_UNITS = sorted(
    {*NATIVE_COUNTERS, *MEASURES, *SINO_COUNTERS, *_NAMES, *_ALIKE}, key=lambda u: (-len(u), u)
)
_UNIT = "|".join(map(re.escape, _UNITS))
_WRITTEN = (
    rf"\d+/\d+|½|{DIGITS}(?:\s*[십백천만억조](?:\s*{DIGITS}?\s*[십백천만])*(?:\s*{DIGITS})?)?"
)
_SINO_LETTERS = "영공일이삼사오육륙칠팔구십백천만억조"
_SINO = rf"[{_SINO_LETTERS}]+(?: [{_SINO_LETTERS}]+)*"
_NATIVE = "|".join(sorted({*NATIVE_TENS, *NATIVE_ONES, *APPROXIMATE, "반"}, key=len, reverse=True))
_DIGITS_SAID = re.compile(rf"(?P<number>{_WRITTEN})\s*(?P<unit>{_UNIT})?")
_SINO_SAID = re.compile(rf"(?<![가-힣])(?P<number>{_SINO})\s?(?P<unit>{_UNIT})?")
_SINO_INSIDE = re.compile(rf"(?P<number>[{_SINO_LETTERS}]*[십백천만억조][{_SINO_LETTERS}]*)")
_NATIVE_SAID = re.compile(
    rf"(?<![가-힣])(?P<number>(?:{_NATIVE})+)(?:\s?(?P<unit>{_UNIT})|(?![가-힣]))"
)
_DECIMAL = re.compile(r"([영공일이삼사오육칠팔구십백천만]+) 점 ([영공일이삼사오육칠팔구]+)")


def numbers_said(text: str) -> set[Said]:
    """The numbers of a text with their units, however they are written."""
    found: set[Said] = set()
    left = _DECIMAL.sub(_decimal, text)
    for pattern in (_DIGITS_SAID, _SINO_SAID, _NATIVE_SAID):
        matches = [match for match in pattern.finditer(left) if _is_number(match)]
        found |= {(_value(match["number"]), _unit(match["unit"])) for match in matches}
        left = pattern.sub(lambda m: "¦" * len(m[0]) if _is_number(m) else m[0], left)
    inside = (match["number"] for match in _SINO_INSIDE.finditer(left) if len(match["number"]) > 1)
    strange = (letter for letter in left if letter.isnumeric() and letter not in _SINO_LETTERS)
    return found | {(_value(number), "") for number in inside} | {(sign, "") for sign in strange}


def _is_number(match: re.Match[str]) -> bool:
    """Letters that only may be a number (이, 오이, 한) count with a unit after them."""
    return bool(match["unit"]) or not re.fullmatch(
        "[영공일이삼사오육륙칠팔구]+|만|천|백|[한두세네너서]|반", match["number"]
    )


def _value(number: str) -> str:
    """The number in digits; as written where it cannot be read."""
    if number in ("영", "공"):
        return "0"
    above, sign, below = number.replace("륙", "육").partition("억")
    if not sign:
        read = parse_number(above.strip())
        return f"{read.mid:.10g}" if read else number
    hundreds = parse_number(above.strip() or "일")
    rest = parse_number(below.strip() or "0")
    if hundreds is None or rest is None:
        return number
    return f"{hundreds.mid * 100_000_000 + rest.mid:.12g}"


def _decimal(match: re.Match[str]) -> str:
    whole = parse_number(match[1].strip())
    digits = "".join(str(_DIGIT.index(letter)) for letter in match[2].replace("공", "영"))
    return f" {whole.mid:g}.{digits}" if whole else match[0]


def _unit(unit: str | None) -> str:
    word = unit or ""
    return _NAMES.get(word, _ALIKE.get(word, word))
