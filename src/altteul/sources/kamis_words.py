"""The words of KAMIS: kinds, ranks, cities and the codes for them (KAMIS code book)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from altteul.catalog import Catalog
from altteul.catalog.model import Item
from altteul.sources.vocabulary import coded

# Words of a kind's name → origin.
ORIGINS = {
    "국산": "국산", "연근해": "국산", "원양": "원양",
    "수입": "수입", "미국": "수입", "호주": "수입", "칠레": "수입", "페루": "수입",
    "뉴질랜드": "수입", "EU": "수입", "중국": "수입", "인도": "수입", "필리핀": "수입",
}  # fmt: skip
# The same kind from several countries is quoted side by side: the country keeps them apart.
COUNTRIES = ("미국", "호주", "칠레", "페루", "뉴질랜드", "EU", "중국", "인도")

NEW_CROP = "햇"
# Kinds quoted side by side for which the catalog has one variety: (item code, kind code).
KEPT_APART = {
    *(("244", kind) for kind in ("21", "22", "23", "24")),
    *(("152", kind) for kind in ("03", "04", "05", "06")),
}

GRADELESS = {"", "-", "등급없음"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a KAMIS item × kind is in our words."""

    item: Item
    variety: str | None
    origin: str | None


def read_kind(catalog: Catalog, item_code: str, kind_code: str, kind_name: str) -> Kind | None:
    """The kind of KAMIS codes; None if the catalog does not know the item."""
    found = coded(catalog, item_code, kind_code.zfill(2))
    if found is None:
        return None
    # '난지(대서)(10kg)', '양건(~23.5)': the pack and the dates of validity are no part of the name.
    name = re.sub(r"\((?:~|\d)[^)]*\)", "", kind_name).strip()
    apart = name.startswith(NEW_CROP) or (item_code, kind_code.zfill(2)) in KEPT_APART
    country = next((word for word in COUNTRIES if word in name), None)
    origin = next((ours for theirs, ours in ORIGINS.items() if theirs in name), None)
    if found.item.name in ("오렌지", "포도") and country:
        origin = f"{origin}({country})"
    return Kind(found.item, name if apart else found.variety, origin)


def grade_of(rank: str, kind_name: str = "") -> str | None:
    """The grade; None where the rank only repeats the kind or says nothing."""
    rank = rank.strip()
    return None if rank in GRADELESS or rank == kind_name.strip() else rank


# p_countrycode / p_countycode → city, as of the retail survey.
CITIES = {
    "1101": "서울", "2100": "부산", "2200": "대구", "2300": "인천", "2401": "광주",
    "2501": "대전", "2601": "울산", "2701": "세종", "3111": "수원", "3112": "성남",
    "3113": "의정부", "3138": "고양", "3145": "용인", "3211": "춘천", "3214": "강릉",
    "3311": "청주", "3411": "천안", "3511": "전주", "3613": "순천", "3711": "포항",
    "3714": "안동", "3814": "창원", "3818": "김해", "3911": "제주",
}  # fmt: skip
CATEGORIES = {
    "100": "식량작물",
    "200": "채소류",
    "300": "특용작물",
    "400": "과일류",
    "500": "축산물",
    "600": "수산물",
}
