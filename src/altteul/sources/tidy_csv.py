"""A CSV that a person wrote: header words in Korean or English → our columns.

Needs a date, an item, a unit and a price; a seller, place and channel where there are some. This
is how prices without a feed come in: 로컬푸드 직매장, a till receipt, a cooperative's list.
"""

from __future__ import annotations

import re
from datetime import date

from altteul.catalog import Catalog
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.money import read_won
from altteul.sources.observation import Discount, Measure, Observation, Stage, observation_frame
from altteul.sources.seller import SellerRecord
from altteul.sources.tables import Table, blank_to_none
from altteul.sources.tidy_csv_sellers import CHANNELS, Row, region_of, seller_of
from altteul.sources.vocabulary import named, packed, variety_in

SOURCE = SourceDescription(
    key="tidy_csv",
    title="직접 적은 가격표 (CSV)",
    what="날짜·품목·단위·가격·판매처를 적은 표",
    publisher="파일을 적은 사람",
    licence="파일을 적은 사람의 뜻에 따름",
    attribution="직접 적은 가격표",
    link="",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    keyless=True,
    reads_files=True,
    grade=Grade.SILVER,
    survives=(Survives.CHANGED_SHAPE, Survives.BAD_ROW),
)

# Header word → our column.
COLUMNS = {
    "날짜": "date", "일자": "date", "조사일": "date", "조사일자": "date", "기준일": "date",
    "date": "date", "day": "date",
    "품목": "item", "품목명": "item", "상품": "item", "상품명": "item", "이름": "item",
    "item": "item", "name": "item",
    "품종": "variety", "품종명": "variety", "variety": "variety", "kind": "variety",
    "등급": "grade", "grade": "grade", "rank": "grade",
    "원산지": "origin", "산지": "origin", "origin": "origin",
    "단위": "unit", "규격": "unit", "판매단위": "unit", "용량": "unit", "unit": "unit",
    "가격": "price", "조사가격": "price", "판매가격": "price", "판매가": "price", "원": "price",
    "값": "price", "가격(원)": "price", "price": "price",
    "판매처": "seller", "판매업소": "seller", "가게": "seller", "상점": "seller", "매장": "seller",
    "시장": "seller", "마트": "seller", "seller": "seller", "shop": "seller", "store": "seller",
    "market": "seller",
    "유통경로": "channel", "판매처종류": "channel", "종류": "channel", "channel": "channel",
    "지역": "region", "시도": "region", "region": "region",
    "시군구": "district", "자치구": "district", "구": "district", "district": "district",
    "동": "dong", "읍면동": "dong", "dong": "dong",
    "주소": "address", "address": "address",
    "위도": "lat", "lat": "lat", "latitude": "lat",
    "경도": "lng", "lng": "lng", "lon": "lng", "longitude": "lng",
    "할인": "discount", "행사": "discount", "세일": "discount", "discount": "discount",
    "비고": "note", "메모": "note", "note": "note",
    "단계": "stage", "stage": "stage",
}  # fmt: skip
NEEDED = {"date": "날짜", "item": "품목", "unit": "단위", "price": "가격"}

STAGES = {
    "": Stage.RETAIL, "소매": Stage.RETAIL, "retail": Stage.RETAIL,
    "도매": Stage.WHOLESALE, "중도매": Stage.WHOLESALE, "wholesale": Stage.WHOLESALE,
    "친환경": Stage.ECO_FRIENDLY, "eco_friendly": Stage.ECO_FRIENDLY,
}  # fmt: skip
DISCOUNTS = {
    "1+1": Discount.ONE_PLUS_ONE, "one_plus_one": Discount.ONE_PLUS_ONE,
    "세일": Discount.SALE, "할인": Discount.SALE, "행사": Discount.SALE, "특가": Discount.SALE,
    "Y": Discount.SALE, "O": Discount.SALE, "sale": Discount.SALE,
}  # fmt: skip

_DATE = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?|(\d{4})(\d{2})(\d{2})"
)


def recognises(table: Table) -> bool:
    """Whether date, item, unit and price are all there under some known word."""
    return set(NEEDED) <= set(_columns(table).values())


def _columns(table: Table) -> dict[str, str]:
    """Header of the table → our column; of two words for one column the first counts."""
    columns: dict[str, str] = {}
    for header in table.rows.columns:
        ours = COLUMNS.get(header.strip().lower().replace(" ", ""))
        if ours and ours not in columns.values():
            columns[header] = ours
    return columns


def read(table: Table, catalog: Catalog) -> Harvest:
    """Observations and sellers; every row that does not fit is dropped with its reason."""
    harvest = Harvest(SOURCE.key)
    columns = _columns(table)
    rows = table.rows.select(list(columns)).rename(columns).fill_null("")
    sellers: dict[str, SellerRecord] = {}
    observations: list[Observation] = []
    for index, raw in enumerate(rows.iter_rows(named=True)):
        row = {name: value.strip() for name, value in raw.items()}
        result = _observation(row, sellers, catalog)
        if isinstance(result, Observation):
            observations.append(result)
        else:
            text = " ".join(row.get(name, "") for name in NEEDED)
            harvest.dropped.append(Dropped(result, table.where(index), text))
    harvest.sellers = list(sellers.values())
    harvest.observations = observation_frame(observations)
    return harvest


def _observation(row: Row, sellers: dict[str, SellerRecord], catalog: Catalog) -> Observation | str:
    """The observation (its seller is noted in `sellers`), or the reason why there is none."""
    day, price, stage = read_day(row["date"]), read_price(row["price"]), row.get("stage", "")
    if day is None:
        return "날짜를 읽을 수 없음 (2026-09-30처럼 적어 주세요)"
    if price is None:
        return "가격이 0이거나 수가 아님"
    if stage not in STAGES:
        return "단계를 모름 (소매, 도매, 친환경)"
    goods = named(catalog, row["item"])
    if goods is None:
        return "품목표에 없는 품목"
    pack = packed(row["unit"], goods.item, row.get("note", ""))
    if pack is None:
        return "단위를 읽을 수 없음 (1개, 100g처럼 적어 주세요)"
    seller = seller_of(row, SOURCE.key)
    if isinstance(seller, str):
        return seller
    if seller is not None:
        sellers.setdefault(seller.key, seller)
    words = row.get("variety", "")
    return Observation(
        date=day,
        stage=STAGES[stage],
        item=goods.item.name,
        variety=variety_in(goods.item, words) or blank_to_none(words) or goods.variety,
        grade=blank_to_none(row.get("grade")),
        origin=blank_to_none(row.get("origin")),
        measure=Measure.PRICE if seller else Measure.MEAN,
        price=price,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        count=pack.count,
        count_unit=pack.count_unit,
        region=(seller.region if seller else None) or region_of(row) or "전국",
        channel=seller.channel if seller else CHANNELS.get(row.get("channel", "")),
        seller=seller.key if seller else None,
        source=SOURCE.key,
        discount=DISCOUNTS.get(row.get("discount", "")),
        note=blank_to_none(row.get("note")),
    )


def read_day(text: str) -> date | None:
    """A date as people write it: 2026-09-30, 2026.9.30, 20260930, 2026년 9월 30일."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_price(text: str) -> int | None:
    """Whole won: '3,980원', '3980', '3980.0'; None for anything else, 0 and below."""
    found = re.fullmatch(r"₩?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*원?", text)
    return read_won(found[1]) if found else None
