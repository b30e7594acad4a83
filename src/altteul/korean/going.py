"""How one goes, in words: on foot, by bus, by car."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MODE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"walk": "걸어서", "bus": "버스로", "car": "차로"}
)
"""By the value of a Mode, which is a string itself."""
