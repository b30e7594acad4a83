"""How people write Korean places: short forms, old and new names of provinces, endings."""

from __future__ import annotations

import re
import unicodedata

from altteul.market.offer import Place
from altteul.sources.addresses import PROVINCES

WHOLE_COUNTRY = "전국"
WHOLE_CITY_REGIONS = frozenset({"서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종"})
"""Regions that KAMIS surveys as one city; elsewhere the surveyed region is the 시."""

_ENDING = re.compile(r"(특별자치시|특별시|광역시|시|군|구|읍|면|동)$")
# 공릉제1동 is 공릉동, but 홍제1동 is 홍제동: 제 is a numeral word only after two syllables.
_NUMBERED_DONG = re.compile(r"(?:(?<=[가-힣]{2})제)?\d+(?:[.·]\d+)*동$")
_LOT = re.compile(r"(?<=[동리읍면가])산?\d+(?:-\d+)?(?:번지)?$")
_NEARBY = re.compile(r"\s*(근처|부근|인근|주변|쪽|에서)$")
_SHORTEST = 2


def short_region(name: str | None) -> str | None:
    """'서울특별시' → '서울'; an unknown name stays as it is."""
    return PROVINCES.get(name, name) if name else None


def region_forms(region: str) -> tuple[str, ...]:
    """Every way to write a region, longest first."""
    longs = (form for form, short in PROVINCES.items() if short == region != form)
    return (*sorted(longs, key=len, reverse=True), region)


def name_forms(name: str) -> tuple[str, ...]:
    """A name and its everyday short form: '노원구' → ('노원구', '노원'); '중구' stays alone."""
    bare = _ENDING.sub("", name)
    return (name, bare) if len(bare) >= _SHORTEST and bare != name else (name,)


def without_number(text: str) -> str:
    """An administrative 동 by its legal name: '공릉2동' → '공릉동'."""
    return _NUMBERED_DONG.sub("동", text)


def without_lot(text: str) -> str:
    """An address by its 동: '공릉동617-2' → '공릉동'."""
    return _LOT.sub("", text)


def squeezed(text: str) -> str:
    """Typed text without spaces, commas and words such as 근처, in composed Hangul."""
    composed = unicodedata.normalize("NFC", text).strip()
    return re.sub(r"[\s,]+", "", _NEARBY.sub("", composed))


def jamo(text: str) -> str:
    """Hangul letters one by one, so that 공능동 is near 공릉동."""
    return unicodedata.normalize("NFD", text)


def survey_regions(place: Place) -> tuple[str, ...]:
    """The survey regions of a place, nearest first: its city ('수원'), its region, the country."""
    if not place.region:
        return (WHOLE_COUNTRY,)
    if place.region in WHOLE_CITY_REGIONS or not place.district:
        return place.region, WHOLE_COUNTRY
    city = place.district.split()[0]
    return city.removesuffix("시"), place.region, WHOLE_COUNTRY
