"""Numbers as Koreans write and say them: '1과1/2', '반', '서너', '2만 5천', '두어'."""

from __future__ import annotations

import math
import re

from altteul.units.span import Span

NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "서": 3, "석": 3,
    "넷": 4, "네": 4, "너": 4, "넉": 4, "다섯": 5, "닷": 5, "여섯": 6, "엿": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
SINO_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
SINO_SCALES = {"십": 10, "백": 100, "천": 1_000}

# 표준국어대사전: 두어 "둘쯤", 여남은 "열이 조금 넘는 수"; both ends are part of the span.
APPROXIMATE = {
    "한두": (1, 2), "두어": (2, 3), "두세": (2, 3), "두서너": (2, 4), "두서넛": (2, 4),
    "서너": (3, 4), "서넛": (3, 4), "너댓": (4, 5), "네댓": (4, 5), "너덧": (4, 5),
    "대여섯": (5, 6), "대엿": (5, 6), "대여": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
    "일여덟": (7, 8), "여덟아홉": (8, 9), "엳아홉": (8, 9), "여남은": (11, 13),
}  # fmt: skip
PARTS = {"반의반": 0.25, "반": 0.5, "절반": 0.5}

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
FRACTION = r"\d+\s*/\s*\d+"
PLAIN = rf"(?:{DIGITS}(?:\s*[과와+]\s*|\s+){FRACTION}|{FRACTION}|{DIGITS})"
# '이십', '오백', '천이백'; '2천', '2만 5천'.
SINO = r"[일이삼사오육칠팔구]?[십백천만][일이삼사오육칠팔구십백천만]*"
SCALED = rf"{DIGITS}\s*[십백천만](?:\s*{DIGITS}?\s*[십백천])*"
WRITTEN = rf"{PLAIN}(?:\s*[~∼〜-]\s*{PLAIN})?"

_TENS_ONES = re.compile(
    rf"({'|'.join(NATIVE_TENS)})?({'|'.join(sorted(NATIVE_ONES, key=len, reverse=True))})?"
)
_MIXED = re.compile(rf"(?:({DIGITS})(?:\s*[과와+]\s*|\s+|$))?({FRACTION})?")
_RANGE = re.compile(rf"({PLAIN})\s*[~∼〜-]\s*({PLAIN})")
_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5",
    "⅙": "1/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip


def spell_fractions(text: str) -> str:
    """Return the text with '½' and its kin written as ' 1/2'."""
    for sign, spelled in _VULGAR.items():
        text = text.replace(sign, f" {spelled}")
    return text


def parse_number(text: str) -> Span | None:
    """Read a whole text as one number; None if it is not one.

    Ranges ('1~2', '서너') become spans; '11/2', which may mean 1½ or 5½, is not a number.
    """
    text = spell_fractions(text).strip()
    if not text:
        return None
    if text in APPROXIMATE:
        return Span.between(*APPROXIMATE[text])
    if text in PARTS:
        return Span.exact(PARTS[text])
    if limits := _RANGE.fullmatch(text):
        low, high = _written(limits[1]), _written(limits[2])
        if low is None or high is None or not low <= high < math.inf:
            return None
        return Span.between(low, high)
    for read in (_written, _native, _sino):
        if (value := read(text)) is not None and math.isfinite(value):
            return Span.exact(value)
    return None


def _written(text: str) -> float | None:
    """Read digits, fractions and mixed numbers: '1,000', '1/2', '1과1/2', '1 1/2'."""
    found = _MIXED.fullmatch(text.strip())
    if not found or not (found[1] or found[2]):
        return None
    whole = float(found[1].replace(",", "")) if found[1] else 0.0
    if not found[2]:
        return whole
    over, under = (int(part) for part in found[2].split("/"))
    if under == 0 or over > under:
        return None
    return whole + over / under


def _native(text: str) -> float | None:
    """Read native numerals up to 99: '한', '열두', '스무'; '…반' adds a half."""
    if len(text) > 1 and text.endswith("반"):
        whole = _native(text[:-1].rstrip())
        return None if whole is None else whole + 0.5
    found = _TENS_ONES.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    return float(NATIVE_TENS.get(found[1] or "", 0) + NATIVE_ONES.get(found[2] or "", 0))


def _sino(text: str) -> float | None:
    """Read sino-Korean and mixed numerals: '이십', '백', '3천', '2만 5천', '만이천'."""
    parts = text.replace(" ", "").split("만")
    if len(parts) > 2:
        return None
    below = [_sino_below_myriad(part) if part else None for part in parts]
    if len(parts) == 1:
        return below[0]
    if (parts[0] and below[0] is None) or (parts[1] and below[1] is None):
        return None
    return (below[0] or 1.0) * 10_000 + (below[1] or 0.0)


def _sino_below_myriad(text: str) -> float | None:
    """Read '삼백오십', '5천', '25'; None for what is not such a number."""
    total, digit = 0.0, None
    for token in re.findall(rf"{DIGITS}|.", text):
        if token in SINO_SCALES:
            total += (1.0 if digit is None else digit) * SINO_SCALES[token]
            digit = None
        elif digit is not None:
            return None
        elif token in SINO_DIGITS:
            digit = float(SINO_DIGITS[token])
        elif re.fullmatch(DIGITS, token):
            digit = float(token.replace(",", ""))
        else:
            return None
    return total + (digit or 0.0)


def number_words() -> tuple[str, ...]:
    """Return every spoken number that may stand before a unit, longest first."""
    tens = [ten + one for ten in NATIVE_TENS for one in ("", *NATIVE_ONES)]
    words = {*tens, *NATIVE_ONES, *APPROXIMATE, *PARTS}
    return tuple(sorted(words, key=len, reverse=True))
