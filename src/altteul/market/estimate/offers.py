"""Estimated offers (추정): what goods cost today at sellers near here that were not surveyed.

They stand beside the observed offers and never among them. The range is the 80 % interval.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from altteul.market.estimate.goods import (
    asked_goods,
    goods_table,
    group_of,
    is_tray,
    usual_packs,
)
from altteul.market.estimate.level import Values
from altteul.market.faults import without_faults
from altteul.market.offer import Basis, Offer, Pack, WonRange
from altteul.market.packs import unit_price
from altteul.market.quotes import MAX_AGE_DAYS, newest_of_each
from altteul.sources.observation import Channel

if TYPE_CHECKING:
    from altteul.catalog import Catalog, Item

SHARE = 0.8
CARRIED_DAYS = 120
"""Older prices say nothing: after 120 days every price was changed, and the season with it."""
FEWEST_SELLERS_OF_ITEM = 3
SOURCE = "estimate"

SORT = ("variety", "grade", "origin")

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
    surveyed: frozenset[str]
    newest: date | None
    simulated: bool

    def of(self, item: str) -> pl.DataFrame:
        """The known prices of an item."""
        return self.known.filter(pl.col("item") == item)

    def selling(self, sellers: Iterable[Seller], known: pl.DataFrame) -> list[Seller]:
        """Those that sell the item of the `known` prices, as far as anybody can tell.

        Three sellers of its channel were surveyed for the item; and its register names the kind of
        goods, where it has one and the seller itself was never surveyed. (Of surveyed markets the
        register forgets 14 % of meat and 30 % of fish: Seoul, May 2021.) Online malls are nowhere
        near.
        """
        count = dict(known.group_by("channel").agg(pl.col("seller").n_unique()).iter_rows())
        usual = {name for name, shops in count.items() if shops >= FEWEST_SELLERS_OF_ITEM}
        usual.discard(Channel.ONLINE.value)
        kind = REGISTERED.get(known["group"][0], FARM_GOODS) if known.height else FARM_GOODS
        return [
            seller
            for seller in sellers
            if seller.channel.value in usual
            and (not seller.goods or kind in seller.goods or seller.id in self.surveyed)
        ]


def packs_sold(item: Item, known: pl.DataFrame, catalog: Catalog) -> tuple[Pack, ...]:
    """The usual packs of the item that enough sellers were surveyed for, by tray or not."""
    count = known.group_by("tray").agg(pl.col("seller").n_unique())
    enough = {tray for tray, sellers in count.iter_rows() if sellers >= FEWEST_SELLERS_OF_ITEM}
    packs = usual_packs(item, catalog)
    # Where prices are of one kind only, the other kind is another good.
    return tuple(pack for pack in packs if is_tray(pack) in enough or len(packs) == 1)


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
        surveyed=frozenset(known["seller"]),
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
    known = book.of(item)
    chosen = book.selling(sellers, known)
    packs = packs_sold(catalog.item(item), known, catalog)
    if not (chosen and packs and book.estimator):
        return []
    asked = asked_goods(chosen, item, packs, catalog, book.on)
    estimates = book.estimator.estimate(of_usual_sort(asked, known))
    widths = estimates.half_width(SHARE) / estimates.scale
    own = _own_prices(known)
    by_id = {seller.id: seller for seller in chosen}
    offers = []
    for name, place, tray, middle, scale, width in zip(
        asked["seller"], asked["pack"], asked["tray"], estimates.middle, estimates.scale, widths,
        strict=True,
    ):  # fmt: skip
        if not np.isnan(width):
            model = float(middle), float(scale) ** 2
            older = own.get((name, tray))
            value, variance = combine(older, model) if older else model
            half = float(width) * variance**0.5
            goods = catalog.item(item), packs[place]
            offers.append(_offer(book, goods, by_id[name], near[name], (value, half)))
    return sorted(offers, key=lambda o: (o.unit_price.won.mid, o.distance_m, o.seller.id))


def of_usual_sort(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The goods (GOODS_SCHEMA) as the sort that most sellers of their channel have: variety, grade
    and origin together. What nobody says of goods is mostly what is usual there."""
    sorts = known.group_by("channel", *SORT).agg(pl.col("seller").n_unique().alias("sellers"))
    ordered = sorts.sort("sellers", *SORT, descending=[True, False, False, False], nulls_last=True)
    usual = ordered.unique("channel", keep="first", maintain_order=True).drop("sellers")
    joined = asked.drop(SORT).join(usual, on="channel", how="left", maintain_order="left")
    return joined.select(asked.columns)


def _offer(
    book: EstimateBook,
    goods: tuple[Item, Pack],
    seller: Seller,
    distance_m: int,
    log_range: tuple[float, float],
) -> Offer:
    """The pack at ln won per base unit within (middle, half width).

    What is in the middle is the expected price, not the median: dear surprises are larger than
    cheap ones, and a plan that counts on medians pays more than it says.
    """
    item, pack = goods
    newest = book.newest or book.on
    middle, half = log_range
    expected = middle + (half / NORMAL_80) ** 2 / 2
    won = [round(exp(log) * pack.amount_mid) for log in (middle - half, expected, middle + half)]
    per = [unit_price(value, pack) for value in won]
    each = WonRange(low=per[0].won.mid, mid=per[1].won.mid, high=per[2].won.mid)
    return Offer(
        item=item.name,
        seller=seller,
        distance_m=distance_m,
        pack=pack,
        price=WonRange(low=won[0], mid=won[1], high=won[2]),
        unit_price=per[1].model_copy(update={"won": each, "estimated": True}),
        observed_on=newest,
        age_days=(book.on - newest).days,
        basis=Basis.ESTIMATED,
        source=SOURCE,
        note=f"추정: 다른 판매처와 다른 품목({group_of(item)})의 조사가격에서, 80% 범위",
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


def _own_prices(known: pl.DataFrame) -> dict[tuple[str, bool], tuple[float, float]]:
    """(seller.id, tray) → its newest own price of the item, carried, with its variance."""
    newest = known.sort("date", "row").unique(("seller", "tray"), keep="last", maintain_order=True)
    rows = newest.select("seller", "tray", "log_price", "doubt").iter_rows()
    return {(seller, tray): (value, doubt) for seller, tray, value, doubt in rows}
