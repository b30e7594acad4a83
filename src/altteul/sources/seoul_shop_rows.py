"""Rows of Seoul's shop survey, of the file or of the API alike, as observations and shops."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, hypot, isfinite, radians

from altteul.catalog import Catalog
from altteul.sources.addresses import district_of
from altteul.sources.doubtful_counts import without_doubtful_counts
from altteul.sources.harvest import Dropped, Harvest
from altteul.sources.money import read_won
from altteul.sources.observation import Channel, Measure, Observation, Stage, observation_frame
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.seoul_districts import DISTRICT_OFFICES
from altteul.sources.seoul_words import (
    ShopPrice,
    discount_of,
    goods_of,
    grade_of,
    is_not_sold,
    origin_of,
)
from altteul.sources.tables import blank_to_none
from altteul.sources.vocabulary import packed

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


def collect(rows: Iterable[ShopPrice], harvest: Harvest, catalog: Catalog) -> None:
    """Fill the harvest with the observations and the shops of the rows."""
    shops: dict[str, SellerRecord] = {}
    observations: list[Observation] = []
    for row in rows:
        channel = CHANNELS.get(row.kind)
        if channel is None or not row.shop or not row.shop_name:
            harvest.dropped.append(Dropped("판매처의 종류나 이름이 없음", row.where, row.shop_name))
            continue
        if row.shop not in shops:
            shops[row.shop] = _shop(row, channel, harvest)
        result = _observation(row, shops[row.shop], catalog)
        if isinstance(result, Observation):
            observations.append(result)
        else:
            harvest.dropped.append(Dropped(result, row.where, _text(row)))
    harvest.sellers = list(shops.values())
    harvest.observations = without_doubtful_counts(observation_frame(observations), harvest.dropped)


def _text(row: ShopPrice) -> str:
    return f"{row.shop_name} {row.goods} {row.unit} {row.price} {row.note}".strip()


def _shop(row: ShopPrice, channel: Channel, harvest: Harvest) -> SellerRecord:
    district = district_of(row.district) if row.district else None
    lat, lng = _number(row.lat), _number(row.lng)
    if lat is not None and lng is not None and not _near_office(district, lat, lng):
        harvest.dropped.append(
            Dropped(
                "위치가 그 구에서 너무 멂, 판매처는 남김", row.where, f"{row.shop_name} {lat},{lng}"
            )
        )
        lat = lng = None
    known = lat is not None and lng is not None
    return SellerRecord(
        key=f"{harvest.source}:{row.shop}",
        source=harvest.source,
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


def _observation(row: ShopPrice, shop: SellerRecord, catalog: Catalog) -> Observation | str:
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
        channel=shop.channel,
        seller=shop.key,
        source=shop.source,
        discount=discount_of(row),
        note=blank_to_none(row.note),
    )


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None
