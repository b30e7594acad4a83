"""The documents of the advice on substitutes; `altteul substitutes --json` prints one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from altteul.frozen import Frozen
from altteul.market.offer import HowUnusual, NormalPrice, Place
from altteul.market.report import PriceSource
from altteul.planner.comparable import ComparablePrice
from altteul.recipes.nutrition import Nutrition

SCHEMA_VERSION = "altteul.substitutes/1"


class Finding(StrEnum):
    """What holds of a substitute here and now; only `pays` is recommended."""

    PAYS = "pays"
    NORMAL_UNKNOWN = "cheaper_normal_unknown"
    NOT_CHEAPER = "not_cheaper"
    DEAR_ITSELF = "dear_itself"
    PRICE_UNKNOWN = "price_unknown"
    ORIGINAL_UNKNOWN = "original_price_unknown"


class Facts(Frozen):
    """What is known of an item here and now; `nutrition` is for 100 g of the edible part."""

    item: str
    variety: str | None
    price: ComparablePrice | None
    unusual: HowUnusual
    normal: NormalPrice | None
    in_season: bool | None
    nutrition: Nutrition | None
    allergens: tuple[str, ...]


class SubstituteChoice(Frozen):
    """One substitute. `ratio` grams of it stand for a gram of the original.

    `price` and `original_price` (won for 100 g of each) are of one kind. `instead_won` is what
    stands for 100 g of the original; `saves_percent` is below 0 where that is dearer. None where
    a price is unknown. `new_allergens` are those that the original has not.
    """

    facts: Facts
    uses: tuple[str, ...]
    ratio: float
    taste: str
    new_allergens: tuple[str, ...]
    price: ComparablePrice | None
    original_price: ComparablePrice | None
    instead_won: int | None
    saves_percent: int | None
    finding: Finding
    recommended: bool
    why: str


class SubstituteAdvice(Frozen):
    """The original, its substitutes (recommended ones first), the verdict and its limits."""

    schema_version: str = SCHEMA_VERSION
    original: Facts
    use: str | None
    known_uses: tuple[str, ...]
    place: Place
    on: date
    radius_m: int
    choices: tuple[SubstituteChoice, ...]
    verdict: str
    notices: tuple[str, ...]
    sources: tuple[PriceSource, ...]
    simulated: bool
