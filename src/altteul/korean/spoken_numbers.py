"""Numbers as they are said: 3,500원 → 삼천오백 원, 3포기 → 세 포기, 600g → 육백 그램.

Two ways of counting: Chinese words (일, 이, 삼) before won, grams, minutes and dates; native words
(한, 두, 세) before what is counted by hand, up to 99.
Spaces stand at every 만 (한글 맞춤법 제44항).
"""

from __future__ import annotations

import re

DIGITS = "영일이삼사오육칠팔구"
SMALL = ("", "십", "백", "천")
LARGE = ("", "만", "억", "조")
ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
MOST_NATIVE = 99
MOST_SAID = 10**16

NATIVE_COUNTERS = frozenset({
    "개", "포기", "마리", "모", "장", "통", "대", "뿌리", "쪽", "톨", "줌", "공기", "토막", "줄기",
    "잎", "송이", "줄", "조각", "그릇", "접시", "자루", "단", "망", "봉", "봉지", "팩", "캔", "병",
    "상자", "포대", "묶음", "곳", "군데", "가지", "명", "사람", "시간", "판", "근", "말", "되",
    "손", "접", "큰술", "작은술", "컵", "배", "번", "달", "살", "알", "가닥", "두름",
})  # fmt: skip
"""Counted by hand with native words. 분 is a minute here (guests are 명)."""
MEASURES = {
    "kg": "킬로그램", "g": "그램", "mg": "밀리그램", "mL": "밀리리터", "ml": "밀리리터",
    "L": "리터", "km": "킬로미터", "m": "미터", "cm": "센티미터", "%": "퍼센트",
    "kcal": "킬로칼로리",
}  # fmt: skip
SINO_COUNTERS = frozenset({
    "원", "분", "초", "년", "월", "일", "인분", "주", "주일", "개월", "도", "층", "호", "점", "구",
    "그램", "킬로",
})  # fmt: skip
MONTHS = {6: "유월", 10: "시월"}
FRACTIONS = {"1/2": "반", "½": "반", "1/4": "사분의 일", "3/4": "사분의 삼", "1/3": "삼분의 일"}

_UNITS = sorted({*NATIVE_COUNTERS, *MEASURES, *SINO_COUNTERS}, key=lambda unit: (-len(unit), unit))
_UNIT = "|".join(map(re.escape, _UNITS))
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NOT_A_WORD = r"(?![A-Za-z])"
_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_MONTH = re.compile(r"(?<![\d,.])(\d{1,2})월")
_FRACTION = re.compile(rf"(?<![\d/])(1/2|½|1/4|3/4|1/3)\s?({_UNIT})?{_NOT_A_WORD}")
_RANGE = re.compile(rf"({_AMOUNT})\s?[~∼-]\s?({_AMOUNT})\s?({_UNIT}){_NOT_A_WORD}")
_COUNTED = re.compile(rf"({_AMOUNT})(?:\s?({_UNIT}){_NOT_A_WORD})?(?=([가-힣]?))")
_ONE_PLUS_ONE = re.compile(r"(?<!\d)1\+1(?!\d)")


def sino(number: int) -> str:
    """Say a whole number in Chinese words: 3500 → "삼천오백", 12345 → "만 이천삼백사십오".

    Raises ValueError below 0 and from 10^16 on.
    """
    if not 0 <= number < MOST_SAID:
        raise ValueError(f"cannot say {number}")
    groups = []
    for name in LARGE:
        number, group = divmod(number, 10_000)
        if group:
            groups.append(_group(group, name))
    return " ".join(reversed(groups)) or DIGITS[0]


def _group(group: int, name: str) -> str:
    if group == 1 and name == "만":
        return name
    said = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            said += ("" if digit == 1 and place else DIGITS[digit]) + SMALL[place]
    return said + name


def native(number: int) -> str:
    """Say 1 to 99 in native words as they stand before a counter: 1 → "한", 20 → "스무"."""
    if not 1 <= number <= MOST_NATIVE:
        raise ValueError(f"no native word for {number}")
    tens, ones = divmod(number, 10)
    return "스무" if number == 20 else TENS[tens] + ONES[ones]


def counted(number: float, unit: str) -> str:
    """Say so many of a unit: (3, "포기") → "세 포기", (600, "g") → "육백 그램"; a half is 반."""
    word = MEASURES.get(unit, unit)
    whole = int(number)
    if unit in NATIVE_COUNTERS and number == whole and 1 <= whole <= MOST_NATIVE:
        return f"{native(whole)} {word}"
    if unit in NATIVE_COUNTERS and number == whole + 0.5 and whole <= MOST_NATIVE:
        return f"{native(whole)} {word} 반" if whole else f"반 {word}"
    return f"{decimal(number)} {word}"


def decimal(number: float) -> str:
    """Say a number with its decimals digit by digit: 1.25 → "일 점 이오"."""
    whole, _, rest = f"{number:.6f}".rstrip("0").partition(".")
    said = sino(int(whole))
    return f"{said} 점 {''.join(DIGITS[int(digit)] for digit in rest)}" if rest else said


def day_said(year: int | None, month: int, day: int) -> str:
    """Say a date: (None, 5, 31) → "오월 삼십일일"; 6월 is 유월, 10월 시월."""
    words = [sino(year) + "년"] if year else []
    return " ".join([*words, _month(month), sino(day) + "일"])


def read_aloud(text: str) -> str:
    """A sentence with every number in words, for reading aloud and for those who listen."""
    said = _ONE_PLUS_ONE.sub("하나 더 주는", text)
    said = _DATE.sub(lambda m: day_said(int(m[1]), int(m[2]), int(m[3])), said)
    said = _FRACTION.sub(lambda m: " ".join(filter(None, (FRACTIONS[m[1]], _word(m[2])))), said)
    said = _RANGE.sub(lambda m: f"{_said(m[1], m[3])}에서 {_said(m[2], m[3])}", said)
    said = _MONTH.sub(lambda m: _month(int(m[1])), said)
    return _COUNTED.sub(lambda m: _said(m[1], m[2]), said)


def _said(number: str, unit: str | None) -> str:
    value = float(number.replace(",", ""))
    if value >= MOST_SAID:
        return number + (unit or "")
    if unit is None:
        return decimal(value)
    return _glued(value, unit) if unit in ("년", "월", "일") else counted(value, unit)


def _glued(value: float, unit: str) -> str:
    return decimal(value) + unit


def _month(month: int) -> str:
    return MONTHS.get(month, sino(month) + "월")


def _word(unit: str | None) -> str:
    return MEASURES.get(unit, unit) if unit else ""
