"""전국전통시장표준데이터: every traditional market of Korea, where it is and on which days.

The file is CP949 and has no id, so a market is named by region, district and name. The API gives
the same fields; some of its replies lack the `response` wrapper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from altteul.catalog import Catalog
from altteul.settings import Settings
from altteul.sources.addresses import Address, read_address
from altteul.sources.description import Grade, SourceDescription, Survives
from altteul.sources.gateway import paged_items
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.steps import Period, Step
from altteul.sources.tables import Table, blank_to_none
from altteul.sources.transport import Transport

SOURCE = SourceDescription(
    key="traditional_markets",
    title="전국전통시장표준데이터",
    what="전통시장의 이름, 주소, 위치, 장날, 취급품목 (가격은 없음)",
    publisher="소상공인시장진흥공단",
    licence="이용허락범위 제한 없음 (공공데이터포털)",
    attribution="소상공인시장진흥공단, 전국전통시장표준데이터",
    link="https://www.data.go.kr/data/15052836/standard.do",
    needs_keys=("data_go_kr_key",),
    reads_files=True,
    fetches=True,
    by_default=True,
    grade=Grade.GOLD,
    survives=(
        Survives.OUTAGE,
        Survives.CHANGED_SHAPE,
        Survives.WRONG_KEY,
        Survives.RATE_LIMIT,
        Survives.BAD_ROW,
    ),
)

HEADER = ("시장명", "시장유형", "소재지지번주소", "시장개설주기", "위도", "경도", "취급품목")
OPERATION = "tn_pubr_public_trdit_mrkt_api"

# The API's field → the file's column.
FIELDS = {
    "mrktNm": "시장명",
    "mrktType": "시장유형",
    "rdnmadr": "소재지도로명주소",
    "lnmadr": "소재지지번주소",
    "mrktEstblCycle": "시장개설주기",
    "latitude": "위도",
    "longitude": "경도",
    "trtmntPrdlst": "취급품목",
    "useGcct": "사용가능상품권",
}

# 취급품목 that make a market a place to buy groceries; 가공식품 and 음식점 alone do not.
GROCERIES = ("농산물", "축산물", "수산물", "식료품", "수산", "건어물")
ALWAYS_OPEN = ("매일", "상설")
MARKET_WITH_FIXED_SHOPS = "상설장"


def recognises(table: Table) -> bool:
    """Whether the table is the standard list of markets."""
    return table.has(*HEADER)


def read(table: Table, catalog: Catalog) -> Harvest:
    """The markets of the official file; non-grocery markets are dropped and counted."""
    del catalog
    rows = ((table.where(i), row) for i, row in enumerate(table.rows.iter_rows(named=True)))
    return _harvest(rows)


def steps(period: Period, settings: Settings, catalog: Catalog) -> list[Step]:
    """One step: the whole list, whatever the period."""
    del catalog
    return [Step(SOURCE.key, "전통시장 목록", period.until, lambda feed: _fetch(feed, settings))]


def _fetch(feed: Transport, settings: Settings) -> Harvest:
    url = f"{settings.data_go_kr_standard_url}/{OPERATION}"
    items = paged_items(feed, SOURCE.title, url, settings.data_go_kr_key, {"type": "json"})
    rows = (
        (f"{SOURCE.title} {place}번째", {FIELDS.get(k, k): str(v or "") for k, v in item.items()})
        for place, item in enumerate(items, start=1)
    )
    return _harvest(rows)


def _harvest(rows: Iterator[tuple[str, Mapping[str, str | None]]]) -> Harvest:
    harvest = Harvest(SOURCE.key)
    seen: dict[str, str] = {}
    for where, row in rows:
        market = _market(row, where, harvest.dropped)
        if market is None:
            continue
        if market.key in seen:
            harvest.dropped.append(Dropped("같은 시장이 또 나옴", where, market.name))
            continue
        seen[market.key] = where
        harvest.sellers.append(market)
    return harvest


def _market(
    row: Mapping[str, str | None], where: str, dropped: list[Dropped]
) -> SellerRecord | None:
    name = blank_to_none(row.get("시장명"))
    goods = tuple(filter(None, (g.strip() for g in str(row.get("취급품목") or "").split("+"))))
    if name is None:
        dropped.append(Dropped("시장 이름이 없음", where))
        return None
    if not any(word in good for good in goods for word in GROCERIES):
        dropped.append(Dropped("농·축·수산물을 팔지 않는 시장", where, name))
        return None
    days = open_days(row.get("시장유형") or "", row.get("시장개설주기") or "")
    if days is None:
        dropped.append(Dropped("장날을 읽을 수 없음", where, f"{name} {row.get('시장개설주기')}"))
        return None
    lat, lng = _coordinates(row, f"{where} {name}", dropped)
    place, address = _place(row)
    return SellerRecord(
        key=f"{SOURCE.key}:{'/'.join(filter(None, (place.region, place.district, name)))}",
        source=SOURCE.key,
        name=name,
        channel=Channel.TRADITIONAL_MARKET,
        region=place.region,
        district=place.district,
        dong=place.dong,
        address=address,
        lat=lat,
        lng=lng,
        location_basis=LocationBasis.EXACT if lat is not None else LocationBasis.NONE,
        open_days=days,
        goods=goods,
        vouchers=_words(row.get("사용가능상품권")),
    )


def open_days(kind: str, cycle: str) -> tuple[int, ...] | None:
    """Last digits of the open days; () for every day, None if it cannot be read.

    A market with fixed shops beside its 5-day market (상설장+5일장) is open every day. The 10th
    stands for the days that end in 0.
    """
    if MARKET_WITH_FIXED_SHOPS in kind or cycle.strip() in ALWAYS_OPEN:
        return ()
    days = re.findall(r"(\d{1,2})일", cycle)
    if not days or any(not 1 <= int(day) <= 10 for day in days):
        return None
    return tuple(sorted({int(day) % 10 for day in days}))


def _coordinates(
    row: Mapping[str, str | None], where: str, dropped: list[Dropped]
) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or neither; the market stays without them."""
    try:
        lat, lng = float(row.get("위도") or ""), float(row.get("경도") or "")
    except ValueError:
        dropped.append(Dropped("위치(위도·경도)가 없음, 시장은 남김", where))
        return None, None
    if not (33 <= lat <= 39 and 124 <= lng <= 132):
        dropped.append(Dropped("위치가 우리나라 밖, 시장은 남김", where, f"{lat}, {lng}"))
        return None, None
    return lat, lng


def _place(row: Mapping[str, str | None]) -> tuple[Address, str | None]:
    """The parts of both addresses (지번 first: it names the dong), and the one to show."""
    lot, road = blank_to_none(row.get("소재지지번주소")), blank_to_none(row.get("소재지도로명주소"))
    by_lot, by_road = read_address(lot), read_address(road)
    place = Address(
        by_lot.region or by_road.region,
        by_lot.district or by_road.district,
        by_lot.dong or by_road.dong,
    )
    return place, road or lot


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in re.split(r"[+,]", text or ""))))
