"""Amounts as they are said beside an item: number and unit, "하나", "만 원어치", "한 근 반"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.assistant.amounts.numerals import COUNTED, MONEY, STANDING, span_of, value_of, won_of
from altteul.assistant.speech.sheet import Sheet
from altteul.assistant.speech.word_lists import words
from altteul.units import Span

SPELLED = {
    "kg": "kg", "킬로그램": "kg", "킬로그람": "kg", "키로그램": "kg", "키로그람": "kg",
    "킬로": "kg", "키로": "kg", "㎏": "kg", "k": "kg", "그램": "g", "그람": "g", "g": "g",
    "gr": "g",
    "리터": "L", "리타": "L", "l": "L", "ml": "mL", "밀리리터": "mL", "밀리": "mL", "미리": "mL",
    "시시": "mL", "cc": "mL", "톤": "톤", "ea": "개", "빡스": "박스",
}  # fmt: skip
"""Units with more than one spelling; all others are printed as they are said."""
_COUNTERS = words("counters")
UNIT = "|".join(
    re.escape(word)
    for word in sorted({*_COUNTERS, *(w for w in SPELLED if not w.isascii()), "kg", "Kg", "KG", "g",
                        "G", "L", "l", "ml", "mL", "ML", "cc", "EA", "ea"}, key=len, reverse=True)
)  # fmt: skip
"""A unit after a number."""
METRIC = frozenset({"kg", "g", "L", "mL"})
PACKAGES = frozenset(
    {
        "포대",
        "푸대",
        "포",
        "자루",
        "가마니",
        "가마",
        "봉지",
        "봉",
        "팩",
        "박스",
        "상자",
        "망",
        "병",
        "통",
    }
)
_AFTER_UNIT = (
    r"(?=$|[^가-힣A-Za-z]|(?<=[A-Za-z])(?![A-Za-z])|"
    r"(?:씩|정도|쯤|가량|내외|들이|짜리|만|이나|나|이면|면|반|을|를|이|가|은|는|에|로|"
    r"으로|랑|이랑|하고|와|과|도|요|이요|"
    r"의|만큼|밖에|인데|네(?=$|[\s,.])|네요|거든|로(?=\s)|이야|예요|이에요|이라|더|좀|사|입|치|까지|부터|하구|이고|고|"
    r"씩만)(?![가-힣]{4,}))"
)
_TAIL = r"(?:\s*반(?![가-힣])|\s*반(?=만|을|이|정도|쯤|하고|이랑|요|으로))?"
_AMOUNT = re.compile(
    rf"(?:(?<![가-힣\d.])|(?<=[가-힣])(?=\d)|(?<=¦))(?:(?:약|대충|딱|총|각|한(?=\s+(?:\d"
    rf"|[두세네서너대]|"
    rf"다섯|여섯|일곱|여덟|아홉|열|스)))\s*)?"
    rf"(?:(?P<digit>[일이삼사오육칠팔구])\s*(?=키로|킬로|그램|그람|리터|kg|KG)|"
    rf"(?P<number>{COUNTED}|"
    rf"{STANDING})\s*)(?P<unit>{UNIT}){_AFTER_UNIT}(?P<half>{_TAIL})(?P<each>\s*(?:짜리|"
    rf"들이))?"
    rf"(?:\s*(?:정도|쯤|가량|내외|씩|만|남짓))*"
)
_WORTH = re.compile(
    rf"(?:(?<![가-힣\d])|(?<=¦))(?P<won>{MONEY})\s*원?\s*(?:어치|치(?=만|$|\s)|어지|에치"
    rf"|원어치)(?:씩|만|정도|쯤|로|를)*"
)
_IN_UNITS = re.compile(
    rf"(?:(?<![가-힣\d])|(?<=¦))(?P<unit>망|박스|상자|봉지|팩|통|단|포대|판|병|캔|봉|자루|묶음|다발)(?:으로|로)\s*"
    rf"(?P<number>{STANDING})(?:만)?(?=$|[^가-힣]|하고|랑|이랑|요|씩)"
)
"""'큰 망으로 하나'."""
_STANDING = re.compile(
    rf"(?:(?<![가-힣\d])|(?<=¦))(?P<number>{STANDING})(?=$|[^가-힣]|만|씩|랑|이랑|하고|"
    rf"정도|쯤|이면|면|을|"
    rf"를|로|으로|요|사|은|는|이|더|에|추가|도)"
)
_HALF = re.compile(r"(?:(?<![가-힣\d])|(?<=¦))(?P<number>반)(?=만(?:$|[\s,.요]))")
"""'애호박은 반만'."""
_BARE = re.compile(r"(?:(?<=¦)|(?<=¦ ))(?P<number>\d{1,3}(?:\.\d+)?)(?=$|[\s,¦/]|만|씩|랑|하고)")


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount with its place in the sentence; `unit` None: only a number was said."""

    start: int
    end: int
    span: Span
    unit: str | None
    each: bool = False

    @property
    def amount(self) -> float:
        """The number that is printed."""
        return value_of(self.span)


def read_portions(sheet: Sheet) -> list[Portion]:
    """Every amount that is left on the sheet, in order, taken off it."""
    said: list[Portion] = []
    for found in sheet.take_all(_WORTH):
        won = won_of(found["won"])
        if won:
            said.append(Portion(*found.span(), Span.exact(float(won)), "원"))
    for pattern in (_IN_UNITS, _AMOUNT, _STANDING, _HALF, _BARE):
        said += filter(None, map(_portion, sheet.take_all(pattern)))
    return sorted(said, key=lambda one: one.start)


def _portion(found: re.Match[str]) -> Portion | None:
    """The amount that was found; `digit`, `unit`, `half` and `each` are not in every pattern."""
    said = found.groupdict()
    span = span_of(said.get("digit") or said["number"])
    if span is None:
        return None
    if said.get("half"):
        span = span + Span.exact(0.5)
    unit = spelled(said["unit"]) if said.get("unit") else None
    return Portion(*found.span(), span, unit, bool(said.get("each")))


def spelled(unit: str) -> str:
    """The unit in its usual spelling: 키로 → kg; all others as said."""
    return (
        SPELLED.get(unit.lower(), unit) if not unit.isascii() or unit.lower() in SPELLED else unit
    )


def joined(first: Portion, second: Portion, between: str) -> Portion | None:
    """Two amounts that state one: '1kg 500g' adds up, '20kg짜리 하나', '한 포대 20kg' multiply."""
    if between.strip(" ,()"):
        return None
    if (first.unit, second.unit) in (("kg", "g"), ("L", "mL")):
        total = first.span + second.span.scaled(0.001)
        return Portion(first.start, second.end, total, first.unit)
    if first.unit in ("kg", "L") and second.unit is None and second.span.low >= 50:
        return Portion(first.start, second.end, first.span + second.span.scaled(0.001), first.unit)
    packed = first.unit in METRIC and second.unit not in METRIC and second.unit != "원"
    if packed and (first.each or second.unit is not None or second.span.is_exact):
        return Portion(first.start, second.end, first.span * second.span, first.unit)
    if first.each and second.unit in PACKAGES and first.unit not in METRIC:
        return Portion(first.start, second.end, second.span, second.unit)
    if first.each:
        return Portion(first.start, second.end, first.span * second.span, first.unit)
    if first.unit in PACKAGES and second.unit in METRIC:
        return Portion(first.start, second.end, first.span * second.span, second.unit)
    return None
