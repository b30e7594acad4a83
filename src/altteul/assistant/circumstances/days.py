"""Days as they are said ("모레", "이번 주말", "설 전까지", "20일") → the next such date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from altteul.assistant.amounts.numerals import span_of
from altteul.assistant.circumstances.feasts import PATTERN as _FEAST
from altteul.assistant.circumstances.feasts import next_feast
from altteul.assistant.speech.sheet import Sheet

_COUNT_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15, "일주일": 7, "한 주": 7, "한주": 7, "하루이틀": 1,
    "사나흘": 3, "너댓새": 4, "대엿새": 5,
}  # fmt: skip
_NEAR = {
    "오늘": 0,
    "금일": 0,
    "내일모레": 2,
    "모레": 2,
    "내일": 1,
    "명일": 1,
    "그글피": 4,
    "글피": 3,
}
_MONTHS = {
    "일월": 1, "이월": 2, "삼월": 3, "사월": 4, "오월": 5, "유월": 6, "육월": 6, "칠월": 7,
    "팔월": 8, "구월": 9, "시월": 10, "십월": 10, "십일월": 11, "십이월": 12,
    "동짓달": 11, "섣달": 12,
}  # fmt: skip
_WEEKDAYS = "월화수목금토일"
_DAY = r"(?:\d{1,2}|[이삼]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
_MONTH = rf"(?:\d{{1,2}}\s*월|{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_COUNTED = "|".join(sorted(_COUNT_DAYS, key=len, reverse=True))
_LATER = r"(?:\s*(?:뒤|후|있다가|있다|이따|지나서|지나면))"
# '까지', '에': harmless after a day; '날' too (금요일날).
_END = r"(?:날)?(?:\s*(?:까지(?:는)?|에는|에|엔|부터|이면|이라서|라서|이라|이고|인데|용))?"


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class _Said:
    start: int
    end: int
    day: date | None
    until: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is meant; `until`: any day up to it will do ("금요일까지"); `later`: other days
    were named, after it."""

    day: date
    until: bool
    later: bool = False


def read_day(sheet: Sheet, on: date) -> Day | None:
    """The day that is meant, taken off the sheet: "A 말고 B" is B, "… 까지" goes before others;
    of several days the earliest, since what is needed first must be there first."""
    said: list[_Said] = []
    for rule in _RULES:
        for found in sheet.take_all(rule.pattern):
            said.append(_Said(*found.span(), rule.day(found, on), "까지" in found[0]))
    said.sort(key=lambda one: one.start)
    known = [one for one in said if one.day is not None and not _prices_change(one, sheet)]
    dropped = {one.day for one in known if _DROPPED.match(sheet.left, one.end)}
    kept = [one for one in known if one.day not in dropped]
    deadline = next((one.day for one in kept if one.until), None)
    if deadline:
        return Day(deadline, until=True)
    first = min((one.day for one in kept or known if one.day), default=None)
    later = first is not None and any(one.day and one.day > first for one in kept)
    return Day(first, until=False, later=later) if first else None


def _prices_change(said: _Said, sheet: Sheet) -> bool:
    """'다음 주부터 오른다며': when prices change, not when one shops."""
    since = "부터" in sheet.text[said.start : said.end]
    return since and _PRICES_CHANGE.match(sheet.left, said.end) is not None


_PRICES_CHANGE = re.compile(
    r"[^,.?!]{0,10}(?:오른|오르|올라|내린|내리|내려|떨어|비싸[지진]|싸[지진])"
)
_DROPPED = re.compile(
    r"\s*(?:은|는|이|가)?\s*(?:말고|아니고|아니라|아니야|아니네)|\s*,?\s*(?:아\s*)?(?:아니다?|아냐|아이다?|아차)(?=[\s,])"
)


def _feast(found: re.Match[str], on: date) -> date | None:
    """A feast with what stands behind it: 전날, 이틀 전, 전까지, 다음 날."""
    if found["after"]:
        return None
    before = _days(found["before"]) if found["before"] else 0
    day = next_feast(found["feast"], on)
    if day is None:
        return None
    if found["eve"]:
        before = max(before, 1)
    return day - timedelta(days=before) + timedelta(days=1 if found["morrow"] else 0)


def _days(words: str) -> int:
    plain = " ".join(words.split())
    if plain in _COUNT_DAYS:
        return _COUNT_DAYS[plain]
    number = span_of(re.sub(r"\s*(?:일|날|주일|주|밤|달)$", "", plain))
    times = 7 if plain.endswith(("주", "주일")) else 1
    return round(number.low) * times if number else 1


def _later(found: re.Match[str], on: date) -> date:
    return on + timedelta(days=_days(found[1]))


def _months_later(found: re.Match[str], on: date) -> date:
    number = span_of(found[1])
    return _in_month(on, round(number.low) if number else 1, on.day)


def _in_month(on: date, months: int, day: int) -> date:
    year, month = divmod(on.month - 1 + months, 12)
    last = calendar.monthrange(on.year + year, month + 1)[1]
    return date(on.year + year, month + 1, min(day, last))


def _weekday(found: re.Match[str], on: date) -> date:
    monday = on - timedelta(days=on.weekday()) + timedelta(days=7 * _weeks(found["week"]))
    if found["weekend"]:
        day = monday + timedelta(days=5)
        return on if not _weeks(found["week"]) and day < on else day
    day = monday + timedelta(days=_WEEKDAYS.index(found["weekday"]))
    if "주" in (found["week"] or "") or day > on:
        return day
    return day + timedelta(days=7)


