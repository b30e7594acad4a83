"""Whatever the survey rows are, offers keep their promises."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from small_market import ON

from altteul import units
from altteul.history.seller import Seller
from altteul.market.offer import Pack
from altteul.market.quotes import MAX_AGE_DAYS, Quote, QuoteBook
from altteul.sources.observation import OBSERVATION_SCHEMA, Channel

SHOPS = {name: Seller(id=name, name=name, channel=Channel.LARGE_STORE) for name in ("가", "나")}

Row = tuple[str, int, int, int]
rows = st.lists(
    st.tuples(
        st.sampled_from(["가", "나", "없음"]),
        st.integers(-10, 60),
        st.integers(100, 100_000),
        st.sampled_from([1, 3]),
    ),
    max_size=30,
    unique_by=lambda row: (row[0], row[1], row[3]),
)


def table(given_rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"date": ON - timedelta(days=age), "item": "배추", "seller": name, "price": won,
             "count": float(count), "count_unit": "포기", "source": "x", "simulated": False}
            for name, age, won, count in given_rows
        ],
        schema=OBSERVATION_SCHEMA,
    )  # fmt: skip


def as_stated(_item: str, _variety: str | None, pack: units.Pack) -> Pack:
    held = pack.count or 0
    return Pack(
        label=pack.label, base_unit="포기", amount_low=held, amount_mid=held, amount_high=held
    )


def quotes_of(given_rows: list[Row], items: list[str] | None) -> list[Quote]:
    def read(since: date, until: date) -> pl.DataFrame:
        return table(given_rows).filter(pl.col("date").is_between(since, until))

    book = QuoteBook(ON, SHOPS.get, read, as_stated, lambda _: {})
    return [quote for quotes in book.of(items) for quote in quotes]


@given(rows)
def test_each_shop_and_pack_has_its_newest_price_that_is_not_too_old(given_rows: list[Row]) -> None:
    newest: dict[tuple[str, int], tuple[int, int]] = {}
    for name, age, won, count in sorted(given_rows, key=lambda row: -row[1]):
        if name in SHOPS and 0 <= age <= MAX_AGE_DAYS:
            newest[name, count] = age, won
    found = {
        (q.seller.id, round(q.pack.amount_mid)): ((ON - q.observed_on).days, q.price)
        for q in quotes_of(given_rows, ["배추"])
    }
    assert found == newest


@given(rows)
def test_reading_all_items_gives_the_same_as_reading_one(given_rows: list[Row]) -> None:
    assert quotes_of(given_rows, None) == quotes_of(given_rows, ["배추"])
