"""Every source, found by looking: a module of this package that declares `SOURCE` is one.

A source module may offer `recognises(table)` and `read(table, catalog)` for files, and
`steps(period, settings, catalog)` for fetching.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
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


def descriptions(keys: Iterable[str]) -> Mapping[str, SourceDescription]:
    """Key → description of some sources; unknown keys are left out. Loads only their modules: a
    module is named after its source's key."""
    found = {}
    for key in keys:
        if find_spec(f"altteul.sources.{key}") is not None:
            described = getattr(import_module(f"altteul.sources.{key}"), "SOURCE", None)
            if described is not None and described.key == key:
                found[key] = described
    return MappingProxyType(found)


def source_module(key: str) -> ModuleType:
    """The module of a source. Raises InputError naming the sources there are."""
    try:
        return source_modules()[key]
    except KeyError:
        known = ", ".join(source_modules())
        raise InputError(f"'{key}'라는 출처는 없습니다. 다음에서 고르세요: {known}.") from None