def _sunday(found: re.Match[str], on: date) -> date:
    """주일, as people of a church call it; on a Sunday that day itself."""
    days = (6 - on.weekday()) % 7 + 7 * _weeks(found["week"])
    return on + timedelta(days=days)


def _weeks(words: str | None) -> int:
    plain = (words or "").replace(" ", "")
    if plain.startswith(("다다음", "다담")):
        return 2
    return 1 if plain.startswith(("다음", "담", "내주")) else 0


def _week(found: re.Match[str], on: date) -> date:
    return on + timedelta(days=7 * _weeks(found[1]))


def _month_day(found: re.Match[str], on: date) -> date | None:
    word = found["month"].replace(" ", "")
    digits = re.match(r"\d+", word)
    return _on(int(digits[0]) if digits else _MONTHS[word], found["day"], on)


def _month_end(found: re.Match[str], on: date) -> date:
    word = found["month"].replace(" ", "")
    digits = re.match(r"\d+", word)
    month = int(digits[0]) if digits else _MONTHS[word]
    return _in_month(on, (month - on.month) % 12, 31)


def _on(month: int, words: str, on: date) -> date | None:
    number = span_of(words)
    try:
        day = date(on.year, month, round(number.low) if number else 0)
        return day if day >= on else day.replace(year=on.year + 1)
    except ValueError:
        return None


def _this_or_next_month(found: re.Match[str], on: date) -> date | None:
    months = 1 if (found["which"] or "").startswith(("다음", "담", "내달")) else 0
    words = found["day"]
    if words in ("말일", "말"):
        return _in_month(on, months, 31)
    if words.startswith("초"):
        wanted = 1 if words.startswith("초하") else _days(words[1:])
    else:
        number = span_of(re.sub(r"\s*일$", "", words))
        wanted = round(number.low) if number else 0
    if not 1 <= wanted <= 31:
        return None
    day = _in_month(on, months, wanted)
    return day if found["which"] or day >= on else _in_month(on, 1, wanted)


def _slashed(found: re.Match[str], on: date) -> date | None:
    return _on(int(found[1]), found[2], on)


def _written(found: re.Match[str], on: date) -> date | None:
    del on
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _days_on(found: re.Match[str], on: date) -> date:
    return on + timedelta(days=2 if found[1] == "다다음" else 1)


def _near(found: re.Match[str], on: date) -> date:
    return on + timedelta(days=_NEAR[found[1]])


def _rule(pattern: str, day: Callable[[re.Match[str], date], date | None]) -> _Rule:
    return _Rule(re.compile(rf"(?<![가-힣\d]){pattern}(?!마다){_END}"), day)


_WEEK = r"(?P<week>이번\s*주?|다다음\s*주?|다음\s*주?|담\s*주?|내주|오는|돌아오는|요번\s*주?|금주)?"
_WHICH_MONTH = r"(?P<which>이번\s*달|다음\s*달|담\s*달|이달|내달)?"
_RULES = (
    _rule(rf"(?P<month>{_MONTH})\s*(?:말일|말(?=까지|에|경|쯤|\s))", _month_end),
    _rule(r"(\d{4})[-./년]\s*(\d{1,2})[-./월]\s*(\d{1,2})일?", _written),
    _rule(rf"(?P<month>{_MONTH})\s*(?P<day>{_DAY})\s*일", _month_day),
    _rule(
        rf"(?P<feast>{_FEAST})(?:\s*대목)?(?!도\s*아)(?!(?:날)?\s*(?:선물|만\s*되|마다|때마다|때면|철))(?:날)?"
        rf"(?:\s*(?P<after>(?:이|가)?\s*(?:지나|끝나|쇠|뒤에|후에|쇤|이후))|"
        rf"(?:\s*(?P<before>{_COUNTED}|{_DAY}\s*일|[한두세]\s*주)?\s*(?P<eve>전날|전전날|이브|전))|"
        rf"\s*(?P<morrow>다음\s*날|이튿날)|\s*(?:당일|때|쯤|되기\s*전))?",
        _feast,
    ),
    _rule(
        rf"({_COUNTED}|\d+\s*(?:일|주일|주)|[이삼사오육칠팔구십]+\s*일|"
        rf"[한두세이삼]\s*주일?){_LATER}",
        _later,
    ),
    _rule(rf"(\d+|한|두|세|석)\s*(?:달|개월){_LATER}", _months_later),
    _rule(
        rf"{_WHICH_MONTH}\s*(?P<day>초하룻날|초하루(?:날)?|(?:(?<=달 )|(?<=달))초(?:{_COUNTED})|"
        rf"말일|(?<=달 )말|"
        rf"{_DAY}\s*일(?!\s*(?:치|분|동안|간|장)))",
        _this_or_next_month,
    ),
    _rule(rf"{_WEEK}\s*(?:(?P<weekend>주말)|(?P<weekday>[월화수목금토일])요일)", _weekday),
    _rule(
        rf"{_WEEK}\s*(?P<weekend>)(?P<weekday>)주일(?=날|에(?:\s|$)|\s*(?:예배|점심|아침|오전))",
        _sunday,
    ),
    _rule(r"(다다음\s*주|다음\s*주|담\s*주|내주)(?!\s*[월화수목금토일]요일)", _week),
    _rule(r"(\d{1,2})/(\d{1,2})(?!\d|\s*(?:컵|개|모|단|망|통|포기|근|봉))", _slashed),
    _rule(r"(다다음|다음)\s*날(?!\s*(?:씨))", _days_on),
    _rule(r"(내일모레|오늘|금일|모레|내일|명일|그글피|글피)", _near),
)
