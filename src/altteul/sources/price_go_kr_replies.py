"""참가격 API replies: XML only, no paging, empty `<result/>` on a Friday without survey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from altteul.settings import Settings
from altteul.sources.addresses import read_address
from altteul.sources.gateway import as_list, check_gateway, read_xml, service_key
from altteul.sources.harvest import Dropped
from altteul.sources.observation import Channel
from altteul.sources.price_go_kr_stores import HEAD_OFFICE
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.steps import Period
from altteul.sources.transport import Transport
from altteul.sources.trouble import FeedError, Trouble

TITLE = "참가격 생필품 가격정보"
SERVICE = "B551919/ProductPriceInfoService"
PRICE, STORE, PRODUCT = "getProductPriceInfoSvc", "getStoreInfoSvc.do", "getProductInfoSvc.do"
KEY_NAME = {PRICE: "serviceKey", STORE: "ServiceKey", PRODUCT: "ServiceKey"}

OK = "00"
ERRORS = {
    "01": ("조사일이 잘못됨", Trouble.REQUEST),
    "02": ("분류 코드가 잘못됨", Trouble.REQUEST),
    "05": ("점포나 상품 번호가 없음", Trouble.REQUEST),
    "90": ("아직 쓸 수 없는 인증키", Trouble.KEY),
    "30": ("등록되지 않은 인증키", Trouble.KEY),
    "31": ("기한이 지난 인증키", Trouble.KEY),
    "32": ("등록되지 않은 인터넷 주소", Trouble.KEY),
}

# entpTypeCode: SM 슈퍼마켓, LM 대형마트, DP 백화점, TM 전통시장, JM 재래시장; CS is the head office
# of a chain of convenience stores.
CHANNELS = {
    "SM": Channel.LARGE_STORE,
    "LM": Channel.LARGE_STORE,
    "DP": Channel.LARGE_STORE,
    "TM": Channel.TRADITIONAL_MARKET,
    "JM": Channel.TRADITIONAL_MARKET,
}
FRIDAY = 4


def fridays(period: Period) -> list[date]:
    """The Fridays of the period, newest first; a survey is held on every second one."""
    last = period.until - timedelta(days=(period.until.weekday() - FRIDAY) % 7)
    weeks = range((last - period.since).days // 7 + 1) if last >= period.since else range(0)
    return [last - timedelta(weeks=week) for week in weeks]


def goods_list(feed: Transport, settings: Settings) -> list[dict[str, str | None]]:
    """All goods, with the field names of the lowest-price file."""
    names = {
        "goodId": "good_id",
        "goodName": "good_name",
        "goodSmlclsCode": "smlcls_code",
        "goodTotalCnt": "total_cnt",
        "goodTotalDivCode": "total_div_code",
        "detailMean": "detail_mean",
    }
    rows = _rows(feed, settings, PRODUCT, {})
    return [{ours: _text(row.get(theirs)) for theirs, ours in names.items()} for row in rows]


def prices_of(
    feed: Transport, settings: Settings, good_id: str, day: date
) -> list[dict[str, str | None]]:
    """The prices of one good on a day in every store; empty when there was no survey."""
    asked = {"goodInspectDay": f"{day:%Y%m%d}", "goodId": good_id}
    names = {
        "goodInspectDay": "inspect_day",
        "entpId": "entp_id",
        "goodPrice": "price",
        "goodDcYn": "dc_yn",
        "plusoneYn": "plus_one_yn",
    }
    rows = _rows(feed, settings, PRICE, asked)
    return [{ours: _text(row.get(theirs)) for theirs, ours in names.items()} for row in rows]


def store_list(
    feed: Transport, settings: Settings, dropped: list[Dropped]
) -> Iterator[SellerRecord]:
    """All stores; `xMapCoord` is the latitude and `yMapCoord` the longitude."""
    for row in _rows(feed, settings, STORE, {}):
        fields = {name: _text(value) for name, value in row.items()}
        entp_id, name = fields.get("entpId"), fields.get("entpName")
        channel = CHANNELS.get(fields.get("entpTypeCode") or "")
        if not entp_id or not name or channel is None or HEAD_OFFICE in name:
            dropped.append(Dropped("매장이 아니거나 이름이 없음", f"{TITLE} 점포", name or ""))
            continue
        yield _store(entp_id, name, channel, fields)


def _store(
    entp_id: str, name: str, channel: Channel, fields: dict[str, str | None]
) -> SellerRecord:
    lot, road = fields.get("plmkAddrBasic"), fields.get("roadAddrBasic")
    parts = read_address(lot or road)
    lat, lng = _degrees(fields.get("xMapCoord")), _degrees(fields.get("yMapCoord"))
    known = lat is not None and lng is not None and 33 <= lat <= 39 and 124 <= lng <= 132
    return SellerRecord(
        key=f"price_go_kr:{entp_id}",
        source="price_go_kr",
        name=name,
        channel=channel,
        region=parts.region,
        district=parts.district,
        dong=parts.dong,
        address=road or lot,
        lat=lat if known else None,
        lng=lng if known else None,
        location_basis=LocationBasis.EXACT if known else LocationBasis.NONE,
    )


def _degrees(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _rows(
    feed: Transport, settings: Settings, operation: str, asked: dict[str, str]
) -> list[dict[str, Any]]:
    key = service_key(TITLE, settings.data_go_kr_key)
    url = f"{settings.data_go_kr_url}/{SERVICE}/{operation}"
    return read_reply(feed.get(TITLE, url, {KEY_NAME[operation]: key, **asked}))


def read_reply(text: str) -> list[dict[str, Any]]:
    """Rows of a reply; `<result/>` is none. Raises FeedError."""
    check_gateway(TITLE, text)
    response = read_xml(TITLE, text).get("response")
    if not isinstance(response, dict) or "result" not in response:
        raise FeedError(TITLE, Trouble.CHANGED, "response/result가 없음")
    code = str(response.get("resultCode") or OK)
    if code != OK:
        meaning, trouble = ERRORS.get(code, ("알 수 없는 오류", Trouble.DOWN))
        raise FeedError(TITLE, trouble, f"{meaning}, 코드 {code}")
    result = response["result"] or {}
    # The element is named after a Java class or plainly `item`; whatever it is, it is the only one.
    return [row for rows in result.values() for row in as_list(rows) if isinstance(row, dict)]


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value not in (None, [], {}) else None
