"""The days people name instead of a date: 설, 추석, 대보름, 동지, 복날, 크리스마스 …

Public holidays and lunar days come from the `holidays` package (단오 is the Dragon Boat Festival
of its Chinese calendar: the same lunar day). The solar terms follow the usual approximation
day = ⌊0.2422·y + C⌋ - ⌊y/4⌋ with y the year within the century, good to a day in 2001–2099.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

_WINTER, _SUMMER, _AUTUMN = (12, 21.94), (6, 21.37), (8, 7.5)
_FIXED = {
    "크리스마스": (12, 25), "성탄절": (12, 25), "성탄": (12, 25), "어린이날": (5, 5),
    "어버이날": (5, 8), "스승의날": (5, 15), "한글날": (10, 9), "개천절": (10, 3),
    "광복절": (8, 15), "삼일절": (3, 1), "현충일": (6, 6), "제헌절": (7, 17), "신정": (1, 1),
    "새해": (1, 1), "빼빼로데이": (11, 11), "발렌타인데이": (2, 14), "화이트데이": (3, 14),
    "삼겹살데이": (3, 3), "할로윈": (10, 31), "핼러윈": (10, 31), "식목일": (4, 5),
}  # fmt: skip
_LUNAR = {
    "설날": "설날", "구정": "설날", "설": "설날", "추석": "추석", "한가위": "추석",
    "부처님오신날": "부처님오신날", "석가탄신일": "부처님오신날", "초파일": "부처님오신날",
}  # fmt: skip


@lru_cache(maxsize=16)
def _korean(year: int) -> dict[str, date]:
    import holidays

    return {
        name: day
        for day, name in holidays.country_holidays("KR", years=year, language="ko").items()
    }


@lru_cache(maxsize=16)
def _dragon_boat(year: int) -> date | None:
    import holidays

    days = holidays.country_holidays("CN", years=year, language="en_US")
    return next((d for d, name in sorted(days.items()) if name.startswith("Dragon Boat")), None)


def _solar_term(year: int, term: tuple[int, float]) -> date:
    month, constant = term
    y = year % 100
    return date(year, month, math.floor(0.2422 * y + constant) - y // 4)


def _dog_day(term: tuple[int, float], nth: int) -> Callable[[int], date]:
    """The nth day of the stem 庚 from a solar term on (초복 3rd, 중복 4th after 하지)."""

    def day_of(year: int) -> date:
        start = _solar_term(year, term)
        stem = (start.toordinal() + 1_721_425 + 9) % 10
        return start + timedelta(days=(6 - stem) % 10 + 10 * (nth - 1))

    return day_of


def _holiday(name: str) -> Callable[[int], date | None]:
    return lambda year: _korean(year).get(name)


def _full_moon(year: int) -> date | None:
    new_year = _korean(year).get("설날")
    return new_year + timedelta(days=14) if new_year else None


def _college_exam(year: int) -> date:
    """수능: as a rule the third Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


FEASTS: dict[str, Callable[[int], date | None]] = {
    **{name: _fixed(*day) for name, day in _FIXED.items()},
    **{name: _holiday(holiday) for name, holiday in _LUNAR.items()},
    "정월대보름": _full_moon, "정월 대보름": _full_moon, "대보름": _full_moon,
    "정월보름": _full_moon, "정월 보름": _full_moon, "보름": _full_moon,
    "단오": _dragon_boat, "수능": _college_exam,
    "동짓날": lambda year: _solar_term(year, _WINTER),
    "동지": lambda year: _solar_term(year, _WINTER),
    "초복": _dog_day(_SUMMER, 3), "중복": _dog_day(_SUMMER, 4), "말복": _dog_day(_AUTUMN, 1),
}  # fmt: skip
_GROUPS = {"명절": ("설날", "추석"), "복날": ("초복", "중복", "말복")}
_ALONE = {
    "보름": r"보름(?=날|에(?:\s|$)|\s*(?:오곡|나물|부럼|찰밥|음식))",
    "설": r"설(?=\s|$|[,.]|날|에|전|까지|때|이|엔|쇠|연휴|대목|음식|상|차례|준비|되|지나|선물)",
}
NAMES = tuple(sorted({*FEASTS, *_GROUPS}, key=len, reverse=True))
"""Every name of a feast, longest first."""


PATTERN = "|".join(_ALONE.get(name, name) for name in NAMES)
"""A regular expression for any of them; 설 is none in 설명 or 설탕."""


def next_feast(name: str, on: date) -> date | None:
    """The first such day from `on` on; None if the calendar does not know it."""
    names = _GROUPS.get(name, (name,))
    days = (FEASTS[each](year) for each in names for year in (on.year, on.year + 1))
    return min((day for day in days if day and day >= on), default=None)
