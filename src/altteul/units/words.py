"""The unit words people write, and what each stands for.

Traditional units and their spread: SOURCES C2; spoons and cups: SOURCES C3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from altteul.units.kinds import ItemKind
from altteul.units.span import Span


class Dimension(StrEnum):
    """What an amount measures; the canonical unit is g, mL or a count unit."""

    MASS = "mass"
    VOLUME = "volume"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class UnitWord:
    """One unit: its canonical unit and how many canonical units it is worth.

    `customary` marks units whose size is a habit, so a metric figure beside it wins.
    `container` marks units that hold other things (1봉(5개)).
    """

    canonical: str
    dimension: Dimension
    factor: Span
    customary: bool = False
    container: bool = False


def _mass(*grams: float, customary: bool = False) -> UnitWord:
    return UnitWord("g", Dimension.MASS, _span(grams), customary)


def _volume(*millilitres: float, customary: bool = False) -> UnitWord:
    return UnitWord("mL", Dimension.VOLUME, _span(millilitres), customary)


def _count(unit: str, factor: float = 1, *, container: bool = False) -> UnitWord:
    return UnitWord(unit, Dimension.COUNT, Span.exact(factor), customary=False, container=container)


def _span(values: tuple[float, ...]) -> Span:
    return Span.exact(values[0]) if len(values) == 1 else Span(values[0], values[1], values[2])


GRAM, KILOGRAM = _mass(1), _mass(1_000)
MILLILITRE, LITRE = _volume(1), _volume(1_000)
SPOON, TEASPOON, CUP = _volume(15), _volume(5), _volume(200)

METRIC = {
    "g": GRAM, "gr": GRAM, "그램": GRAM, "그람": GRAM, "mg": _mass(0.001), "밀리그램": _mass(0.001),
    "kg": KILOGRAM, "k": KILOGRAM, "킬로그램": KILOGRAM, "킬로그람": KILOGRAM, "킬로": KILOGRAM,
    "키로": KILOGRAM, "키로그램": KILOGRAM, "톤": _mass(1_000_000), "lb": _mass(453.592),
    "파운드": _mass(453.592), "oz": _mass(28.3495), "온스": _mass(28.3495),
    "ml": MILLILITRE, "cc": MILLILITRE, "씨씨": MILLILITRE, "밀리리터": MILLILITRE,
    "밀리": MILLILITRE, "dl": _volume(100), "l": LITRE, "리터": LITRE, "리타": LITRE,
}  # fmt: skip

SPOONS_AND_CUPS = {
    "큰술": SPOON, "T": SPOON, "Ts": SPOON, "TS": SPOON, "tbsp": SPOON, "Tbsp": SPOON,
    "테이블스푼": SPOON, "스푼": SPOON, "스픈": SPOON, "숟갈": SPOON, "숟가락": SPOON, "숟": SPOON,
    "밥숟가락": SPOON, "밥숟갈": SPOON, "수저": SPOON, "술": SPOON,
    "작은술": TEASPOON, "t": TEASPOON, "ts": TEASPOON, "tsp": TEASPOON, "티스푼": TEASPOON,
    "티스픈": TEASPOON, "찻술": TEASPOON, "차술": TEASPOON,
    "컵": CUP, "C": CUP, "c": CUP, "cup": CUP, "Cup": CUP, "CUP": CUP,
    "종이컵": _volume(180), "소주컵": _volume(50),
    "소주잔": _volume(50), "국자": _volume(80, 90, 100, customary=True),
    "꼬집": _volume(0.3, 0.5, 0.6, customary=True),
}  # fmt: skip

# 되·말: 1.8 L and 18 L by origin, often 2 L and 20 L in markets.
TRADITIONAL = {
    "근": _mass(400, 500, 600, customary=True), "관": _mass(3_750, 3_750, 4_000, customary=True),
    "냥": _mass(37.5, customary=True), "돈": _mass(3.75, customary=True),
    "가마": _mass(20_000, 80_000, 80_000, customary=True),
    "가마니": _mass(20_000, 80_000, 80_000, customary=True),
    "홉": _volume(180, 180, 200, customary=True),
    "되": _volume(1_800, 1_800, 2_000, customary=True),
    "말": _volume(18_000, 18_000, 20_000, customary=True),
    "접": _count("개", 100), "손": _count("마리", 2), "두름": _count("마리", 20),
    "축": _count("마리", 20), "쾌": _count("마리", 20), "톳": _count("장", 100),
    "속": _count("장", 100), "판": _count("개", 30), "꾸러미": _count("개", 10),
}  # fmt: skip

# A small 말 (소말) of grain is half a large one: rice 8 kg against 16 kg.
_SMALL_OR_LARGE = {
    "되": _volume(900, 1_800, 2_000, customary=True),
    "말": _volume(9_000, 18_000, 20_000, customary=True),
}
_GEUN_600 = {"근": _mass(600, customary=True)}
_GEUN_400 = {"근": _mass(400, customary=True)}
_GREENS = {**_GEUN_400, "손": _count("줌")}
BY_KIND: dict[ItemKind, dict[str, UnitWord]] = {
    ItemKind.MEAT: _GEUN_600,
    ItemKind.FISH: _GEUN_600,
    ItemKind.DRIED_CHILLI: _GEUN_600,
    ItemKind.CHILLI_POWDER: {"근": _mass(400, 500, 600, customary=True)},
    ItemKind.VEGETABLE: _GREENS,
    ItemKind.MUSHROOM: _GEUN_400,
    ItemKind.FRUIT: _GEUN_400,
    ItemKind.GRAIN: _SMALL_OR_LARGE,
    ItemKind.EGG_DAIRY: {"줄": _count("개", 10), "판": _count("개", 30)},
}

PIECES = (
    "개", "포기", "마리", "모", "장", "통", "대", "뿌리", "쪽", "톨", "줌", "공기", "토막",
    "줄기", "잎", "송이", "줄", "조각", "그릇", "인분", "접시", "자루", "가닥", "방울",
)  # fmt: skip
CONTAINERS = ("단", "망", "봉", "팩", "캔", "병", "상자", "포대", "묶음")
SYNONYMS = {
    "구": "개", "알": "개", "낱개": "개", "입": "개", "EA": "개", "ea": "개", "미": "마리",
    "봉지": "봉", "포": "포대", "박스": "상자", "box": "상자", "BOX": "상자", "다발": "단",
    "뭉치": "묶음", "꼬투리": "개", "덩이": "조각", "덩어리": "조각", "큐브": "조각", "움큼": "줌",
    "움쿰": "줌", "웅큼": "줌", "주먹": "줌", "밥공기": "공기", "통조림": "캔", "깡통": "캔",
    "이파리": "잎", "매": "장", "사람분": "인분", "그루": "포기", "꼭지": "개",
}  # fmt: skip


def _table() -> dict[str, UnitWord]:
    table = {**METRIC, **SPOONS_AND_CUPS, **TRADITIONAL}
    table |= {unit: _count(unit) for unit in PIECES}
    table |= {unit: _count(unit, container=True) for unit in CONTAINERS}
    return table | {word: table[unit] for word, unit in SYNONYMS.items()}


UNIT_WORDS: dict[str, UnitWord] = _table()
COUNT_UNITS: frozenset[str] = frozenset({*PIECES, *CONTAINERS})


def unit_word(word: str, item_kind: ItemKind | None = None) -> UnitWord | None:
    """Return what a unit word stands for with this sort of goods; None if it is no unit.

    'T' and 't' differ (큰술, 작은술); metric words are read in any case.
    """
    if item_kind is not None and word in (special := BY_KIND.get(item_kind, {})):
        return special[word]
    return UNIT_WORDS.get(word) or METRIC.get(word.lower())
