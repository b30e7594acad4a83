"""The grammar's word lists (data/words.toml) and cues of intents (data/cues.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    return _read("words.toml")


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[str]]:
    return _read("cues.toml")


def _read(name: str) -> dict[str, Any]:
    file = resources.files("altteul.assistant") / "data" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def place_names() -> dict[str, frozenset[str]]:
    """The names of places by list (data/places.toml)."""
    return {name: frozenset(text.split()) for name, text in _read("places.toml").items()}


def dialect_lines() -> list[str]:
    """Every line "pattern=>words" of the dialects, in the order of the file."""
    return [line for lines in _read("dialects.toml").values() for line in lines]


def words(name: str) -> list[str]:
    """The words of a list, in the order of the file."""
    return _lists()[name].split()


def cue_names() -> tuple[str, ...]:
    """The names of all cues, in the order of the file."""
    return tuple(_cues())


@cache
def cue(name: str) -> re.Pattern[str]:
    """A cue as one pattern: any of its lines."""
    lines = "|".join(_cues()[name])
    return re.compile(lines.replace("{meals}", "|".join(_cues()["meals"])))
