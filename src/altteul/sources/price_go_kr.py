"""참가격 (한국소비자원): prices of named large stores, surveyed every second Friday.

Files: the stores with their places, the lowest price of each good per survey, and the CSV of a
survey day. The API (XML only) is in `price_go_kr_replies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.money import read_won
from altteul.sources.observation import (
    Channel,
    Discount,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.price_go_kr_goods import Good, read_good
from altteul.sources.price_go_kr_replies import fridays, goods_list, prices_of, store_list
from altteul.sources.price_go_kr_stores import HEAD_OFFICE_IDS, store
from altteul.sources.seller import SellerRecord
from altteul.sources.steps import Period, Step
from altteul.sources.tables import Table
from altteul.sources.transport import Transport

SOURCE = SourceDescription(
    key="price_go_kr",
    title="참가격 생필품 가격정보",
    what="대형마트·슈퍼마켓·백화점 점포별 가격, 격주 금요일 조사",
    publisher="한국소비자원",
    licence="공공누리 제1유형 (출처표시)",
    attribution="한국소비자원, 참가격",
    link="https://www.price.go.kr",
    stages=(Stage.RETAIL,),
    needs_keys=("data_go_kr_key",),
    look_back_days=35,
    reads_files=True,
    fetches=True,
    by_default=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.EMPTY_DAY,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.RATE_LIMIT,
        Survives.BAD_ROW,
    ),
)

STORES_HEADER = ("entp_id", "name", "lat", "lng", "place_name", "category_name", "address_name")
LOWEST_HEADER = ("good_id", "good_name", "smlcls_code", "inspect_day", "price", "entp_id")
DAY_HEADER = ("상품명", "조사일", "판매가격", "판매업소", "세일여부", "원플러스원")

# The survey is nationwide; where a price holds is told by its store.
REGION = "전국"
LOWEST_NOTE = "조사 최저가"
PROBES = 10
"""So many goods without any price mean that there was no survey on the day."""


def recognises(table: Table) -> bool:
    """Whether the table is one of the three 참가격 files."""
    return any(table.has(*header) for header in (STORES_HEADER, LOWEST_HEADER, DAY_HEADER))


def read(table: Table, catalog: Catalog) -> Harvest:
    """The stores, the lowest prices or the prices of a day, whichever the file holds."""
    if table.has(*STORES_HEADER):
        return _read_stores(table)
    return _read_lowest(table, catalog) if table.has(*LOWEST_HEADER) else _read_day(table, catalog)


def _read_stores(table: Table) -> Harvest:
    harvest = Harvest(SOURCE.key)
    for index, row in enumerate(table.rows.iter_rows(named=True)):
        where = table.where(index)
        if not row["entp_id"] or not row["name"]:
            harvest.dropped.append(Dropped("점포 번호나 이름이 없음", where, row["name"] or ""))
        elif found := store(row["entp_id"], row["name"], row, where, harvest.dropped):
            harvest.sellers.append(found)
    return harvest


def _read_lowest(table: Table, catalog: Catalog) -> Harvest:
    """The lowest price that a survey saw, at the store where it was seen.

    A good may stand there several times for a day, since the list was drawn up anew while prices
    came in; the newest list (`generated_at`) counts for each store.
    """
    harvest = Harvest(SOURCE.key)
    order = table.rows.with_row_index("line").sort("generated_at", descending=True, nulls_last=True)
    seen: set[tuple[str, str, str]] = set()
    observations = []
    for row in order.iter_rows(named=True):
        where = table.where(row["line"])
        fact = (row["good_id"], row["inspect_day"], row["entp_id"])
        if fact in seen and row["price"]:
            harvest.dropped.append(Dropped("같은 조사의 이전 집계", where, row["good_name"]))
            continue
        seen.add(fact)
        found = _observation(row, read_good(row, catalog), LOWEST_NOTE)
        if isinstance(found, Observation):
            observations.append(found)
        else:
            harvest.dropped.append(Dropped(found, where, row["good_name"] or ""))
    harvest.observations = observation_frame(observations)
    return harvest


def _observation(
    row: Mapping[str, str | None], good: Good | str, remark: str | None = None
) -> Observation | str:
    """The observation, or the reason why there is none."""
    price, day = read_won(row.get("price")), _day(row.get("inspect_day"))
    if isinstance(good, str):
        return good
    if not row.get("entp_id") or price is None:
        return "가격이나 점포가 비어 있음"
    if row["entp_id"] in HEAD_OFFICE_IDS:
        return "편의점 본사의 값이라 매장이 없음"
    if day is None:
        return "조사일을 읽을 수 없음"
    return Observation(
        date=day,
        stage=Stage.RETAIL,
        item=good.item,
        variety=good.variety,
        grade=good.grade,
        origin=good.origin,
        measure=Measure.PRICE,
        price=price,
        mass_g=good.pack.mass_g,
        volume_ml=good.pack.volume_ml,
        count=good.pack.count,
        count_unit=good.pack.count_unit,
        region=REGION,
        channel=Channel.LARGE_STORE,
        seller=f"{SOURCE.key}:{row['entp_id']}",
        source=SOURCE.key,
        discount=_discount(row.get("plus_one_yn"), row.get("dc_yn")),
        note=" · ".join(filter(None, (good.name, remark))),
    )


def _discount(plus_one: str | None, on_sale: str | None) -> Discount | None:
    if plus_one == "Y":
        return Discount.ONE_PLUS_ONE
    return Discount.SALE if on_sale == "Y" else None


def _day(text: str | None) -> date | None:
    digits = re.sub(r"\D", "", text or "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _read_day(table: Table, catalog: Catalog) -> Harvest:
    """The published CSV of a survey day; stores are named, not numbered."""
    harvest = Harvest(SOURCE.key)
    stores: dict[str, SellerRecord] = {}
    observations = []
    for index, row in enumerate(table.rows.iter_rows(named=True)):
        name = (row["판매업소"] or "").strip()
        fields = {
            "good_name": row["상품명"],
            "inspect_day": row["조사일"],
            "price": row["판매가격"],
            "entp_id": name,
            "plus_one_yn": row["원플러스원"],
            "dc_yn": row["세일여부"],
        }
        found = _observation(fields, read_good(fields, catalog))
        if isinstance(found, str):
            harvest.dropped.append(Dropped(found, table.where(index), f"{name} {row['상품명']}"))
            continue
        observations.append(found)
        stores.setdefault(name, _named_store(name))
    harvest.observations, harvest.sellers = observation_frame(observations), list(stores.values())
    return harvest


def _named_store(name: str) -> SellerRecord:
    return SellerRecord(
        key=f"{SOURCE.key}:{name}", source=SOURCE.key, name=name, channel=Channel.LARGE_STORE
    )


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """The stores once, then every Friday of the period, newest first."""
    stores = Step(SOURCE.key, "점포 목록", period.until, lambda feed: _fetch_stores(feed, settings))
    return [stores, *(_friday(day, settings, catalog) for day in fridays(period))]


def _friday(day: date, settings: Settings, catalog: Catalog) -> Step:
    return Step(SOURCE.key, f"{day}", day, lambda feed: _fetch_day(feed, settings, catalog, day))


def _fetch_stores(feed: Transport, settings: Settings) -> Harvest:
    harvest = Harvest(SOURCE.key)
    harvest.sellers = list(store_list(feed, settings, harvest.dropped))
    return harvest


def _fetch_day(feed: Transport, settings: Settings, catalog: Catalog, day: date) -> Harvest:
    """Prices of the goods that the catalog knows; empty when there was no survey that Friday."""
    harvest = Harvest(SOURCE.key)
    observations: list[Observation] = []
    for count, (row, good) in enumerate(_known_goods(feed, settings, catalog, harvest.dropped)):
        for price in prices_of(feed, settings, row["good_id"] or "", day):
            found = _observation({**row, **price}, good)
            if isinstance(found, Observation):
                observations.append(found)
            else:
                harvest.dropped.append(Dropped(found, f"{SOURCE.title} {day}", good.name))
        if count + 1 >= PROBES and not observations:
            return Harvest(SOURCE.key)
    harvest.observations = observation_frame(observations)
    return harvest


def _known_goods(
    feed: Transport, settings: Settings, catalog: Catalog, dropped: list[Dropped]
) -> Iterator[tuple[Mapping[str, str | None], Good]]:
    for row in goods_list(feed, settings):
        good = read_good(row, catalog)
        if isinstance(good, str):
            dropped.append(Dropped(good, f"{SOURCE.title} 상품 목록", row.get("good_name") or ""))
        else:
            yield row, good
