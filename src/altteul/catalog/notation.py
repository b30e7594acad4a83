"""The short notation of the catalog's data files, so that a line reads like a note by hand.

weights    "포기 1800/2500/3500 [C3]; 장 20/30/40 [K]"      unit low/typical/high [source]
varieties  "봄; 여름 고랭지; 가을"                           name and its other names
           "*삼겹살 삼겹 오겹살"                             * may be said without the item's name
season     "4-6, 11"                                        months
keeps      "실온 3, 냉장 21 [K]"                             days by place [source]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEIGHT = re.compile(r"(\S+)\s+([\d.]+)/([\d.]+)/([\d.]+)\s*\[(.+)\]")
_KEEPS = re.compile(r"(실온|냉장|냉동)\s+(\d+)")
_HOLDS = re.compile(r"(\S+)=([\d.]+)([가-힣]+)")
_PLACES = {"실온": "room", "냉장": "fridge", "냉동": "freezer"}


def read_words(text: str) -> tuple[str, ...]:
    """Read names separated by spaces."""
    return tuple(text.split())


def read_weights(text: str) -> dict[str, dict[str, object]]:
    """Read grams by count unit; ValueError names the part that cannot be read."""
    weights: dict[str, dict[str, object]] = {}
    for part in _parts(text, ";"):
        found = _WEIGHT.fullmatch(part)
        if not found:
            raise ValueError(f"weight '{part}' is not 'unit low/typical/high [source]'")
        unit, low, typical, high, source = found.groups()
        weights[unit] = {"low": low, "typical": typical, "high": high, "source": source}
    return weights


def read_varieties(text: str) -> list[dict[str, object]]:
    """Read varieties: first word the name, further words other names, '*' stands alone."""
    varieties: list[dict[str, object]] = []
    for part in _parts(text, ";"):
        names = [(word.lstrip("*"), word.startswith("*")) for word in part.split()]
        varieties.append(
            {
                "name": names[0][0],
                "aliases": tuple(word for word, _ in names[1:]),
                "alone": tuple(word for word, alone in names if alone),
            }
        )
    return varieties


def read_months(text: str) -> frozenset[int]:
    """Read months: '11-2' runs over the turn of the year; ValueError if no month."""
    months: set[int] = set()
    for part in _parts(text, ","):
        first, _, last = part.partition("-")
        month, end = int(first), int(last or first)
        if not (1 <= month <= 12 and 1 <= end <= 12):
            raise ValueError(f"'{part}' is no month")
        while month != end:
            months.add(month)
            month = month % 12 + 1
        months.add(end)
    return frozenset(months)


def read_keeps(text: str) -> dict[str, object]:
    """Read storage days by place."""
    found = _KEEPS.findall(text)
    source = re.search(r"\[(.+)\]", text)
    if not found or not source:
        raise ValueError(f"storage '{text}' is not '실온 3, 냉장 21 [source]'")
    return {_PLACES[place]: days for place, days in found} | {"source": source[1]}


def read_same(text: str) -> dict[str, str]:
    """Read units that are one thing for this item: '통=포기 개=포기'."""
    return dict(pair.split("=", 1) for pair in text.split())


def read_holds(text: str) -> dict[str, dict[str, object]]:
    """Read what a container usually holds: '망=3포기'."""
    holds: dict[str, dict[str, object]] = {}
    for part in text.split():
        found = _HOLDS.fullmatch(part)
        if not found:
            raise ValueError(f"'{part}' is not 'container=count unit'")
        holds[found[1]] = {"count": found[2], "unit": found[3]}
    return holds


def _parts(text: str, separator: str) -> Iterator[str]:
    return (part.strip() for part in text.split(separator) if part.strip())
