"""The observation (조사가격): one price, one date, one seller or region×channel, one source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import polars as pl
from pydantic import Field, model_validator

from altteul.frozen import Frozen


class Stage(StrEnum):
    """At which step of trade a price was asked."""

    RETAIL = "retail"
    WHOLESALE = "wholesale"
    ECO_FRIENDLY = "eco_friendly"


class Channel(StrEnum):
    """Where people shop (유통경로)."""

    TRADITIONAL_MARKET = "traditional_market"
    LARGE_STORE = "large_store"
    LOCAL_FOOD = "local_food"
    ONLINE = "online"


class Measure(StrEnum):
    """What the number is: one seller's price, or a statistic that the source published."""

    PRICE = "price"
    MEAN = "mean"
    LOW = "low"
    HIGH = "high"
    NORMAL = "normal"


class Discount(StrEnum):
    """A price that is not the everyday price; flagged, never ranked silently."""

    SALE = "sale"
    ONE_PLUS_ONE = "one_plus_one"


class Observation(Frozen):
    """One price as a source gave it, in our words.

    `date` is the survey date in Asia/Seoul (never the fetch date). `price` is in won for the
    whole pack, which is described by what is known of it: `mass_g`, `volume_ml`, and `count` of
    `count_unit`; at least one of the three. `region` is the survey region ("서울", "전국",
    "수원"); `channel` is None where the source mixes channels. `seller` is the key of a
    SellerRecord ("source:id") or None for a regional value.
    """

    date: date
    stage: Stage
    item: str = Field(min_length=1)
    variety: str | None = None
    grade: str | None = None
    origin: str | None = None
    measure: Measure
    price: int = Field(gt=0)
    mass_g: float | None = Field(default=None, gt=0)
    volume_ml: float | None = Field(default=None, gt=0)
    count: float | None = Field(default=None, gt=0)
    count_unit: str | None = None
    region: str = Field(min_length=1)
    channel: Channel | None = None
    seller: str | None = None
    source: str = Field(min_length=1)
    discount: Discount | None = None
    note: str | None = None
    simulated: bool = False

    @model_validator(mode="after")
    def _pack_is_known(self) -> Observation:
        if self.mass_g is None and self.volume_ml is None and self.count is None:
            raise ValueError("a pack needs a mass, a volume or a count")
        if (self.count is None) != (self.count_unit is None):
            raise ValueError("count and count_unit come together")
        if self.measure is Measure.PRICE and self.seller is None:
            raise ValueError("a single price needs its seller")
        return self


OBSERVATION_SCHEMA = pl.Schema(
    {
        "date": pl.Date(),
        "stage": pl.String(),
        "item": pl.String(),
        "variety": pl.String(),
        "grade": pl.String(),
        "origin": pl.String(),
        "measure": pl.String(),
        "price": pl.Int64(),
        "mass_g": pl.Float64(),
        "volume_ml": pl.Float64(),
        "count": pl.Float64(),
        "count_unit": pl.String(),
        "region": pl.String(),
        "channel": pl.String(),
        "seller": pl.String(),
        "source": pl.String(),
        "discount": pl.String(),
        "note": pl.String(),
        "simulated": pl.Boolean(),
    }
)
"""The columns of the price table, in this order; the same words as `Observation`."""

OBSERVATION_KEY: Sequence[str] = tuple(
    name for name in OBSERVATION_SCHEMA.names() if name not in ("price", "discount", "note")
)
"""What makes two rows the same fact: a second row with the same key is a correction."""


def observation_frame(observations: Iterable[Observation]) -> pl.DataFrame:
    """The observations as a table with the columns of OBSERVATION_SCHEMA."""
    rows = [observation.model_dump() for observation in observations]
    return pl.DataFrame(rows, schema=OBSERVATION_SCHEMA, orient="row")
