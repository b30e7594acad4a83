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
    """The market as if this seller (by id) were the only one."""
    return cast("Market", _OneSeller(market, seller))


def with_estimates(market: Market, sold: Collection[tuple[str, str]]) -> Market:
    """The market with estimates among its offers, where the (seller, item) is known to be sold."""
    return cast("Market", _WithEstimates(market, sold))


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


class _Seen:
    """A market of which only some offers are seen; nothing else is known of estimates."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def offers(
        self,
        place: Place,
        on: date,
        *,
        items: Collection[str] | None = None,
        radius_m: int,
        **more: Any,
    ) -> list[Offer]:
        found = self._market.offers(place, on, items=items, radius_m=radius_m, **more)
        return self._chosen(found, place, on, items, radius_m)

    def estimated_offers(self, *_where: Any, **_what: Any) -> list[Offer]:
        return []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._market, name)

    def _chosen(
        self,
        found: list[Offer],
        place: Place,
        on: date,
        items: Collection[str] | None,
        radius_m: int,
    ) -> list[Offer]:
        raise NotImplementedError


class _OneSeller(_Seen):
    def __init__(self, market: Market, seller: str) -> None:
        super().__init__(market)
        self._seller = seller

    def _chosen(self, found: list[Offer], *_asked: object) -> list[Offer]:
        return [offer for offer in found if offer.seller.id == self._seller]


class _WithEstimates(_Seen):
    def __init__(self, market: Market, sold: Collection[tuple[str, str]]) -> None:
        super().__init__(market)
        self._sold = frozenset(sold)

    def _chosen(
        self,
        found: list[Offer],
        place: Place,
        on: date,
        items: Collection[str] | None,
        radius_m: int,
    ) -> list[Offer]:
        names = sorted({item for _, item in self._sold}) if items is None else list(items)
        guessed = self._market.estimated_offers(place, on, items=names, radius_m=radius_m)
        return found + [o for o in guessed if (o.seller.id, o.item) in self._sold]
