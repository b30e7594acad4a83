"""참가격 stores: which place on the map is really the store, and which is something beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from altteul.sources.addresses import Address, read_address
from altteul.sources.harvest import Dropped
from altteul.sources.observation import Channel
from altteul.sources.seller import LocationBasis, SellerRecord
from altteul.sources.tables import blank_to_none

# Kinds of place that are a store: the start of the map's category.
STORE_CATEGORIES = (
    "가정,생활 > 대형마트",
    "가정,생활 > 슈퍼마켓",
    "가정,생활 > 백화점",
    "가정,생활 > 식품판매",
)
# Kinds of place seen beside or instead of a store; any other kind is refused as unknown.
NOT_STORES = (
    "교통,수송",
    "금융,보험",
    "서비스,산업",
    "음식점",
    "교육,학문",
    "가정,생활 > 미용",
    "가정,생활 > 편의점",
)
HEAD_OFFICE = "(본사)"
# Ids of the head offices (CU, 세븐일레븐, GS25): their prices hold in no shop that has a place.
HEAD_OFFICE_IDS = {"62", "115", "150"}

# Two spellings of one branch; checked by hand against the address.
SAME_BRANCH = {
    "이마트가든5점": "이마트 가든파이브점",
    "이마트서부산점": "이마트 사상점",
    "신세계백화점영등포점": "신세계백화점 타임스퀘어점",
    "신세계백화점죽전점": "신세계백화점 경기점",
}

_CHAINS = re.compile(
    r"\(주\)|농협하나로유통|농협유통|하나로마트|하나로클럽|롯데프리미엄푸드마켓|롯데프레시&델리|"
    r"롯데슈퍼프레시|롯데슈퍼센터|롯데슈퍼프리미엄|롯데슈퍼|롯데프레시|GS더프레시|GS수퍼마켓|"
    r"이마트트레이더스|이마트에브리데이|이마트|홈플러스|현대백화점|신세계백화점|롯데백화점|롯데마트"
)
_DONG_ENDING = re.compile(r"(?:[0-9]*가|동|읍|면|리|시|군|구)$")


def store(
    entp_id: str,
    name: str,
    place: Mapping[str, str | None],
    where: str,
    dropped: list[Dropped],
) -> SellerRecord | None:
    """The store of a 참가격 id; without a location where the place on the map is another one.

    `place` has lat, lng, place_name, category_name, address_name. None for a head office, whose
    prices are no shop's.
    """
    if HEAD_OFFICE in name:
        dropped.append(Dropped("본사라서 매장이 아님", where, name))
        return None
    refused = wrong_place(name, place)
    if refused:
        dropped.append(
            Dropped(f"{refused}, 위치만 버리고 판매처는 남김", where, _told(name, place))
        )
    known = not refused
    address = blank_to_none(place.get("address_name")) if known else None
    parts = read_address(address) if known else Address()
    return SellerRecord(
        key=f"price_go_kr:{entp_id}",
        source="price_go_kr",
        name=name,
        channel=Channel.LARGE_STORE,
        region=parts.region,
        district=parts.district,
        dong=parts.dong,
        address=address,
        lat=float(place["lat"] or "") if known else None,
        lng=float(place["lng"] or "") if known else None,
        location_basis=LocationBasis.EXACT if known else LocationBasis.NONE,
    )


def _told(name: str, place: Mapping[str, str | None]) -> str:
    return f"{name} → {place.get('place_name') or '?'} ({place.get('category_name') or '?'})"


def wrong_place(name: str, place: Mapping[str, str | None]) -> str | None:
    """Why the place cannot be taken as the store; None if it can."""
    if not _is_korea(place):
        return "위치가 없음"
    category = place.get("category_name") or ""
    if category.startswith(NOT_STORES):
        return "매장이 아닌 곳(주차장·은행 따위)에 이어진 위치"
    if not category.startswith(STORE_CATEGORIES):
        return "모르는 종류의 곳에 이어진 위치"
    if not same_branch(name, place.get("place_name") or "", place.get("address_name") or ""):
        return "다른 지점에 이어진 위치"
    return None


def _is_korea(place: Mapping[str, str | None]) -> bool:
    try:
        lat, lng = float(place.get("lat") or ""), float(place.get("lng") or "")
    except ValueError:
        return False
    return 33 <= lat <= 39 and 124 <= lng <= 132


def same_branch(name: str, place_name: str, address: str) -> bool:
    """Whether the place is the branch that the store is named after.

    Either one branch name contains the other ('G대림' ~ '대림'), or the name ends with a dong or
    town of the address ('안산본오' in 본오동). A shared city alone ('이천') is not enough.
    """
    if SAME_BRANCH.get(name) == place_name:
        return True
    ours, theirs = branch(name), branch(place_name)
    if not ours or not theirs:
        return False
    if ours == theirs or (min(len(ours), len(theirs)) > 1 and (ours in theirs or theirs in ours)):
        return True
    dong = _DONG_ENDING.sub("", read_address(address).dong or "")
    return len(dong) > 1 and ours.endswith(dong)


def branch(name: str) -> str:
    """'롯데슈퍼G복대2점' → '복대': the branch without chain, G, number and 점."""
    core = _CHAINS.sub("", re.sub(r"\s", "", name)).removeprefix("G")
    core = re.sub(r"주차장$", "", core)
    return re.sub(r"[0-9]+동점?$|[0-9]*점?[0-9]*$", "", core)
