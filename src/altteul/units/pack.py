"""Shop labels → what one price buys: '1봉(5개)936g' is 5개 weighing 936 g."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.errors import AmountError
from altteul.units.kinds import ItemKind
from altteul.units.reading import Counted, Reading, read
from altteul.units.scan import Scan, scan, shown
from altteul.units.span import Span
from altteul.units.words import unit_word


@dataclass(frozen=True, slots=True)
class Pack:
    """What one price buys; at least one of mass (g), volume (mL) and count is known."""

    mass_g: float | None = None
    volume_ml: float | None = None
    count: float | None = None
    count_unit: str | None = None

    def __post_init__(self) -> None:
        if self.mass_g is None and self.volume_ml is None and self.count is None:
            raise ValueError("a pack needs a mass, a volume or a count")
        if (self.count is None) != (self.count_unit is None):
            raise ValueError("a count and its unit go together")
        for value in (self.mass_g, self.volume_ml, self.count):
            if value is not None and not value > 0:
                raise ValueError(f"a pack holds more than nothing, not {value}")

    @property
    def label(self) -> str:
        """Short Korean text: '1망(1.7kg)', '10개', '100g'."""
        sizes = [*_metric(self.mass_g, "g", "kg"), *_metric(self.volume_ml, "mL", "L")]
        if self.count is None:
            return " ".join(sizes)
        counted = f"{self.count:g}{self.count_unit}"
        return f"{counted}({', '.join(sizes)})" if sizes else counted


def _metric(value: float | None, small: str, large: str) -> list[str]:
    if value is None:
        return []
    return [f"{value / 1000:.10g}{large}" if value >= 1000 else f"{value:.10g}{small}"]


_INSIDE = re.compile(
    r"(?<![\d~.])(\d+)\s*(개|포기|마리|구|장|송이|통)?\s*입(?![가-힣])|(?<![\d~.])(\d+)\s*미(?![가-힣])"
)
_WEIGHT = re.compile(r"(?<![\d~.])(\d[\d,.]*)\s*(kg|g|㎏)(?![A-Za-z])", re.IGNORECASE)


def parse_pack(text: str, *, item_kind: ItemKind | None = None, note: str = "") -> Pack:
    """Read a shop's unit label; `note` is its remark field.

    The note is used only where the label names a container or nothing measurable inside it
    ('1팩' with '냉동 2미', '1망' with '3포기입'). Raises AmountError with the reason otherwise.
    """
    plain = text.strip()
    if (word := unit_word(plain, item_kind)) and plain != "대" and word.factor.is_exact:
        plain = f"1{plain}"
    found = scan(plain, item_kind)
    if not found.facts:
        raise AmountError(_why_nothing(text, found))
    reading = read(found, text)
    return _pack(reading, note, item_kind, text)


def _why_nothing(text: str, found: Scan) -> str:
    if not text.strip():
        return "판매 단위가 비어 있습니다. '1개', '100g'처럼 적어 주세요."
    if found.money:
        return f"'{shown(text)}'은(는) 단위가 아니라 금액입니다. '1개', '100g'처럼 적어 주세요."
    return (
        f"판매 단위 '{shown(text)}'에서 수와 단위를 찾지 못했습니다. '1개', '100g'처럼 적어 주세요."
    )


def _pack(reading: Reading, note: str, item_kind: ItemKind | None, text: str) -> Pack:
    counted, mass = reading.pieces or reading.container, reading.mass
    if reading.pieces is None and counted is not None and counted.quantity == Span.exact(1):
        counted = _count_in(note, item_kind) or counted
        mass = mass or _mass_in(note)
    return Pack(
        mass_g=_certain(mass, text),
        volume_ml=_certain(reading.volume, text),
        count=_certain(counted.quantity, text) if counted else None,
        count_unit=counted.unit if counted else None,
    )


def _certain(span: Span | None, text: str) -> float | None:
    if span is None:
        return None
    if not span.is_exact:
        raise AmountError(
            f"판매 단위 '{shown(text)}'의 양이 얼마인지 하나로 정해지지 않습니다. "
            "g이나 개수로 적어 주세요."
        )
    return span.mid


def _count_in(note: str, item_kind: ItemKind | None) -> Counted | None:
    found = _INSIDE.search(note)
    if not found:
        return None
    word = unit_word("마리" if found[3] else found[2] or "개", item_kind)
    return Counted(Span.exact(float(found[1] or found[3])), word.canonical) if word else None


def _mass_in(note: str) -> Span | None:
    found = _WEIGHT.search(note)
    if not found:
        return None
    grams = float(found[1].replace(",", "")) * (1000 if "k" in found[2].lower() else 1)
    return Span.exact(grams) if grams > 0 else None
