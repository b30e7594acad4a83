"""Recent answers of one process, valid for one version of the tables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import astuple
from threading import Lock

import polars as pl

from altteul.history.prices import Wanted

Version = tuple[int, int]


class Answers:
    """Keeps the most recently used frames up to a total size; forgets all on a new version."""

    def __init__(self, bytes_at_most: int) -> None:
        self._room = bytes_at_most
        self._version: Version | None = None
        self._frames: OrderedDict[tuple[object, ...], pl.DataFrame] = OrderedDict()
        self._lock = Lock()

    def get(
        self, version: Version, wanted: Wanted, make: Callable[[], pl.DataFrame]
    ) -> pl.DataFrame:
        """The frame for `wanted` at that version of the tables, made anew if it is not kept."""
        key = tuple(_hashable(value) for value in astuple(wanted))
        with self._lock:
            if version != self._version:
                self._frames.clear()
                self._version = version
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key]
        frame = make()
        with self._lock:
            if version == self._version:
                self._keep(key, frame)
        return frame

    def _keep(self, key: tuple[object, ...], frame: pl.DataFrame) -> None:
        self._frames[key] = frame
        while sum(kept.estimated_size() for kept in self._frames.values()) > self._room:
            self._frames.popitem(last=False)


def _hashable(value: object) -> object:
    return (
        frozenset(value) if isinstance(value, Collection) and not isinstance(value, str) else value
    )
