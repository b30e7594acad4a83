"""What the practice market sells: levels and habits of prices, written in data/goods.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from altteul.frozen import Frozen
from altteul.sources.observation import Channel
from altteul.units import Pack, parse_pack


class Good(Frozen):
    """One item (and variety) with the usual level of its price and how that price moves.

    `won` is for `pack`. `season` is (highest − lowest) / mean of the year, highest in month
    `peak`. `weekly` is the standard deviation of the weekly log change. `feast` is the share that
    is added just before 설 and 추석. `months` are those in which it is sold; empty: all year.
    `spread` is the lasting log standard deviation between sellers. `sold` is the share of the
    sellers of a channel that carry it.
    """

    kind: str
    item: str
    variety: str | None = None
    grade: str | None = None
    pack: str
    packs: tuple[str, ...] = ()
    won: int = Field(gt=0)
    season: float = Field(ge=0, lt=2)
    peak: int = Field(ge=1, le=12)
    weekly: float = Field(gt=0, lt=0.5)
    feast: float = Field(ge=0, lt=0.5)
    months: tuple[int, ...] = ()
    spread: float = Field(gt=0, lt=0.5)
    sold: dict[Channel, float]

    @property
    def name(self) -> str:
        """Item and variety, unique among the goods."""
        return f"{self.item} {self.variety}" if self.variety else self.item

    def sizes(self) -> list[tuple[Pack, float]]:
        """The packs it comes in, each with its size relative to `pack`, which is the first."""
        packs = [parse_pack(text) for text in (self.pack, *self.packs)]
        return [(pack, _size(pack) / _size(packs[0])) for pack in packs]


def _size(pack: Pack) -> float:
    size = pack.mass_g or pack.volume_ml or pack.count
    assert size is not None, "a pack holds something"
    return size


def _read(document: dict[str, Any]) -> Iterator[Good]:
    for kind, rows in document["goods"].items():
        habits = document["kinds"][kind]
        for row in rows:
            yield Good(kind=kind, **{**habits, **row})


@cache
def all_goods() -> tuple[Good, ...]:
    """The goods of data/goods.toml, in the order of the file."""
    text = files("altteul.demo").joinpath("data/goods.toml").read_text(encoding="utf-8")
    return tuple(_read(tomllib.loads(text)))
