"""Parts of what is known, seen as a market or a history of its own: for trials and comparisons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from altteul.market.offer import Offer, Place
from altteul.sources.observation import Measure

if TYPE_CHECKING:
    from altteul.history import History
    from altteul.market import Market

PAIR = ("seller", "item")


def without_prices(history: History, hidden: pl.DataFrame) -> History:
    """The history without the single prices of these (seller, item) pairs (columns of PAIR)."""
    return cast("History", _PartOfHistory(history, hidden))


def at_one_seller(market: Market, seller: str) -> Market:
    """The market as if this seller (by id) were the only one, and nobody delivered."""
    return cast("Market", _OneSeller(market, seller))


def without_delivery(market: Market) -> Market:
    """The market without what is delivered: only shops that one goes to can be compared by trip."""
    return cast("Market", _NoDelivery(market))


def estimated_where_sold(market: Market, sold: Collection[tuple[str, str]]) -> Market:
    """The market with estimates only where the (seller.id, item) is truly sold; no delivery."""
    return cast("Market", _EstimatedWhereSold(market, sold))


class _PartOfHistory:
    def __init__(self, whole: History, hidden: pl.DataFrame) -> None:
        self._whole = whole
        self._hidden = hidden.select(PAIR).unique().with_columns(hidden=pl.lit(True))

    def observations(self, **wanted: Any) -> pl.DataFrame:
        rows = self._whole.observations(**wanted)
        # The market takes the identity of an empty answer for the state of the history.
        if rows.is_empty():
            return rows
        marked = rows.join(self._hidden, on=PAIR, how="left", maintain_order="left")
        single = pl.col("measure") == Measure.PRICE
        return marked.filter(~(single & pl.col("hidden").fill_null(value=False))).drop("hidden")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


class _NoDelivery:
    def __init__(self, market: Market) -> None:
        self._market = market

    def delivered_offers(self, *_day: Any, **_which: Any) -> list[Offer]:
        return []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._market, name)


class _OneSeller(_NoDelivery):
    def __init__(self, market: Market, seller: str) -> None:
        super().__init__(market)
        self._seller = seller

    def offers(self, place: Place, on: date, **which: Any) -> list[Offer]:
        return self._own(self._market.offers(place, on, **which))

    def estimated_offers(self, place: Place, on: date, **which: Any) -> list[Offer]:
        return self._own(self._market.estimated_offers(place, on, **which))

    def _own(self, found: list[Offer]) -> list[Offer]:
        return [offer for offer in found if offer.seller.id == self._seller]


class _EstimatedWhereSold(_NoDelivery):
    def __init__(self, market: Market, sold: Collection[tuple[str, str]]) -> None:
        super().__init__(market)
        self._sold = frozenset(sold)

    def estimated_offers(self, place: Place, on: date, **which: Any) -> list[Offer]:
        found = self._market.estimated_offers(place, on, **which)
        return [offer for offer in found if (offer.seller.id, offer.item) in self._sold]
