"""Written amounts → one quantity with a dimension, or an explicit 'to taste'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.errors import AmountError
from altteul.units.kinds import ItemKind
from altteul.units.reading import Reading, read
from altteul.units.scan import scan, shown
from altteul.units.span import Span
from altteul.units.words import Dimension


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in g, mL or a canonical count unit, with the words it was read from."""

    quantity: Span
    unit: str
    dimension: Dimension
    text: str

    def scaled(self, factor: float) -> Amount:
        """Return the amount times `factor` (for another number of servings)."""
        return Amount(self.quantity.scaled(factor), self.unit, self.dimension, self.text)


@dataclass(frozen=True, slots=True)
class ToTaste:
    """An amount left to the cook: 약간, 적당량, 조금, or not written at all."""

    text: str


_TO_TASTE = re.compile(
    r"(?:아주\s*)?(?:약간|적당량|적당히|적당|적량|조금|소량|취향껏|취향대로|넉넉히|살짝)\s*(?:씩|만)?|"
    r"기호에\s*(?:따라|맞게)|-"
)
_NOT_STATED = re.compile(r".*(?:참조|참고|위와 같음)")
# Remarks that change nothing about the quantity.
_REMARKS = re.compile(
    r"(?:각각|각|씩|약|대략|정도|쯤|가량|내외|짜리|들이|총|합계|모두|그물망|"
    r"(?:작은|큰|중간|굵은|가는)(?:것|거|걸로|토막|통|크기)?|것|거|토막|大|中|小|특대|특|대|중|소|"
    r"을|를|이|가|은|는|에|로|으로|랑|이랑|하고|와|과|도|만|당|이나)+"
)


def parse_amount(text: str, *, item_kind: ItemKind | None = None) -> Amount | ToTaste:
    """Read an amount as people write it; an empty text is 'to taste'.

    `item_kind` settles units that differ by goods (근); without it the span covers them all.
    Raises AmountError, with the reason in Korean, for everything that has not one clear reading.
    """
    plain = text.strip()
    if not plain or _TO_TASTE.fullmatch(plain):
        return ToTaste(text)
    if _NOT_STATED.fullmatch(plain):
        raise AmountError(f"'{shown(text)}'에는 분량이 적혀 있지 않습니다. 분량을 적어 주세요.")
    found = scan(plain, item_kind)
    if not found.facts:
        raise AmountError(_why_nothing(text, money=found.money))
    strange = [word for word in found.rest.split() if not _REMARKS.fullmatch(word)]
    if strange:
        raise AmountError(
            f"'{shown(text)}'의 '{shown(' '.join(strange))}'이(가) 무슨 뜻인지 모릅니다. "
            "수와 단위만 적어 주세요."
        )
    return _principal(read(found, text), text)


def _why_nothing(text: str, *, money: bool) -> str:
    if money:
        return (
            f"'{shown(text)}'은(는) 분량이 아니라 금액입니다. "
            "'1kg', '2개'처럼 사려는 양을 적어 주세요."
        )
    return f"'{shown(text)}'에서 수와 단위를 찾지 못했습니다. '2개', '300g'처럼 적어 주세요."


def _principal(reading: Reading, text: str) -> Amount:
    """Choose what the amount is: a stated mass, else a volume, else the pieces."""
    if reading.mass is not None:
        return Amount(reading.mass, "g", Dimension.MASS, text)
    if reading.volume is not None:
        return Amount(reading.volume, "mL", Dimension.VOLUME, text)
    counted = reading.pieces or reading.container
    if counted is None:
        raise AmountError(_why_nothing(text, money=False))
    return Amount(counted.quantity, counted.unit, Dimension.COUNT, text)
