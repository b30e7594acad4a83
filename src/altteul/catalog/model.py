"""What the catalog knows of an item; read from data/*.toml and data/kamis_kinds.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from altteul.catalog import notation
from altteul.units import COUNT_UNITS, ItemKind, Pack, Span, parse_pack


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weight(_Fact):
    """Grams of one count unit as a range with where it comes from."""

    low: float = Field(gt=0)
    typical: float
    high: float
    source: str

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.typical <= self.high:
            raise ValueError(f"weights out of order: {self.low}/{self.typical}/{self.high}")
        return self

    @property
    def span(self) -> Span:
        """Grams as a span."""
        return Span(self.low, self.typical, self.high)


class Holding(_Fact):
    """How many pieces a container usually holds."""

    count: float = Field(gt=0)
    unit: str


class Storage(_Fact):
    """Days an item keeps, by place; None where it should not be kept there."""

    room: int | None = Field(default=None, gt=0)
    fridge: int | None = Field(default=None, gt=0)
    freezer: int | None = Field(default=None, gt=0)
    source: str

    @property
    def longest(self) -> int:
        """Days in the better of room and fridge (freezing changes most fresh goods)."""
        return max(self.room or 0, self.fridge or 0) or (self.freezer or 0)


class Variety(_Fact):
    """A season, cultivar, cut or form of an item; `alone` names need no item beside them."""

    name: str
    aliases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


class KamisKind(_Fact):
    """A KAMIS item × kind: its codes and names, and unit and grades by survey class."""

    category: str
    item_code: str
    item_name: str
    kind_code: str
    kind_name: str
    variety: str | None
    units: Mapping[str, str]
    grades: Mapping[str, tuple[str, ...]]


class SurveyUnit(_Fact):
    """The unit a stage of the survey quotes from a date on; `valid_to` is the last day."""

    stage: str
    unit: str
    kind_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the unit is in use on `day`."""
        after = self.valid_from is None or day >= self.valid_from
        return after and (self.valid_to is None or day <= self.valid_to)


Words = Annotated[tuple[str, ...], BeforeValidator(notation.read_words)]


class Item(_Fact):
    """An item as a shopper means it; `name` is the key used everywhere.

    `apart` names the varieties that are another good at another price (소고기 등심): who only says
    the item does not mean them, and their prices say nothing of the others.
    """

    name: str
    kind: ItemKind
    category: str = Field(default="none", pattern=r"^([1-6]00|none)$")
    aliases: Words = ()
    dialect: Words = ()
    misspellings: Words = ()
    varieties: Annotated[tuple[Variety, ...], BeforeValidator(notation.read_varieties)] = ()
    apart: Words = ()
    weights: Annotated[Mapping[str, Weight], BeforeValidator(notation.read_weights)] = {}
    density: Annotated[Mapping[str, Weight], BeforeValidator(notation.read_weights)] = {}
    same: Annotated[Mapping[str, str], BeforeValidator(notation.read_same)] = {}
    holds: Annotated[Mapping[str, Holding], BeforeValidator(notation.read_holds)] = {}
    base: str = "g"
    pack: str = "100g"
    keeps: Annotated[Storage | None, BeforeValidator(notation.read_keeps)] = None
    season: Annotated[frozenset[int], BeforeValidator(notation.read_months)] = frozenset()
    edible: float = Field(default=1.0, gt=0, le=1)
    pantry: bool = False
    sold_as_produce: bool = True
    kamis: tuple[KamisKind, ...] = ()
    surveys: tuple[SurveyUnit, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.base not in {"g", "mL", *COUNT_UNITS}:
            raise ValueError(f"base '{self.base}' is no canonical unit")
        weighed = {unit.partition("@")[0] for unit in self.weights}
        unknown = {*weighed, *self.same, *self.holds} - COUNT_UNITS
        if unknown:
            raise ValueError(f"no canonical count units: {sorted(unknown)}")
        if strange := set(self.apart) - {variety.name for variety in self.varieties}:
            raise ValueError(f"no varieties, and yet apart: {sorted(strange)}")
        if stray := set(self.same.values()) - COUNT_UNITS:
            raise ValueError(f"no canonical count units: {sorted(stray)}")
        return self

    @property
    def default_pack(self) -> Pack:
        """The pack a shop usually sells."""
        return parse_pack(self.pack, item_kind=self.kind)

    def variety(self, name: str) -> Variety | None:
        """Return the variety of that name or other name; None if there is none."""
        for variety in self.varieties:
            if name in (variety.name, *variety.aliases):
                return variety
        return None

    def in_season(self, month: int) -> bool | None:
        """Tell whether `month` is in season; None if the catalog does not say."""
        return month in self.season if self.season else None
