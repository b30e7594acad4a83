"""Amounts: number words, units with their uncertainty, written amounts and shop packs."""

from altteul.units.amount import Amount, ToTaste, parse_amount
from altteul.units.kinds import ItemKind
from altteul.units.numbers import parse_number
from altteul.units.pack import Pack, parse_pack
from altteul.units.scan import shown
from altteul.units.span import Span
from altteul.units.words import COUNT_UNITS, PIECES, Dimension, UnitWord, unit_word

__all__ = [
    "COUNT_UNITS",
    "PIECES",
    "Amount",
    "Dimension",
    "ItemKind",
    "Pack",
    "Span",
    "ToTaste",
    "UnitWord",
    "parse_amount",
    "parse_number",
    "parse_pack",
    "shown",
    "unit_word",
]
