"""서울시 생필품 농수축산물 가격 정보: named markets and large stores of Seoul.

The API (ListNecessariesPricesService, ≤ 1,000 rows a call, newest first) and a file of the survey
of May 2021. The only open feed that names traditional markets with their prices.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import cos, hypot, isfinite, radians

import polars as pl

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.addresses import district_of
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.money import read_won
from altteul.sources.observation import (
    Channel,
    Measure,
    Observation,
    Stage,
    observation_frame,
)
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.seoul_districts import DISTRICT_OFFICES
from altteul.sources.seoul_replies import paged_rows
from altteul.sources.seoul_words import (
    ShopPrice,
    discount_of,
    goods_of,
    grade_of,
    is_not_sold,
    origin_of,
)
from altteul.sources.steps import Period, Step
from altteul.sources.tables import Table, blank_to_none
from altteul.sources.transport import Transport
from altteul.sources.vocabulary import packed

SOURCE = SourceDescription(
    key="seoul_shops",
    title="서울시 생필품 농수축산물 가격",
    what="서울의 이름 있는 전통시장과 대형마트의 품목별 가격",
    publisher="서울특별시",
    licence="서울 열린데이터광장 이용약관 (출처표시)",
    attribution="서울특별시, 생필품 농수축산물 가격 정보",
    link="https://data.seoul.go.kr/dataList/OA-1170/S/1/datasetView.do",
    stages=(Stage.RETAIL,),
    needs_keys=("seoul_key",),
    look_back_days=62,
    reads_files=True,
    fetches=True,
    by_default=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.EMPTY_DAY,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.BAD_ROW,
    ),
)

HEADER = ("m_seq", "gu", "market", "type", "name", "unit", "price", "etc", "survey_month")
REGION = "서울"

CHANNELS = {
    "전통시장": Channel.TRADITIONAL_MARKET,
    "대형마트": Channel.LARGE_STORE,
    "001": Channel.TRADITIONAL_MARKET,
    "002": Channel.LARGE_STORE,
}

KM_PER_DEGREE = 111.2
FARTHEST_FROM_OFFICE_KM = 9.0
"""No point of a Seoul district lies farther from its office than this."""


def recognises(table: Table) -> bool:
    """Whether the table is the survey file of named shops."""
    return table.has(*HEADER)


def read(table: Table, catalog: Catalog) -> Harvest:
    """Prices and shops of the survey file; `survey_month` decides the date."""
    harvest = Harvest(SOURCE.key)
    _collect(_file_rows(table, harvest.dropped), harvest, catalog)
    return harvest


def _file_rows(table: Table, dropped: list[Dropped]) -> Iterator[ShopPrice]:
    for index, row in enumerate(table.rows.iter_rows(named=True)):
        day = last_day_of(row["survey_month"] or "")
        if day is None:
            dropped.append(Dropped("조사 달을 읽을 수 없음", table.where(index), row["name"] or ""))
            continue
        yield ShopPrice(
            where=table.where(index),
            day=day,
            shop=row["m_seq"] or "",
            shop_name=row["market"] or "",
            kind=row["type"] or "",
            district=row["gu"] or "",
            goods=row["name"] or "",
            unit=row["unit"] or "",
            price=row["price"] or "",
            note=(row["etc"] or "").strip(),
            lat=row.get("lat"),
            lng=row.get("lng"),
        )


def last_day_of(month: str) -> date | None:
    """The survey date of a month that is all the file names ('2021-05' → 2021-05-31).

    Shops are visited through the month and the list is published for the whole of it, so only on
    its last day is every price of the list known to be in force.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first.replace(day=monthrange(first.year, first.month)[1])


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step per month of the period, newest first."""
    return [_month(first, period, settings, catalog) for first in months_of(period)]


def _month(first: date, period: Period, settings: Settings, catalog: Catalog) -> Step:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Step(
        SOURCE.key,
        f"{first:%Y-%m}",
        min(period.until, last),
        lambda feed: _fetch(feed, settings, catalog, first),
    )


def months_of(period: Period) -> list[date]:
    """The first days of the months that the period touches, newest first."""
    first, months = period.until.replace(day=1), []
    while first >= period.since.replace(day=1):
        months.append(first)
        first = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    return months


def _fetch(feed: Transport, settings: Settings, catalog: Catalog, month: date) -> Harvest:
    harvest = Harvest(SOURCE.key)
    replies = paged_rows(feed, SOURCE.title, settings, f"{month:%Y-%m}")
    _collect(_reply_rows(replies, harvest.dropped), harvest, catalog)
    return harvest


def _reply_rows(
    replies: Iterable[Mapping[str, object]], dropped: list[Dropped]
) -> Iterator[ShopPrice]:
    for place, reply in enumerate(replies, start=1):
        row = {name: str(value or "").strip() for name, value in reply.items()}
        where = f"{SOURCE.title} {place}번째"
        try:
            day = date.fromisoformat(row.get("P_DATE", "")[:10])
        except ValueError:
            dropped.append(Dropped("조사일을 읽을 수 없음", where, row.get("P_DATE", "")))
            continue
        yield ShopPrice(
            where=where,
            day=day,
            shop=row.get("M_SEQ", "").removesuffix(".0"),
            shop_name=row.get("M_NAME", ""),
            kind=row.get("M_TYPE_CODE", ""),
            district=row.get("M_GU_NAME", ""),
            goods=_without_unit(row.get("A_NAME", ""), row.get("A_UNIT", "")),
            unit=row.get("A_UNIT", ""),
            price=row.get("A_PRICE", ""),
            note=row.get("ADD_COL", ""),
        )


def _without_unit(goods: str, unit: str) -> str:
    """'배추 1포기' → '배추': since 2026 the name repeats the unit at its end."""
    return goods.removesuffix(unit).strip() if unit else goods


def _collect(rows: Iterable[ShopPrice], harvest: Harvest, catalog: Catalog) -> None:
    """Fill the harvest with the observations and the shops of the rows."""
    shops: dict[str, SellerRecord] = {}
    observations: list[Observation] = []
    for row in rows:
        channel = CHANNELS.get(row.kind)
        if channel is None or not row.shop or not row.shop_name:
            harvest.dropped.append(Dropped("판매처의 종류나 이름이 없음", row.where, row.shop_name))
            continue
        if row.shop not in shops:
            shops[row.shop] = _shop(row, channel, harvest.dropped)
        result = _observation(row, channel, shops[row.shop].key, catalog)
        if isinstance(result, Observation):
            observations.append(result)
        else:
            harvest.dropped.append(Dropped(result, row.where, _text(row)))
    harvest.sellers = list(shops.values())
    harvest.observations = _without_doubtful_counts(
        observation_frame(observations), harvest.dropped
    )


def _without_doubtful_counts(facts: pl.DataFrame, dropped: list[Dropped]) -> pl.DataFrame:
    """Drop packs of several pieces that cost no more than one piece does in the same survey.

    One market wrote '10개' beside the price of one pear, one cucumber and one pollack; taken at
    its word it would look ten times cheaper than it is.
    """
    one = (
        facts.filter(pl.col("count") == 1, pl.col("mass_g").is_null())
        .group_by("date", "item", "count_unit")
        .agg(pl.col("price").median().alias("one_piece"))
    )
    # 마리 and 개 are the same piece of a fish; the dearer median of both is compared.
    piece = one.group_by("date", "item").agg(pl.col("one_piece").max())
    judged = facts.join(piece, on=["date", "item"], how="left", maintain_order="left")
    doubtful = ((pl.col("count") > 1) & (pl.col("price") <= pl.col("one_piece"))).fill_null(
        value=False
    )
    for day, seller, item, count, price in (
        judged.filter(doubtful).select("date", "seller", "item", "count", "price").iter_rows()
    ):
        dropped.append(
            Dropped(
                "여러 개 값이 한 개 값과 같음(단위 의심)",
                f"{day} {seller}",
                f"{item} {count:g} {price}",
            )
        )
    return judged.filter(~doubtful).drop("one_piece")


def _text(row: ShopPrice) -> str:
    return f"{row.shop_name} {row.goods} {row.unit} {row.price} {row.note}".strip()


def _shop(row: ShopPrice, channel: Channel, dropped: list[Dropped]) -> SellerRecord:
    district = district_of(row.district) if row.district else None
    lat, lng = _number(row.lat), _number(row.lng)
    if lat is not None and lng is not None and not _near_office(district, lat, lng):
        dropped.append(
            Dropped(
                "위치가 그 구에서 너무 멂, 판매처는 남김", row.where, f"{row.shop_name} {lat},{lng}"
            )
        )
        lat = lng = None
    known = lat is not None and lng is not None
    return SellerRecord(
        key=f"{SOURCE.key}:{row.shop}",
        source=SOURCE.key,
        name=row.shop_name,
        channel=channel,
        region=REGION,
        district=district,
        lat=lat if known else None,
        lng=lng if known else None,
        location_basis=LocationBasis.EXACT if known else LocationBasis.NONE,
    )


def _near_office(district: str | None, lat: float, lng: float) -> bool:
    office = DISTRICT_OFFICES.get(district or "")
    if office is None:
        return False
    north = (lat - office[0]) * KM_PER_DEGREE
    east = (lng - office[1]) * KM_PER_DEGREE * cos(radians(lat))
    return hypot(north, east) <= FARTHEST_FROM_OFFICE_KM


def _observation(
    row: ShopPrice, channel: Channel, seller: str, catalog: Catalog
) -> Observation | str:
    """The observation, or the reason why there is none."""
    price = read_won(row.price)
    if is_not_sold(row):
        return "팔지 않음(없음·입고안됨)"
    if price is None:
        return "가격이 0이거나 없음"
    goods = goods_of(row, catalog)
    if goods is None:
        return "품목표에 없는 품목"
    pack = packed(row.unit, goods.item, row.note)
    if pack is None:
        return "판매 단위를 읽을 수 없음"
    return Observation(
        date=row.day,
        stage=Stage.RETAIL,
        item=goods.item.name,
        variety=goods.variety,
        grade=grade_of(row),
        origin=origin_of(row),
        measure=Measure.PRICE,
        price=price,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        count=pack.count,
        count_unit=pack.count_unit,
        region=REGION,
        channel=channel,
        seller=seller,
        source=SOURCE.key,
        discount=discount_of(row),
        note=blank_to_none(row.note),
    )


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None
