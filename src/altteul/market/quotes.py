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
from altteul.market.doubt import doubtful
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


@dataclass(frozen=True, slots=True)
class Quote:
    """What a seller asks; `doubtful` when the figure is beyond what the item can cost."""

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
    doubtful: bool = False

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

RowReader = Callable[[Collection[str] | None, date, date], pl.DataFrame]
"""(items, since, until) → single prices of sellers, columns of OBSERVATION_SCHEMA."""


class QuoteBook:
    """The quotes of one day, read item by item as they are asked for."""

    def __init__(
        self, on: date, sellers: SellerFinder, rows: RowReader, in_base: PackReader
    ) -> None:
        self._on = on
        self._sellers = sellers
        self._rows = rows
        self._in_base = lru_cache(maxsize=None)(in_base)
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self._complete = False
        self._lock = Lock()

    def of(self, items: Collection[str] | None) -> list[tuple[Quote, ...]]:
        """The quotes of the items (None: of all), one tuple an item, in the order asked."""
        with self._lock:
            missing = None if items is None else [i for i in items if i not in self._quotes]
            if not self._complete and (missing is None or missing):
                self._read(missing)
            wanted = sorted(self._quotes) if items is None else dict.fromkeys(items)
            return [self._quotes.get(item, ()) for item in wanted]

    def _read(self, items: Collection[str] | None) -> None:
        since = self._on - timedelta(days=MAX_AGE_DAYS)
        newest = newest_of_each(self._rows(items, since, self._on))
        by_item: dict[str, list[Quote]] = {item: [] for item in items or ()}
        for row in newest.iter_rows(named=True):
            if seller := self._sellers(row["seller"]):
                by_item.setdefault(row["item"], []).append(self._quote(row, seller))
        self._quotes |= {item: doubtful(quotes) for item, quotes in by_item.items()}
        self._complete = items is None

    def _quote(self, row: Mapping[str, Any], seller: Seller) -> Quote:
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
            note=row["note"],
            simulated=bool(row["simulated"]),
        )


def newest_of_each(rows: pl.DataFrame) -> pl.DataFrame:
    """The newest price of the same goods at the same seller; of two sources that day, the first
    by name, so that the answer does not depend on the order of imports."""
    ordered = rows.sort(["date", "source", "price"], descending=[True, False, False])
    return ordered.unique(subset=list(SAME_GOODS), keep="first", maintain_order=True)
