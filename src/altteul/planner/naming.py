"""Sellers that the shopper names: which ones are meant."""

from __future__ import annotations

from collections.abc import Sequence

from altteul.errors import InputError
from altteul.history.seller import Seller

SHOWN = 5


def named(text: str, sellers: Sequence[Seller]) -> list[Seller]:
    """The sellers of that id or name; else those whose name holds the words."""
    plain = _plain(text)
    exact = [s for s in sellers if text == s.id or plain == _plain(s.name)]
    return exact or [s for s in sellers if plain and plain in _plain(s.name)]


def the_one(text: str, sellers: Sequence[Seller]) -> Seller:
    """The only seller meant; InputError with the choices where there is none or more than one."""
    found = named(text, sellers)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"'{text}'은(는) 갈 수 있는 곳 가운데 이 목록의 가격이 있는 판매처가 아닙니다. "
            "이름을 확인하거나 반경을 넓혀 주세요."
        )
    names = ", ".join(seller.name for seller in found[:SHOWN])
    raise InputError(f"'{text}'이(가) 어느 곳인지 모릅니다: {names}. 하나만 골라 적어 주세요.")


def _plain(text: str) -> str:
    return "".join(text.split()).lower()
