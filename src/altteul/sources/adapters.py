"""Every source, found by looking: a module of this package that declares `SOURCE` is one.

A source module may offer `recognises(table)` and `read(table, catalog)` for files, and
`steps(period, settings, catalog)` for fetching.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType

import altteul.sources
from altteul.errors import InputError
from altteul.sources.description import SourceDescription


@cache
def source_modules() -> Mapping[str, ModuleType]:
    """Key → module of every source, in the order of their names."""
    names = sorted(found.name for found in pkgutil.iter_modules(altteul.sources.__path__))
    modules = (import_module(f"altteul.sources.{name}") for name in names)
    return MappingProxyType({m.SOURCE.key: m for m in modules if hasattr(m, "SOURCE")})


def all_sources() -> Mapping[str, SourceDescription]:
    """Key → description of every source."""
    return MappingProxyType({key: module.SOURCE for key, module in source_modules().items()})


def source_module(key: str) -> ModuleType:
    """The module of a source. Raises InputError naming the sources there are."""
    try:
        return source_modules()[key]
    except KeyError:
        known = ", ".join(source_modules())
        raise InputError(f"'{key}'라는 출처는 없습니다. 다음에서 고르세요: {known}.") from None
