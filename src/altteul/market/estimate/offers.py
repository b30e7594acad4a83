"""Estimated offers (추정): what goods cost today at sellers near here that were not surveyed.

They stand beside the observed offers and never among them. The range is the 80 % interval.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from altteul.history.seller import Seller
from altteul.market.estimate.carrying import Movement, carry, combine
from altteul.market.estimate.conformal import NORMAL_80
from altteul.market.estimate.estimator import Estimator, fit_estimator
from altteul.market.estimate.goods import asked_goods, goods_table, group_of
from altteul.market.estimate.level import Values
from altteul.market.faults import without_faults
from altteul.market.offer import Basis, Offer, WonRange
from altteul.market.packs import in_base_unit, unit_price
from altteul.market.quotes import MAX_AGE_DAYS, newest_of_each
from altteul.sources.observation import Channel

if TYPE_CHECKING:
    from altteul.catalog import Catalog

SHARE = 0.8
CARRIED_DAYS = 120
"""Older prices say nothing: after 120 days every price was changed, and the season with it."""
FEWEST_SELLERS_OF_ITEM = 3
SOURCE = "estimate"

# Item group → the word of the registry of traditional markets for what is sold.
REGISTERED = {"축산": "축산물", "달걀": "축산물", "수산": "수산물"}
FARM_GOODS = "농산물"

MovementOf = Callable[[str | None, str], Movement]
"""(region, item) → the movement of its mean price there."""


@dataclass(frozen=True, slots=True)
class EstimateBook:
    """The estimator of one day and what it rests on."""

    on: date
    estimator: Estimator | None
    known: pl.DataFrame
    newest: date | None
    simulated: bool

    def sold(self, seller: Seller, item: str) -> bool:
        """Whether such a seller sells such goods, as far as anybody knows.

        Its register must name the kind of goods, where it has one; and three sellers of its channel
        were surveyed for the item. Online malls are nowhere near.
        """
        own = self.known.filter(pl.col("item") == item, pl.col("channel") == seller.channel.value)
        if seller.channel is Channel.ONLINE or own["seller"].n_unique() < FEWEST_SELLERS_OF_ITEM:
            return False
        kind = REGISTERED.get(own["group"][0], FARM_GOODS)
        return not seller.goods or kind in seller.goods


def open_book(
    prices: pl.DataFrame, sellers: Collection[Seller], catalog: Catalog, on: date, moved: MovementOf
) -> EstimateBook:
    """The estimates of a day from the single prices of the 120 days before (OBSERVATION_SCHEMA)."""
    newest = newest_of_each(prices)
    goods = _believed(goods_table(newest, sellers, catalog), on)
    carried, doubt = _carried(goods, on, moved)
    known = goods.with_columns(log_price=pl.Series(carried), doubt=pl.Series(doubt))
    last = goods["date"].max()
    estimator = fit_estimator(known.drop("doubt"), doubt)
    return EstimateBook(
        on=on,
        estimator=estimator,
        known=known,
        newest=last if isinstance(last, date) else None,
        simulated=bool(newest["simulated"].any()),
    )


def estimated_offers(
    book: EstimateBook,
    catalog: Catalog,
    item: str,
    sellers: Sequence[Seller],
    near: Mapping[str, int],
) -> list[Offer]:
    """Offers of basis ESTIMATED for those of the sellers that sell such goods, by unit price.

    `near` is Seller.id → metres. No offer where nothing honest can be said.
    """
    chosen = [seller for seller in sellers if book.sold(seller, item)]
    if not chosen or book.estimator is None:
        return []
    estimates = book.estimator.estimate(asked_goods(chosen, [item], catalog, book.on))
    widths = estimates.half_width(SHARE) / estimates.scale
    own = _own_prices(book.known.filter(pl.col("item") == item))
    offers = []
    for seller, middle, scale, width in zip(
        chosen, estimates.middle, estimates.scale, widths, strict=True
    ):
        if not np.isnan(width):
            model = float(middle), float(scale) ** 2
            value, variance = combine(own[seller.id], model) if seller.id in own else model
            half = float(width) * variance**0.5
            offers.append(_offer(book, catalog, item, seller, near[seller.id], (value, half)))
    return sorted(offers, key=lambda o: (o.unit_price.won.mid, o.distance_m, o.seller.id))


def _offer(
    book: EstimateBook,
    catalog: Catalog,
    item: str,
    seller: Seller,
    distance_m: int,
    log_range: tuple[float, float],
) -> Offer:
    """The usual pack at ln won per base unit within (middle, half width).

    What is in the middle is the expected price, not the median: dear surprises are larger than
    cheap ones, and a plan that counts on medians pays more than it says.
    """
    known = catalog.item(item)
    pack = in_base_unit(catalog, item, None, known.default_pack)
    newest = book.newest or book.on
    middle, half = log_range
    expected = middle + (half / NORMAL_80) ** 2 / 2
    won = [round(exp(log) * pack.amount_mid) for log in (middle - half, expected, middle + half)]
    per = [unit_price(value, pack) for value in won]
    each = WonRange(low=per[0].won.mid, mid=per[1].won.mid, high=per[2].won.mid)
    return Offer(
        item=item,
        seller=seller,
        distance_m=distance_m,
        pack=pack,
        price=WonRange(low=won[0], mid=won[1], high=won[2]),
        unit_price=per[1].model_copy(update={"won": each, "estimated": True}),
        observed_on=newest,
        age_days=(book.on - newest).days,
        basis=Basis.ESTIMATED,
        source=SOURCE,
        note=f"추정: 다른 판매처와 다른 품목({group_of(known)})의 조사가격에서, 80% 범위",
        simulated=book.simulated,
    )


def _believed(goods: pl.DataFrame, on: date) -> pl.DataFrame:
    """The goods without faults; prices that are offers are judged among themselves, as offers are,
    so that no price is used by one and not by the other."""
    offered = pl.col("date") >= on - timedelta(days=MAX_AGE_DAYS)
    older = without_faults(goods).filter(~offered)
    return pl.concat([without_faults(goods.filter(offered)), older])


def _carried(goods: pl.DataFrame, on: date, moved: MovementOf) -> tuple[Values, Values]:
    """ln prices carried to the day and the variance that their age adds, shape (goods,)."""
    values = goods["log_price"].to_numpy().copy()
    doubt = np.zeros(goods.height)
    keys = goods.select("region", "item", "date").unique()
    for region, item, day in keys.iter_rows():
        if day >= on:
            continue
        change, variance = carry(0.0, day, on, moved(region, item))
        same = (
            (goods["item"] == item) & (goods["date"] == day) & goods["region"].eq_missing(region)
        ).to_numpy()
        values[same] += change
        doubt[same] = variance
    return values, doubt


def _own_prices(known: pl.DataFrame) -> dict[str, tuple[float, float]]:
    """Seller.id → its newest own price of the item, carried, with its variance."""
    newest = known.sort("date", "row").unique("seller", keep="last", maintain_order=True)
    return {s: (v, d) for s, v, d in newest.select("seller", "log_price", "doubt").iter_rows()}
