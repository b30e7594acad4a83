"""What each seller last asked for each item, wherever it is: offers before a distance is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any

import polars as pl

from altteul import units
from altteul.history.seller import Seller
from altteul.market.faults import Fault
from altteul.market.offer import Basis, Offer, Pack, UnitPrice, WonRange
from altteul.market.packs import pack_of, unit_price
from altteul.sources.observation import Discount

MAX_AGE_DAYS = 45
"""An older price of a shop says too little: the shop surveys come monthly (서울) or every second
week (참가격), and one missed survey must not empty the page."""

SAME_GOODS = (
    "seller", "item", "variety", "grade", "origin", "mass_g", "volume_ml", "count", "count_unit",
)  # fmt: skip
"""Of prices that agree in these the newest counts."""

Goods = tuple[Any, ...]
"""The values of SAME_GOODS of one price."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a seller asks; with a `fault` where the rule for faults marks it: then no offer."""

    item: str
    variety: str | None
    grade: str | None
    origin: str | None
    seller: Seller
    pack: Pack
    price: int
    unit_price: UnitPrice
    observed_on: date
    source: str
    discount: Discount | None
    note: str | None
    simulated: bool
    fault: Fault | None = None

    def offer(self, distance_m: int, on: date) -> Offer:
        """The quote as an offer to somebody at that distance on that day."""
        return Offer(
            item=self.item,
            variety=self.variety,
            grade=self.grade,
            origin=self.origin,
            seller=self.seller,
            distance_m=distance_m,
            pack=self.pack,
            price=WonRange(low=self.price, mid=self.price, high=self.price),
            unit_price=self.unit_price,
            observed_on=self.observed_on,
            age_days=(on - self.observed_on).days,
            basis=Basis.OBSERVED,
            source=self.source,
            discount=self.discount,
            note=self.note,
            simulated=self.simulated,
        )


SellerFinder = Callable[[str], Seller | None]

PackReader = Callable[[str, str | None, units.Pack], Pack]
"""(item, variety, pack) → the pack in the item's base unit."""

RowReader = Callable[[date, date], pl.DataFrame]
"""(since, until) → single prices of sellers, columns of OBSERVATION_SCHEMA."""

FaultFinder = Callable[[pl.DataFrame], Mapping[Goods, Fault]]
"""The newest prices → those that are faults."""


class QuoteBook:
    """The quotes of one day, made item by item as they are asked for.

    Whether a price is a fault is told by all prices of the day, so all are read at once.
    """

    def __init__(
        self,
        on: date,
        sellers: SellerFinder,
        rows: RowReader,
        in_base: PackReader,
        faults: FaultFinder,
    ) -> None:
        self._on = on
        self._sellers = sellers
        self._rows = rows
        self._in_base = lru_cache(maxsize=None)(in_base)
        self._find_faults = faults
        self._newest: dict[str, pl.DataFrame] | None = None
        self._faults: Mapping[Goods, Fault] = {}
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self._lock = Lock()

    def of(self, items: Collection[str] | None) -> list[tuple[Quote, ...]]:
        """The quotes of the items (None: of all), one tuple an item, in the order asked."""
        with self._lock:
            if self._newest is None:
                self._newest = self._read()
            wanted = sorted(self._newest) if items is None else dict.fromkeys(items)
            return [self._of(item, self._newest) for item in wanted]

    def _of(self, item: str, newest: Mapping[str, pl.DataFrame]) -> tuple[Quote, ...]:
        if item not in self._quotes:
            rows = newest[item].iter_rows(named=True) if item in newest else ()
            made = (self._quote(row, self._sellers(row["seller"])) for row in rows)
            self._quotes[item] = tuple(quote for quote in made if quote)
        return self._quotes[item]

    def _read(self) -> dict[str, pl.DataFrame]:
        rows = self._rows(self._on - timedelta(days=MAX_AGE_DAYS), self._on)
        newest = newest_of_each(rows)
        self._faults = self._find_faults(newest)
        return {str(key[0]): own for key, own in newest.partition_by("item", as_dict=True).items()}

    def _quote(self, row: Mapping[str, Any], seller: Seller | None) -> Quote | None:
        if seller is None:
            return None
        pack = self._in_base(row["item"], row["variety"], pack_of(row))
        return Quote(
            item=row["item"],
            variety=row["variety"],
            grade=row["grade"],
            origin=row["origin"],
            seller=seller,
            pack=pack,
            price=row["price"],
            unit_price=unit_price(row["price"], pack),
            observed_on=row["date"],
            source=row["source"],
            discount=Discount(row["discount"]) if row["discount"] else None,
            note=_note(row["note"], row["other_source"], row["other_price"]),
            simulated=bool(row["simulated"]),
            fault=self._faults.get(tuple(row[name] for name in SAME_GOODS)),
        )


def newest_of_each(rows: pl.DataFrame) -> pl.DataFrame:
    """The newest price of the same goods at the same seller, with OBSERVATION_SCHEMA.

    Several prices of one source that day (two brands): the lowest. Several sources that day: the
    dearer one, so that nothing rests on the cheaper of two claims; what the other says stands in
    `other_source` and `other_price` (null where it says the same or there is none). Does not
    depend on the order of the rows.
    """
    ordered = rows.sort("date", "price", "source", "note", descending=[True, False, False, False])
    lowest = ordered.unique([*SAME_GOODS, "date", "source"], keep="first", maintain_order=True)
    newest = lowest.filter(pl.col("date") == pl.col("date").max().over(SAME_GOODS))
    told = newest.with_columns(
        other_source=pl.col("source").first().over(SAME_GOODS),
        other_price=pl.col("price").first().over(SAME_GOODS),
    )
    differs = pl.col("other_price") < pl.col("price")
    return (
        told.sort("date", "price", "source", descending=[True, True, False])
        .unique(SAME_GOODS, keep="first", maintain_order=True)
        .with_columns(pl.when(differs).then(pl.col("other_source", "other_price")))
    )


def _note(note: str | None, other_source: str | None, other_price: int | None) -> str | None:
    if other_source is None or other_price is None:
        return note
    differs = f"같은 날 {other_source} 조사는 {other_price:,}원: 비싼 쪽을 씀"
    return f"{note} · {differs}" if note else differs
