"""Priced goods: each price per base unit, beside everything that is known of goods and seller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import log2
from typing import TYPE_CHECKING, Any

import polars as pl

from altteul import units
from altteul.history.seller import Seller
from altteul.market.offer import Pack
from altteul.market.packs import in_base_unit, pack_of
from altteul.sources.observation import Channel

if TYPE_CHECKING:
    from altteul.catalog import Catalog, Item

GOODS_SCHEMA = pl.Schema(
    {
        "seller": pl.String(),
        "item": pl.String(),
        "group": pl.String(),
        "tray": pl.Boolean(),
        "variety": pl.String(),
        "grade": pl.String(),
        "origin": pl.String(),
        "weighed": pl.Boolean(),
        "size": pl.Int32(),
        "channel": pl.String(),
        "format": pl.String(),
        "chain": pl.String(),
        "region": pl.String(),
        "district": pl.String(),
        "date": pl.Date(),
        "base_unit": pl.String(),
        "log_price": pl.Float64(),
    }
)
"""`log_price` is ln(won per base unit); `size` the pack's base units as a rounded power of two;
`tray` a pack of 20 pieces or more (계란 30구 is another good than 10구)."""

GROUPS = {"100": "곡류", "200": "채소", "300": "채소", "400": "과일", "500": "축산", "600": "수산"}
EGGS = "달걀"
TRAY_PIECES = 20
TEN_EGGS = units.Pack(count=10, count_unit="개")

# A word in a shop's name → the chain that sets its prices.
CHAINS = ("하나로", "홈플러스", "이마트", "롯데마트", "롯데백화점", "현대백화점", "신세계백화점",
          "코스트코", "NC백화점", "GS")  # fmt: skip
DEPARTMENT_STORE = "백화점"

PACK = ("item", "variety", "mass_g", "volume_ml", "count", "count_unit")


def goods_table(
    observations: pl.DataFrame, sellers: Iterable[Seller], catalog: Catalog
) -> pl.DataFrame:
    """The single prices of a history (columns of OBSERVATION_SCHEMA) with GOODS_SCHEMA and `row`.

    `row` is the place of the price in `observations`. A variety that the catalog sets apart is an
    item of its own ("소고기 등심"), so that it neither moves nor is judged by the others. Left out
    are prices of unknown sellers and of packs that cannot be brought to the item's base unit (a 봉
    of unknown weight).
    """
    packs = observations.select(PACK).unique()
    measured = [_measured(row, catalog) for row in packs.iter_rows(named=True)]
    packs = packs.hstack(pl.DataFrame(measured, schema=_MEASURED, orient="row"))
    kinds = pl.DataFrame([_kind(s) for s in sellers], schema=_KIND, orient="row")
    return (
        observations.drop("channel", "region")
        .with_row_index("row")
        .join(packs, on=PACK, nulls_equal=True, maintain_order="left")
        .join(kinds, on="seller", maintain_order="left")
        .with_columns(
            item=pl.when("apart").then(pl.col("item") + " " + pl.col("variety")).otherwise("item"),
            log_price=(pl.col("price") / pl.col("amount")).log(),
            weighed=pl.col("mass_g").is_not_null(),
            size=pl.col("amount").log(2).round().cast(pl.Int32),
            tray=(pl.col("amount") >= TRAY_PIECES) & (pl.col("base_unit") != "g"),
        )
        .filter(pl.col("usual_unit"), pl.col("channel").is_not_null())
        .select("row", *GOODS_SCHEMA.names())
    )


def asked_goods(
    sellers: Iterable[Seller], item: str, packs: Sequence[Pack], catalog: Catalog, on: date
) -> pl.DataFrame:
    """The packs of an item at every seller, of no stated variety: what to estimate.

    Columns of GOODS_SCHEMA, and `pack` is the place of the pack in `packs`.
    """
    kinds = pl.DataFrame([_kind(s) for s in sellers], schema=_KIND, orient="row")
    asked = [(place, *_asked(catalog.item(item), pack)) for place, pack in enumerate(packs)]
    goods = pl.DataFrame(asked, schema={"pack": pl.Int64(), **_ASKED}, orient="row")
    missing = {name: pl.lit(None, GOODS_SCHEMA[name]) for name in ("variety", "grade", "origin")}
    return (
        kinds.join(goods, how="cross")
        .with_columns(**missing, date=pl.lit(on), log_price=pl.lit(None, pl.Float64()))
        .select("pack", *GOODS_SCHEMA.names())
    )


def usual_packs(item: Item, catalog: Catalog) -> tuple[Pack, ...]:
    """The packs that people buy an item in: the catalog's own, and eggs also by the ten."""
    packs = [item.default_pack, *([TEN_EGGS] if item.name == EGGS else [])]
    return tuple(in_base_unit(catalog, item.name, None, pack) for pack in packs)


def is_tray(pack: Pack) -> bool:
    """Whether the pack is of 20 pieces or more."""
    return pack.base_unit != "g" and pack.amount_mid >= TRAY_PIECES


def group_of(item: Item) -> str:
    """The group whose prices behave alike: 채소, 과일, 축산, 수산, 달걀, 곡류, 기타."""
    if item.name == EGGS:
        return EGGS
    return GROUPS.get(item.category, "기타")


_MEASURED = {
    "group": pl.String(),
    "base_unit": pl.String(),
    "amount": pl.Float64(),
    "usual_unit": pl.Boolean(),
    "apart": pl.Boolean(),
}
_SELLER = ("seller", "channel", "format", "chain", "region", "district")
_KIND = {name: GOODS_SCHEMA[name] for name in _SELLER}
_ASKED = {
    name: GOODS_SCHEMA[name] for name in ("item", "group", "tray", "weighed", "size", "base_unit")
}


def _measured(row: Mapping[str, Any], catalog: Catalog) -> tuple[str, str, float, bool, bool]:
    pack = in_base_unit(catalog, row["item"], row["variety"], pack_of(row))
    item = catalog.items.get(row["item"])
    if item is None:
        return "기타", pack.base_unit, pack.amount_mid, False, False
    usual, apart = pack.base_unit == item.base, row["variety"] in item.apart
    return group_of(item), pack.base_unit, pack.amount_mid, usual, apart


def _asked(item: Item, pack: Pack) -> tuple[str, str, bool, bool, int, str]:
    weighed = item.default_pack.mass_g is not None
    size = round(log2(pack.amount_mid))
    return item.name, group_of(item), is_tray(pack), weighed, size, pack.base_unit


def _kind(seller: Seller) -> tuple[str, str, str, str | None, str | None, str | None]:
    market = seller.channel is Channel.TRADITIONAL_MARKET
    form = DEPARTMENT_STORE if DEPARTMENT_STORE in seller.name and not market else seller.channel
    chain = None if market else next((word for word in CHAINS if word in seller.name), None)
    district = f"{seller.region or ''} {seller.district}" if seller.district else None
    return seller.id, seller.channel.value, str(form), chain, seller.region, district
