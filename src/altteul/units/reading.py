"""Settle several facts about one pack into one consistent reading, or refuse.

The rules (docs/topics/units.md): what stands outside brackets goes before what stands inside;
a metric figure goes before a customary unit; a container of several packs with one weight is
refused unless the text says which of the two is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from altteul.errors import AmountError
from altteul.units.scan import Fact, Scan, shown
from altteul.units.span import Span
from altteul.units.words import Dimension


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of a count unit."""

    quantity: Span
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of one amount or pack; what it does not say is None."""

    mass: Span | None
    volume: Span | None
    pieces: Counted | None
    container: Counted | None


def read(found: Scan, text: str) -> Reading:
    """Settle the facts of a scanned text; AmountError if they contradict each other."""
    containers = [fact for fact in found.facts if _is_container(fact) or _is_each(fact, found)]
    held = [fact for fact in found.facts if fact not in containers]
    container = _settle(containers, found, text)
    times = _repeats(found, held, container, text) if container and held else Span.exact(1)
    mass = _settle([f for f in held if f.word.dimension is Dimension.MASS], found, text)
    volume = _settle([f for f in held if f.word.dimension is Dimension.VOLUME], found, text)
    pieces = _settle([f for f in held if _is_piece(f)], found, text)
    return Reading(
        mass=mass.quantity * times if mass else None,
        volume=volume.quantity * times if volume else None,
        pieces=Counted(pieces.quantity * times, pieces.word.canonical) if pieces else None,
        container=Counted(container.quantity, container.word.canonical) if container else None,
    )


def _is_container(fact: Fact) -> bool:
    return fact.word.container or fact.multiplied


def _is_each(fact: Fact, found: Scan) -> bool:
    """Tell whether a piece counts the weights of '300g짜리 2모', '각 100g 3개'."""
    weighed = any(other.word.dimension is not Dimension.COUNT for other in found.facts)
    return found.each and weighed and _is_piece(fact)


def _is_piece(fact: Fact) -> bool:
    return fact.word.dimension is Dimension.COUNT


def _settle(facts: Sequence[Fact], found: Scan, text: str) -> Fact | None:
    """Choose the fact that holds among several of one dimension."""
    if not facts:
        return None
    outside = [fact for fact in facts if not fact.bracketed]
    metric = [fact for fact in outside or facts if not fact.word.customary]
    chosen = (metric or outside or list(facts))[0]
    if chosen.word.customary:
        chosen = next((fact for fact in facts if not fact.word.customary), chosen)
    for other in facts:
        if not _agree(chosen, other) and not (other.bracketed and found.money):
            raise AmountError(
                f"'{shown(text)}'에 서로 다른 양이 함께 적혀 있습니다. "
                "값이 매겨진 양 하나만 적어 주세요."
            )
    return chosen


def _agree(chosen: Fact, other: Fact) -> bool:
    if other is chosen or other.word.customary:
        return True
    if other.word.canonical != chosen.word.canonical:
        return other.bracketed
    low, high = sorted((chosen.quantity, other.quantity), key=lambda span: span.low)
    return high.low <= low.high


def _repeats(found: Scan, held: Sequence[Fact], container: Fact, text: str) -> Span:
    """Return how many times the contents are bought: '500g×2' and '500g 2봉' twice."""
    once = Span.exact(1)
    if container.number == once or found.total:
        return once
    first = found.facts.index(held[0]) < found.facts.index(container)
    if container.number.mid < 1 or found.each or container.multiplied:
        return container.number
    if first and not container.bracketed:
        return container.number
    if container.bracketed:
        return once
    raise AmountError(
        f"'{shown(text)}'의 양이 하나의 양인지 모두의 양인지 알 수 없습니다. "
        "'각 300g' 또는 '총 600g'처럼 적어 주세요."
    )
